"""Answers that are written once: said to a client in their own words, then done."""

import pytest

from application.canned_replies import RemoveCannedReply, SaveCannedReply, SendCannedReply
from application.desk import NotFound
from domain.canned_replies import BadCannedReply, CannedReply
from domain.messages import Content
from domain.tickets import Ticket
from tests.facts import ANNA, BORIS, CLAIMED, CLOSED, FOUNDED, TICKET, WITH_TICKET, Fact
from tests.story import Story

WRITTEN = Fact(CannedReply.Written)
MACRO = Fact(CannedReply.Written, acts=["tag:vip", "priority:high", "close"])
SAID = Fact(Ticket.MessageSent, content=Content(text="Hello, Klara!"))


async def test_an_answer_is_kept_under_its_code(story: Story) -> None:
    story.given(FOUNDED)
    story.when(SaveCannedReply, code="hello", text="Hello, {client}!")
    await story.then(WRITTEN)


async def test_the_same_code_in_other_letters_is_the_same_answer(story: Story) -> None:
    story.given(FOUNDED, WRITTEN)
    story.when(SaveCannedReply, code="HELLO", text="Good day!", acts=("close",))
    await story.then(Fact(CannedReply.Rewritten, text="Good day!", acts=["close"]))


@pytest.mark.parametrize(
    ("code", "text", "acts"),
    [("two words", "x", ()), ("", "x", ()), ("x", "  ", ()), ("x", "x", ("explode",))],
)
async def test_what_could_not_be_used_is_refused(
    story: Story, code: str, text: str, acts: tuple[str, ...]
) -> None:
    story.given(FOUNDED)
    story.when(SaveCannedReply, code=code, text=text, acts=acts)
    await story.then_refused(BadCannedReply)


async def test_it_is_said_to_the_client_by_their_name(story: Story) -> None:
    story.given(*WITH_TICKET, *CLAIMED, WRITTEN)
    story.when(SendCannedReply, ticket_id=TICKET, code="Hello", by=ANNA)
    await story.then(SAID)
    await story.then_answered(kept="sent", number=1)


async def test_a_macro_marks_weighs_and_closes_after_its_answer(story: Story) -> None:
    story.given(*WITH_TICKET, *CLAIMED, MACRO)
    story.when(SendCannedReply, ticket_id=TICKET, code="hello", by=ANNA)
    await story.then(SAID, Fact(Ticket.Tagged), Fact(Ticket.PriorityChanged), *CLOSED)


@pytest.mark.proves("P20")
async def test_an_answer_with_the_name_of_whoever_says_it_stays_with_the_staff(
    story: Story,
) -> None:
    signed = Content(text="Anna is at your service")
    written = Fact(CannedReply.Written, text=signed.text, acts=["close"])
    story.given(*WITH_TICKET, *CLAIMED, written)
    story.when(SendCannedReply, ticket_id=TICKET, code="hello", by=ANNA)
    await story.then(Fact(Ticket.NoteAdded, content=signed))
    await story.then_answered(kept="revealing")


async def test_a_macro_of_whoever_does_not_hold_the_ticket_does_nothing(story: Story) -> None:
    story.given(*WITH_TICKET, *CLAIMED, MACRO)
    story.when(SendCannedReply, ticket_id=TICKET, code="hello", by=BORIS)
    await story.then(Fact(Ticket.NoteAdded, by=BORIS, content=SAID.told["content"]))


@pytest.mark.parametrize("facts", [(), (WRITTEN, Fact(CannedReply.Removed))])
async def test_what_is_not_at_hand_cannot_be_said(story: Story, facts: tuple[Fact, ...]) -> None:
    story.given(*WITH_TICKET, *CLAIMED, *facts)
    story.when(SendCannedReply, ticket_id=TICKET, code="hello", by=ANNA)
    await story.then_refused(NotFound)


async def test_an_answer_is_put_away_and_comes_back(story: Story) -> None:
    story.given(FOUNDED, WRITTEN, Fact(CannedReply.Removed))
    story.when(SaveCannedReply, code="hello", text="Hello, {client}!")
    await story.then(Fact(CannedReply.Rewritten))


async def test_putting_away_twice_is_no_news(story: Story) -> None:
    story.given(FOUNDED, WRITTEN, Fact(CannedReply.Removed))
    story.when(RemoveCannedReply, code="hello")
    await story.then()
