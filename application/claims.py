"""What can be done about who answers for a ticket."""

from dataclasses import dataclass, field
from uuid import UUID

from typing_extensions import override

from application.desk import Answer, Draft
from application.tickets import TicketCommand
from domain.staff import Person
from domain.tickets import Ticket


@dataclass(frozen=True, kw_only=True)
class ClaimTicket(TicketCommand):
    """Become the one who answers for the ticket, if nobody is yet; losers are told who won."""

    by: UUID

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        (await draft.look(Person, self.by)).must_manage()
        ticket = await draft.get(Ticket, self.ticket_id)
        outcome = ticket.claim(self.by)
        return {"outcome": outcome, "holder": str(ticket.holder_id), "number": ticket.number}


@dataclass(frozen=True, kw_only=True)
class TransferTicket(TicketCommand):
    """Hand the ticket to another manager."""

    to_id: UUID
    by: UUID | None = None
    reason: str = ""

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        ticket = await self.party(draft, self.by, None)
        (await draft.look(Person, self.to_id)).must_manage()
        ticket.transfer(self.to_id, self.by, self.reason)
        return {"number": ticket.number}


@dataclass(frozen=True, kw_only=True)
class AssignTicket(TicketCommand):
    """Give a ticket that nobody holds to a manager who works here.

    A repetition may have chosen another one: the first choice stands.
    """

    to_id: UUID = field(metadata={"incidental": True})

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        (await draft.look(Person, self.to_id)).must_manage()
        ticket = await draft.get(Ticket, self.ticket_id)
        if ticket.holder_id is None:
            ticket.transfer(self.to_id, None, "assigned")
        return {"number": ticket.number}


@dataclass(frozen=True, kw_only=True)
class ReleaseTicket(TicketCommand):
    """Let nobody answer for the ticket: whoever does, or only `from_id`."""

    from_id: UUID | None = None
    by: UUID | None = None
    reason: str = ""

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        ticket = await self.party(draft, self.by, None)
        if (from_id := self.from_id or ticket.holder_id) is not None:
            ticket.release(from_id, self.by, self.reason)
        return {"number": ticket.number}
