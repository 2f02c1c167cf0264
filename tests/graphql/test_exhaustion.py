"""Exhausted pools: whoever asks meanwhile gets a clear answer in time, and then all is well."""

import os
import signal
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event

import httpx
import psycopg
import pytest

from tests.graphql.company import ANNA, CAROL, OPENED, Company, Service

CALLERS, HELD = 40, 2.0  # seconds
LONGEST = 3.0


@contextmanager
def every_connection_held(service: Service) -> Iterator[None]:
    """Whoever asks the log, a read model or for a key waits, and keeps their connection."""
    with psycopg.connect(service.town.dsn) as owner:
        owner.execute(
            "LOCK TABLE ledger.event_log, ledger.log_head, ledger.serving, ledger.bookmark,"
            " ledger.api_key, ledger.command_log IN ACCESS EXCLUSIVE MODE"
        )
        yield
        owner.rollback()


@pytest.mark.proves("P30")
def test_while_every_connection_is_held_each_request_ends_in_3_seconds(acme: Company) -> None:
    queue = {"query": "{ queue { nodes { number } position } workspace { name } }"}
    asked = [
        (acme.admin_key, None, lambda: queue),
        (acme.manager_key, ANNA, lambda: queue),
        ("0" * 16 + "." + "a" * 43, None, lambda: queue),  # a key that must be looked up
        (acme.admin_key, None, lambda: {"query": "{ events { nodes { kind } } }"}),
        (
            acme.client_key,
            CAROL,
            lambda: {"query": OPENED, "variables": {"id": acme.new(), "p": {"name": "Carol"}}},
        ),
    ]
    over, taken = Event(), []

    def call(n: int) -> list[httpx.Response]:
        key, telegram, body = asked[n % len(asked)]
        answers: list[httpx.Response] = []
        while not over.is_set():
            started = time.monotonic()
            answers.append(acme.service.post(key, body(), telegram))
            taken.append(time.monotonic() - started)
        return answers

    with ThreadPoolExecutor(CALLERS) as callers, every_connection_held(acme.service):
        calling = [callers.submit(call, n) for n in range(CALLERS)]
        over.wait(HELD)
        over.set()
        answers = [answer for each in calling for answer in each.result()]
    told = Counter(answer.status_code for answer in answers)
    assert set(told) == {503}, told
    assert len(answers) >= CALLERS
    assert {answer.headers["retry-after"] for answer in answers} == {"1"}
    codes = {answer.json()["errors"][0]["extensions"]["code"] for answer in answers}
    assert codes <= {"Unavailable", "OutcomeUnknown"}
    assert max(taken) <= LONGEST
    ended = time.monotonic()
    while acme.service.post(acme.admin_key, queue).status_code != 200:
        assert time.monotonic() - ended < 2
    assert acme.opens()["number"] >= 1


@contextmanager
def every_session_frozen(service: Service) -> Iterator[None]:
    """The sessions of the service do not react to anything, not even to a cancellation."""
    with psycopg.connect(service.town.dsn, autocommit=True) as owner:
        found = owner.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        ).fetchall()
    sessions = [int(pid) for (pid,) in found]
    try:
        for pid in sessions:
            os.kill(pid, signal.SIGSTOP)
        yield
    finally:
        for pid in sessions:
            os.kill(pid, signal.SIGCONT)


@pytest.mark.proves("P30")
@pytest.mark.skipif("LEDGERDESK_TEST_DATABASE_URL" in os.environ, reason="the server is elsewhere")
def test_a_server_that_does_not_react_does_not_keep_callers_waiting(acme: Company) -> None:
    def call(_: int) -> tuple[int, float]:
        started = time.monotonic()
        status = acme.service.post(acme.admin_key, {"query": "{ workspace { name } }"}).status_code
        return status, time.monotonic() - started

    with ThreadPoolExecutor(10) as callers, every_session_frozen(acme.service):
        answers = list(callers.map(call, range(10)))
    assert {status for status, _ in answers} <= {200, 503}
    assert 503 in {status for status, _ in answers}
    assert max(taken for _, taken in answers) <= LONGEST
    assert call(0)[0] == 200
