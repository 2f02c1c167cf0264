"""What was once recorded can be read for ever."""

import json
import subprocess
from dataclasses import fields
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from domain.aggregate import Aggregate
from domain.events import AGGREGATES, catalogue, decode, encode, fold, topic_of
from tests.recording import RECORDED, path_of

FILES = sorted(RECORDED.glob("*.json"))
each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


def recorded(path: Path) -> Aggregate.Event:
    told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return decode(
        told["topic"],
        json.dumps(told["state"]).encode(),
        UUID(told["workspace_id"]),
        UUID(told["originator_id"]),
        told["version"],
    )


def beginning(path: Path) -> Aggregate | None:
    """The aggregate before the event of the file."""
    owner = next(kind for kind in AGGREGATES if kind.__name__ == path.name.partition(".")[0])
    created = {t: e for t, e in catalogue().items() if issubclass(e, Aggregate.Created)}
    topic = next(t for t in created if t.partition(".")[0] == owner.__name__)
    return fold(None, recorded(path_of(topic)))


@pytest.mark.proves("P15")
@each_file
def test_it_is_read_with_every_field_of_today(path: Path) -> None:
    event = recorded(path)
    assert {field.name for field in fields(event)} <= set(vars(event))  # type: ignore[arg-type]


@pytest.mark.proves("P15")
@each_file
def test_it_still_leads_to_an_aggregate(path: Path) -> None:
    event = recorded(path)
    before = None if isinstance(event, Aggregate.Created) else beginning(path)
    after = fold(before, event)
    assert (after.id, after.version) == (event.originator_id, event.originator_version)


@pytest.mark.proves("P15")
@each_file
def test_recorded_again_it_says_the_same(path: Path) -> None:
    event = recorded(path)
    again = decode(
        topic_of(event),
        encode(event),
        event.workspace_id,
        event.originator_id,
        event.originator_version,
    )
    assert vars(again) == vars(event)


@pytest.mark.parametrize("topic", catalogue())
def test_every_event_has_its_file(topic: str) -> None:
    assert path_of(topic).exists(), "run `make record`"


@pytest.mark.proves("P15")
def test_no_file_was_ever_changed_or_deleted() -> None:
    if git("rev-parse", "--verify", "HEAD") is None:
        return  # nothing was published yet
    assert git("diff", "--diff-filter=MDRT", "--name-only", "HEAD", "--", str(RECORDED)) == ""
    published = git("log", "--diff-filter=MDRT", "--name-only", "--format=%h", "--", str(RECORDED))
    assert published == ""


def git(*words: str) -> str | None:
    """What git says, or None when it cannot answer."""
    root = RECORDED.parent.parent
    answer = subprocess.run(["git", *words], cwd=root, capture_output=True, text=True, check=False)
    return answer.stdout.strip() if answer.returncode == 0 else None
