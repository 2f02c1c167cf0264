"""Each filter finds its deals and no others: phones in any writing, words, times, people."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import pytest_asyncio

from domain.contacts import Contact
from domain.deals import Deal
from projections.deal_filters import Wanted
from tests.deals.facts import (
    ANNA,
    BORIS,
    NEW,
    PIPELINE,
    SEARCH,
    bound,
    known,
    moved,
    opened,
    seated,
)
from tests.projections.conftest import World
from tests.projections.facts import NOON, fact

KLARA, PAVEL, SLOT, EXECUTOR = (uuid4() for _ in range(4))


@pytest_asyncio.fixture
async def acme(questions: World) -> UUID:
    """A company with four deals and one that was deleted; another has the same."""
    deals = [uuid4() for _ in range(5)]
    one, two, three, four, five = deals
    told = [
        seated(SLOT, BORIS),
        bound(SLOT, BORIS, ANNA, 1),
        known(KLARA, "Клара Новак", "+79161234567", "+420777123456"),
        known(PAVEL, "Пётр"),
        opened(one, 1, contacts=[KLARA], slot=SLOT, title="Кухня на заказ"),
        opened(two, 2, 10, contacts=[PAVEL, KLARA], fields={"note": "Белый фасад"}),
        opened(three, 3, 20, fields={"phone": "8 (495) 765-43-21", "budget": "1500000.50"}),
        opened(four, 4, 30, title="Шкаф", slot=SLOT, contacts=[PAVEL]),
        opened(five, 5, 40, contacts=[KLARA], slot=SLOT, title="Кухня на заказ"),
        moved(two, 50, SEARCH),
        fact(Deal.Won, three, 51, by=None),
        fact(
            Deal.ExecutorFound, four, 52, executor_id=EXECUTOR, offer_id=one, told={"name": "Oleg"}
        ),
        fact(Contact.Renamed, PAVEL, 53, name="Павел", by=None),
        fact(Deal.Deleted, five, 54, by=None),
    ]
    workspaces = uuid4(), uuid4()
    for workspace in workspaces:
        await questions.book.record(workspace, *told)
    await questions.know("deals")
    return workspaces[0]


def minute(n: int) -> Any:
    return NOON + timedelta(minutes=n)


@pytest.mark.proves("S3-12", "S3-16")
@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        (Wanted(), [4, 3, 2, 1]),
        (Wanted(pipeline_id=PIPELINE, stage_id=NEW), [4, 3, 1]),
        (Wanted(stage_id=SEARCH), [2]),
        (Wanted(kind="won"), [3]),
        (Wanted(slot_ids=[SLOT]), [4, 1]),
        (Wanted(slot_ids=[]), []),
        (Wanted(person_id=ANNA), [4, 1]),
        (Wanted(person_id=BORIS), []),
        (Wanted(unassigned=True), [3, 2]),
        (Wanted(unassigned=False), [4, 1]),
        (Wanted(viewer_id=ANNA), [4, 3, 2, 1]),
        (Wanted(viewer_id=BORIS), [3, 2]),
        (Wanted(executor_id=EXECUTOR), [4]),
        (Wanted(contact_id=KLARA), [2, 1]),
        (Wanted(phone="+7 916 123-45-67"), [2, 1]),
        (Wanted(phone="8(916)1234567"), [2, 1]),
        (Wanted(phone="777 123 456"), [2, 1]),
        (Wanted(phone="4567"), [2, 1]),
        (Wanted(phone="+7 495 765 43 21"), [3]),
        (Wanted(phone="1500000.50"), []),
        (Wanted(phone="567"), []),
        (Wanted(phone="call me"), []),
        (Wanted(text="кухн клара"), [1]),
        (Wanted(text="белый"), [2]),
        (Wanted(text="павел"), [4, 2]),
        (Wanted(text="Пётр"), []),
        (Wanted(text="4"), [4, 3]),
        (Wanted(text="?"), []),
        (Wanted(opened_from=minute(10), opened_to=minute(30)), [3, 2]),
        (Wanted(moved_from=minute(30)), [4, 2]),
        (Wanted(moved_to=minute(20)), [1]),
        (Wanted(contact_id=KLARA, text="кухня", person_id=ANNA, kind="open"), [1]),
    ],
    ids=lambda told: str(told) if isinstance(told, list) else None,
)
async def test_a_filter_finds_its_deals(
    questions: World, acme: UUID, wanted: Wanted, numbers: list[int]
) -> None:
    page = await questions.models.deals.page(acme, wanted=wanted)
    assert [row.number for row in page.rows] == numbers


async def test_pages_go_on_where_the_last_one_ended(questions: World, acme: UUID) -> None:
    deals = questions.models.deals
    seen, after = [], None
    while (page := await deals.page(acme, wanted=Wanted(), first=1, after=after)).rows:
        seen += [row.number for row in page.rows]
        after = page.rows[-1].cursor
    assert seen == [4, 3, 2, 1]


async def test_a_contact_with_another_number_is_found_by_that_one(
    questions: World, acme: UUID
) -> None:
    changed = fact(Contact.PhonesChanged, KLARA, 60, phones=["+79160000000"], by=None)
    deal = await questions.models.deals.by_number(acme, 1)
    assert deal is not None
    unlinked = fact(Deal.ContactUnlinked, deal.deal_id, contact_id=KLARA, by=None)
    await questions.book.record(acme, changed, unlinked)
    await questions.know("deals")

    async def found(phone: str) -> list[int]:
        page = await questions.models.deals.page(acme, wanted=Wanted(phone=phone))
        return [row.number for row in page.rows]

    assert await found("8 916 123 45 67") == []
    assert await found("8 916 000 00 00") == [2]
