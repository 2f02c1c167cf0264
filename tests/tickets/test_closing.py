"""Both sides close and reopen a ticket, and the client rates every closing once."""

from typing import Any

import pytest

from application.cycles import CloseTicket, CommentRating, RateTicket, ReopenTicket
from application.desk import NotFound
from domain.claims import TicketHeldByOther, TicketIsUnclaimed
from domain.clients import Client, ClientIsBlocked
from domain.cycles import NothingToRate, StarsOutOfRange, TicketIsOpen
from domain.tickets import Ticket
from tests.facts import (
    ANNA,
    AT_WORK,
    BORIS,
    CLAIMED,
    CLOSED,
    KLARA,
    PAVEL,
    TICKET,
    WITH_TICKET,
    Fact,
)
from tests.story import Story

REOPENED = Fact(Ticket.Reopened, cycle=2)
CLOSED_AGAIN = (Fact(Ticket.Closed, cycle=2), Fact(Ticket.RatingAsked, cycle=2))


async def test_the_holder_closes_the_ticket_and_the_client_is_asked_for_stars(
    story: Story,
) -> None:
    story.given(*WITH_TICKET, *CLAIMED)
    story.when(CloseTicket, ticket_id=TICKET, by=ANNA)
    await story.then(Fact(Ticket.Closed, by=ANNA, by_client=False), Fact(Ticket.RatingAsked))
    await story.then_answered(number=1)


async def test_a_client_closes_their_own_ticket(story: Story) -> None:
    story.given(*WITH_TICKET)
    story.when(CloseTicket, ticket_id=TICKET, client_id=KLARA)
    await story.then(Fact(Ticket.Closed, by=KLARA, by_client=True), Fact(Ticket.RatingAsked))


async def test_an_admin_closes_any_ticket(story: Story) -> None:
    story.given(*WITH_TICKET, *CLAIMED)
    story.when(CloseTicket, ticket_id=TICKET)
    await story.then(Fact(Ticket.Closed, by=None), Fact(Ticket.RatingAsked))


async def test_closing_twice_is_no_news(story: Story) -> None:
    story.given(*WITH_TICKET, *CLAIMED, *CLOSED)
    story.when(CloseTicket, ticket_id=TICKET, by=BORIS)
    await story.then()


async def test_a_colleague_does_not_close_what_another_holds(story: Story) -> None:
    story.given(*WITH_TICKET, *CLAIMED)
    story.when(CloseTicket, ticket_id=TICKET, by=BORIS)
    await story.then_refused(TicketHeldByOther)


async def test_nobody_of_the_staff_closes_what_nobody_holds(story: Story) -> None:
    story.given(*WITH_TICKET)
    story.when(CloseTicket, ticket_id=TICKET, by=ANNA)
    await story.then_refused(TicketIsUnclaimed)


async def test_a_client_reopens_their_ticket_and_writes_there_again(story: Story) -> None:
    elsewhere = Fact(Client.ConversationChosen, ticket_id=BORIS)
    story.given(*WITH_TICKET, *CLAIMED, *CLOSED, elsewhere)
    story.when(ReopenTicket, ticket_id=TICKET, client_id=KLARA)
    await story.then(
        Fact(Ticket.Reopened, by=KLARA, by_client=True, cycle=2),
        Fact(Client.ConversationChosen, ticket_id=TICKET),
    )


@pytest.mark.parametrize("by", [BORIS, None], ids=["a manager", "an admin"])
async def test_the_staff_reopens_a_ticket(story: Story, by: object) -> None:
    story.given(*WITH_TICKET, *CLAIMED, *CLOSED)
    story.when(ReopenTicket, ticket_id=TICKET, by=by)
    await story.then(Fact(Ticket.Reopened, by=by, cycle=2))


async def test_an_open_ticket_is_not_reopened(story: Story) -> None:
    story.given(*WITH_TICKET, *CLAIMED)
    story.when(ReopenTicket, ticket_id=TICKET, by=ANNA)
    await story.then_refused(TicketIsOpen)


