"""All read models, by name."""

from typing import NamedTuple, Self

from projections.batches import Batches
from projections.canned_replies import CannedReplies
from projections.claims import Claims
from projections.clients import Clients
from projections.contacts import Contacts
from projections.contests import Contests
from projections.deals import Deals
from projections.executors import Executors
from projections.invitations import Invitations
from projections.messages import Messages
from projections.offers import Offers
from projections.pipelines import Pipelines
from projections.projection import Checkout, ReadModel
from projections.queue import Queue
from projections.roster import Roster
from projections.slots import Slots
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
    pipelines: Pipelines
    deals: Deals
    contacts: Contacts
    slots: Slots
    offers: Offers
    contests: Contests
    executors: Executors
    batches: Batches

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
            pipelines=Pipelines(checkout),
            deals=Deals(checkout),
            contacts=Contacts(checkout),
            slots=Slots(checkout),
            offers=Offers(checkout),
            contests=Contests(checkout),
            executors=Executors(checkout),
            batches=Batches(checkout),
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
        Pipelines,
        Deals,
        Contacts,
        Slots,
        Offers,
        Contests,
        Executors,
        Batches,
    )
}
