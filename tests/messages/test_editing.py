"""What was written is rewritten, taken back, and answered with an emoji; every version is kept."""

from uuid import uuid5

import pytest

from application.desk import NotFound
from application.messages import EditMessage, PostComment, React, WithdrawMessage
from domain.clients import Client, ClientIsBlocked
from domain.conversations import NoSuchMessage
from domain.messages import Content, Kind, Piece
from domain.tickets import Ticket
from tests.facts import (
    ANNA,
    BORIS,
    CHAT_OF_KLARA,
    CLAIMED,
    CLOSED,
    COMMENT,
    HELLO,
    KLARA,
    MESSAGE,
    PAVEL,
    TICKET,
    WITH_TICKET,
    Fact,
)
from tests.story import Story

QUESTION = Fact(Ticket.MessageReceived, place=CHAT_OF_KLARA)
EARLIER = uuid5(TICKET, "earlier")
ANSWER = Fact(Ticket.MessageSent, message_id=EARLIER, place=COMMENT)
BETTER = Content(text="My order has come")
ALBUM = Content(
    kind=Kind.ALBUM, pieces=[Piece(message_id=n, kind=Kind.PHOTO, file_id=f"f{n}") for n in (1, 2)]
)


@pytest.mark.proves("S1-E6")
@pytest.mark.parametrize("closed", [False, True], ids=["open", "closed"])
async def test_a_client_rewrites_what_they_wrote(story: Story, closed: bool) -> None:
    story.given(*WITH_TICKET, QUESTION, *CLAIMED, *(CLOSED if closed else ()))
    story.when(EditMessage, ticket_id=TICKET, message_id=MESSAGE, client_id=KLARA, content=BETTER)
    await story.then(Fact(Ticket.MessageEdited, version=2, content=BETTER))


async def test_an_update_that_changes_nothing_is_no_edit(story: Story) -> None:
    story.given(*WITH_TICKET, QUESTION)
    story.when(EditMessage, ticket_id=TICKET, message_id=MESSAGE, client_id=KLARA, content=HELLO)
    await story.then()


async def test_versions_are_counted(story: Story) -> None:
    edited = Fact(Ticket.MessageEdited, version=2, content=BETTER)
    story.given(*WITH_TICKET, QUESTION, edited)
    story.when(EditMessage, ticket_id=TICKET, message_id=MESSAGE, client_id=KLARA, content=HELLO)
    await story.then(Fact(Ticket.MessageEdited, version=3, content=HELLO))


async def test_the_caption_of_one_item_of_an_album_is_rewritten(story: Story) -> None:
    caption = Content(kind=Kind.PHOTO, text="the second", file_id="f2")
    story.given(*WITH_TICKET, Fact(Ticket.MessageReceived, content=ALBUM))
    story.when(
        EditMessage,
        ticket_id=TICKET,
        message_id=MESSAGE,
        client_id=KLARA,
        content=caption,
        piece=1,
    )
    await story.then(Fact(Ticket.MessageEdited, version=2, content=caption, piece=1))


@pytest.mark.parametrize("by", [ANNA, BORIS], ids=["the manager", "a colleague"])
async def test_nobody_rewrites_what_another_wrote(story: Story, by: type[ANNA]) -> None:
    story.given(*WITH_TICKET, QUESTION, *CLAIMED, ANSWER)
    mine = EARLIER if by == BORIS else MESSAGE
    story.when(EditMessage, ticket_id=TICKET, message_id=mine, by=by, content=BETTER)
    await story.then_refused(NoSuchMessage)


@pytest.mark.proves("P8")
async def test_a_blocked_client_rewrites_nothing(story: Story) -> None:
    story.given(*WITH_TICKET, QUESTION, Fact(Client.Blocked))
    story.when(EditMessage, ticket_id=TICKET, message_id=MESSAGE, client_id=KLARA, content=BETTER)
    await story.then_refused(ClientIsBlocked)


async def test_the_ticket_of_another_client_is_not_found(story: Story) -> None:
    pavel = Fact(Client.Registered, on=PAVEL, telegram_id=701, name="Pavel")
    story.given(*WITH_TICKET, QUESTION, pavel)
    story.when(React, ticket_id=TICKET, message_id=MESSAGE, client_id=PAVEL, emoji=("👍",))
    await story.then_refused(NotFound)


async def test_a_manager_takes_an_answer_back_once(story: Story) -> None:
    withdrawn = Fact(Ticket.MessageWithdrawn, message_id=EARLIER)
    story.given(*WITH_TICKET, *CLAIMED, ANSWER)
    story.when(WithdrawMessage, ticket_id=TICKET, message_id=EARLIER, by=ANNA)
    await story.then(withdrawn)


async def test_taking_back_a_second_time_is_no_news(story: Story) -> None:
    withdrawn = Fact(Ticket.MessageWithdrawn, message_id=EARLIER)
    story.given(*WITH_TICKET, *CLAIMED, ANSWER, withdrawn)
    story.when(WithdrawMessage, ticket_id=TICKET, message_id=EARLIER, by=ANNA)
    await story.then()


async def test_a_client_reacts_to_an_answer(story: Story) -> None:
    story.given(*WITH_TICKET, *CLAIMED, ANSWER)
    story.when(React, ticket_id=TICKET, message_id=EARLIER, client_id=KLARA, emoji=("🔥",))
    await story.then(Fact(Ticket.ReactionChanged, message_id=EARLIER, by=None, emoji=["🔥"]))


async def test_the_same_reaction_again_is_no_news(story: Story) -> None:
    there = Fact(Ticket.ReactionChanged, message_id=EARLIER, by=ANNA)
    story.given(*WITH_TICKET, *CLAIMED, ANSWER, there)
    story.when(React, ticket_id=TICKET, message_id=EARLIER, by=ANNA, emoji=("👍",))
    await story.then()


@pytest.mark.proves("S1-E4")
@pytest.mark.parametrize(
    "kind", [Ticket.NoteAdded, Ticket.MessageSent], ids=["a note", "a colleague's answer"]
)
async def test_a_reply_among_colleagues_never_reaches_the_client(
    story: Story, kind: type[Ticket.NoteAdded]
) -> None:
    words = Fact(kind, message_id=EARLIER, by=BORIS, place=COMMENT)
    story.given(*WITH_TICKET, *CLAIMED, words)
    story.when(
        PostComment, ticket_id=TICKET, by=ANNA, content=HELLO, place=COMMENT, reply_to=EARLIER
    )
    await story.then(Fact(Ticket.NoteAdded, place=COMMENT))
    await story.then_answered(kept="note")


async def test_a_reply_to_the_client_keeps_what_it_replies_to(story: Story) -> None:
    story.given(*WITH_TICKET, Fact(Ticket.MessageReceived, message_id=EARLIER), *CLAIMED)
    story.when(
        PostComment,
        ticket_id=TICKET,
        by=ANNA,
        content=BETTER,
        place=COMMENT,
        reply_to=EARLIER,
        quote="not come",
    )
    await story.then(
        Fact(Ticket.MessageSent, content=BETTER, place=COMMENT, reply_to=EARLIER, quote="not come")
    )
