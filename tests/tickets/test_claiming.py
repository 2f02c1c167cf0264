"""The first who presses holds the ticket; whoever came later is told who won."""

import pytest

from application.claims import ClaimTicket, TransferTicket
from application.desk import NotFound
from domain.claims import TicketHeldByOther
from domain.cycles import TicketIsClosed
from domain.staff import NotAManager, Person, PersonHasLeft
from domain.tickets import Ticket
from tests.facts import ANNA, AT_WORK, BORIS, CLAIMED, CLOSED, STRANGER, TICKET, WITH_TICKET, Fact
from tests.story import Story

AN_ADMIN = Fact(Person.RolesChanged, roles=["admin"])
LEFT = Fact(Person.Left)


async def test_the_first_who_presses_holds_the_ticket(story: Story) -> None:
    story.given(*WITH_TICKET)
    story.when(ClaimTicket, ticket_id=TICKET, by=ANNA)
    await story.then(
        Fact(Ticket.ClaimAttempted, by=ANNA, outcome="won", holder_id=ANNA),
        Fact(Ticket.Claimed, by=ANNA),
    )
    await story.then_answered(outcome="won", holder=ANNA, number=1)


async def test_who_came_later_is_told_who_won_and_is_on_record(story: Story) -> None:
    story.given(*WITH_TICKET, *CLAIMED)
    story.when(ClaimTicket, ticket_id=TICKET, by=BORIS)
    await story.then(Fact(Ticket.ClaimAttempted, by=BORIS, outcome="lost", holder_id=ANNA))
    await story.then_answered(outcome="lost", holder=ANNA)


async def test_the_holder_who_presses_again_still_holds_it(story: Story) -> None:
    story.given(*WITH_TICKET, *CLAIMED)
    story.when(ClaimTicket, ticket_id=TICKET, by=ANNA)
    await story.then(Fact(Ticket.ClaimAttempted, by=ANNA, outcome="repeated", holder_id=ANNA))
    await story.then_answered(outcome="repeated", holder=ANNA)


async def test_a_closed_ticket_is_not_claimed(story: Story) -> None:
    story.given(*WITH_TICKET, *CLAIMED, *CLOSED)
    story.when(ClaimTicket, ticket_id=TICKET, by=BORIS)
    await story.then_refused(TicketIsClosed)


async def test_the_holder_hands_the_ticket_to_a_colleague(story: Story) -> None:
    story.given(*WITH_TICKET, *CLAIMED)
    story.when(TransferTicket, ticket_id=TICKET, to_id=BORIS, by=ANNA, reason="lunch")
    await story.then(Fact(Ticket.Transferred, from_id=ANNA, to_id=BORIS, by=ANNA, reason="lunch"))
    await story.then_answered(number=1)


async def test_an_admin_gives_an_unclaimed_ticket_to_somebody(story: Story) -> None:
    story.given(*WITH_TICKET)
    story.when(TransferTicket, ticket_id=TICKET, to_id=BORIS)
    await story.then(Fact(Ticket.Transferred, from_id=None, to_id=BORIS, by=None))


async def test_who_got_the_ticket_is_the_one_that_losers_hear_of(story: Story) -> None:
    story.given(*WITH_TICKET, *CLAIMED, Fact(Ticket.Transferred))
    story.when(ClaimTicket, ticket_id=TICKET, by=ANNA)
    await story.then(Fact(Ticket.ClaimAttempted, by=ANNA, outcome="lost", holder_id=BORIS))


async def test_a_transfer_to_the_holder_is_no_news(story: Story) -> None:
    story.given(*WITH_TICKET, *CLAIMED)
    story.when(TransferTicket, ticket_id=TICKET, to_id=ANNA, by=ANNA)
    await story.then()


async def test_nobody_takes_a_colleagues_ticket_by_a_transfer(story: Story) -> None:
    story.given(*WITH_TICKET, *CLAIMED)
    story.when(TransferTicket, ticket_id=TICKET, to_id=BORIS, by=BORIS)
    await story.then_refused(TicketHeldByOther)


async def test_who_transfers_an_unclaimed_ticket_to_themselves_claims_it(story: Story) -> None:
    story.given(*WITH_TICKET)
    story.when(TransferTicket, ticket_id=TICKET, to_id=BORIS, by=BORIS)
    await story.then(
        Fact(Ticket.ClaimAttempted, by=BORIS, outcome="won", holder_id=BORIS),
        Fact(Ticket.Claimed, by=BORIS),
    )


async def test_a_closed_ticket_is_not_handed_over(story: Story) -> None:
    story.given(*WITH_TICKET, *CLAIMED, *CLOSED)
    story.when(TransferTicket, ticket_id=TICKET, to_id=BORIS, by=ANNA)
    await story.then_refused(TicketIsClosed)


@pytest.mark.parametrize(("become", "why"), [(AN_ADMIN, NotAManager), (LEFT, PersonHasLeft)])
async def test_only_a_working_manager_claims(
    story: Story, become: Fact, why: type[NotAManager]
) -> None:
    story.given(*WITH_TICKET, become)
    story.when(ClaimTicket, ticket_id=TICKET, by=ANNA)
    await story.then_refused(why)


@pytest.mark.parametrize(("become", "why"), [(AN_ADMIN, NotAManager), (LEFT, PersonHasLeft)])
@pytest.mark.parametrize(("to_id", "by"), [(ANNA, BORIS), (BORIS, ANNA)])
async def test_a_ticket_goes_only_from_working_manager_to_working_manager(
    story: Story, become: Fact, why: type[NotAManager], to_id: object, by: object
) -> None:
    story.given(*WITH_TICKET, become)
    story.when(TransferTicket, ticket_id=TICKET, to_id=to_id, by=by)
    await story.then_refused(why)


@pytest.mark.parametrize(
    ("command", "told"),
    [(ClaimTicket, {"by": STRANGER}), (TransferTicket, {"to_id": STRANGER, "by": ANNA})],
)
async def test_a_stranger_neither_claims_nor_receives(
    story: Story, command: type[ClaimTicket], told: dict[str, object]
) -> None:
    story.given(*WITH_TICKET)
    story.when(command, ticket_id=TICKET, **told)
    await story.then_refused(NotFound)


@pytest.mark.parametrize(
    ("command", "told"),
    [(ClaimTicket, {"by": ANNA}), (TransferTicket, {"to_id": BORIS, "by": ANNA})],
)
async def test_a_ticket_that_was_never_opened_is_not_found(
    story: Story, command: type[ClaimTicket], told: dict[str, object]
) -> None:
    story.given(*AT_WORK)
    story.when(command, ticket_id=TICKET, **told)
    await story.then_refused(NotFound)
