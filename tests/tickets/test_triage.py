"""Tickets are marked, weighed, released and assigned; ratings get their words."""

from typing import Any

import pytest

from application.claims import AssignTicket, ReleaseTicket
from application.cycles import ClosedTooLongAgo, CommentRating, ReopenTicket
from application.messages import PostComment
from application.triage import PrioritiseTicket, TagTicket
from domain.cycles import NothingToRate
from domain.settings import Settings
from domain.staff import Person, PersonHasLeft
from domain.tickets import Ticket
from domain.triage import Priority, TooManyTags
from tests.facts import (
    ANNA,
    BORIS,
    CLAIMED,
    CLOSED,
    HELLO,
    KLARA,
    NOON,
    TICKET,
    WITH_TICKET,
    Fact,
)
from tests.story import Story

RATED = Fact(Ticket.Rated, stars=4)
MANUAL = (Fact(Settings.Begun), Fact(Settings.RoutingPolicySet, rule="manual"))


async def test_a_ticket_is_marked_in_small_letters_once(story: Story) -> None:
    story.given(*WITH_TICKET)
    story.when(TagTicket, ticket_id=TICKET, tag="VIP", by=ANNA)
    await story.then(Fact(Ticket.Tagged))


@pytest.mark.parametrize(
    ("given", "told", "then"),
    [
        ([Fact(Ticket.Tagged)], {}, []),
        ([Fact(Ticket.Tagged)], {"away": True}, [Fact(Ticket.Untagged)]),
        ([], {"away": True}, []),
    ],
    ids=["again", "away", "away what is not there"],
)
async def test_a_mark_is_there_once_or_not(
    story: Story, given: list[Fact], told: dict[str, Any], then: list[Fact]
) -> None:
    story.given(*WITH_TICKET, *given)
    story.when(TagTicket, ticket_id=TICKET, tag="vip", by=ANNA, **told)
    await story.then(*then)


@pytest.mark.parametrize("tag", ["", "x" * 41], ids=["empty", "long"])
async def test_a_mark_is_a_short_word(story: Story, tag: str) -> None:
    story.given(*WITH_TICKET)
    story.when(TagTicket, ticket_id=TICKET, tag=tag, by=ANNA)
    await story.then_refused(TooManyTags)


async def test_a_ticket_has_twenty_marks_at_most(story: Story) -> None:
    story.given(*WITH_TICKET, *(Fact(Ticket.Tagged, tag=str(n)) for n in range(20)))
    story.when(TagTicket, ticket_id=TICKET, tag="vip", by=ANNA)
    await story.then_refused(TooManyTags)


async def test_a_ticket_matters_more(story: Story) -> None:
    story.given(*WITH_TICKET)
    story.when(PrioritiseTicket, ticket_id=TICKET, priority=Priority.HIGH, by=ANNA)
    await story.then(Fact(Ticket.PriorityChanged))


@pytest.mark.proves("S1-E10")
async def test_a_ticket_is_released_from_whoever_still_holds_it(story: Story) -> None:
    story.given(*WITH_TICKET, *CLAIMED)
    story.when(ReleaseTicket, ticket_id=TICKET, from_id=ANNA, reason="left")
    await story.then(Fact(Ticket.Released, by=None, reason="left"))


async def test_a_ticket_that_has_gone_on_is_not_released(story: Story) -> None:
    story.given(*WITH_TICKET, *CLAIMED, Fact(Ticket.Transferred))
    story.when(ReleaseTicket, ticket_id=TICKET, from_id=ANNA)
    await story.then()


async def test_an_assignment_finds_only_a_ticket_that_nobody_holds(story: Story) -> None:
    story.given(*WITH_TICKET, *CLAIMED)
    story.when(AssignTicket, ticket_id=TICKET, to_id=BORIS)
    await story.then()


@pytest.mark.proves("S1-33")
async def test_an_assignment_gives_the_ticket_to_a_manager(story: Story) -> None:
    story.given(*WITH_TICKET)
    story.when(AssignTicket, ticket_id=TICKET, to_id=BORIS)
    await story.then(Fact(Ticket.Transferred, from_id=None, by=None, reason="assigned"))


async def test_nothing_is_assigned_to_whoever_has_left(story: Story) -> None:
    story.given(*WITH_TICKET, Fact(Person.Left, on=BORIS))
    story.when(AssignTicket, ticket_id=TICKET, to_id=BORIS)
    await story.then_refused(PersonHasLeft)


@pytest.mark.proves("S1-33")
async def test_where_tickets_are_claimed_by_hand_a_comment_claims_nothing(story: Story) -> None:
    story.given(*WITH_TICKET, *MANUAL)
    story.when(PostComment, ticket_id=TICKET, by=ANNA, content=HELLO)
    await story.then(Fact(Ticket.NoteAdded))
    await story.then_answered(kept="unclaimed")


@pytest.mark.proves("S1-24")
async def test_the_client_says_why_they_rated_so(story: Story) -> None:
    story.given(*WITH_TICKET, *CLAIMED, *CLOSED, RATED)
    story.when(CommentRating, ticket_id=TICKET, client_id=KLARA, comment="Quick!")
    await story.then(Fact(Ticket.RatingCommented, comment="Quick!"))


@pytest.mark.proves("S1-E13")
@pytest.mark.parametrize(
    "facts",
    [(), (RATED, Fact(Ticket.RatingCommented, comment="Good"))],
    ids=["nothing rated", "said already"],
)
async def test_words_about_a_rating_are_taken_once_for_each(
    story: Story, facts: tuple[Fact, ...]
) -> None:
    story.given(*WITH_TICKET, *CLAIMED, *CLOSED, *facts)
    story.when(CommentRating, ticket_id=TICKET, client_id=KLARA, comment="Quick!")
    await story.then_refused(NothingToRate)


async def test_after_the_time_for_it_a_client_reopens_nothing(story: Story) -> None:
    story.given(*WITH_TICKET, *CLAIMED, *CLOSED)
    story.when(ReopenTicket, ticket_id=TICKET, client_id=KLARA, at=NOON.replace(month=4))
    await story.then_refused(ClosedTooLongAgo)


async def test_the_staff_may_reopen_at_any_time(story: Story) -> None:
    story.given(*WITH_TICKET, *CLAIMED, *CLOSED)
    story.when(ReopenTicket, ticket_id=TICKET, by=ANNA, at=NOON.replace(month=4))
    await story.then_answered(number=1)
