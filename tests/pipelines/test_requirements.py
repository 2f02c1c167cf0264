"""What a stage wants of a deal is wanted on every way onto it, and named field by field."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any
from uuid import uuid5

import pytest

from application.batches import MigrateDeal
from application.deals import ChangeDeal
from application.offers import ExpireOffer
from application.pipelines import (
    AddStage,
    RequireFields,
    RetireField,
    RetireStage,
    SetLostReasons,
    StageKind,
)
from domain.deals import Deal
from domain.fields import NoSuchField
from domain.offers import offer_of
from domain.pipelines import BadName
from domain.stages import FieldsMissing, LostReasonNeeded
from tests.firm import Firm, firm
from tests.sales import DEAL, IVAN, LOST, NEW, OPEN, SALES, SEARCH, WON, WORK

WANTED = ("Address", "Flat")
ELSEWHERE = uuid5(LOST, "elsewhere")


async def wanting(stage: Any) -> Firm:
    """A firm with a deal, and a stage that wants address and flat."""
    acme = await firm()
    await acme.deal(NEW)
    keys = ("address", "flat", "address")
    await acme.do(RequireFields, pipeline_id=SALES, stage_id=stage, keys=keys)
    return acme


async def move(acme: Firm) -> None:
    await acme.move(WON)


async def create(acme: Firm) -> None:
    await acme.deal(WON, deal_id=WON)


async def migrate(acme: Firm) -> None:
    await acme.do(RetireStage, pipeline_id=SALES, stage_id=NEW, successor_id=WON)
    await acme.do(MigrateDeal, deal_id=DEAL, from_id=NEW)


@pytest.mark.proves("S3-01", "S3-E4")
@pytest.mark.parametrize("way", [move, create, migrate])
async def test_a_refusal_names_each_field_that_is_missing(
    way: Callable[[Firm], Awaitable[None]],
) -> None:
    acme = await wanting(WON)
    with pytest.raises(FieldsMissing) as refused:
        await way(acme)
    assert refused.value.named == WANTED
    assert str(refused.value) == "Fill in these fields first: Address, Flat."
    assert (await acme.the_deal()).stage_id == NEW


@pytest.mark.proves("S3-01")
async def test_what_is_told_with_the_move_counts() -> None:
    acme = await wanting(WON)
    await acme.do(ChangeDeal, deal_id=DEAL, fields={"address": "Lenina 1"})
    with pytest.raises(FieldsMissing, match="Flat"):
        await acme.move(WON)
    with pytest.raises(FieldsMissing, match="Address"):
        await acme.move(WON, fields={"address": " ", "flat": "5"})
    assert (await acme.the_deal()).fields == {"address": "Lenina 1"}
    await acme.move(WON, fields={"flat": "5"})
    deal = await acme.the_deal()
    assert (deal.stage_id, deal.fields) == (WON, {"address": "Lenina 1", "flat": "5"})


@pytest.mark.proves("S3-01", "S3-E4")
async def test_an_order_waits_on_its_stage_for_the_fields_and_then_moves() -> None:
    acme = await wanting(WORK)
    await acme.move(SEARCH)
    await acme.claim(IVAN, offer_of(DEAL, 2))
    offer = await acme.the_offer(2)
    assert (offer.settled, offer.problem) == (False, "Address, Flat")
    await acme.do(ChangeDeal, deal_id=DEAL, fields={"address": "Lenina 1", "flat": "5"})
    assert (await acme.the_deal()).stage_id == WORK
    assert (await acme.the_offer(2)).settled


@pytest.mark.proves("S3-E4")
async def test_a_deal_whose_offer_expires_needs_the_fields_too() -> None:
    acme = await firm(replace(OPEN, expired_stage_id=LOST))
    await acme.do(RequireFields, pipeline_id=SALES, stage_id=LOST, keys=("address",))
    await acme.deal(SEARCH)
    await acme.do(ExpireOffer, offer_id=offer_of(DEAL, 1))
    assert (await acme.the_deal()).stage_id == SEARCH
    assert [str(one) for one in acme.refused] == ["Fill in these fields first: Address."]
    await acme.do(RequireFields, pipeline_id=SALES, stage_id=LOST, keys=())
    await acme.move(NEW)
    await acme.move(SEARCH)
    await acme.do(ExpireOffer, offer_id=offer_of(DEAL, 3))
    assert (await acme.the_deal()).stage_id == LOST


async def test_only_fields_that_are_asked_are_wanted() -> None:
    acme = await wanting(WON)
    with pytest.raises(NoSuchField, match="size"):
        await acme.do(RequireFields, pipeline_id=SALES, stage_id=WON, keys=("flat", "size"))
    for key in ("address", "flat"):
        await acme.do(RetireField, pipeline_id=SALES, key=key)
    await acme.move(WON)
    assert (await acme.the_deal()).stage_id == WON


@pytest.mark.proves("S3-02")
@pytest.mark.parametrize("reason", ["", "Bored"])
async def test_whoever_loses_a_deal_says_why_by_one_of_the_reasons(reason: str) -> None:
    acme = await wanting(WON)
    await acme.do(SetLostReasons, pipeline_id=SALES, reasons=("Too dear", "Too late"))
    with pytest.raises(LostReasonNeeded) as refused:
        await acme.move(LOST, reason=reason)
    assert refused.value.named == ("Too dear", "Too late")
    with pytest.raises(LostReasonNeeded):
        await acme.deal(LOST, deal_id=LOST, reason=reason)
    await acme.move(LOST, reason="Too late")
    [lost] = acme.happened(Deal.Lost)
    assert lost.reason == "Too late"


@pytest.mark.proves("S3-02")
async def test_several_lost_stages_tell_the_reasons_apart() -> None:
    acme = await wanting(WON)
    told = {"stage_id": ELSEWHERE, "name": "Bought elsewhere", "kind": StageKind.LOST}
    await acme.do(AddStage, pipeline_id=SALES, **told)
    await acme.move(LOST, reason="Too dear")
    await acme.move(ELSEWHERE, reason="A friend does it")
    deal = await acme.the_deal()
    assert (deal.stage_id, deal.kind, deal.reason) == (ELSEWHERE, "lost", "A friend does it")
    await acme.move(NEW)
    deal = await acme.the_deal()
    assert (deal.kind, deal.reason) == ("open", "")
    kinds = [type(event) for event in acme.happened(Deal.Lost, Deal.Resumed)]
    assert kinds == [Deal.Lost, Deal.Lost, Deal.Resumed]


@pytest.mark.parametrize("reasons", [("Dear", "Dear"), ("",), tuple(map(str, range(51)))])
async def test_reasons_are_told_apart(reasons: tuple[str, ...]) -> None:
    acme = await firm()
    with pytest.raises(BadName):
        await acme.do(SetLostReasons, pipeline_id=SALES, reasons=reasons)
