"""A firm that connects subscribers: sales in one pipeline, connections in another."""

from typing import Any
from uuid import UUID, uuid5

from application.pipelines import (
    AddStage,
    DefineField,
    DefinePipeline,
    LinkRule,
    SetLinkRule,
    StageKind,
)
from application.slots import OpenSlot
from domain.slots import slot_of
from tests.facts import ANNA, BORIS
from tests.firm import Firm, firm
from tests.sales import ADDRESS, LOST, NEW, SALES, WON, WORK

CONNECTIONS, QUEUED, DONE, FAILED, RULE = (
    uuid5(SALES, name) for name in ("connections", "queued", "done", "failed", "rule")
)
BORISES = slot_of(BORIS, 1)


def rule(**told: Any) -> LinkRule:
    usual = {
        "id": RULE,
        "stage_id": WORK,
        "to_pipeline_id": CONNECTIONS,
        "to_stage_id": QUEUED,
        "outcomes": {str(DONE): WON, str(FAILED): LOST},
        "copied": ["address", "budget"],
        "slot_id": BORISES,
    }
    return LinkRule(**usual | told)


async def linked(**told: Any) -> Firm:
    """A sale of Anna's with a connection that Boris sees to."""
    acme = await firm()
    await acme.do(DefinePipeline, pipeline_id=CONNECTIONS, name="Connections")
    for stage, name in ((QUEUED, "Queued"), (DONE, "Connected"), (FAILED, "Impossible")):
        kind = StageKind.OPEN if stage == QUEUED else StageKind.WON
        at = {"pipeline_id": CONNECTIONS, "stage_id": stage}
        await acme.do(AddStage, name=name, kind=kind, **at)
    await acme.do(DefineField, pipeline_id=CONNECTIONS, field=ADDRESS)
    await acme.do(OpenSlot, slot_id=BORISES, name="Network", person_id=BORIS)
    await acme.do(SetLinkRule, pipeline_id=SALES, rule=rule(**told))
    await acme.deal(NEW, by=ANNA, fields={"address": "Lenina 1", "budget": "5", "flat": "7"})
    return acme


async def connection(acme: Firm) -> UUID:
    """The connection of the sale that counts."""
    return (await acme.the_deal()).links[RULE]
