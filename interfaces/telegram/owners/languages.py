"""Languages: the company's, in which its chats are written to, and the owner's own."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final
from uuid import UUID

from interfaces.telegram.buttons import Outdated
from interfaces.telegram.owners import desks
from interfaces.telegram.owners.buttons import NOWHERE, Pressed
from interfaces.telegram.owners.owner import Owner, Press, Shown
from interfaces.telegram.screens import Screen
from interfaces.telegram.words import LANGUAGES, spoken, words


def own(owner: Owner) -> Screen:
    """In which language the owner reads."""
    nowhere = replace(owner, workspace_id=NOWHERE)
    now = spoken(owner.language)
    rows = [
        [nowhere.choice(words(code, "language_name"), "speak", code, chosen=code == now)]
        for code in LANGUAGES
    ]
    return Screen(owner.say("own_language_head"), [*rows, [nowhere.button("to_desks", "desks")]])


async def company(owner: Owner, since: int | None = None, note: str = "") -> Screen:
    """In which language the company's channel and group are written to."""
    now = (await owner.desk(since)).language
    rows = [
        [owner.choice(words(code, "language_name"), "write", code, chosen=code == now)]
        for code in LANGUAGES
    ]
    return Screen(owner.say("language_head"), [*rows, [owner.button("back", "settings")]], note)


async def _own(owner: Owner, _: Pressed) -> Shown:
    return own(owner)


async def _company(owner: Owner, _: Pressed) -> Shown:
    return await company(owner)


async def _write(owner: Owner, pressed: Pressed) -> Shown:
    code = _known(pressed.about)
    done = (await owner.api.change_language(owner.command_id, code)).change_language
    return await company(owner, done.position, owner.say("saved"))


async def _speak(owner: Owner, pressed: Pressed) -> Shown:
    """Choose it in every company that one leads."""
    code = _known(pressed.about)
    for led in (await owner.api.my_workspaces()).my_workspaces:
        inside = replace(owner, workspace_id=UUID(led.workspace_id))
        command_id = f"{owner.command_id}:{inside.workspace_id.hex}"
        await inside.api.choose_language(command_id, code)
    owner.turn.speaks(owner.user, code)
    return await desks.first(replace(owner, language=code))


def _known(code: str) -> str:
    if code not in LANGUAGES:
        raise Outdated
    return code


PRESSES: Final[Mapping[str, Press]] = {
    "language": _company,
    "speaking": _own,
    "write": _write,
    "speak": _speak,
}
