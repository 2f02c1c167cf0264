"""Explaining: what a refusal means, in words, and how often it is said."""

from typing import Final

from aiogram.types import User

from interfaces.telegram.askers import asking
from interfaces.telegram.client.enums import TextKind
from interfaces.telegram.turn import Turn
from interfaces.telegram.words import refusal

REPEATED: Final = frozenset(
    {"ClientIsBlocked", "TooManyMessages", "TooManyTickets", "TooMuchIsHeld", "DeskIsStopped"}
)
"""Refusals that a client may meet with every message: they hear of each once a minute."""


def is_news(code: str, user: User, turn: Turn) -> bool:
    """Whether somebody who wrote has to hear of a refusal now."""
    return code not in REPEATED or turn.is_first(user, code)


async def explanation(code: str, user: User, turn: Turn) -> str:
    """What a refusal means to somebody; a blocked client reads the company's own words."""
    if code == "ClientIsBlocked" and turn.account.role == "client":
        own = await (await asking(user, turn)).own_text(TextKind.BLOCKED)
        if own is not None:
            return own
    return refusal(await turn.language(user), code)
