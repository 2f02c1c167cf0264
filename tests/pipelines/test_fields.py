"""A field takes what people write for it, in any usual form, and keeps it in one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.fields import BadField, BadValue, Field, FieldKind, NoSuchField, accepted

CITY = Field("city", "City", FieldKind.CHOICE, ["Казань", "Saint Petersburg"])
KINDS = {kind: Field("key", "Label", kind) for kind in FieldKind} | {FieldKind.CHOICE: CITY}


@pytest.mark.parametrize(
    ("kind", "told", "kept"),
    [
        (FieldKind.TEXT, "  ул. Ленина, 1 ", "ул. Ленина, 1"),
        (FieldKind.TEXT, "<b>bold</b> & \U0001f642", "<b>bold</b> & \U0001f642"),
        (FieldKind.TEXT, "   ", ""),
        (FieldKind.NUMBER, "3,5", "3.5"),
        (FieldKind.NUMBER, "-12", "-12"),
        (FieldKind.NUMBER, "1e3", "1000"),
        (FieldKind.MONEY, "1 500,50 ₽", "1500.50"),
        (FieldKind.MONEY, "25\u00a0000 руб.", "25000"),
        (FieldKind.MONEY, "$99.90", "99.90"),
        (FieldKind.DATE, "22.11.2026", "2026-11-22"),
        (FieldKind.DATE, "1.2.2026", "2026-02-01"),
        (FieldKind.DATE, "2026-11-22", "2026-11-22"),
        (FieldKind.PHONE, "+7 (916) 123-45-67", "+7 (916) 123-45-67"),
        (FieldKind.PHONE, "(495) 123-45-67", "(495) 123-45-67"),
        (FieldKind.CHOICE, "казань", "Казань"),
        (FieldKind.CHOICE, " SAINT PETERSBURG ", "Saint Petersburg"),
        (FieldKind.FLAG, "Да", "yes"),
        (FieldKind.FLAG, "false", "no"),
    ],
)
def test_what_people_write_is_kept_in_one_form(kind: FieldKind, told: str, kept: str) -> None:
    assert KINDS[kind].accept(told) == kept


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        (FieldKind.TEXT, "x" * 2001),
        (FieldKind.NUMBER, "many"),
        (FieldKind.NUMBER, "NaN"),
        (FieldKind.NUMBER, "Infinity"),
        (FieldKind.NUMBER, "1e999999999"),
        (FieldKind.NUMBER, f"0.{'1' * 5000}"),
        (FieldKind.MONEY, "1.500,50"),
        (FieldKind.DATE, "31.02.2026"),
        (FieldKind.DATE, "tomorrow"),
        (FieldKind.PHONE, "call me"),
        (FieldKind.PHONE, "12345"),
        (FieldKind.CHOICE, "Moscow"),
        (FieldKind.FLAG, "perhaps"),
    ],
)
def test_what_cannot_be_a_value_is_refused_by_the_name_of_the_field(
    kind: FieldKind, told: str
) -> None:
    with pytest.raises(BadValue) as refused:
        KINDS[kind].accept(told)
    assert refused.value.named == (KINDS[kind].label,)


@settings(deadline=None)
@given(
    kind=st.sampled_from(FieldKind), told=st.text() | st.decimals().map(str) | st.dates().map(str)
)
def test_what_was_kept_is_kept_as_it_is(kind: FieldKind, told: str) -> None:
    try:
        kept = KINDS[kind].accept(told)
    except BadValue:
        return
    assert KINDS[kind].accept(kept) == kept


def test_values_are_only_known_by_fields_that_are_asked() -> None:
    fields = {"city": CITY}
    assert accepted(fields, {"city": "казань"}) == {"city": "Казань"}
    with pytest.raises(NoSuchField) as refused:
        accepted(fields, {"city": "казань", "age": "7", "size": "8"})
    assert refused.value.named == ("age", "size")


@pytest.mark.parametrize(
    "field",
    [
        Field("City", "City"),
        Field("9th", "Ninth"),
        Field("", "City"),
        Field("k" * 33, "City"),
        Field("city", "  "),
        Field("city", "x" * 61),
        Field("city", "City", FieldKind.CHOICE),
        Field("city", "City", FieldKind.CHOICE, ["Kazan", " kazan"]),
        Field("city", "City", FieldKind.CHOICE, ["Kazan", " "]),
        Field("city", "City", FieldKind.CHOICE, [str(n) for n in range(51)]),
        Field("city", "City", FieldKind.TEXT, ["Kazan"]),
    ],
)
def test_a_field_that_nobody_could_fill_in_is_refused(field: Field) -> None:
    with pytest.raises(BadField):
        field.must_be_usable()
