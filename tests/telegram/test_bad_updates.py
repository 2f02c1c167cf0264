"""Updates that nobody should send: each is answered or passed over, and the next one is heard."""

from collections.abc import AsyncIterator
from itertools import count
from typing import Any

import pytest
import pytest_asyncio

from infrastructure.inbox import Arrival, Inbox, written
from infrastructure.postgres import Role, pool
from interfaces.sandbox.bots import Bot
from tests.postgres_fixture import Databases
from tests.telegram.api import eventually
from tests.telegram.conftest import Desk, open_desk, standing

pytestmark = pytest.mark.asyncio(loop_scope="module")

NUMBERS = count(1_000, 10)
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


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def desk(databases: Databases) -> AsyncIterator[Desk]:
    """One company that must outlive all of them."""
    name = databases.create()
    async with standing(databases.of(name)) as made, open_desk(made) as opened:
        yield opened
    databases.drop(name)


async def kept(desk: Desk, bot: Bot, *bodies: bytes) -> list[str]:
    """Put updates into the inbox, and a good one behind them; how each ended, in order."""
    first = next(NUMBERS)
    after = {"update_id": first + 9, **message(text="/start")}
    async with pool(desk.dsn, Role.GATEWAY, name="test") as connections:
        batch = enumerate([*bodies, written(after)], first)
        arrivals = [Arrival(number, 5, body) for number, body in batch]
        await Inbox(connections).keep(bot.id, arrivals)
    operation = "RegisterClient" if bot is desk.clients else "Myself"
    command = f"tg:{bot.id}:{first + len(bodies)}"

    def heard() -> bool:
        asked = desk.api.of(operation)
        return any(one.variables.get("commandId", command) == command for one in asked)

    await eventually(heard)
    await desk.settled("inbox")
    rows = desk.look(
        "SELECT outcome, last_error FROM ledger.inbox"
        " WHERE bot_id = %s AND update_id BETWEEN %s AND %s ORDER BY id",
        bot.id,
        first,
        first + 9,
    )
    assert rows[-1] == ("done", None)
    return [f"{outcome}: {error}" for outcome, error in rows[:-1]]


@pytest.mark.parametrize("name", UPDATES)
@pytest.mark.parametrize("role", ["client", "manager"])
async def test_a_bad_update_harms_nobody(desk: Desk, name: str, role: str) -> None:
    bot = desk.clients if role == "client" else desk.managers
    desk.api.asked.clear()
    update = {"update_id": 1, **UPDATES[name]}
    [ended] = await kept(desk, bot, written(update))
    assert ended == "done: None" or "validation error" in ended
    for asked in desk.api.of("PostMessage"):
        text = asked.variables["content"]["text"]
        assert len(text) <= 4_096
        assert not any(ord(sign) < 32 and sign not in "\n\t" for sign in text)


async def test_lone_surrogates_are_replaced_and_the_message_arrives(desk: Desk) -> None:
    desk.api.asked.clear()
    await kept(desk, desk.clients, written({"update_id": 1, **message(text="a\ud800b")}))
    [asked] = desk.api.of("PostMessage")
    assert asked.variables["content"]["text"] == "a\ufffdb"


async def test_bytes_that_are_no_json_are_kept_and_fail_alone(desk: Desk) -> None:
    ended = await kept(desk, desk.clients, b"\xff\x00{", b"[1]")
    assert [one.split(":")[0] for one in ended] == ["failed", "failed"]
