"""Invitations: one link for one person, which the manager bot opens."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import quote

from interfaces.telegram.buttons import Outdated
from interfaces.telegram.client.enums import BotRole, Role
from interfaces.telegram.client.issued_invitations import (
    IssuedInvitationsInvitationsNodes as Invitation,
)
from interfaces.telegram.owners.buttons import Pressed, mark
from interfaces.telegram.owners.owner import Owner, Press, Shown, username_of
from interfaces.telegram.screens import Screen

ROLES: Final = (Role.MANAGER, Role.ADMIN)
VALID: Final = 72  # hours, what the API gives an invitation unless told otherwise


async def _invite(owner: Owner, pressed: Pressed) -> Shown:
    """A new link, to be passed on by whatever way."""
    desk = await owner.desk()
    if username_of(desk, BotRole.MANAGER) is None:
        rows = [[owner.button("mend_manager_bot", "token", "manager")]]
        return Screen(owner.say("invite_later"), [*rows, [owner.button("back", "members")]])
    if pressed.number >= len(ROLES):
        raise Outdated
    role = ROLES[pressed.number]
    invited = (await owner.api.invite_staff(owner.command_id, [role])).invite_staff
    text = owner.say(
        "invited",
        role=owner.say(f"role_{role.value.lower()}"),
        link=invited.link,
        count=VALID,
    )
    passed_on = quote(owner.say("invitation_words", company=desk.name))
    share = f"https://t.me/share/url?url={quote(invited.link, safe='')}&text={passed_on}"
    rows = [[{"text": owner.say("share"), "url": share}], [owner.button("back", "members")]]
    return Screen(f"{text}\n\n{owner.say('invited_then')}", rows)


async def invitations(owner: Owner, since: int | None = None, note: str = "") -> Screen:
    """Links that still let somebody in, each with the button that takes it back."""
    rows = [
        [
            owner.button(
                "revoke",
                "revoke",
                mark(each.id),
                roles=", ".join(owner.say(f"role_{role.value.lower()}") for role in each.roles),
                at=f"{each.expires_at:%d.%m %H:%M}",
            )
        ]
        for each in await _valid(owner, since)
    ]
    text = owner.say("invitations_head" if rows else "invitations_none")
    return Screen(text, [*rows, [owner.button("back", "members")]], note)


async def _valid(owner: Owner, since: int | None = None) -> list[Invitation]:
    """Those that nobody has used yet or taken back; of very many only the newest."""
    return [
        each
        for each in (await owner.api.issued_invitations(since)).invitations.nodes
        if not each.accepted_at and not each.revoked_at and each.expires_at > owner.now
    ]


async def _invitations(owner: Owner, _: Pressed) -> Shown:
    return await invitations(owner)


async def _revoke(owner: Owner, pressed: Pressed) -> Shown:
    found = [each.id for each in await _valid(owner) if mark(each.id) == pressed.about]
    if len(found) != 1:
        raise Outdated
    revoked = (await owner.api.revoke_invitation(owner.command_id, found[0])).revoke_invitation
    return await invitations(owner, revoked.position, owner.say("revoked"))


PRESSES: Final[Mapping[str, Press]] = {
    "invite": _invite,
    "invitations": _invitations,
    "revoke": _revoke,
}
