"""Desks: which companies somebody leads, and the founding of one."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final
from uuid import UUID

from interfaces.telegram.owners import homes
from interfaces.telegram.owners.buttons import NOWHERE, Pressed
from interfaces.telegram.owners.owner import Answer, Misunderstood, Owner, Press, Shown
from interfaces.telegram.screens import Screen
from interfaces.telegram.words import spoken

LONGEST_NAME: Final = 100


async def first(owner: Owner) -> Shown:
    """What somebody sees who opens the bot: their company, their companies, or the first step."""
    led = (await owner.api.my_workspaces()).my_workspaces
    if not led:
        return owner.ask("owner_greeting", "company", name=owner.user.first_name)
    if len(led) == 1:
        return await homes.home(replace(owner, workspace_id=UUID(led[0].workspace_id)))
    return await desks(owner)


async def desks(owner: Owner) -> Screen:
    """Every company that somebody leads, and a way to one more."""
    nowhere = replace(owner, workspace_id=NOWHERE)
    led = (await nowhere.api.my_workspaces()).my_workspaces
    rows = [
        [
            replace(owner, workspace_id=UUID(each.workspace_id)).button(
                "desk_line_running" if each.running else "desk_line_stopped", "home", name=each.name
            )
        ]
        for each in led
    ]
    rows.append([nowhere.button("found", "found")])
    return Screen(owner.say("desks_head" if led else "desks_none"), rows)


def explained(owner: Owner) -> Screen:
    """What the settings bot is for."""
    nowhere = replace(owner, workspace_id=NOWHERE)
    rows = [[nowhere.button("to_desks", "desks"), nowhere.button("to_language", "speaking")]]
    return Screen(owner.say("owner_help"), rows)


async def _desks(owner: Owner, _: Pressed) -> Shown:
    return await desks(owner)


async def _ask_name(owner: Owner, _: Pressed) -> Shown:
    return owner.ask("ask_company", "company")


async def _found(owner: Owner, answer: str, _: str) -> Shown:
    name = " ".join(answer.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise Misunderstood("company_name_wrong")
    founded = (
        await owner.api.found_workspace(
            owner.command_id,
            name,
            spoken(owner.language),
            owner.user.full_name,
            owner.user.username,
        )
    ).found_workspace
    inside = replace(owner, workspace_id=UUID(founded.workspace_id))
    return await homes.home(inside, founded.position, said=owner.say("founded", name=name))


PRESSES: Final[Mapping[str, Press]] = {"desks": _desks, "found": _ask_name}
ANSWERS: Final[Mapping[str, Answer]] = {"company": _found}
