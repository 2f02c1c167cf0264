"""Posts that may be out already: looked for, and sent again only when they are nowhere."""

from typing import Any

import pytest

from interfaces.sandbox.faults import LOSE, Fault
from tests.telegram.api import Json, eventually
from tests.telegram.conftest import TICKET, Desk, open_desk

pytestmark = [pytest.mark.asyncio, pytest.mark.proves("P16")]
NOWHERE: dict[str, Any] = {"channelId": None, "postId": None, "groupId": None, "rootId": None}


def places(**known: int) -> Json:
    return {"data": {"ticket": {**NOWHERE, **known}}}


async def begun_and_killed(desk: Desk, kind: str) -> None:
    """A letter that a gateway began a minute ago, and nobody knows how it ended."""
    chat = desk.channel if kind == "post" else desk.group
    report = {"kind": kind, "ticket": str(TICKET)}
    await desk.send("sendMessage", desk.managers, chat.id, {"text": "№7"}, report=report)
    desk.look("UPDATE ledger.outbox SET tried_at = now() - interval '1 minute' RETURNING 1")


@pytest.mark.parametrize(("kind", "known"), [("post", {}), ("group_post", {"postId": 1})])
async def test_a_post_of_a_killed_gateway_leaves_when_it_is_nowhere(
    quiet_desk: Desk, kind: str, known: dict[str, int]
) -> None:
    desk = quiet_desk
    desk.api.script["TicketPlaces"] = [places(**known)]
    await begun_and_killed(desk, kind)
    async with open_desk(desk):
        await desk.hears(desk.channel if kind == "post" else desk.group, "№7")
        assert [outcome for outcome, _ in await desk.settled()] == ["sent"]


@pytest.mark.parametrize(
    ("kind", "known"),
    [("post", {"postId": 5}), ("post", {"rootId": 6}), ("group_post", {"postId": 5, "rootId": 6})],
)
async def test_a_post_that_a_later_look_finds_is_not_sent_again(
    quiet_desk: Desk, kind: str, known: dict[str, int]
) -> None:
    desk = quiet_desk
    desk.api.script["TicketPlaces"] = [places(), places(**known)]
    await begun_and_killed(desk, kind)
    async with open_desk(desk):
        assert [outcome for outcome, _ in await desk.settled()] == ["sent"]
    assert desk.texts(desk.channel) == desk.texts(desk.group) == []


async def test_the_channel_of_a_post_that_was_found_is_confirmed(quiet_desk: Desk) -> None:
    desk = quiet_desk
    desk.api.script["TicketPlaces"] = [places(postId=5, rootId=6)]
    await begun_and_killed(desk, "post")
    async with open_desk(desk):
        [told] = await desk.api.wait("ConfirmPost")
    assert (told.variables["channelId"], told.variables["postId"]) == (desk.channel.id, 5)


async def test_a_copy_that_waits_in_our_own_inbox_is_waited_for(desk: Desk) -> None:
    desk.api.script["OpenThread"] = [503]
    desk.api.script["TicketPlaces"] = [places()]
    desk.world.faults.plan(Fault(LOSE, method="sendMessage"))
    await desk.post()
    await desk.api.wait("TicketPlaces", 20, seconds=10)
    assert len(desk.channel.messages) == 1
    desk.api.script["TicketPlaces"] = [places(postId=1, rootId=2)]
    del desk.api.script["OpenThread"]
    assert [outcome for outcome, _ in await desk.settled()] == ["sent"]
    assert len(desk.channel.messages) == 1


@pytest.mark.parametrize(
    "fault",
    [Fault("error", code=429, retry_after=1), Fault("error", code=500)],
    ids=["throttled", "500"],
)
async def test_a_refusal_after_a_doubtful_try_leaves_the_doubt(
    quiet_desk: Desk, fault: Fault
) -> None:
    desk = quiet_desk
    desk.api.script["TicketPlaces"] = [places()]
    fault.method = "sendMessage"
    desk.world.faults.plan(fault)
    await begun_and_killed(desk, "post")
    async with open_desk(desk):
        await eventually(lambda: desk.world.faults.happened)
        desk.api.script["TicketPlaces"] = [places(postId=1, rootId=2)]
        assert [outcome for outcome, _ in await desk.settled()] == ["sent"]
    assert desk.texts(desk.channel) == []
