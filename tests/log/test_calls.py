"""Saves that touch each other in one call: decided as if each had come alone, in their order."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID, uuid4

import psycopg
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.log.calls import Model, Session, Told, append
from tests.mutants import EARLY_ROWS, NO_FINGERPRINT, Change, broken_database
from tests.noticing import noticed
from tests.postgres_fixture import Databases

STREAMS = [UUID(int=n) for n in range(1, 7)]
USUALLY_RIGHT = st.sampled_from([0, 0, 0, 0, 0, 1, -1])


@contextmanager
def session(dsn: str) -> Iterator[Session]:
    options = "-c role=ledgerdesk_desk"
    with psycopg.connect(dsn, autocommit=True, options=options) as opened:
        yield opened


@st.composite
def saves(draw: st.DrawFn, model: Model, workspaces: list[UUID]) -> Told:
    """A save that mostly fits what came before it, drawn so that every kind of clash happens."""
    workspace = draw(st.sampled_from(workspaces))
    written = draw(st.lists(st.sampled_from(STREAMS), max_size=2, unique=True))
    relied_on = draw(st.lists(st.sampled_from(STREAMS), max_size=1))
    events: list[tuple[UUID, int]] = []
    for stream in written:
        first = model.version(workspace, stream) + 1 + draw(USUALLY_RIGHT)
        count = draw(st.integers(1, 2))
        events += [(stream, max(1, first) + n) for n in range(count)]
        if draw(st.integers(0, 11)) == 0:  # a gap, which a repeated version may hide
            events += [(stream, max(1, first) + count + 1)] * draw(st.integers(1, 2))
    number = model.numbers.get(workspace, 0) + 1 + draw(USUALLY_RIGHT)
    return Told(
        workspace=workspace,
        command=draw(st.sampled_from("abcdefghijklmnopqrst")),
        fingerprint=draw(st.sampled_from([b"same", b"same", b"same", b"other"])),
        outcome=draw(st.sampled_from(['{"n": 1}', '{"n": 2}'])),
        number=draw(st.sampled_from([None, max(1, number)])),
        events=events,
        seen=[
            (stream, max(0, model.version(workspace, stream) + draw(USUALLY_RIGHT)))
            for stream in relied_on
            if stream not in written
        ],
    )


def calls_are_answered_as_if_alone(opened: Session, examples: int, *phases: Phase) -> None:
    @settings(
        max_examples=examples,
        phases=phases,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def check(data: st.DataObject) -> None:
        row = opened.execute("SELECT last_id FROM ledger.log_head").fetchone()
        assert row is not None
        start: int = row[0]
        workspaces = [uuid4(), uuid4()]
        model = Model(start)
        for _ in range(data.draw(st.integers(1, 3))):
            call: list[Told] = []
            expected: list[object] = []
            for _ in range(data.draw(st.integers(1, 6))):
                call.append(data.draw(saves(model, workspaces)))
                expected.append(model.decide(call[-1]))
            assert append(opened, call) == expected
        stored = opened.execute(
            "SELECT notification_id, workspace_id, originator_id, originator_version, command_id"
            " FROM ledger.event_log WHERE notification_id > %s ORDER BY 1",
            [start],
        )
        assert stored.fetchall() == model.log

    check()


def test_saves_of_one_call_are_answered_as_if_each_had_come_alone(database: str) -> None:
    with session(database) as opened:
        calls_are_answered_as_if_alone(opened, 120, Phase.generate, Phase.shrink)


MUTANTS: dict[str, list[Change]] = {
    "clashes inside a call are not looked for": [("THEN hi := 1; END IF;", "THEN NULL; END IF;")],
    "versions are not checked": [("st[k.no] := 'conflict';", "NULL;")],
    "what a save relied on is not checked": [("WHERE k.no BETWEEN lo AND hi)", "WHERE false)")],
    "fingerprints are not compared": [NO_FINGERPRINT],
    "numbers may stand in any order": [("AND k.dense", "")],
    "the counter takes any number": [("AND t.last_number = k.a - 1", "")],
    "a position of an undone save is told": [("la[lo] := NULL;", "")],
    "rows are returned before the last word": EARLY_ROWS,
    "positions are moved by what was undone": [
        ("      head.last_id := pos;\n", ""),
        ("    lo := hi + 1; hi := lo;\n", "    lo := hi + 1; hi := lo; head.last_id := pos;\n"),
    ],
}


@pytest.mark.parametrize("changes", MUTANTS.values(), ids=MUTANTS.keys())
def test_a_function_that_answers_otherwise_is_noticed(
    changes: list[Change], databases: Databases
) -> None:
    with (
        broken_database(databases, *changes) as dsn,
        session(dsn) as opened,
        noticed(psycopg.Error),
    ):
        calls_are_answered_as_if_alone(opened, 400, Phase.generate)


def test_only_read_committed_sees_what_was_written_before_the_lock(database: str) -> None:
    with session(database) as opened:
        opened.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        with opened.transaction(), pytest.raises(psycopg.DatabaseError) as refused:
            append(opened, [Told(uuid4(), "a")])
        assert refused.value.sqlstate == "LD001"
