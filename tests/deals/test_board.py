"""The board counts deals by stage; who sits in a slot has all of its deals, at once."""

from uuid import UUID, uuid4

import pytest

from domain.deals import Deal
from projections.deal_filters import Wanted
from tests.deals.facts import ANNA, BORIS, DONE, NEW, PIPELINE, SEARCH, bound, moved, opened, seated
from tests.projections.conftest import World
from tests.projections.facts import fact


async def test_a_board_counts_deals_by_stage_all_of_them_or_those_of_one_person(
    questions: World,
) -> None:
    acme, other, hers, his = (uuid4() for _ in range(4))
    deals = [uuid4() for _ in range(5)]
    for workspace in (acme, other):
        await questions.book.record(
            workspace,
            seated(hers, ANNA),
            seated(his, BORIS),
            *(opened(id, n, slot=hers if n % 2 else his) for n, id in enumerate(deals, start=1)),
        )
    await questions.book.record(
        acme,
        moved(deals[0], 1, SEARCH),
        moved(deals[1], 2, DONE),
        fact(Deal.Won, deals[1], 2, by=None),
        fact(Deal.Deleted, deals[2], 3, by=None),
    )
    await questions.know("deals")
    board = questions.models.deals.board
    assert await board(acme, PIPELINE) == {NEW: 2, SEARCH: 1, DONE: 1}
    assert await board(acme, PIPELINE, ANNA) == {NEW: 1, SEARCH: 1}
    assert await board(acme, uuid4()) == {}
    assert await board(other, PIPELINE) == {NEW: 5}


@pytest.mark.proves("S3-17")
async def test_deals_follow_the_slot_to_whoever_sits_there(questions: World) -> None:
    acme, slot, own = uuid4(), uuid4(), uuid4()
    deals = [uuid4() for _ in range(3)]
    await questions.book.record(
        acme,
        seated(slot, ANNA),
        seated(own, BORIS, name="Boris"),
        *(opened(id, n, slot=slot) for n, id in enumerate(deals, start=1)),
        opened(uuid4(), 4, slot=own),
    )

    async def numbers(person: UUID) -> list[int]:
        await questions.know("deals")
        page = await questions.models.deals.page(acme, wanted=Wanted(person_id=person))
        assert {row.person_id for row in page.rows} <= {person}
        return [row.number for row in page.rows]

    assert (await numbers(ANNA), await numbers(BORIS)) == ([3, 2, 1], [4])
    await questions.book.record(acme, bound(slot, ANNA, BORIS, 5))
    assert (await numbers(ANNA), await numbers(BORIS)) == ([], [4, 3, 2, 1])


async def test_who_empties_a_stage_learns_which_deals_stand_there(questions: World) -> None:
    acme, other = uuid4(), uuid4()
    deals = [uuid4() for _ in range(4)]
    for workspace in (acme, other):
        await questions.book.record(
            workspace, *(opened(id, n) for n, id in enumerate(deals, start=1))
        )
    gone = fact(Deal.Deleted, deals[3], 2, by=None)
    await questions.book.record(acme, moved(deals[1], 1, SEARCH), gone)
    await questions.know("deals")
    models = questions.models.deals
    assert [row.number for row in await models.standing_on(acme, NEW)] == [1, 3]
    assert await models.standing_on(acme, NEW, limit=1) == [(deals[0], 1)]
    assert await models.standing_on(acme, NEW, after=1) == [(deals[2], 3)]
    assert (await models.count_on(acme, NEW), await models.count_on(other, NEW)) == (2, 4)
