"""What a client writes goes into a ticket of theirs, and opens one where there is none."""

import pytest

from application.desk import NotFound
from application.receiving import ReceiveMessage
from domain.clients import Client, ClientIsBlocked
from domain.messages import Content, Kind
from domain.readiness import DeskIsStopped
from domain.threads import Thread, thread_of
from domain.tickets import Ticket
from domain.workspaces import Workspace
from tests.facts import (
    AT_WORK,
    CHAT_OF_KLARA,
    CLAIMED,
    CLOSED,
    HELLO,
    MESSAGE,
    NEW_MESSAGE,
    NEW_THREAD,
    NEW_TICKET,
    OTHER_TICKET,
    PAVEL,
    PROFILE_OF_KLARA,
    PROFILE_OF_PAVEL,
    REGISTERED,
    TICKET,
    WITH_TICKET,
    Fact,
)
from tests.story import Story

CHOSEN = Fact(Client.ConversationChosen, ticket_id=NEW_TICKET)
RECEIVED = Fact(Ticket.MessageReceived, message_id=MESSAGE, content=HELLO, place=CHAT_OF_KLARA)
SECOND = (
    Fact(Client.ConversationChosen, ticket_id=OTHER_TICKET),
    Fact(Ticket.Opened, on=OTHER_TICKET, number=2),
    Fact(Thread.Planned, on=thread_of(OTHER_TICKET), ticket_id=OTHER_TICKET, number=2),
)


def a_new_ticket(number: int) -> list[Fact]:
    return [
        Fact(Ticket.Opened, on=NEW_TICKET, number=number),
        Fact(Ticket.MessageReceived, on=NEW_TICKET, message_id=NEW_MESSAGE, place=CHAT_OF_KLARA),
        Fact(Thread.Planned, on=NEW_THREAD, ticket_id=NEW_TICKET, number=number),
    ]


async def test_the_first_words_of_a_client_open_a_ticket(story: Story) -> None:
    story.given(*AT_WORK)
    story.when(ReceiveMessage, profile=PROFILE_OF_KLARA, content=HELLO, place=CHAT_OF_KLARA)
    await story.then(REGISTERED, CHOSEN, *a_new_ticket(1))
    await story.then_answered(ticket=NEW_TICKET, number=1, opened=True)


@pytest.mark.parametrize(
    "content",
    [
        HELLO,
        Content(kind=Kind.PHOTO, text="see", file_id="f1"),
        Content(kind=Kind.DOCUMENT, file_id="f2", file_name="invoice.pdf"),
        Content(kind=Kind.VOICE, file_id="f3"),
        Content(text="bold", entities=[{"type": "bold", "offset": 0, "length": 4}]),
        Content(kind=Kind.UNSUPPORTED),
    ],
    ids=["text", "photo", "document", "voice", "formatted", "unsupported"],
)
async def test_further_words_go_into_the_open_conversation(story: Story, content: Content) -> None:
    story.given(*WITH_TICKET)
    story.when(ReceiveMessage, profile=PROFILE_OF_KLARA, content=content, place=CHAT_OF_KLARA)
    await story.then(Fact(Ticket.MessageReceived, content=content, place=CHAT_OF_KLARA))
    await story.then_answered(ticket=TICKET, number=1, opened=False)


async def test_a_reply_goes_into_the_ticket_that_it_replies_to(story: Story) -> None:
    story.given(*WITH_TICKET, *SECOND)
    story.when(
        ReceiveMessage,
        profile=PROFILE_OF_KLARA,
        content=HELLO,
        place=CHAT_OF_KLARA,
        ticket_id=TICKET,
    )
    await story.then(Fact(Client.ConversationChosen, ticket_id=TICKET), RECEIVED)


async def test_after_a_closing_the_next_words_open_a_new_ticket(story: Story) -> None:
    story.given(*WITH_TICKET, *CLAIMED, *CLOSED)
    story.when(ReceiveMessage, profile=PROFILE_OF_KLARA, content=HELLO, place=CHAT_OF_KLARA)
    await story.then(CHOSEN, *a_new_ticket(2))
    await story.then_answered(opened=True, number=2)


async def test_a_client_who_was_renamed_is_known_by_the_new_name_from_then_on(
    story: Story,
) -> None:
    story.given(*WITH_TICKET, Fact(Client.Renamed, name="Klara K."))
    story.when(ReceiveMessage, profile=PROFILE_OF_KLARA, content=HELLO, place=CHAT_OF_KLARA)
    await story.then(Fact(Client.Renamed, name="Klara", username="klara"), RECEIVED)


async def test_a_client_out_of_reach_who_writes_is_back(story: Story) -> None:
    story.given(*WITH_TICKET, Fact(Client.BecameUnreachable))
    story.when(ReceiveMessage, profile=PROFILE_OF_KLARA, content=HELLO, place=CHAT_OF_KLARA)
    await story.then(Fact(Client.BecameReachable), RECEIVED)


async def test_a_blocked_client_is_not_heard(story: Story) -> None:
    story.given(*WITH_TICKET, Fact(Client.Blocked))
    story.when(ReceiveMessage, profile=PROFILE_OF_KLARA, content=HELLO)
    await story.then_refused(ClientIsBlocked)


async def test_while_the_desk_is_stopped_words_open_no_ticket(story: Story) -> None:
    story.given(*AT_WORK, Fact(Workspace.Stopped))
    story.when(ReceiveMessage, profile=PROFILE_OF_KLARA, content=HELLO)
    await story.then_refused(DeskIsStopped)


async def test_while_the_desk_is_stopped_an_open_ticket_takes_no_words(story: Story) -> None:
    story.given(*WITH_TICKET, Fact(Workspace.Stopped))
    story.when(ReceiveMessage, profile=PROFILE_OF_KLARA, content=HELLO)
    await story.then_refused(DeskIsStopped)


async def test_a_reply_to_the_ticket_of_another_client_is_refused(story: Story) -> None:
    pavel = Fact(Client.Registered, on=PAVEL, telegram_id=701, name="Pavel")
    story.given(*WITH_TICKET, pavel)
    story.when(ReceiveMessage, profile=PROFILE_OF_PAVEL, content=HELLO, ticket_id=TICKET)
    await story.then_refused(NotFound)
