"""Where a client's words belong: what is chosen, what is asked, and what may be reopened."""

from datetime import timedelta
from typing import Any

import pytest

from application.desk import NotFound
from application.receiving import ChooseTopic, PlaceMessages, ReceiveMessage
from application.tickets import TooManyTickets
from domain.clients import Client, NothingIsHeld
from domain.conversations import TooManyMessages
from domain.settings import Settings
from domain.threads import Thread, thread_of
from domain.tickets import Ticket
from domain.workspaces import Workspace
from tests.facts import (
    AT_WORK,
    CHAT_OF_KLARA,
    CLAIMED,
    CLOSED,
    HELD,
    HELLO,
    KLARA,
    MESSAGE,
    NEW_MESSAGE,
    NEW_THREAD,
    NEW_TICKET,
    NOON,
    OTHER_TICKET,
    PROFILE_OF_KLARA,
    REGISTERED,
    TICKET,
    WITH_TICKET,
    Fact,
)
from tests.story import Story

TOPICS = Fact(Workspace.TopicsDefined)
SECOND = (
    Fact(Client.ConversationChosen, ticket_id=OTHER_TICKET, minutes=2),
    Fact(Ticket.Opened, on=OTHER_TICKET, number=2, minutes=2),
    Fact(Thread.Planned, on=thread_of(OTHER_TICKET), ticket_id=OTHER_TICKET, number=2),
)
ASKED = Fact(Client.MessageHeld, message_id=HELD, place=CHAT_OF_KLARA)
LATER = {"at": NOON + timedelta(minutes=10)}


def writes(story: Story, **told: Any) -> None:
    told = {"profile": PROFILE_OF_KLARA, "content": HELLO, "place": CHAT_OF_KLARA} | told
    story.when(ReceiveMessage, **told)


def a_new_ticket(number: int, topic: str = "", message: Any = NEW_MESSAGE) -> list[Fact]:
    return [
        Fact(Client.ConversationChosen, ticket_id=NEW_TICKET),
        Fact(Ticket.Opened, on=NEW_TICKET, number=number, topic=topic),
        Fact(Ticket.MessageReceived, on=NEW_TICKET, message_id=message, place=CHAT_OF_KLARA),
        Fact(Thread.Planned, on=NEW_THREAD, ticket_id=NEW_TICKET, number=number),
    ]


@pytest.mark.proves("S1-13")
async def test_where_there_are_topics_the_first_words_wait_for_one(story: Story) -> None:
    story.given(*AT_WORK, TOPICS)
    writes(story)
    await story.then(REGISTERED, ASKED)
    await story.then_answered(ticket=None, asked="topic", asked_again=False)


@pytest.mark.proves("S1-13")
async def test_the_topic_opens_a_ticket_with_all_that_waited_for_it(story: Story) -> None:
    story.given(*AT_WORK, TOPICS, REGISTERED, ASKED)
    story.when(ChooseTopic, profile=PROFILE_OF_KLARA, topic="Delivery")
    chosen, *ticket = a_new_ticket(1, "Delivery", HELD)
    await story.then(chosen, Fact(Client.MessagesPlaced, ticket_id=NEW_TICKET), *ticket)
    await story.then_answered(ticket=NEW_TICKET, number=1, opened=True)


async def test_a_topic_chosen_first_is_that_of_the_next_message(story: Story) -> None:
    story.given(*AT_WORK, TOPICS, REGISTERED, Fact(Client.TopicChosen, topic="Payment"))
    writes(story)
    await story.then(*a_new_ticket(1, "Payment"))


async def test_a_topic_that_is_not_offered_is_refused(story: Story) -> None:
    story.given(*AT_WORK, TOPICS)
    story.when(ChooseTopic, profile=PROFILE_OF_KLARA, topic="Weather")
    await story.then_refused(NotFound)


@pytest.mark.proves("S1-23")
async def test_who_wants_another_ticket_gets_it_beside_the_open_one(story: Story) -> None:
    story.given(*WITH_TICKET, Fact(Client.TopicChosen, topic=""))
    writes(story)
    await story.then(*a_new_ticket(2))


@pytest.mark.proves("S1-23")
async def test_with_several_tickets_words_go_to_the_chosen_one(story: Story) -> None:
    story.given(*WITH_TICKET, *SECOND)
    writes(story, **LATER)
    await story.then_answered(ticket=OTHER_TICKET, number=2, opened=False)


@pytest.mark.proves("S1-23")
async def test_an_answer_in_another_ticket_makes_it_unsure_which_one_is_meant(
    story: Story,
) -> None:
    answer = Fact(Ticket.MessageSent, minutes=5)
    story.given(*WITH_TICKET, *CLAIMED, *SECOND, answer)
    writes(story, **LATER)
    await story.then_answered(ticket=None, asked="ticket", asked_again=False)


