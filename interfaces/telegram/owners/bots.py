"""The bots of a desk: their tokens come in, are sealed by the API, and are never shown again."""

import re
from collections.abc import Mapping
from typing import Final

from interfaces.telegram.buttons import Outdated
from interfaces.telegram.client.enums import BotRole
from interfaces.telegram.owners import homes
from interfaces.telegram.owners.buttons import Pressed
from interfaces.telegram.owners.owner import Answer, Misunderstood, Owner, Press, Shown, username_of
from interfaces.telegram.screens import Screen

TOKEN: Final = re.compile(r"(?<!\d)\d{6,12}:[A-Za-z0-9_-]{30,64}(?![A-Za-z0-9_-])")
"""A bot's token as BotFather writes it, anywhere in a text."""
ROLES: Final = {role.value.lower(): role for role in BotRole}
EXECUTOR: Final = BotRole.EXECUTOR.value.lower()


async def bots(owner: Owner, since: int | None = None, note: str = "") -> Screen:
    """Which bots work for the company."""
    desk = await owner.desk(since)
    lines, rows = [owner.say("bots_head")], list[list[dict[str, str]]]()
    for name, role in ROLES.items():
        username = username_of(desk, role)
        if username is None:
            lines.append(owner.say(f"step_{name}_bot"))
            rows.append([owner.button(f"mend_{name}_bot", "token", name)])
        else:
            lines.append(owner.say(f"done_{name}_bot", username=username))
            about = {"username": username}
            rows.append([owner.button("renew_token", "token", name, **about)])
            rows.append([owner.button("disconnect", "disconnecting", name, **about)])
    return Screen("\n".join(lines), [*rows, *homes.home_rows(owner)], note)


async def _bots(owner: Owner, _: Pressed) -> Shown:
    return await bots(owner)


async def _ask_token(owner: Owner, pressed: Pressed) -> Shown:
    name = _role(pressed.about).value.lower()
    username = username_of(await owner.desk(), ROLES[name])
    if username is None:
        return owner.ask(f"ask_{name}_token", "token", name)
    return owner.ask("ask_new_token", "token", name, username=username)


async def _connect(owner: Owner, answer: str, about: str) -> Shown:
    found = TOKEN.search(answer)
    if found is None:
        raise Misunderstood("token_wanted")
    connected = (await owner.api.connect_bot(owner.command_id, found[0], _role(about))).connect_bot
    said = owner.say("bot_connected", username=connected.username)
    return await homes.home(owner, connected.position, said=said)


async def _ask_to_disconnect(owner: Owner, pressed: Pressed) -> Shown:
    username = username_of(await owner.desk(), _role(pressed.about))
    if username is None:
        return await bots(owner)
    rows = [
        [owner.button("disconnect_surely", "disconnect", pressed.about)],
        [owner.button("back", "bots")],
    ]
    key = "disconnecting_executor" if pressed.about == EXECUTOR else "disconnecting"
    return Screen(owner.say(key, username=username), rows)


async def _disconnect(owner: Owner, pressed: Pressed) -> Shown:
    role = _role(pressed.about)
    bot = next((bot for bot in (await owner.desk()).bots if bot.role is role), None)
    if bot is None:
        return await bots(owner)
    gone = (await owner.api.disconnect_bot(owner.command_id, bot.id)).disconnect_bot
    return await bots(owner, gone.position, owner.say("disconnected", username=bot.username))


def _role(name: str) -> BotRole:
    if name not in ROLES:
        raise Outdated
    return ROLES[name]


PRESSES: Final[Mapping[str, Press]] = {
    "bots": _bots,
    "token": _ask_token,
    "disconnecting": _ask_to_disconnect,
    "disconnect": _disconnect,
}
ANSWERS: Final[Mapping[str, Answer]] = {"token": _connect}
