"""What can be done about how much a ticket matters."""

from dataclasses import dataclass
from uuid import UUID

from typing_extensions import override

from application.desk import Answer, Draft
from application.tickets import TicketCommand
from domain.triage import Priority


@dataclass(frozen=True, kw_only=True)
class TagTicket(TicketCommand):
    """Mark the ticket with a word, or take the mark away."""

    tag: str
    by: UUID | None = None
    away: bool = False

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        ticket = await self.party(draft, self.by, None)
        (ticket.untag if self.away else ticket.tag)(self.tag.casefold(), self.by)
        return {"number": ticket.number}


@dataclass(frozen=True, kw_only=True)
class PrioritiseTicket(TicketCommand):
    """Give the ticket a priority."""

    priority: Priority
    by: UUID | None = None

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        ticket = await self.party(draft, self.by, None)
        ticket.prioritise(self.priority, self.by)
        return {"number": ticket.number}
