"""What managers write reaches the client or stays with the staff, and what became of it."""

from dataclasses import replace
from uuid import uuid5

import pytest

from application.desk import NotFound
from application.messages import AddNote, ConfirmDelivery, PostComment, ReportFailure
from domain.staff import NotAManager, Person, PersonHasLeft
from domain.tickets import Ticket
from tests.facts import (
    ANNA,
    AT_WORK,
    BORIS,
    CHAT_OF_KLARA,
    CLAIMED,
    CLOSED,
    COMMENT,
    HELLO,
    MESSAGE,
    STRANGER,
    TICKET,
    WITH_TICKET,
    Fact,
)
from tests.story import Story

EARLIER = uuid5(TICKET, "earlier")
SENT = Fact(Ticket.MessageSent, message_id=EARLIER)
NOTE = Fact(Ticket.NoteAdded, by=BORIS, place=COMMENT)


async def test_the_holders_comment_goes_to_the_client(story: Story) -> None:
    story.given(*WITH_TICKET, *CLAIMED)
    story.when(PostComment, ticket_id=TICKET, by=ANNA, content=HELLO, place=COMMENT)
    await story.then(Fact(Ticket.MessageSent, by=ANNA, content=HELLO, place=COMMENT))
    await story.then_answered(message=MESSAGE, kept="sent", number=1)


async def test_the_first_who_comments_on_an_unclaimed_ticket_claims_it(story: Story) -> None:
    story.given(*WITH_TICKET)
    story.when(PostComment, ticket_id=TICKET, by=ANNA, content=HELLO, place=COMMENT)
    await story.then(*CLAIMED, Fact(Ticket.MessageSent, place=COMMENT))
    await story.then_answered(kept="sent")


async def test_a_colleagues_comment_stays_with_the_staff(story: Story) -> None:
    story.given(*WITH_TICKET, *CLAIMED)
    story.when(PostComment, ticket_id=TICKET, by=BORIS, content=HELLO, place=COMMENT)
    await story.then(NOTE)
    await story.then_answered(kept="held_by_other")


async def test_a_comment_on_a_closed_ticket_stays_with_the_staff(story: Story) -> None:
    story.given(*WITH_TICKET, *CLAIMED, *CLOSED)
    story.when(PostComment, ticket_id=TICKET, by=ANNA, content=HELLO, place=COMMENT)
    await story.then(Fact(Ticket.NoteAdded, by=ANNA, place=COMMENT))
    await story.then_answered(kept="closed")


async def test_a_comment_on_a_closed_ticket_that_nobody_held_claims_nothing(story: Story) -> None:
    story.given(*WITH_TICKET, *CLOSED)
    story.when(PostComment, ticket_id=TICKET, by=ANNA, content=HELLO, place=COMMENT)
    await story.then(Fact(Ticket.NoteAdded, by=ANNA, place=COMMENT))


async def test_a_note_is_for_the_staff_and_claims_nothing(story: Story) -> None:
    story.given(*WITH_TICKET)
    story.when(AddNote, ticket_id=TICKET, by=BORIS, content=HELLO, place=COMMENT)
    await story.then(NOTE)
    await story.then_answered(message=MESSAGE, kept="note", number=1)


async def test_a_message_arrives(story: Story) -> None:
    story.given(*WITH_TICKET, *CLAIMED, SENT)
    story.when(ConfirmDelivery, ticket_id=TICKET, message_id=EARLIER, place=CHAT_OF_KLARA)
    await story.then(Fact(Ticket.MessageDelivered, message_id=EARLIER, place=CHAT_OF_KLARA))


async def test_a_message_that_went_along_to_another_group_is_known_there(story: Story) -> None:
    there = Fact(Ticket.MessageDelivered, message_id=EARLIER, place=CHAT_OF_KLARA)
    story.given(*WITH_TICKET, *CLAIMED, SENT, there)
    story.when(ConfirmDelivery, ticket_id=TICKET, message_id=EARLIER, place=COMMENT)
    await story.then(Fact(Ticket.MessageDelivered, message_id=EARLIER, place=COMMENT))


