"""Deals have the numbers 1, 2, 3 of their company; its tickets have theirs."""

from collections import Counter
from uuid import uuid5

import pytest

from application.clients import Profile
from application.deals import CreateDeal, DeleteDeal
from application.desk import Desk, SomebodyWasQuicker
from application.pipelines import RequireFields
from application.tickets import OpenTicket
from domain.deals import Deal
from domain.stages import FieldsMissing
from domain.tickets import Ticket
from tests.desks import two_desks
from tests.firm import firm
from tests.mutants import broken_class, broken_database
from tests.noticing import noticed
from tests.postgres_fixture import Databases
from tests.sales import DEAL, NEW, OTHER_DEAL, SALES, WON

MANY = 60


async def both_series_are_dense(dsn: str, desk: type[Desk] = Desk) -> None:
    acme = await firm()
    async with two_desks(dsn, acme, desk) as desks:
        orders = [
            order
            for n in range(MANY)
            for order in (
                desks.order(
                    CreateDeal,
                    f"deal:{n}",
                    deal_id=uuid5(DEAL, f"deal {n}"),
                    pipeline_id=SALES,
                    title=f"Deal {n}",
                ),
                desks.order(
                    OpenTicket,
                    f"ticket:{n}",
                    ticket_id=uuid5(acme.workspace_id, f"ticket {n}"),
                    profile=Profile(bot_id=10, telegram_id=n, name=f"Client {n}"),
                ),
            )
        ]
        told = await desks.all_at_once(orders)
    everyone = list(range(1, MANY + 1))
    for kind in (Deal.Opened, Ticket.Opened):
        assert [event.number for event in desks.happened(kind)] == everyone
    assert Counter(done.answer["number"] for done in told) == Counter(everyone * 2)


@pytest.mark.proves("P7")
async def test_deals_and_tickets_made_at_once_have_dense_numbers_each(
    shared_database: str,
) -> None:
    await both_series_are_dense(shared_database)


async def test_one_counter_for_everything_is_noticed(databases: Databases) -> None:
    """The append function asks for the next number of the company, whatever is numbered."""
    together = "coalesce(told, 'tickets') AS series", "'tickets'::text AS series"
    impatient = broken_class(Desk, ATTEMPTS=3)
    with broken_database(databases, together) as dsn, noticed(SomebodyWasQuicker):
        await both_series_are_dense(dsn, impatient)


async def test_a_refused_deal_takes_no_number_and_a_deleted_one_keeps_its() -> None:
    acme = await firm()
    await acme.do(RequireFields, pipeline_id=SALES, stage_id=WON, keys=("flat",))
    with pytest.raises(FieldsMissing):
        await acme.deal(WON)
    assert (await acme.deal(NEW))["number"] == 1
    await acme.do(DeleteDeal, deal_id=DEAL)
    assert (await acme.deal(NEW, OTHER_DEAL))["number"] == 2
