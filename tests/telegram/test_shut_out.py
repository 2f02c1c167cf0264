"""A bot that was shut out of its channel or group: its letters wait till it is let in."""

import pytest

from interfaces.sandbox.faults import Fault
from interfaces.sandbox.membership import set_member
from tests.telegram.api import eventually
from tests.telegram.conftest import TICKET, Desk

pytestmark = [pytest.mark.asyncio, pytest.mark.proves("P16")]
WAITING = "SELECT last_error, attempts FROM ledger.outbox WHERE settled_at IS NULL ORDER BY id"


@pytest.mark.parametrize("kind", ["post", "card", "group_post", "message"])
async def test_letters_to_a_chat_that_is_closed_wait_in_order(desk: Desk, kind: str) -> None:
    chat = desk.channel if kind == "post" else desk.group
    set_member(desk.world, chat, desk.managers.user, "kicked")
    report = {"kind": kind, "ticket": str(TICKET), "message": "7"}
    for text in ("первое", "второе"):
        params = {"text": text}
        await desk.send("sendMessage", desk.managers, chat.id, params, report=report)

    def waits() -> bool:
        first, second = desk.look(WAITING)
        return "kicked" in str(first[0]) and first[1] == 0 and second == (None, 0)

    await eventually(waits)
    told = {asked.name for asked in desk.api.asked}
    assert told <= {"Myself", "CheckReadiness"}  # nobody was told of a failure
    set_member(desk.world, chat, desk.managers.user, "administrator")
    assert [outcome for outcome, _ in await desk.settled()] == ["sent", "sent"]
    assert desk.texts(chat) == ["первое", "второе"]


@pytest.mark.parametrize(
    "description",
    [
        "Bad Request: chat not found",
        "Bad Request: not enough rights to send text messages to the chat",
        "Bad Request: need administrator rights in the channel chat",
    ],
)
async def test_a_missing_right_is_waited_for(desk: Desk, description: str) -> None:
    fault = Fault("error", method="sendMessage", code=400, description=description, times=3)
    desk.world.faults.plan(fault)
    await desk.send("sendMessage", desk.managers, desk.group.id, {"text": "вопрос"})
    assert await desk.settled() == [("sent", description)]


async def test_a_private_chat_that_is_not_found_is_passed_over(desk: Desk) -> None:
    await desk.send("sendMessage", desk.clients, 999_999, {"text": "кто здесь"})
    assert await desk.settled() == [("skipped", "Bad Request: chat not found")]
    desk.world.journal.violations.clear()
