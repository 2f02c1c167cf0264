"""However people write a number, it is kept in one form."""

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from application.phones import BadPhone, all_e164, e164
from domain.contacts import E164

MOBILE = "+79161234567"


@pytest.mark.parametrize(
    "written",
    [
        "+79161234567",
        "89161234567",
        "8 (916) 123-45-67",
        "+7 916 123 45 67",
        "7 916 123 45 67",
        " 9161234567 ",
        "+7\u00a0916\u00a0123\u201145\u201167",
        "тел. 8-916-123-45-67",
        "8 916 123-45-67 доб. 12",
    ],
)
def test_a_russian_number_without_its_country_is_known(written: str) -> None:
    assert e164(written) == MOBILE


def test_a_number_without_a_country_is_where_the_company_is() -> None:
    assert e164("(212) 555-0123", "en") == "+12125550123"
    assert e164("+44 20 7946 0958") == "+442079460958"
    assert e164("+44 20 7946 0958", "en") == "+442079460958"


@pytest.mark.parametrize(
    ("written", "language"),
    [
        ("", "ru"),
        ("call me", "ru"),
        ("112", "ru"),
        ("123-45-67", "ru"),
        ("555-0123", "en"),
        ("+7916123456789012", "ru"),
        ("+999 916 123 45 67", "ru"),
        ("9" * 300, "ru"),
    ],
)
def test_what_nobody_could_call_from_everywhere_is_refused(written: str, language: str) -> None:
    with pytest.raises(BadPhone) as refused:
        e164(written, language)
    assert refused.value.named == (written,)


def test_each_number_is_known_once_in_order_and_nothing_is_no_number() -> None:
    written = ["+7 495 765-43-21", "", "89161234567", " ", "+7 916 123 45 67"]
    assert all_e164(written) == ["+74957654321", MOBILE]


@settings(deadline=None)
@given(st.text())
def test_whatever_is_written_becomes_a_number_that_contacts_may_have_or_is_refused(
    written: str,
) -> None:
    try:
        kept = e164(written)
    except BadPhone:
        return
    assert E164.fullmatch(kept)
    assert e164(kept) == kept


@pytest.mark.parametrize("form", ["E164", "INTERNATIONAL", "RFC3966"])
def test_a_number_of_any_country_is_kept(form: str) -> None:
    for region in phonenumbers.SUPPORTED_REGIONS:
        example = phonenumbers.example_number(region)
        written = phonenumbers.format_number(example, getattr(phonenumbers.PhoneNumberFormat, form))
        assert E164.fullmatch(e164(written))
