"""Errors that nobody expected: the caller gets a number, the log the place, nobody the text."""

from pathlib import Path

import pytest
from graphql import GraphQLError
from psycopg.errors import SyntaxError, UndefinedColumn, UndefinedTable  # noqa: A004 - Postgres's
from structlog.testing import capture_logs

from application.desk import Busy, NotFound, OutcomeUnknown
from infrastructure.api import is_outage
from interfaces.graphql.masking import Masking

SECRET = "password=hunter2"
masking = Masking(lambda error: isinstance(error, ConnectionError), lambda: "abc123")


def fail() -> None:
    raise RuntimeError(SECRET)


def broken() -> GraphQLError:
    with pytest.raises(RuntimeError) as raised:
        fail()
    return GraphQLError(SECRET, path=["tickets"], original_error=raised.value)


def test_a_bug_is_told_as_an_incident_and_logged_once_without_its_text() -> None:
    with capture_logs() as logs:
        told = masking(broken()).formatted
    assert told["message"] == "internal error"
    assert told["extensions"] == {"code": "InternalError", "incident": "abc123"}
    assert [entry["incident"] for entry in logs] == ["abc123"]
    assert logs[0]["error"] == "RuntimeError"
    assert Path(__file__).name in logs[0]["at"]
    assert SECRET not in str(told)
    assert SECRET not in str({**logs[0], "at": ""})


@pytest.mark.parametrize(
    ("cause", "code"),
    [
        (NotFound(), "NotFound"),
        (Busy("pool of 10 exhausted"), "Unavailable"),
        (OutcomeUnknown("connection lost"), "OutcomeUnknown"),
        (ConnectionError("10.0.0.7"), "Unavailable"),
        (TimeoutError(), "Unavailable"),
    ],
)
def test_what_is_expected_has_a_code_and_words_for_people(cause: Exception, code: str) -> None:
    told = masking(GraphQLError("raw", path=["x"], original_error=cause)).formatted
    assert told["extensions"] == {"code": code}
    assert told["message"] not in {"", "raw", str(cause)} or isinstance(cause, NotFound)


def test_a_long_message_about_the_request_is_cut() -> None:
    assert len(masking(GraphQLError("x" * 10_000)).message) == 500


def test_between_a_release_and_the_rebuild_of_a_read_model_callers_wait() -> None:
    with capture_logs() as logs:
        assert is_outage(UndefinedColumn("column p.presence does not exist"))
        assert is_outage(UndefinedTable("relation read.message_places does not exist"))
    assert [entry["log_level"] for entry in logs] == ["error", "error"]
    assert not is_outage(SyntaxError("at or near"))
