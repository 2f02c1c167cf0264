"""A client opens tickets; each gets the next number, a planned thread and the conversation."""

import pytest

from application.desk import NotFound
from application.tickets import ChooseConversation, OpenTicket
from domain.clients import Client, ClientIsBlocked
from domain.readiness import DeskIsStopped
from domain.threads import Thread, thread_of
from domain.tickets import Ticket, TicketExists
from domain.workspaces import Workspace
from tests.facts import (
    AT_WORK,
    KLARA,
    OTHER_TICKET,
    PAVEL,
    PROFILE_OF_KLARA,
    PROFILE_OF_PAVEL,
    READY,
    REGISTERED,
    TICKET,
    WITH_TICKET,
    Fact,
)
from tests.story import Story

SECOND = (
    Fact(Client.ConversationChosen, ticket_id=OTHER_TICKET),
    Fact(Ticket.Opened, on=OTHER_TICKET, number=2),
    Fact(Thread.Planned, on=thread_of(OTHER_TICKET), ticket_id=OTHER_TICKET, number=2),
)


@pytest.mark.proves("S1-14")
async def test_a_new_client_opens_ticket_number_one(story: Story) -> None:
    story.given(*AT_WORK)
    story.when(OpenTicket, ticket_id=TICKET, profile=PROFILE_OF_KLARA, topic="Delivery")
    await story.then(
        REGISTERED,
        Fact(Client.ConversationChosen),
        Fact(Ticket.Opened, number=1, client_id=KLARA, topic="Delivery"),
        Fact(Thread.Planned, number=1),
    )
    await story.then_answered(ticket=TICKET, number=1)


@pytest.mark.proves("S1-14")
async def test_the_next_ticket_gets_the_next_number(story: Story) -> None:
    story.given(*WITH_TICKET)
    story.when(OpenTicket, ticket_id=OTHER_TICKET, profile=PROFILE_OF_KLARA)
    await story.then(*SECOND)
    await story.then_answered(ticket=OTHER_TICKET, number=2)


async def test_a_blocked_client_opens_no_ticket(story: Story) -> None:
    story.given(*AT_WORK, REGISTERED, Fact(Client.Blocked))
    story.when(OpenTicket, ticket_id=TICKET, profile=PROFILE_OF_KLARA)
    await story.then_refused(ClientIsBlocked)


@pytest.mark.parametrize("stopped", [(), (Fact(Workspace.Started), Fact(Workspace.Stopped))])
async def test_while_the_desk_does_not_run_nobody_opens_a_ticket(
    story: Story, stopped: tuple[Fact, ...]
) -> None:
    story.given(*READY, *stopped)
    story.when(OpenTicket, ticket_id=TICKET, profile=PROFILE_OF_KLARA)
    await story.then_refused(DeskIsStopped)


async def test_a_company_that_was_never_founded_has_no_tickets(story: Story) -> None:
    story.when(OpenTicket, ticket_id=TICKET, profile=PROFILE_OF_KLARA)
    await story.then_refused(NotFound)


async def test_an_id_that_a_ticket_has_is_not_given_to_another(story: Story) -> None:
    story.given(*WITH_TICKET)
    story.when(OpenTicket, ticket_id=TICKET, profile=PROFILE_OF_PAVEL)
    await story.then_refused(TicketExists)


async def test_a_client_goes_on_in_another_ticket_of_theirs(story: Story) -> None:
    story.given(*WITH_TICKET, *SECOND)
    story.when(ChooseConversation, ticket_id=TICKET, client_id=KLARA)
    await story.then(Fact(Client.ConversationChosen, ticket_id=TICKET))
    await story.then_answered(number=1)


async def test_choosing_the_same_ticket_again_is_no_news(story: Story) -> None:
    story.given(*WITH_TICKET)
    story.when(ChooseConversation, ticket_id=TICKET, client_id=KLARA)
    await story.then()


async def test_nobody_goes_on_in_the_ticket_of_another_client(story: Story) -> None:
    pavel = Fact(Client.Registered, on=PAVEL, telegram_id=701, name="Pavel")
    story.given(*WITH_TICKET, pavel)
    story.when(ChooseConversation, ticket_id=TICKET, client_id=PAVEL)
    await story.then_refused(NotFound)
