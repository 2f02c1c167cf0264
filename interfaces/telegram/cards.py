"""Cards: the buttons of a ticket's card, pressed by the staff in the group."""

from aiogram import Router
from aiogram.types import CallbackQuery, User

from interfaces.telegram.buttons import Pressed, pressed
from interfaces.telegram.client.enums import ClaimOutcome
from interfaces.telegram.saying import tell
from interfaces.telegram.turn import Turn, language_of
from interfaces.telegram.words import words


def cards() -> Router:
    """Handlers of the manager bot."""
    router = Router(name="cards")
    router.callback_query.register(press)
    return router


async def press(query: CallbackQuery, turn: Turn) -> None:
    """Somebody presses a button: the API knows who they are, and whether they may."""
    language = language_of(query.from_user)
    about = pressed(query.data)
    try:
        done = await _act(about, query.from_user, turn, language) if about else None
    except ValueError:  # no id of a ticket in it
        done = None
    text, alert = done or (words(language, "outdated"), True)
    await tell(query, text, alert=alert)


async def _act(about: Pressed, user: User, turn: Turn, language: str) -> tuple[str, bool] | None:
    """What to answer, and whether as an alert; None if the button says nothing any more."""
    api, command = turn.acting_for(user), turn.command_id
    match about.action:
        case "claim":
            claim = (await api.claim_ticket(command, about.ticket_id)).claim_ticket
            match claim.outcome:
                case ClaimOutcome.WON:
                    return words(language, "won", number=claim.number), False
                case ClaimOutcome.REPEATED:
                    return words(language, "already_yours", number=claim.number), False
                case ClaimOutcome.LOST:
                    return words(language, "lost", holder=claim.holder.name), True
        case "close":
            closed = (await api.close_ticket(command, about.ticket_id)).close_ticket
            return words(language, "closed", number=closed.number), False
        case "reopen":
            again = (await api.reopen_ticket(command, about.ticket_id)).reopen_ticket
            return words(language, "opened_again", number=again.number), False
        case _:
            return None
