"""Whatever a desk may lack has a name in the API, and words in every language."""

import pytest

from domain.readiness import Lack
from interfaces.graphql.lacks import WHAT_TO_DO
from interfaces.graphql.lacks import Lack as Told
from interfaces.telegram.words import LANGUAGES


def test_the_api_names_every_lack_and_that_nobody_could_look() -> None:
    assert {told.value for told in Told} == {*map(str, Lack), "telegram_unreachable"}
    assert set(WHAT_TO_DO) == set(Told)


@pytest.mark.proves("S1-04")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("lack", Lack)
def test_every_lack_says_what_to_do(language: str, lack: Lack) -> None:
    assert len(str(LANGUAGES[language][f"lack_{lack}"])) > 20
