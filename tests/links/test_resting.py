"""Whatever rules a company links its pipelines by, a move comes to rest.

Rules act on each other's moves, and on those of offers that expire. A move remembers the rules
that led to it; none acts on what it has led to, and no chain is longer than DEPTH. So what follows
from one move of a person is bounded by the number of ways to line up the rules.
"""

import asyncio
import operator
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any, NamedTuple
from uuid import UUID, uuid5

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from application import linking, publishing
from application.settling import ExpireDeal
from domain.deals import Deal
from domain.links import DEPTH, LinkRule
from domain.offering import Offering
from domain.pipelines import Pipeline
from tests.facts import Fact
from tests.firm import Firm
from tests.mutants import broken_class
from tests.notebook import Notebook
from tests.noticing import noticed
from tests.sales import FOUNDED, SALES

STAGES = 2


class Rule(NamedTuple):
    """Which stage begins a deal where, and which of its stages moves the first one whereto."""

    pipeline: int
    stage: int
    to_pipeline: int
    to_stage: int
    outcomes: dict[int, int]


class World(NamedTuple):
    """Pipelines with rules; in some deals expire on stage 0, in some they are won on stage 1."""

    pipelines: int
    rules: list[Rule]
    expiring: Sequence[int] = ()
    winning: Sequence[int] = ()
    moves: Sequence[tuple[int, int]] = ()


@st.composite
def worlds(draw: st.DrawFn) -> World:
    pipelines = draw(st.integers(2, 3))
    one, stage = st.integers(0, pipelines - 1), st.integers(0, STAGES - 1)
    outcomes = st.dictionaries(stage, stage)
    rule = st.builds(Rule, one, stage, one, stage, outcomes)
    linking_two = rule.filter(lambda told: told.pipeline != told.to_pipeline)
    rules = draw(st.lists(linking_two, min_size=1, max_size=4))
    moves = st.lists(st.tuples(st.integers(0, 5), stage), max_size=4)
    some = st.lists(one, unique=True, max_size=1)
    return World(pipelines, rules, draw(some), draw(some), draw(moves))


def pipeline(n: int) -> UUID:
    return uuid5(SALES, f"pipeline {n}")


def stage(n: int, k: int) -> UUID:
    return uuid5(pipeline(n), f"stage {k}")


def facts(world: World) -> Iterator[Fact]:
    yield from FOUNDED
    for n in range(world.pipelines):
        yield Fact(Pipeline.Defined, on=pipeline(n), name=f"Pipeline {n}")
        for k in range(STAGES):
            kind = "won" if k and n in world.winning else "open"
            told = {"stage_id": stage(n, k), "name": f"Stage {k}", "kind": kind}
            yield Fact(Pipeline.StageAdded, on=pipeline(n), **told)
    for n, rule in enumerate(world.rules):
        yield Fact(Pipeline.LinkRuleSet, on=pipeline(rule.pipeline), rule=link(n, rule))
    for n in world.expiring:
        offering = Offering(claimed_stage_id=stage(n, 1), expires=1, expired_stage_id=stage(n, 1))
        told = {"stage_id": stage(n, 0), "offering": offering}
        yield Fact(Pipeline.OfferingSet, on=pipeline(n), **told)


def link(n: int, rule: Rule) -> LinkRule:
    return LinkRule(
        id=uuid5(SALES, f"rule {n}"),
        stage_id=stage(rule.pipeline, rule.stage),
        to_pipeline_id=pipeline(rule.to_pipeline),
        to_stage_id=stage(rule.to_pipeline, rule.to_stage),
        outcomes={
            str(stage(rule.to_pipeline, come)): stage(rule.pipeline, go)
            for come, go in rule.outcomes.items()
        },
        copied=[],
    )


def most(world: World) -> int:
    """How many deals and moves can follow from one move, with it: each rule acts once in a chain.

    Where deals expire, each does so once, and a rule may begin a deal and bring its outcome back.
    """
    each = 2 if world.expiring else 1
    acts = each * len(world.rules)
    left = [each, *(each * max(acts - k, 0) for k in range(each * DEPTH))]
    return sum(accumulate(left, operator.mul))


def followed(acme: Firm) -> list[Any]:
    return acme.happened(Deal.Opened, Deal.MovedToStage)


async def lived(world: World) -> Firm:
    """One person begins a deal and moves some; what follows from each is bounded."""
    acme = Firm(Notebook())
    await acme.note(*facts(world))
    await acme.deal(stage(0, 0), pipeline_id=pipeline(0))
    await rests(acme, world, 0)
    for n, k in world.moves:
        deals = acme.happened(Deal.Opened)
        deal = deals[n % len(deals)]
        known = len(followed(acme))
        told = next(p for p in range(world.pipelines) if pipeline(p) == deal.pipeline_id)
        await acme.move(stage(told, k), deal.originator_id)
        await rests(acme, world, known)
    return acme


async def rests(acme: Firm, world: World, known: int) -> None:
    await acme.wait(minutes=30)
    news = followed(acme)[known:]
    assert len(news) <= most(world)
    for one in news:
        assert len(one.trail) <= DEPTH
        assert len(set(one.trail)) == len(one.trail)


@settings(
    max_examples=60,
    derandomize=True,
    deadline=None,
    report_multiple_bugs=False,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(worlds())
def every_world_rests(world: World) -> None:
    asyncio.run(lived(world))


RING = World(2, [Rule(0, 0, 1, 0, {}), Rule(1, 0, 0, 0, {})])
ROUND = World(2, [Rule(0, 1, 1, 0, {1: 0})], [0, 1], [1])
LINE = World(11, [Rule(n, 0, n + 1, 0, {}) for n in range(10)])


@pytest.mark.proves("S3-E3")
def test_a_move_comes_to_rest_whatever_the_rules_are() -> None:
    every_world_rests()


@pytest.mark.proves("S3-E3")
@pytest.mark.parametrize(("world", "deals"), [(RING, 3), (LINE, DEPTH + 1)])
async def test_a_ring_ends_where_it_began_and_a_line_at_its_depth(world: World, deals: int) -> None:
    acme = await lived(world)
    assert len(acme.happened(Deal.Opened)) == deals
    assert acme.refused == []


@pytest.mark.proves("S3-E3")
async def test_what_expires_goes_on_in_the_chain_that_led_to_it() -> None:
    """Its outcome comes back, and there the first deal has had its turn."""
    acme = await lived(ROUND)
    stages = [one.to_id for one in acme.happened(Deal.MovedToStage)]
    assert stages == [stage(0, 1), stage(1, 1), stage(0, 0), stage(0, 1)]
    assert len(acme.happened(Deal.Opened)) == 2


def test_rules_that_act_on_what_they_have_led_to_are_noticed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(linking, "may_follow", lambda _, trail: len(trail) < DEPTH)
    with noticed():
        every_world_rests()


async def test_chains_without_an_end_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linking, "may_follow", lambda rule_id, trail: rule_id not in trail)
    with noticed():
        await lived(LINE)


async def test_an_expiry_that_forgets_what_led_to_it_is_noticed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    forgetful = broken_class(ExpireDeal, ('"", None, trail)', '"", None)'))
    monkeypatch.setattr(publishing, "ExpireDeal", forgetful)
    with noticed():
        await lived(ROUND)