async def test_a_blocked_client_reopens_nothing(story: Story) -> None:
    story.given(*WITH_TICKET, *CLAIMED, *CLOSED, Fact(Client.Blocked))
    story.when(ReopenTicket, ticket_id=TICKET, client_id=KLARA)
    await story.then_refused(ClientIsBlocked)


async def test_the_holder_stays_the_same_in_the_new_cycle(story: Story) -> None:
    story.given(*WITH_TICKET, *CLAIMED, *CLOSED, REOPENED)
    story.when(CloseTicket, ticket_id=TICKET, by=ANNA)
    await story.then(*CLOSED_AGAIN)


async def test_the_client_rates_a_closing(story: Story) -> None:
    story.given(*WITH_TICKET, *CLAIMED, *CLOSED)
    story.when(RateTicket, ticket_id=TICKET, client_id=KLARA, stars=4, comment="quick")
    await story.then(Fact(Ticket.Rated, cycle=1, stars=4, comment="quick"))
    await story.then_answered(number=1)


@pytest.mark.proves("S1-E13")
async def test_the_same_closing_is_not_rated_twice(story: Story) -> None:
    story.given(*WITH_TICKET, *CLAIMED, *CLOSED, Fact(Ticket.Rated))
    story.when(RateTicket, ticket_id=TICKET, client_id=KLARA, stars=1)
    await story.then_refused(NothingToRate)


@pytest.mark.proves("S1-E13")
async def test_the_next_closing_is_rated_anew(story: Story) -> None:
    before = (*CLAIMED, *CLOSED, Fact(Ticket.Rated, stars=5), REOPENED, *CLOSED_AGAIN)
    story.given(*WITH_TICKET, *before)
    story.when(RateTicket, ticket_id=TICKET, client_id=KLARA, stars=2)
    await story.then(Fact(Ticket.Rated, cycle=2, stars=2))


@pytest.mark.proves("P8")
async def test_a_blocked_client_says_nothing_about_a_rating_either(story: Story) -> None:
    before = (*CLAIMED, *CLOSED, Fact(Ticket.Rated), Fact(Client.Blocked))
    story.given(*WITH_TICKET, *before)
    story.when(CommentRating, ticket_id=TICKET, client_id=KLARA, comment="you will regret it")
    await story.then_refused(ClientIsBlocked)


async def test_an_open_ticket_is_not_rated(story: Story) -> None:
    story.given(*WITH_TICKET, *CLAIMED)
    story.when(RateTicket, ticket_id=TICKET, client_id=KLARA, stars=5)
    await story.then_refused(NothingToRate)


@pytest.mark.parametrize("stars", [-1, 0, 6])
async def test_there_are_one_to_five_stars(story: Story, stars: int) -> None:
    story.given(*WITH_TICKET, *CLAIMED, *CLOSED)
    story.when(RateTicket, ticket_id=TICKET, client_id=KLARA, stars=stars)
    await story.then_refused(StarsOutOfRange)


BY_PAVEL: list[tuple[type[Any], dict[str, Any]]] = [
    (CloseTicket, {}),
    (ReopenTicket, {}),
    (RateTicket, {"stars": 5}),
]


@pytest.mark.parametrize(("command", "told"), BY_PAVEL)
async def test_another_client_does_nothing_with_it(
    story: Story, command: type[Any], told: dict[str, Any]
) -> None:
    story.given(*WITH_TICKET, *CLAIMED, *CLOSED)
    story.when(command, ticket_id=TICKET, client_id=PAVEL, **told)
    await story.then_refused(NotFound)


@pytest.mark.parametrize(("command", "told"), BY_PAVEL)
async def test_a_ticket_that_was_never_opened_is_not_found(
    story: Story, command: type[Any], told: dict[str, Any]
) -> None:
    story.given(*AT_WORK)
    story.when(command, ticket_id=TICKET, client_id=KLARA, **told)
    await story.then_refused(NotFound)
