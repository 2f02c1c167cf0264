"""The rules of a company: each change is a fact, what cannot be used is refused."""

from typing import Any

import pytest

from application.desk import Command
from application.settings import (
    ScheduleReport,
    SetHours,
    SetPresencePolicy,
    SetReopening,
    SetRoutingPolicy,
    SetSigning,
    SetTargets,
    SetTexts,
)
from domain.aggregate import Aggregate
from domain.hours import BadHours
from domain.settings import BadSetting, Routing, Settings
from tests.facts import FOUNDED, Fact
from tests.story import Story

BEGUN = Fact(Settings.Begun)
WEEK = (("09:00-18:00",),) * 5 + ((), ())
OFFICE = Fact(Settings.HoursSet, zone="Europe/Moscow", week=[list(day) for day in WEEK])

CHANGES: list[tuple[type[Command], dict[str, Any], type[Aggregate.Event], dict[str, Any]]] = [
    (
        SetTargets,
        {"first_reaction": 15, "closing": None},
        Settings.TargetsSet,
        {"first_reaction": 15, "closing": None},
    ),
    (
        SetTexts,
        {"texts": {"greeting": " Hello! ", "blocked": ""}},
        Settings.TextsSet,
        {"texts": {"greeting": "Hello!"}},
    ),
    (
        ScheduleReport,
        {"every": "week", "clock": "08:30"},
        Settings.ReportScheduled,
        {"every": "week", "clock": "08:30"},
    ),
    (
        SetPresencePolicy,
        {"mode": "activity", "silence": 10, "answer": 30},
        Settings.PresencePolicySet,
        {"mode": "activity", "silence": 10, "answer": 30},
    ),
    (
        SetRoutingPolicy,
        {"rule": Routing.AUTOMATIC},
        Settings.RoutingPolicySet,
        {"rule": "automatic"},
    ),
    (
        SetReopening,
        {"within": 60, "by_reply": False},
        Settings.ReopeningSet,
        {"within": 60, "by_reply": False},
    ),
    (SetSigning, {"allowed": True}, Settings.SigningSet, {"allowed": True}),
]
NAMED = [case[0].__name__ for case in CHANGES]


@pytest.mark.proves("S1-10")
async def test_the_first_rule_begins_the_settings(story: Story) -> None:
    story.given(FOUNDED)
    story.when(SetHours, zone="Europe/Moscow", week=WEEK)
    await story.then(BEGUN, OFFICE)


@pytest.mark.proves("S1-11")
@pytest.mark.parametrize(("command", "told", "event", "facts"), CHANGES, ids=NAMED)
async def test_a_rule_is_set(
    story: Story,
    command: type[Command],
    told: dict[str, Any],
    event: type[Aggregate.Event],
    facts: dict[str, Any],
) -> None:
    story.given(FOUNDED, BEGUN)
    story.when(command, **told)
    await story.then(Fact(event, **facts))


@pytest.mark.parametrize(("command", "told", "event", "facts"), CHANGES, ids=NAMED)
async def test_the_same_rule_again_is_no_news(
    story: Story,
    command: type[Command],
    told: dict[str, Any],
    event: type[Aggregate.Event],
    facts: dict[str, Any],
) -> None:
    story.given(FOUNDED, BEGUN, Fact(event, **facts))
    story.when(command, **told)
    await story.then()


async def test_a_text_of_ones_own_is_taken_back_by_an_empty_one(story: Story) -> None:
    there = Fact(Settings.TextsSet, texts={"greeting": "Hello!", "blocked": "No."})
    story.given(FOUNDED, BEGUN, there)
    story.when(SetTexts, texts={"greeting": ""})
    await story.then(Fact(Settings.TextsSet, texts={"blocked": "No."}))


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (SetTargets, {"first_reaction": 0, "closing": None}),
        (SetTargets, {"first_reaction": None, "closing": -5}),
        (SetTargets, {"first_reaction": 10**9, "closing": None}),
        (SetTexts, {"texts": {"greeting": "x" * 1001}}),
        (SetTexts, {"texts": {"weather": "fine"}}),
        (ScheduleReport, {"every": "hour", "clock": "08:00"}),
        (ScheduleReport, {"every": "day", "clock": "25:00"}),
        (SetPresencePolicy, {"mode": "magic", "silence": 1, "answer": 1}),
        (SetPresencePolicy, {"mode": "manual", "silence": 0, "answer": 1}),
        (SetReopening, {"within": -1, "by_reply": True}),
    ],
)
async def test_what_cannot_be_a_rule_is_refused(
    story: Story, command: type[Command], told: dict[str, Any]
) -> None:
    story.given(FOUNDED)
    story.when(command, **told)
    await story.then_refused(BadSetting)


@pytest.mark.parametrize(
    ("zone", "week"),
    [
        ("Europe/Moskva", WEEK),
        ("../etc/passwd", WEEK),
        ("", WEEK),
        ("Europe/Moscow", WEEK[:5]),
        ("Europe/Moscow", (("9:00-18:00",),) * 7),
        ("Europe/Moscow", (("09:00-09:00",),) * 7),
        ("Europe/Moscow", (("09:00-25:00",),) * 7),
        ("Europe/Moscow", (("09:00-24:30",),) * 7),
    ],
)
async def test_what_cannot_be_hours_is_refused(story: Story, zone: str, week: Any) -> None:
    story.given(FOUNDED)
    story.when(SetHours, zone=zone, week=week)
    await story.then_refused(BadHours)
