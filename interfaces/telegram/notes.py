"""Notes: words for the staff only, by their sign or in reply to the card's question."""

from typing import Final

from aiogram.types import Message

from interfaces.telegram.client.enums import MessageKind
from interfaces.telegram.client.input_types import ContentInput
from interfaces.telegram.colleagues import Colleague, Outcome
from interfaces.telegram.contents import place_of
from interfaces.telegram.screens import Question
from interfaces.telegram.threads import Discussion

SIGN: Final = "//"
COMMAND: Final = "/note"


def note_in(content: ContentInput) -> ContentInput | None:
    """The note in a text, or in the captions of an album, that begins with its sign."""
    rest = _after_sign(content.text)
    if rest is not None:
        return content.model_copy(update={"text": rest, "entities": None})
    pieces = content.pieces or []
    for n, piece in enumerate(pieces):
        rest = _after_sign(piece.text)
        if rest is not None:
            marked = piece.model_copy(update={"text": rest, "entities": None})
            return content.model_copy(update={"pieces": [*pieces[:n], marked, *pieces[n + 1 :]]})
    return None


def _after_sign(text: str) -> str | None:
    if text.startswith(SIGN):
        return text.removeprefix(SIGN).strip()
    command, _, rest = text.partition(" ")
    return rest.strip() if command.partition("@")[0] == COMMAND else None


async def keep(
    me: Colleague, message: Message, note: ContentInput, there: Discussion
) -> str | None:
    """Add a note to the ticket of a thread; returns what is to be said of an empty one."""
    if note.kind is MessageKind.TEXT and not note.text:
        return me.say("empty_note")
    await me.api.add_note(
        me.command_id, note, place_of(message), ticket_id=there.ticket_id, thread=there.named
    )
    return None


async def keep_asked(
    me: Colleague, message: Message, content: ContentInput, ticket_id: str
) -> None:
    """Add a note to the ticket that the card's question was about."""
    note = note_in(content) or content
    await me.api.add_note(me.command_id, note, place_of(message), ticket_id=ticket_id)


def asking(me: Colleague, ticket_id: str) -> Outcome:
    """The card's question: whatever is replied to it stays among the staff."""
    question = Question(
        me.say("ask_note"), me.link("n", ticket_id), me.say("placeholder_n"), me.user
    )
    return Outcome(shown=question)
