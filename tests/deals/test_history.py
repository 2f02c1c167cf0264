"""A deal tells everything that happened to it, and what it is now."""

from datetime import timedelta
from uuid import uuid4

import pytest

from domain.contacts import Contact
from domain.deals import Deal
from projections.deal_rows import DealRow
from tests.deals.facts import ANNA, BORIS, NEW, PIPELINE, SEARCH, known, moved, opened, seated
from tests.projections.conftest import World
from tests.projections.facts import NOON, fact


@pytest.mark.proves("S0-14")
async def test_a_deal_tells_where_it_stands_whose_it_is_and_who_does_the_work(
    questions: World,
) -> None:
    acme, other, deal, slot = (uuid4() for _ in range(4))
    klara, pavel, executor, offer, follower, rule = (uuid4() for _ in range(6))
    for workspace in (acme, other):
        await questions.book.record(
            workspace,
            seated(slot, BORIS),
            known(klara, "Klara", "+79161234567"),
            known(pavel, "Pavel"),
            opened(deal, 1, slot=slot, contacts=[klara, pavel], fields={"city": "Prague"}),
        )
    await questions.know("deals")  # what follows reads the rows that were written
    await questions.book.record(
        acme,
        fact(Deal.FieldsChanged, deal, 1, fields={"city": "", "budget": "1500.50"}, by=ANNA),
        moved(deal, 2, SEARCH),
        fact(Deal.ContactUnlinked, deal, 3, contact_id=klara, by=ANNA),
        fact(Deal.ContactLinked, deal, 3, contact_id=klara, by=ANNA),
        fact(Contact.Renamed, klara, 4, name="Klara Novak", by=ANNA),
        fact(Deal.LinkFailed, deal, 4, rule_id=rule, missing=["phone"]),
        fact(Deal.Linked, deal, 5, deal_id=follower, rule_id=rule),
        fact(
            Deal.ExecutorFound, deal, 6, executor_id=executor, offer_id=offer, told={"name": "Oleg"}
        ),
        fact(Deal.Lost, deal, 7, reason="price", by=None),
    )
    await questions.know("deals")
    row = await questions.models.deals.one(acme, deal)
    assert row == DealRow(
        deal_id=deal,
        number=1,
        pipeline_id=PIPELINE,
        stage_id=SEARCH,
        title="Kitchen",
        fields={"budget": "1500.50"},
        slot_id=slot,
        person_id=BORIS,
        contacts=[pavel, klara],
        names={pavel: "Pavel", klara: "Klara Novak"},
        kind="lost",
        reason="price",
        executor_id=executor,
        offer_id=offer,
        executor={"name": "Oleg"},
        origin_id=None,
        links={rule: follower},
        failed_links={},
        opened_at=NOON,
        moved_at=NOON + timedelta(minutes=2),
        changed_at=NOON + timedelta(minutes=7),
        entry=2,
        deleted=False,
    )
    assert row == await questions.models.deals.by_number(acme, 1)
    theirs = await questions.models.deals.one(other, deal)
    assert theirs is not None
    assert (theirs.stage_id, theirs.kind, theirs.names[klara]) == (NEW, "open", "Klara")
    assert await questions.models.deals.one(uuid4(), deal) is None


async def test_its_history_is_told_from_the_newest_with_what_each_event_said(
    questions: World,
) -> None:
    acme, other, deal = uuid4(), uuid4(), uuid4()
    for workspace in (acme, other):
        await questions.book.record(workspace, opened(deal, 1))
    await questions.book.record(
        acme,
        moved(deal, 1, SEARCH),
        fact(Deal.CommentAdded, deal, 2, text="call after six", by=BORIS),
        fact(Deal.ResponsibleChanged, deal, 3, from_id=None, to_id=ANNA, by=None, cause="claim"),
    )
    await questions.know("deals")
    history = questions.models.deals.history
    rows = (await history(acme, deal)).rows
    told = [(row.what, row.by, row.at - NOON) for row in rows]
    assert told == [
        ("ResponsibleChanged", None, timedelta(minutes=3)),
        ("CommentAdded", BORIS, timedelta(minutes=2)),
        ("MovedToStage", ANNA, timedelta(minutes=1)),
        ("Opened", ANNA, timedelta()),
    ]
    assert rows[1].data == {"text": "call after six"}
    assert rows[2].data == {"from_id": str(NEW), "to_id": str(SEARCH), "trail": []}
    page = await history(acme, deal, first=2)
    assert (page.rows, page.more) == (rows[:2], True)
    assert (await history(acme, deal, after=page.rows[-1].cursor)).rows == rows[2:]
    assert [row.what for row in (await history(other, deal)).rows] == ["Opened"]


async def test_a_deleted_deal_is_in_no_list_but_still_explains_itself(questions: World) -> None:
    acme, deal = uuid4(), uuid4()
    gone = fact(Deal.Deleted, deal, 1, by=ANNA)
    await questions.book.record(acme, opened(deal, 1), opened(uuid4(), 2), gone)
    await questions.know("deals")
    deals = questions.models.deals
    assert [row.number for row in (await deals.page(acme)).rows] == [2]
    row = await deals.one(acme, deal)
    assert row is not None
    assert row.deleted
    assert [event.what for event in (await deals.history(acme, deal)).rows] == ["Deleted", "Opened"]
