"""How a figure is told: one line for people, one JSON object for programs."""

import json

import pytest

from infrastructure.benchmarks.rows import Better, Figures, Row, rounded


def row(ratio: float, better: Better, **figures: float) -> Row:
    told: Figures = {**figures}
    return Row(name="commands", ratio=ratio, aim=30.0, better=better, figures=told)


def test_a_row_is_one_json_object_on_one_line() -> None:
    told = row(31.23456, Better.HIGHER, commands_per_s=12603.4, callers=256).as_json()
    assert "\n" not in told
    assert json.loads(told) == {
        "name": "commands",
        "ratio": 31.2,
        "aim": 30.0,
        "better": "higher",
        "figures": {"commands_per_s": 12603, "callers": 256},
    }


@pytest.mark.parametrize(
    ("ratio", "better", "met"),
    [
        (30.0, Better.HIGHER, True),
        (29.9, Better.HIGHER, False),
        (30.0, Better.LOWER, True),
        (30.1, Better.LOWER, False),
    ],
)
def test_an_aim_is_met_from_its_right_side(ratio: float, better: Better, met: bool) -> None:
    assert row(ratio, better).met is met


def test_people_read_name_ratio_aim_verdict_and_figures() -> None:
    told = row(29.0, Better.HIGHER, library_per_s=271.4).told()
    assert told.split() == ["commands", "29.0", "≥", "30.0", "MISSED", "library_per_s", "271"]


def test_a_number_has_as_many_digits_as_a_measurement_deserves() -> None:
    assert [rounded(n) for n in (12345.6, 123.4, 12.345, 0.012345, 7)] == [
        12346,
        123,
        12.3,
        0.0123,
        7,
    ]
