"""All read models, by name."""

from typing import NamedTuple, Self

from projections.canned_replies import CannedReplies
from projections.claims import Claims
from projections.clients import Clients
from projections.invitations import Invitations
from projections.messages import Messages
from projections.projection import Checkout, ReadModel
from projections.queue import Queue
from projections.roster import Roster
from projections.tickets import Tickets
from projections.workspaces import Workspaces


class Models(NamedTuple):
    """Every read model, asking its questions over the same connections."""

    tickets: Tickets
    messages: Messages
    queue: Queue
    claims: Claims
    roster: Roster
    clients: Clients
    workspaces: Workspaces
    invitations: Invitations
    canned_replies: CannedReplies

    @classmethod
    def of(cls, checkout: Checkout) -> Self:
        """The read models over `checkout`, for example `pool.connection`."""
        return cls(
            tickets=Tickets(checkout),
            messages=Messages(checkout),
            queue=Queue(checkout),
            claims=Claims(checkout),
            roster=Roster(checkout),
            clients=Clients(checkout),
            workspaces=Workspaces(checkout),
            invitations=Invitations(checkout),
            canned_replies=CannedReplies(checkout),
        )


MODELS: dict[str, type[ReadModel]] = {
    model.name: model
    for model in (
        Tickets,
        Messages,
        Queue,
        Claims,
        Roster,
        Clients,
        Workspaces,
        Invitations,
        CannedReplies,
    )
}
