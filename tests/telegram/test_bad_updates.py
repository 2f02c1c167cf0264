"""Updates that nobody should send: each is answered or passed over, and the next one is heard."""

from typing import Any

import pytest

from infrastructure.inbox import Arrival, Inbox, chat_of, written
from infrastructure.postgres import Role, pool
from tests.telegram.conftest import Desk

pytestmark = pytest.mark.asyncio

KLIM: dict[str, Any] = {"id": 200_000_001, "is_bot": False, "first_name": "Клим"}
PRIVATE: dict[str, Any] = {"id": 200_000_001, "type": "private", "first_name": "Клим"}
GROUP: dict[str, Any] = {"id": -1_001, "type": "supergroup", "title": "Г"}


def message(**about: Any) -> dict[str, Any]:
    told = {"message_id": 5, "date": 1, "chat": PRIVATE, "from": KLIM, **about}
    return {"message": {name: value for name, value in told.items() if value is not None}}


def button(**about: Any) -> dict[str, Any]:
    return {"callback_query": {"id": "1", "from": KLIM, "chat_instance": "1", **about}}


UPDATES: dict[str, dict[str, Any]] = {
    "T4 no known member": {},
    "T4 a kind of 2030": {"hologram": {"id": 1}},
    "T4 a poll": {"poll": {"id": "1"}},
    "T5 nobody wrote it": message(**{"from": None}),
    "T5 a channel wrote it": message(**{"from": None, "chat": GROUP, "sender_chat": GROUP}),
    "T6 empty text": message(text=""),
    "T6 4,097 signs": message(text="ы" * 4_097),
    "T6 a megabyte": message(text="x" * 1_000_000),
    "T6 control signs": message(text="a\x00b\x1bc\x7f"),
    "T6 a lone surrogate": message(text="a\ud800b"),
    "T7 a command in a group": message(chat=GROUP, text="/new"),
    "T8 an edit": {"edited_message": message(text="новее", edit_date=2)["message"]},
    "T8 an edit to nothing": {"edited_message": message(edit_date=2)["message"]},
    "T9 a reply to an unknown": message(text="да", reply_to_message=message(text="?")["message"]),
    "T11 a button without a message": button(data="c1:claim:1"),
    "T11 a button of an inline message": button(inline_message_id="1", data="c1:close:1"),
    "T11 a game": button(game_short_name="chess"),
    "T11 a button of 64 bytes": button(data="я" * 32),
    "T12 a game": message(game={"title": "x", "description": "x", "photo": []}),
    "T12 a story": message(story={"chat": GROUP, "id": 1}),
    "T12 an invoice": message(
        invoice={
            "title": "x",
            "description": "x",
            "start_parameter": "x",
            "currency": "RUB",
            "total_amount": 1,
        }
    ),
    "T12 a giveaway": message(
        giveaway={"chats": [GROUP], "winners_selection_date": 1, "winner_count": 1}
    ),
    "T18 a comment of no thread": message(chat=GROUP, text="привет"),
    "T20 another chat": message(chat={"id": 1, "type": "hologram"}, text="где я"),
    "a bot speaks": message(**{"from": {**KLIM, "is_bot": True}, "text": "я бот"}),
    "ids that are no numbers": message(message_id="x", text="y"),
    "a name of control signs": message(**{"from": {**KLIM, "first_name": "\x00\x01"}, "text": "я"}),
    "an entity beyond the text": message(
        text="a", entities=[{"type": "bold", "offset": 50, "length": 50}]
    ),
}


@pytest.mark.parametrize("name", UPDATES)
@pytest.mark.parametrize("role", ["client", "manager"])
async def test_a_bad_update_harms_nobody(desk: Desk, name: str, role: str) -> None:
    bot = desk.clients if role == "client" else desk.managers
    update = {"update_id": 1, **UPDATES[name]}
    async with pool(desk.dsn, Role.GATEWAY, name="test") as connections:
        inbox = Inbox(connections)
        await inbox.keep(bot.id, [Arrival(1, chat_of(update), written(update))])
        after = {"update_id": 2, **message(text="/start")}
        await inbox.keep(bot.id, [Arrival(2, chat_of(after), written(after))])
    [started] = await desk.api.wait("RegisterClient" if role == "client" else "Myself")
    assert started.user == KLIM["id"]
    outcomes = await desk.settled("inbox")
    failed = [error for outcome, error in outcomes if outcome == "failed"]
    assert all("ValidationError" in error or "validation error" in error for error in failed)
    for asked in desk.api.of("PostMessage"):
        text = asked.variables["content"]["text"]
        assert len(text) <= 4_096
        assert not any(ord(sign) < 32 and sign not in "\n\t" for sign in text)


async def test_lone_surrogates_are_replaced_and_the_message_arrives(desk: Desk) -> None:
    update = {"update_id": 1, **message(text="a\ud800b")}
    async with pool(desk.dsn, Role.GATEWAY, name="test") as connections:
        await Inbox(connections).keep(desk.clients.id, [Arrival(1, 5, written(update))])
    [asked] = await desk.api.wait("PostMessage")
    assert asked.variables["content"]["text"] == "a\ufffdb"


async def test_bytes_that_are_no_json_are_kept_and_fail_alone(desk: Desk) -> None:
    async with pool(desk.dsn, Role.GATEWAY, name="test") as connections:
        inbox = Inbox(connections)
        await inbox.keep(desk.clients.id, [Arrival(1, 5, b"\xff\x00{"), Arrival(2, 5, b"[1]")])
        after = {"update_id": 3, **message(text="/start")}
        await inbox.keep(desk.clients.id, [Arrival(3, 5, written(after))])
    await desk.api.wait("RegisterClient")
    outcomes = desk.look("SELECT outcome FROM ledger.inbox WHERE update_id < 10 ORDER BY id")
    assert outcomes[:2] == [("failed",), ("failed",)]
