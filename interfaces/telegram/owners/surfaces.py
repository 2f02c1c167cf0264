"""Surfaces: where the staff works, which is chosen in the manager bot by Telegram's own list."""

from collections.abc import Mapping
from typing import Final

from interfaces.telegram.client.enums import BotRole
from interfaces.telegram.owners import homes
from interfaces.telegram.owners.buttons import Pressed
from interfaces.telegram.owners.owner import Owner, Press, Shown, username_of
from interfaces.telegram.screens import Screen


async def _surfaces(owner: Owner, _: Pressed) -> Shown:
    """The three ways to work, and the way to choose."""
    desk = await owner.desk()
    username = username_of(desk, BotRole.MANAGER)
    name = f"done_{desk.surface.value.lower()}" if desk.group_id is not None else "step_place"
    text = owner.say("surfaces_head", now=owner.say(name))
    if username is None:
        rows = [[owner.button("mend_manager_bot", "token", "manager")]]
    else:
        rows = [[homes.place_button(owner, username)]]
    return Screen(text, [*rows, [owner.button("back", "settings")]])


PRESSES: Final[Mapping[str, Press]] = {"surface": _surfaces}