async def test_a_message_that_arrives_twice_is_no_news(story: Story) -> None:
    arrived = Fact(Ticket.MessageDelivered, message_id=EARLIER, place=CHAT_OF_KLARA)
    story.given(*WITH_TICKET, *CLAIMED, SENT, arrived)
    story.when(ConfirmDelivery, ticket_id=TICKET, message_id=EARLIER, place=CHAT_OF_KLARA)
    await story.then()


async def test_a_message_that_will_not_arrive_is_on_record_with_the_reason(story: Story) -> None:
    story.given(*WITH_TICKET, *CLAIMED, SENT)
    story.when(ReportFailure, ticket_id=TICKET, message_id=EARLIER, reason="bot was blocked")
    await story.then(Fact(Ticket.DeliveryFailed, message_id=EARLIER, reason="bot was blocked"))


async def test_a_message_that_failed_neither_fails_again_nor_arrives(story: Story) -> None:
    failed = Fact(Ticket.DeliveryFailed, message_id=EARLIER)
    story.given(*WITH_TICKET, *CLAIMED, SENT, failed)
    story.when(ReportFailure, ticket_id=TICKET, message_id=EARLIER, reason="again")
    await story.then()


@pytest.mark.parametrize(("message_id", "news"), [(6, True), (5, False)])
async def test_a_message_that_is_said_anew_stands_where_it_was_said_last(
    story: Story, message_id: int, news: bool
) -> None:
    first = Fact(Ticket.MessageDelivered, message_id=EARLIER, place=CHAT_OF_KLARA)
    place = replace(CHAT_OF_KLARA, message_id=message_id)
    story.given(*WITH_TICKET, Fact(Ticket.MessageReceived, message_id=EARLIER), first)
    story.when(ConfirmDelivery, ticket_id=TICKET, message_id=EARLIER, place=place)
    again = Fact(Ticket.MessageDelivered, message_id=EARLIER, place=place)
    await story.then(*([again] if news else []))


async def test_a_note_is_not_delivered(story: Story) -> None:
    story.given(*WITH_TICKET, Fact(Ticket.NoteAdded, message_id=EARLIER))
    story.when(ConfirmDelivery, ticket_id=TICKET, message_id=EARLIER, place=CHAT_OF_KLARA)
    await story.then()


WRITING = pytest.mark.parametrize("command", [PostComment, AddNote])


@WRITING
@pytest.mark.parametrize(
    ("become", "why"),
    [
        (Fact(Person.RolesChanged, roles=["admin"]), NotAManager),
        (Fact(Person.Left), PersonHasLeft),
    ],
)
async def test_only_a_working_manager_writes(
    story: Story, command: type[AddNote], become: Fact, why: type[NotAManager]
) -> None:
    story.given(*WITH_TICKET, become)
    story.when(command, ticket_id=TICKET, by=ANNA, content=HELLO)
    await story.then_refused(why)


@WRITING
async def test_a_strangers_words_go_nowhere(story: Story, command: type[AddNote]) -> None:
    story.given(*WITH_TICKET)
    story.when(command, ticket_id=TICKET, by=STRANGER, content=HELLO)
    await story.then_refused(NotFound)


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (PostComment, {"by": ANNA, "content": HELLO}),
        (AddNote, {"by": ANNA, "content": HELLO}),
        (ConfirmDelivery, {"message_id": EARLIER, "place": CHAT_OF_KLARA}),
        (ReportFailure, {"message_id": EARLIER, "reason": ""}),
    ],
)
async def test_a_ticket_that_was_never_opened_is_not_found(
    story: Story, command: type[AddNote], told: dict[str, object]
) -> None:
    story.given(*AT_WORK)
    story.when(command, ticket_id=TICKET, **told)
    await story.then_refused(NotFound)
