"""Boards over the API: how many deals stand on each stage, for whoever asks."""

from typing import Any

import pytest

from tests.graphql.company import ANNA, BORIS, Company, GraphQLRefused
from tests.graphql.sales import Sales

BOARD = """query($p: ID!, $mine: Boolean!, $at: BigInt) {
  board(pipelineId: $p, mine: $mine, minPosition: $at) { stage { name kind } count } }"""


@pytest.fixture
def sales(acme: Company) -> Sales:
    return Sales(acme)


def board(sales: Sales, who: int | None, at: int | None, *, mine: bool = False) -> dict[str, int]:
    told: dict[str, Any] = {"p": sales.pipeline, "mine": mine, "at": at}
    company = sales.company
    ask = company.admin(BOARD, **told) if who is None else company.manager(who, BOARD, **told)
    return {column["stage"]["name"]: column["count"] for column in ask["board"]}


@pytest.mark.proves("S3-13", "S3-16")
def test_a_board_counts_what_its_reader_may_see(sales: Sales) -> None:
    sales.deal(ANNA)
    sales.deal(BORIS)
    at = sales.move(sales.deal(), "Work")["position"]
    none = {"Search": 0, "Won": 0, "Lost": 0}
    assert board(sales, None, at) == {"New": 2, "Work": 1, **none}
    assert board(sales, ANNA, at) == {"New": 1, "Work": 1, **none}
    assert board(sales, ANNA, at, mine=True) == {"New": 1, "Work": 0, **none}
    assert list(board(sales, ANNA, at)) == ["New", "Search", "Work", "Won", "Lost"]


@pytest.mark.proves("S3-E7")
def test_a_retired_stage_is_on_the_board_while_deals_stand_there(sales: Sales) -> None:
    deal = sales.deal()
    told = {"pipelineId": sales.pipeline, "successorId": sales.stages["Search"]}
    at = sales.lead("retireStage", stageId=sales.stages["New"], **told)["position"]
    sales.lead("retireStage", stageId=sales.stages["Work"], **told)
    assert board(sales, None, at)["New"] == 1
    at = sales.move(deal, "Search")["position"]
    assert list(board(sales, None, at)) == ["Search", "Won", "Lost"]


@pytest.mark.proves("P13")
def test_a_reader_sees_their_own_write_or_is_told_to_wait(sales: Sales) -> None:
    for n in range(1, 4):
        told = sales.manage(
            ANNA, "createDeal", "dealId position", pipelineId=sales.pipeline, title=f"Roof {n}"
        )
        assert board(sales, ANNA, told["position"])["New"] == n
        moved = sales.move(told["dealId"], "Work", ANNA)
        query = (
            "query($id: ID!, $at: BigInt) { deal(id: $id, minPosition: $at) { stage { name } } }"
        )
        seen = sales.company.manager(ANNA, query, id=told["dealId"], at=moved["position"])
        assert seen["deal"] == {"stage": {"name": "Work"}}
        sales.move(told["dealId"], "New", ANNA)
    with pytest.raises(GraphQLRefused) as refused:
        board(sales, ANNA, sales.company.service.head() + 1000)
    assert refused.value.code == "NotYet"


def test_there_is_no_board_of_a_pipeline_that_is_not_there(sales: Sales, globex: Company) -> None:
    foreign = Sales(globex)
    for pipeline in (foreign.pipeline, globex.anna):
        with pytest.raises(GraphQLRefused) as refused:
            sales.company.admin(BOARD, p=pipeline, mine=False)
        assert refused.value.code == "NotFound"
