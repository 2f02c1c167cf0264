"""What read models say of a market is what its aggregates know: two independent folds."""

from collections import Counter
from collections.abc import Iterator
from itertools import islice

import pytest

from domain.events import catalogue
from tests.projections.companies import Company
from tests.projections.conftest import World
from tests.projections.facts import Fact
from tests.projections.market import Market

SAME = (
    "number", "pipeline_id", "stage_id", "title", "fields", "slot_id", "contacts", "kind", "reason",
    "executor_id", "offer_id", "executor", "origin_id", "links", "failed_links", "entry", "deleted",
)  # fmt: skip
OF_MARKETS = {"Pipeline", "Contact", "Slot", "Deal", "Executor", "Offer", "Batch"}


def lived(market: Market, saves: int) -> Iterator[tuple[Company, list[Fact]]]:
    """All that happened to each company, in order."""
    happened = list(islice(market.live(), saves))
    for company in market.companies:
        own = (save for save in happened if save.workspace_id == company.id)
        yield company, [fact for save in own for fact in save.facts]


@pytest.mark.proves("P9")
async def test_read_models_of_a_market_say_what_its_aggregates_know(questions: World) -> None:
    market, seen = Market(seed=5), Counter[str]()
    for company, facts in lived(market, 700):
        seen.update(fact.topic for fact in facts)
        await questions.book.record(company.id, *facts)
    kinds = {topic for topic in catalogue() if topic.partition(".")[0] in OF_MARKETS}
    assert kinds <= seen.keys(), "every kind of event is projected"
    await questions.know()
    for company in market.companies:
        await deals_stand_where_they_decided_to_go(questions, company)
        await pipelines_have_the_stages_and_rules_that_were_decided(questions, company)
        await offers_and_their_ledger_agree(questions, company)
        await people_slots_and_batches_are_what_they_became(questions, company)


async def deals_stand_where_they_decided_to_go(world: World, company: Company) -> None:
    names = {contact.id: contact.name for contact in company.contacts}
    people = {slot.id: slot.person_id for slot in company.slots}
    rows = {
        row.deal_id: row
        for row in await world.models.deals.many(company.id, [one.id for one in company.deals])
    }
    for deal in company.deals:
        row = rows[deal.id]
        known = {name: getattr(deal, name) for name in SAME}
        assert {name: getattr(row, name) for name in SAME} == known
        assert row.names == {id: names[id] for id in deal.contacts}
        assert row.person_id == people.get(deal.slot_id) if deal.slot_id else not row.person_id


async def pipelines_have_the_stages_and_rules_that_were_decided(
    world: World, company: Company
) -> None:
    rows = await world.models.pipelines.of_workspace(company.id)
    by_id = {row.pipeline_id: row for row in rows}
    for pipeline in company.pipelines:
        row = by_id[pipeline.id]
        assert row == await world.models.pipelines.one(company.id, pipeline.id)
        assert row.name == pipeline.name
        assert row.stages == list(pipeline.stages.values())
        assert row.fields == list(pipeline.fields.values())
        assert row.retired_fields == list(pipeline.retired_fields.values())
        assert row.requirements == pipeline.requirements
        assert row.lost_reasons == pipeline.lost_reasons
        assert row.links == list(pipeline.links.values())
        assert row.offerings == pipeline.offerings


async def offers_and_their_ledger_agree(world: World, company: Company) -> None:
    rows = await world.models.offers.many(company.id, [one.id for one in company.offers])
    by_id = {row.offer_id: row for row in rows}
    for offer in company.offers:
        row = by_id[offer.id]
        assert (row.standing, row.executor_id) == (offer.standing.value, offer.executor_id)
        assert (row.card, row.skill, row.cards) == (offer.card, offer.skill, offer.cards)
        assert (row.settled, row.problem) == (offer.settled, offer.problem)
        assert (row.decides_at, row.steps) == (offer.decides_at, len(offer.steps))
        page = await world.models.contests.attempts(company.id, offer_id=offer.id)
        attempts = page.rows
        assert row.attempts == len(attempts)
        outcomes = Counter(attempt.outcome for attempt in attempts)
        assert (row.losers, outcomes["won"]) == (
            outcomes["lost"],
            offer.executor_id is not None,
        )
        waiting = {one.by for one in attempts if one.outcome == "waiting"}
        assert waiting == offer.waiting.keys()
        for attempt in attempts:
            if attempt.outcome == "lost":
                assert attempt.reason, "every loser is told why"
                assert attempt.winner_id in {offer.executor_id, None}


async def people_slots_and_batches_are_what_they_became(world: World, company: Company) -> None:
    models = world.models
    contacts = await models.contacts.many(company.id, [one.id for one in company.contacts])
    assert {(c.contact_id, c.name, *c.phones, c.email) for c in contacts} == {
        (c.id, c.name, *c.phones, c.email) for c in company.contacts
    }
    ids = [one.id for one in company.executors]
    executors = await models.executors.many(company.id, ids)
    assert {(e.executor_id, e.name, e.admission, e.reachable, *e.orders) for e in executors} == {
        (e.id, e.name, e.admission.value, e.reachable, *e.orders) for e in company.executors
    }
    slots = await models.slots.of_workspace(company.id)
    held = Counter(deal.slot_id for deal in company.deals if deal.is_open)
    assert {(s.slot_id, s.name, s.person_id, s.open_deals) for s in slots} == {
        (s.id, s.name, s.person_id, held[s.id]) for s in company.slots
    }
    batches = [await models.batches.one(company.id, batch.id) for batch in company.batches]
    assert [(b.state, b.moved, len(b.skipped)) for b in batches if b] == [
        (b.state.value, b.moved, len(b.skipped)) for b in company.batches
    ]
