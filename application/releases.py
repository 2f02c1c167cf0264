"""Releases: what somebody held who no longer works here waits for somebody else."""

from collections.abc import Sequence
from typing import ClassVar
from uuid import UUID

from typing_extensions import override

from application.claims import ReleaseTicket
from application.policy import Consequence, Policy
from application.ports import Past
from domain.events import Recorded
from domain.staff import Person, Role
from domain.tickets import Ticket


class Releases(Policy):
    """Tickets of whoever left, or manages no longer, are open to everybody again.

    So are closed ones when they are reopened.
    """

    name: ClassVar[str] = "releases"

    @override
    async def react(self, happened: Recorded, past: Past) -> Sequence[Consequence]:
        match happened.event:
            case Ticket.Reopened(originator_id=ticket_id):
                return await self._of_nobody(happened, past, ticket_id)
            case Person.Left(originator_id=person_id):
                reason = "left"
            case Person.RolesChanged(originator_id=person_id, roles=roles):
                if Role.MANAGER in roles:
                    return ()
                reason = "manages no longer"
            case _:
                return ()
        return [
            ReleaseTicket(
                **self.follow(happened, n), ticket_id=id, from_id=person_id, reason=reason
            )
            for n, id in enumerate(await past.held_by(person_id), 1)
        ]

    async def _of_nobody(
        self, happened: Recorded, past: Past, ticket_id: UUID
    ) -> Sequence[Consequence]:
        """Lets go of a reopened ticket whose holder has gone since it was closed."""
        ticket = await past.get(Ticket, ticket_id)
        holder_id = ticket.holder_id if ticket else None
        holder = await past.get(Person, holder_id) if holder_id else None
        if holder is None or (holder.working and Role.MANAGER in holder.roles):
            return ()
        order = self.follow(happened, 1)
        return [ReleaseTicket(**order, ticket_id=ticket_id, from_id=holder.id, reason="left")]
