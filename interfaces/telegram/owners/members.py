"""Members: who works for the company, what they may do, and how they leave."""

from collections.abc import Mapping
from typing import Final

from interfaces.telegram.buttons import Outdated
from interfaces.telegram.client.enums import Role
from interfaces.telegram.owners import homes
from interfaces.telegram.owners.buttons import Pressed, mark
from interfaces.telegram.owners.owner import Member, Owner, Press, Shown
from interfaces.telegram.pages import Page
from interfaces.telegram.screens import Screen

SHOWN: Final = 20
CHANGEABLE: Final = (Role.MANAGER, Role.ADMIN)
"""Roles that are given and taken here; an owner stays one."""


async def members(
    owner: Owner, since: int | None = None, note: str = "", number: int = 0
) -> Screen:
    """Everybody who works here, with what they hold, and the way to invite; a page of them."""
    people = await owner.colleagues(since)
    shown = people[number * SHOWN : (number + 1) * SHOWN]
    page = Page(number, more=len(people) > (number + 1) * SHOWN)
    lines = [owner.say("members_head", count=len(people)), *(line(owner, p) for p in shown)]
    rows = [[owner.labelled(person.name, "member", mark(person.id))] for person in shown]
    rows += [
        page.buttons(lambda text, n: owner.labelled(text, "members", "", n)),
        [owner.button("invite_manager", "invite", 0), owner.button("invite_admin", "invite", 1)],
        [owner.button("to_invitations", "invitations")],
    ]
    return Screen("\n".join(lines), [*rows, *homes.home_rows(owner)], note)


def line(owner: Owner, person: Member) -> str:
    """Somebody in one line: name, roles, presence, how much they hold."""
    roles = ", ".join(owner.say(f"role_{role.value.lower()}") for role in person.roles)
    there = owner.say(f"member_{person.presence.value.lower()}")
    return owner.say(
        "member_line", name=person.name, roles=roles, presence=there, count=person.open_tickets
    )


async def somebody(owner: Owner, mark_: str, since: int | None = None) -> Member:
    """The one colleague whom a button means; raises Outdated."""
    found = [each for each in await owner.colleagues(since) if mark(each.id) == mark_]
    if len(found) != 1:
        raise Outdated
    return found[0]


async def member(owner: Owner, mark_: str, since: int | None = None, note: str = "") -> Screen:
    """One colleague, and what can be done about them."""
    person = await somebody(owner, mark_, since)
    rows: list[list[dict[str, str]]] = []
    if Role.OWNER not in person.roles:
        for n, role in enumerate(CHANGEABLE):
            text = owner.say(f"role_{role.value.lower()}")
            rows.append([owner.choice(text, "role", mark_, n, chosen=role in person.roles)])
    if person.open_tickets:
        rows.append([owner.button("hand_all_over", "held", mark_, 0)])
    if Role.OWNER not in person.roles:
        rows.append([owner.button("remove_member", "removing", mark_)])
    rows.append([owner.button("back", "members")])
    return Screen(line(owner, person), rows, note)


async def _members(owner: Owner, pressed: Pressed) -> Shown:
    return await members(owner, number=pressed.page)


async def _member(owner: Owner, pressed: Pressed) -> Shown:
    return await member(owner, pressed.about)


async def _change_role(owner: Owner, pressed: Pressed) -> Shown:
    """Give or take one role; somebody without any keeps the last one."""
    person = await _removable(owner, pressed.about)
    if pressed.page >= len(CHANGEABLE):
        raise Outdated
    role = CHANGEABLE[pressed.page]
    roles = [each for each in person.roles if each is not role]
    if role not in person.roles:
        roles.append(role)
    if not roles:
        return await member(owner, pressed.about, note=owner.say("last_role"))
    changed = (await owner.api.change_roles(owner.command_id, person.id, roles)).change_roles
    return await member(owner, pressed.about, changed.position, owner.say("saved"))


async def _ask_to_remove(owner: Owner, pressed: Pressed) -> Shown:
    person = await _removable(owner, pressed.about)
    rows = [
        [owner.button("remove_surely", "remove", pressed.about)],
        [owner.button("back", "member", pressed.about)],
    ]
    if person.open_tickets:
        rows.insert(1, [owner.button("hand_all_over", "held", pressed.about, 0)])
    text = owner.say("removing_member", name=person.name, count=person.open_tickets)
    return Screen(text, rows)


async def _remove(owner: Owner, pressed: Pressed) -> Shown:
    person = await _removable(owner, pressed.about)
    gone = (await owner.api.leave_staff(owner.command_id, person.id)).leave_staff
    return await members(owner, gone.position, owner.say("member_removed", name=person.name))


async def _removable(owner: Owner, mark_: str) -> Member:
    person = await somebody(owner, mark_)
    if Role.OWNER in person.roles:
        raise Outdated
    return person


PRESSES: Final[Mapping[str, Press]] = {
    "members": _members,
    "member": _member,
    "role": _change_role,
    "removing": _ask_to_remove,
    "remove": _remove,
}