async def test_what_the_client_wrote_after_that_answer_is_sure(story: Story) -> None:
    answer = Fact(Ticket.MessageSent, minutes=5)
    wrote = Fact(Ticket.MessageReceived, on=OTHER_TICKET, message_id=HELD, minutes=6)
    story.given(*WITH_TICKET, *CLAIMED, *SECOND, answer, wrote)
    writes(story, **LATER)
    await story.then_answered(ticket=OTHER_TICKET, opened=False)


@pytest.mark.proves("S1-23")
async def test_what_is_held_goes_into_the_ticket_that_the_client_names(story: Story) -> None:
    held = Fact(Client.MessageHeld, message_id=HELD, place=CHAT_OF_KLARA, asked="ticket")
    story.given(*WITH_TICKET, *SECOND, held)
    story.when(PlaceMessages, client_id=KLARA, ticket_id=TICKET)
    await story.then(
        Fact(Ticket.MessageReceived, message_id=HELD, place=CHAT_OF_KLARA),
        Fact(Client.MessagesPlaced),
        Fact(Client.ConversationChosen),
    )


async def test_while_words_are_held_further_words_wait_with_them(story: Story) -> None:
    earlier = Fact(Client.MessageHeld, message_id=MESSAGE, place=CHAT_OF_KLARA)
    story.given(*AT_WORK, TOPICS, REGISTERED, earlier)
    writes(story)
    await story.then(ASKED)
    await story.then_answered(asked="topic", asked_again=True)


async def test_without_held_words_there_is_nothing_to_place(story: Story) -> None:
    story.given(*WITH_TICKET)
    story.when(PlaceMessages, client_id=KLARA, ticket_id=TICKET)
    await story.then_refused(NothingIsHeld)


async def test_a_reply_needs_no_question(story: Story) -> None:
    story.given(*WITH_TICKET, *CLAIMED, *SECOND, Fact(Ticket.MessageSent, minutes=5))
    writes(story, ticket_id=TICKET, **LATER)
    await story.then_answered(ticket=TICKET, opened=False)


@pytest.mark.proves("S1-25", "S1-E9")
async def test_a_reply_to_a_ticket_closed_not_long_ago_reopens_it(story: Story) -> None:
    story.given(*WITH_TICKET, *CLAIMED, *CLOSED)
    writes(story, ticket_id=TICKET, **LATER)
    await story.then_answered(ticket=TICKET, reopened=True, opened=False)


@pytest.mark.proves("S1-E9")
@pytest.mark.parametrize(
    ("setting", "days"),
    [
        ({"within": 10, "by_reply": True}, 1),
        ({"within": 10_000, "by_reply": False}, 0),
        ({"within": 0, "by_reply": True}, 0),
        (None, 8),
    ],
    ids=["too late", "not by reply", "never", "after a week"],
)
async def test_otherwise_it_opens_a_new_one(
    story: Story, setting: dict[str, Any] | None, days: int
) -> None:
    rules = (Fact(Settings.Begun), Fact(Settings.ReopeningSet, **setting)) if setting else ()
    story.given(*WITH_TICKET, *CLAIMED, *CLOSED, *rules)
    writes(story, ticket_id=TICKET, at=NOON + timedelta(days=days))
    await story.then_answered(ticket=NEW_TICKET, number=2, opened=True, reopened=False)


async def test_the_only_open_ticket_is_meant_even_if_another_was_chosen(story: Story) -> None:
    closed = (Fact(Ticket.Closed, on=OTHER_TICKET), Fact(Ticket.RatingAsked, on=OTHER_TICKET))
    story.given(*WITH_TICKET, *SECOND, *closed)
    writes(story)
    await story.then_answered(ticket=TICKET, opened=False)


async def test_a_client_has_five_open_tickets_at_most(story: Story) -> None:
    others = [thread_of(thread_of(TICKET))]
    while len(others) < 4:
        others.append(thread_of(others[-1]))
    opened = [
        fact
        for n, id in enumerate(others, 2)
        for fact in (
            Fact(Client.ConversationChosen, ticket_id=id),
            Fact(Ticket.Opened, on=id, number=n),
        )
    ]
    story.given(*WITH_TICKET, *opened, Fact(Client.TopicChosen, topic=""))
    writes(story)
    await story.then_refused(TooManyTickets)


async def test_a_client_writes_twenty_messages_a_minute_at_most(story: Story) -> None:
    heard = [
        Fact(Ticket.MessageReceived, message_id=thread_of(thread_of(TICKET)), minutes=n / 100)
        for n in range(20)
    ]
    story.given(*WITH_TICKET, *heard)
    writes(story, at=NOON + timedelta(seconds=30))
    await story.then_refused(TooManyMessages)


async def test_a_minute_later_they_are_heard_again(story: Story) -> None:
    heard = [
        Fact(Ticket.MessageReceived, message_id=thread_of(thread_of(TICKET)), minutes=n / 100)
        for n in range(20)
    ]
    story.given(*WITH_TICKET, *heard)
    writes(story, at=NOON + timedelta(seconds=61))
    await story.then_answered(ticket=TICKET)
