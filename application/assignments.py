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
from domain.staff import Person, Presence, Role
from domain.tickets import Ticket


class Assignments(Policy):
    """A ticket that nobody holds goes to the manager who is here and holds the fewest.

    Tickets that came while nobody was here go to whoever comes.
    """

    name: ClassVar[str] = "assignments"

    @override
    async def react(self, happened: Recorded, past: Past) -> Sequence[Consequence]:
        match happened.event:
            case Ticket.Opened(originator_id=id) | Ticket.Released(originator_id=id):
                waiting: Sequence[UUID] = [id]
            case (
                Person.PresenceStated(presence=Presence.HERE)
                | Settings.RoutingPolicySet(rule=Routing.AUTOMATIC)
            ):
                waiting = ()
            case _:
                return ()
        settings = await past.get(Settings, settings_of(happened.event.workspace_id))
        if settings is None or settings.rules.routing is not Routing.AUTOMATIC:
            return ()
        waiting = waiting or await past.open_tickets(unclaimed=True)
        tickets = [await past.get(Ticket, id) for id in waiting]
        return self._assigned(happened, [one for one in tickets if one], await past.staff())

    def _assigned(
        self, happened: Recorded, tickets: Sequence[Ticket], staff: Sequence[Colleague]
    ) -> Sequence[Consequence]:
        commands: list[AssignTicket] = []
        loads = {one.person_id: one for one in staff}
        for ticket in tickets:
            if ticket.status is Status.CLOSED or ticket.holder_id is not None:
                continue
            chosen = choose(list(loads.values()), ticket.id)
            if chosen is None:
                break
            one = loads[chosen]
            loads[chosen] = one._replace(open_tickets=one.open_tickets + 1)
            told = self.follow(happened, len(commands) + 1)
            commands.append(AssignTicket(**told, ticket_id=ticket.id, to_id=chosen))
        return commands


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
