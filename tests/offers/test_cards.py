"""A card shows what the company wants everybody to know, and never a phone."""

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from application.deals import ChangeDeal
from application.order_letters import OfferCard
from application.pipelines import DefineField, RetireField
from domain.cards import MASK, BadTemplate, card, masked
from domain.fields import Field, FieldKind, NoSuchField
from tests.firm import firm
from tests.sales import ADDRESS, BUDGET, CHAT, DEAL, FLAT, SALES

CONTACT = Field("contact", "Whom to call", FieldKind.PHONE)
DAY = Field("day", "Day", FieldKind.DATE)
FIELDS = {field.key: field for field in (ADDRESS, FLAT, BUDGET, CONTACT, DAY)}
TOLD = {"title": "Sockets", "number": "7"}
VALUES = {"address": "Lenina 1", "flat": "5", "budget": "1500", "contact": "+79161234567"}


def shown(template: str = "", disclosed: tuple[str, ...] = (), **values: str) -> str:
    return card(template, TOLD, FIELDS, VALUES | values, disclosed)


@pytest.mark.proves("S0-03")
@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("", "Sockets\nAddress: Lenina 1\nFlat: 5\nBudget: 1500"),
        ("№{number} {title}\n\n{address}, {flat}", "№7 Sockets\n\nLenina 1, 5"),
        ("{title}\nDay: {day}\nPay: {budget} ₽", "Sockets\nPay: 1500 ₽"),
        ("{title}\n{day}, {budget}", "Sockets\n, 1500"),
        ("{Title} {} {{title}}", "{Title} {} {Sockets}"),
        ("\n{day}\n", ""),
    ],
)
def test_a_template_is_filled_in_and_lines_without_anything_are_left_out(
    template: str, text: str
) -> None:
    assert shown(template) == text


@pytest.mark.proves("S0-07")
@pytest.mark.parametrize("template", ["", "{title}: {contact} {flat}"])
def test_phones_and_what_is_told_in_private_have_no_place_on_a_card(template: str) -> None:
    text = shown(template, disclosed=("flat",))
    assert "916" not in text
    assert "5" not in text.replace("1500", "")


def test_a_value_is_text_whatever_it_says() -> None:
    wild = "<b>{title}</b> & {flat} \\1 *_`[x](y)"
    assert shown("{address}", address=wild) == wild


@pytest.mark.parametrize(
    "written",
    [
        "+79161234567",
        "89161234567",
        "8 (916) 123-45-67",
        "+7 916 123 45 67",
        "8.916.123.45.67",
        "8 - 916 - 123 - 45 - 67",
        "8 (916) - 123 - 45 - 67",
        "8\u00a0916\u00a0123\u201145\u201167",
        "916 123-45-67",
        "+44 20 7946 0958",
        "+1 (212) 555-0123",
        "tel.89161234567",
        "tel,89161234567",
        "tel-89161234567",
        "89161234567,89169999999",
        "89161234567/89169999999",
        "flat 12 8 916 123 45 67",
        "22.11.2026 89161234567",
    ],
)
def test_what_reads_as_a_phone_is_masked_however_it_is_written(written: str) -> None:
    left = re.sub(r"22\.11\.2026|flat|tel", "", masked(f"Call {written}, please"))
    assert MASK in left
    assert len(re.sub(r"\D", "", left)) < 7


@pytest.mark.parametrize(
    "written",
    [
        "1 500 000 ₽",
        "50 000 \u2013 60 000 \u20bd",
        "from 10000-15000",
        "1 500 000 - 2 000 000",
        "Lenina 12, flat 5, floor 3",
        "22.11.2026 10:30",
        "2026-11-22 10:30",
        "from 22.11.2026 09:00 to 23.11.2026 18:00",
        "2026-11-22\n15000",
        "articles 123-456, 789-012",
        "12345678901234567890",
        "3.14159",
    ],
)
def test_other_numbers_stay_as_they_are(written: str) -> None:
    assert masked(written) == written


STYLES = ("+7{}{}{}{}", "8 ({}) {}-{}-{}", "+7 {} {} {} {}", "8-{}-{}-{}-{}", "8.{}.{}.{}.{}")
PHONES = st.builds(
    lambda style, *parts: style.format(*parts),
    st.sampled_from(STYLES),
    *(st.integers(10 ** (n - 1), 10**n - 1) for n in (3, 3, 2, 2)),
)
WORDS = st.text(st.characters(blacklist_categories=("Nd", "No", "Nl", "Cs")), max_size=12)
NOISE = st.lists(WORDS | st.integers(0, 999_999).map(str), max_size=4).map(" ".join)


@pytest.mark.proves("S0-07")
@settings(deadline=None)
@given(
    phone=PHONES,
    before=NOISE,
    after=NOISE,
    place=st.sampled_from(["title", "address", "flat", "budget", "contact"]),
    template=st.sampled_from(["", "{title} {address}\n{flat}{budget}", "{address}: {title}"]),
    joint=st.sampled_from([" ", "\n", ", ", ": ", "a"]),
)
def test_no_phone_ever_stands_on_a_card(
    phone: str, before: str, after: str, place: str, template: str, joint: str
) -> None:
    text = f"{before}{joint}{phone}{joint}{after}"
    told = {"title": text, "number": "7"} if place == "title" else TOLD
    values = VALUES if place == "title" else VALUES | {place: text}
    on_card = card(template, told, FIELDS, values, ())
    assert re.sub(r"\D", "", phone)[1:] not in re.sub(r"\D", "", on_card)


@pytest.mark.parametrize(
    ("template", "wrong"),
    [("{adress}", "adress"), ("{contact}", "contact"), ("{flat} {address}", "flat")],
)
async def test_a_template_with_a_place_for_what_nobody_may_read_is_refused(
    template: str, wrong: str
) -> None:
    acme = await firm()
    await acme.do(DefineField, pipeline_id=SALES, field=CONTACT)
    with pytest.raises(BadTemplate) as refused:
        await acme.offer_by(template=template, disclosed=["flat"])
    assert refused.value.named == (wrong,)


@pytest.mark.parametrize("rules", [{"disclosed": ["size"]}, {"skill_field": "size"}])
async def test_rules_about_fields_that_there_are_not_are_refused(rules: dict[str, Any]) -> None:
    acme = await firm()
    with pytest.raises(NoSuchField, match="size"):
        await acme.offer_by(**rules)


async def test_a_field_that_becomes_a_phone_leaves_the_card_and_a_retired_one_stays() -> None:
    acme = await firm()
    await acme.offer_by(template="{title} {address} {flat}")
    await acme.deal(fields={"address": "Lenina 1", "flat": "5", "budget": "1"})
    await acme.do(RetireField, pipeline_id=SALES, key="flat")
    phone = Field("address", "Address", FieldKind.PHONE)
    await acme.do(DefineField, pipeline_id=SALES, field=phone)
    await acme.do(ChangeDeal, deal_id=DEAL, fields={"budget": "2"})
    cards = [one.offer.card for one in acme.told(CHAT, OfferCard)]
    assert cards == ["Sockets Lenina 1 5", "Sockets  5"]
