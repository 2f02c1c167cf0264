"""Invitations: a link makes one person a member of the staff."""

from typing import Final

from interfaces.telegram.colleagues import Colleague
from interfaces.telegram.contents import profile_of
from interfaces.telegram.screens import Screen
from interfaces.telegram.transport import Refusal

REFUSED: Final = {
    "InvitationIsOver": "invitation_is_over",
    "NotFound": "invitation_is_over",
    "AlreadyStaff": "already_staff",
}


async def accept(me: Colleague, code: str) -> Screen:
    """Join the staff by the code of a link; the welcome says what to do next."""
    profile = profile_of(me.user)
    try:
        joined = await me.turn.itself().accept_invitation(
            me.command_id, code, me.user.id, profile.name, me.user.username
        )
    except Refusal as refused:
        key = REFUSED.get(refused.code)
        if key is None:
            raise
        return Screen(me.say(key))
    company = joined.accept_invitation.name
    return Screen(me.say("welcome_to_staff", name=me.user.first_name, company=company))
