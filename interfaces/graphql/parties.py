"""Parties: in whose name an order is given."""

from uuid import UUID

from interfaces.graphql.context import Context
from interfaces.graphql.principals import Who
from interfaces.graphql.refusals import NotAllowed


def client_of(context: Context) -> UUID:
    """The client who acts; raises NotAllowed if somebody else does."""
    if context.client_id is None:
        raise NotAllowed
    return context.client_id


def manager_of(context: Context) -> UUID | None:
    """The manager who acts; None if an admin does, who may do it with any ticket, or a client."""
    return context.by if context.principal.who is Who.MANAGER else None
