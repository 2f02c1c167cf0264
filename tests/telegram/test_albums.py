"""Albums of people reach the API as one message, through restarts too."""

import pytest

from interfaces.sandbox.bots import Bot
from interfaces.sandbox.files import Upload
from interfaces.sandbox.people import react
from tests.telegram.api import ANSWERS, eventually
from tests.telegram.conftest import Desk, served_by_gateway

pytestmark = [pytest.mark.asyncio, pytest.mark.proves("P18")]


def album(desk: Desk, *captions: str) -> None:
    for caption in captions:
        photo = Upload(f"{caption}.jpg", "image/jpeg", caption.encode())
        desk.says(desk.klim, desk.talk, caption, media=("photo", photo), album="one")


def told(desk: Desk) -> list[tuple[str, int]]:
    """The command ids of the messages that the API was told of, each once, with their pieces."""
    asked = (one.variables for one in desk.api.of("PostMessage"))
    said = {one["commandId"]: len(one["content"].get("pieces") or ()) for one in asked}
    return list(said.items())


def heard(desk: Desk, bot: Bot, chat_id: int) -> list[str]:
    """The command id of each update that a bot has got in the lane of a chat."""
    rows = desk.look(
        "SELECT update_id FROM ledger.inbox WHERE bot_id = %s AND chat_id = %s ORDER BY id",
        bot.id,
        chat_id,
    )
    return [f"tg:{bot.id}:{update_id}" for (update_id,) in rows]


def command_ids(desk: Desk) -> list[str]:
    """Those of what Klim said to the client bot."""
    return heard(desk, desk.clients, desk.klim.id)


async def test_an_album_is_one_message_under_the_id_of_its_first_piece(desk: Desk) -> None:
    desk.says(desk.klim, desk.talk, "до")
    album(desk, "раз", "два", "три")
    desk.says(desk.klim, desk.talk, "после")
    await desk.api.wait("PostMessage", 3)
    assert {outcome for outcome, _ in await desk.settled("inbox")} == {"done"}
    ids = command_ids(desk)
    assert told(desk) == [(ids[0], 0), (ids[1], 3), (ids[4], 0)]


async def test_a_restart_changes_nothing_about_who_belongs_to_an_album(quiet_desk: Desk) -> None:
    desk = quiet_desk
    await desk.connect_bot(desk.clients, "client")
    desk.api.script["PostMessage"] = [503]
    async with served_by_gateway(desk):
        album(desk, "раз", "два")
        await desk.api.wait("PostMessage")
        album(desk, "поздно")
        await eventually(lambda: len(command_ids(desk)) == 3)
    desk.api.script["PostMessage"] = [{"data": ANSWERS["PostMessage"]}]
    async with served_by_gateway(desk):
        await desk.settled("inbox")
    ids = command_ids(desk)
    assert told(desk) == [(ids[0], 2), (ids[2], 0)]


async def test_a_reaction_waits_in_the_lane_of_its_chat(desk: Desk) -> None:
    def lane() -> int:
        return len(heard(desk, desk.managers, desk.group.id))

    said = desk.says(desk.anna, desk.group, "готово")
    await eventually(lambda: lane() >= len(desk.group.messages))
    before = lane()
    react(desk.world, desk.anna, desk.group, said.id, "👍")
    await eventually(lambda: lane() == before + 1)
    assert {outcome for outcome, _ in await desk.settled("inbox")} == {"done"}
