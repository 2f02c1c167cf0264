"""What is done to a message on one side is done to its copy on the other, whoever was first."""

from uuid import UUID, uuid5

import pytest

from application.letters import Correction, Reaction, Withdrawal
from application.ports import Letter
from application.relay import Relay
from domain.messages import Content, Kind, Piece, Place
from domain.tickets import Ticket
from tests import past
from tests.facts import (
    ANNA,
    BORIS,
    CHAT_OF_KLARA,
    CLAIMED,
    COMMENT,
    HELLO,
    MESSAGE,
    Fact,
)
from tests.relay.test_relay import ASKED, CLIENTS_BOT, GROUP, IN_THREAD, KLARAS_CHAT, WITH_CARD

COPY = Place(bot_id=CLIENTS_BOT, chat_id=GROUP, message_id=8)
WITH_CLIENT = Place(bot_id=CLIENTS_BOT, chat_id=KLARAS_CHAT, message_id=12)
BETTER = Content(text="My order has not come yet")
DELIVERED = Fact(Ticket.MessageDelivered, place=COPY)

ANSWER_ID = uuid5(MESSAGE, "answer")
ANSWERED = (
    *WITH_CARD,
    *CLAIMED,
    Fact(Ticket.MessageSent, message_id=ANSWER_ID, place=COMMENT),
    Fact(Ticket.MessageDelivered, message_id=ANSWER_ID, place=WITH_CLIENT),
)


async def letters(*facts: Fact) -> list[Letter]:
    return await past.letters(Relay(), *facts)


async def test_an_edited_question_is_corrected_where_its_copy_stands() -> None:
    edited = Fact(Ticket.MessageEdited, version=2, content=BETTER)
    [correction] = await letters(*IN_THREAD, DELIVERED, edited)
    assert (correction.bot_id, correction.chat_id) == (CLIENTS_BOT, GROUP)
    assert correction.said == Correction(BETTER, 8, None, CHAT_OF_KLARA.bot_id)


async def test_an_edit_of_what_is_still_under_way_follows_its_arrival() -> None:
    edited = Fact(Ticket.MessageEdited, version=2, content=BETTER)
    assert await letters(*IN_THREAD, edited) == []
    _, correction = await letters(*IN_THREAD, edited, DELIVERED)
    assert isinstance(correction.said, Correction)
    assert correction.said.content == BETTER


async def test_an_edited_answer_is_corrected_at_the_clients_under_its_heading() -> None:
    edited = Fact(Ticket.MessageEdited, message_id=ANSWER_ID, version=2, content=BETTER)
    [correction] = await letters(*ANSWERED, edited)
    assert (correction.chat_id, correction.key) == (KLARAS_CHAT, f"edit:{ANSWER_ID}:2")
    assert correction.said == Correction(BETTER, 12, 1, COMMENT.bot_id)


async def test_another_file_in_the_same_message_is_told() -> None:
    photo, other = (Content(kind=Kind.PHOTO, file_id=id) for id in ("one", "two"))
    asked = Fact(Ticket.MessageReceived, content=photo, place=CHAT_OF_KLARA)
    edited = Fact(Ticket.MessageEdited, version=2, content=other)
    there = [asked if fact is ASKED else fact for fact in IN_THREAD]
    [correction] = await letters(*there, DELIVERED, edited)
    assert isinstance(correction.said, Correction)
    assert correction.said.replaced


async def test_an_edited_caption_in_an_album_is_corrected_at_its_own_item() -> None:
    album = Content(
        kind=Kind.ALBUM,
        pieces=[Piece(message_id=n, kind=Kind.PHOTO, file_id=f"f{n}") for n in (5, 6)],
    )
    asked = Fact(Ticket.MessageReceived, content=album, place=CHAT_OF_KLARA)
    delivered = Fact(Ticket.MessageDelivered, place=COPY, pieces=[8, 9])
    caption = Content(kind=Kind.PHOTO, text="the second", file_id="f6")
    edited = Fact(Ticket.MessageEdited, version=2, content=caption, piece=1)
    there = [asked if fact is ASKED else fact for fact in IN_THREAD]
    [correction] = await letters(*there, delivered, edited)
    assert isinstance(correction.said, Correction)
    assert correction.said.edits == 9
    assert not correction.said.replaced


async def test_what_is_withdrawn_disappears_on_the_other_side() -> None:
    withdrawn = Fact(Ticket.MessageWithdrawn, message_id=ANSWER_ID)
    [letter] = await letters(*ANSWERED, withdrawn)
    assert (letter.bot_id, letter.chat_id) == (CLIENTS_BOT, KLARAS_CHAT)
    assert letter.said == Withdrawal([12])


async def test_what_is_withdrawn_under_way_disappears_when_it_arrives() -> None:
    withdrawn = Fact(Ticket.MessageWithdrawn, by=None)
    assert await letters(*IN_THREAD, withdrawn) == []
    _, letter = await letters(*IN_THREAD, withdrawn, DELIVERED)
    assert letter.said == Withdrawal([8])


@pytest.mark.parametrize(
    ("on", "by", "chat", "number"),
    [
        (MESSAGE, None, GROUP, 8),
        (ANSWER_ID, None, GROUP, 7),
        (MESSAGE, ANNA, KLARAS_CHAT, 5),
        (ANSWER_ID, ANNA, KLARAS_CHAT, 12),
    ],
    ids=["own question", "answer", "question, by the manager", "own answer"],
)
async def test_a_reaction_is_seen_on_the_other_side(
    on: UUID, by: UUID | None, chat: int, number: int
) -> None:
    there = [DELIVERED if fact.told.get("place") == COMMENT else fact for fact in WITH_CARD]
    facts = [*there, *ANSWERED[len(WITH_CARD) :]]
    [letter] = await letters(*facts, Fact(Ticket.ReactionChanged, message_id=on, by=by))
    assert (letter.bot_id, letter.chat_id) == (CLIENTS_BOT, chat)
    assert letter.said == Reaction(number, "👍")


async def test_the_reaction_of_a_bystander_stays_among_the_staff() -> None:
    assert await letters(*ANSWERED, Fact(Ticket.ReactionChanged, by=BORIS)) == []


async def test_the_same_words_are_never_echoed_for_notes() -> None:
    note = Fact(Ticket.NoteAdded, message_id=ANSWER_ID, place=COMMENT, content=HELLO)
    edited = Fact(Ticket.MessageEdited, message_id=ANSWER_ID, version=2, content=BETTER)
    assert await letters(*WITH_CARD, *CLAIMED, note, edited) == []
