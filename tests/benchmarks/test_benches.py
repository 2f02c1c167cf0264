"""Small runs of the quick benches: they measure what they say, on both sides; no aim is judged."""

import pytest

from infrastructure.benchmarks import (
    BENCHES,
    appends,
    catch_up,
    claims,
    commands,
    freshness,
    log_size,
    relay,
    run,
)
from infrastructure.benchmarks.ground import Ground
from infrastructure.benchmarks.rows import Better


async def test_commands_are_measured_against_the_library(bench_ground: Ground) -> None:
    [row] = await commands.measure(bench_ground, tickets=60, rounds=1, ours=200, theirs=20)
    assert (row.name, row.aim, row.better) == ("commands", 30.0, Better.HIGHER)
    assert row.ratio == pytest.approx(
        float(row.figures["commands_per_s"]) / float(row.figures["library_per_s"])
    )


async def test_appends_are_measured_against_the_library_and_bare_inserts(
    bench_ground: Ground,
) -> None:
    rows = await appends.measure(bench_ground, rounds=1, ours=200, theirs=20, raw=100)
    assert [row.name for row in rows] == ["appends_to_library", "appends_to_raw"]
    assert all(row.ratio > 0 for row in rows)


async def test_a_catch_up_ends_at_the_same_event_on_both_sides(bench_ground: Ground) -> None:
    [row] = await catch_up.measure(bench_ground, tickets=5, rounds=1)
    assert row.figures["events"] == 40
    assert row.ratio > 0


async def test_a_command_costs_something_on_a_short_and_on_a_long_log(
    bench_ground: Ground,
) -> None:
    [row] = await log_size.measure(bench_ground, long=9_000, short=900, live=20, rounds=1)
    assert row.better is Better.LOWER
    assert row.ratio > 0


async def test_every_event_of_a_steady_flow_is_seen(bench_ground: Ground) -> None:
    [row] = await freshness.measure(bench_ground, seconds=0.5, rounds=1)
    assert row.figures["events"] == 100
    assert row.ratio > 0


@pytest.mark.timeout(300)
async def test_the_relay_is_measured_against_a_bare_bot_and_loses_nothing(
    bench_ground: Ground,
) -> None:
    [row] = await relay.measure(bench_ground, messages=12, rounds=1)
    assert (row.figures["lost"], row.figures["reordered"]) == (0, 0)
    assert row.ratio > 0


@pytest.mark.timeout(300)
async def test_presses_are_measured_against_a_bare_bot_and_all_are_answered(
    bench_ground: Ground,
) -> None:
    [row] = await claims.measure(bench_ground, cards=4, rounds=1)
    assert row.figures["presses"] == 24
    assert row.figures["to_bare"] == pytest.approx(
        float(row.figures["p50_ms"]) / float(row.figures["bare_p50_ms"])
    )


def test_a_bench_that_does_not_exist_is_said_to_be_missing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["speed"], as_json=True) == 2
    told = capsys.readouterr().err
    assert all(name in told for name in ("speed", *BENCHES))
