"""Executors' chats: the groups where orders are shown, and the way to add or remove one."""

from collections.abc import Mapping
from typing import Final

from interfaces.telegram.buttons import Outdated
from interfaces.telegram.client.enums import BotRole
from interfaces.telegram.owners import homes
from interfaces.telegram.owners.buttons import Pressed
from interfaces.telegram.owners.owner import Owner, Press, Shown, username_of
from interfaces.telegram.screens import Screen


async def executors(owner: Owner, since: int | None = None, note: str = "") -> Screen:
    """The groups where orders are shown, each with a button that ends it."""
    desk = await owner.desk(since)
    username = username_of(desk, BotRole.EXECUTOR)
    if username is None:
        return await homes.home(owner, since, note=note)
    chats = desk.executors_chats
    lines = [owner.say("executors_head", username=username), *(f"• {each.title}" for each in chats)]
    rows = [
        [owner.button("unlink_chat", "unlink", each.chat_id, title=each.title)] for each in chats
    ]
    adding = [homes.chat_button(owner, username)]
    return Screen("\n".join(lines), [adding, *rows, *homes.home_rows(owner)], note)


async def _executors(owner: Owner, _: Pressed) -> Shown:
    return await executors(owner)


async def _unlink(owner: Owner, pressed: Pressed) -> Shown:
    chats = {str(each.chat_id): each for each in (await owner.desk()).executors_chats}
    if pressed.about not in chats:
        raise Outdated
    chat = chats[pressed.about]
    unlinked = await owner.api.unlink_executors_chat(owner.command_id, chat.chat_id)
    await owner.api.check_readiness(f"{owner.command_id}:look")
    note = owner.say("chat_unlinked", title=chat.title)
    return await executors(owner, unlinked.unlink_executors_chat.position, note)


PRESSES: Final[Mapping[str, Press]] = {"executors": _executors, "unlink": _unlink}
