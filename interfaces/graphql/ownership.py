"""Ownership: which deals a caller may see; a manager sees those of their slots and of nobody."""

from uuid import UUID

from interfaces.graphql.context import Context, Order
from interfaces.graphql.principals import Who
from projections.deal_rows import DealRow
from projections.roster import LEADERS


def viewer(context: Context) -> UUID | None:
    """The manager whose deals alone are shown; None: whoever leads, or a key, sees all."""
    if context.principal.who is Who.ADMIN:
        return None
    person_id = context.manager()
    leads = context.person is not None and not LEADERS.isdisjoint(context.person.roles)
    return None if leads else person_id


def may_see(context: Context, row: DealRow) -> bool:
    """Whether the caller may see a deal."""
    return row.slot_id is None or viewer(context) in {None, row.person_id}


async def deal_seen(context: Context, deal_id: UUID) -> DealRow | None:
    """The deal, if there is one that the caller may see."""
    row = await context.loaders.deals.load(deal_id)
    return row if row is not None and may_see(context, row) else None


def leading(context: Context, command_id: str) -> Order:
    """What a command of whoever leads the company is told; raises NotAllowed for others."""
    context.require_leader()
    return context.order(command_id)
