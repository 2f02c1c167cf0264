"""Assignments: where the company wants it so, a new ticket finds its manager by itself."""

from collections.abc import Sequence
from typing import ClassVar
from uuid import UUID, uuid5

from typing_extensions import override

from application.claims import AssignTicket
from application.policy import Consequence, Policy
from application.ports import Colleague, Past
from domain.cycles import Status
from domain.events import Recorded
from domain.settings import Routing, Settings, settings_of
from domain.staff import Presence, Role
from domain.tickets import Ticket


class Assignments(Policy):
    """A ticket that nobody holds goes to the manager who is here and holds the fewest."""

    name: ClassVar[str] = "assignments"

    @override
    async def react(self, happened: Recorded, past: Past) -> Sequence[Consequence]:
        event = happened.event
        if not isinstance(event, Ticket.Opened | Ticket.Released):
            return ()
        settings = await past.get(Settings, settings_of(event.workspace_id))
        if settings is None or settings.rules.routing is not Routing.AUTOMATIC:
            return ()
        ticket = await past.get(Ticket, event.originator_id)
        if ticket is None or ticket.status is Status.CLOSED or ticket.holder_id is not None:
            return ()
        chosen = choose(await past.staff(), ticket.id)
        if chosen is None:
            return ()
        return [AssignTicket(**self.follow(happened, 1), ticket_id=ticket.id, to_id=chosen)]


def choose(staff: Sequence[Colleague], ticket_id: UUID) -> UUID | None:
    """Of the managers who are here whoever holds the fewest tickets; None: nobody is here.

    Among equals the ticket decides, always the same way and by no habit.
    """
    here = [one for one in staff if one.presence == Presence.HERE and Role.MANAGER in one.roles]
    fewest = min(
        here,
        key=lambda one: (one.open_tickets, uuid5(ticket_id, str(one.person_id)).int),
        default=None,
    )
    return fewest.person_id if fewest else None
