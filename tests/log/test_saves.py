"""Single saves among good ones: each gets its own answer and touches nobody else's."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID, uuid4

import psycopg
import pytest

from application.ports import Conflict, IdReused, Save, Stored
from infrastructure.group_commit import GroupCommit
from tests.ledger import held_up
from tests.log.saves import ask, notes, writing
from tests.mutants import EARLY_ROWS, NO_FINGERPRINT, NO_REFUSALS, broken_class, broken_database
from tests.noticing import noticed
from tests.postgres_fixture import Databases

Told = Stored | BaseException


async def in_one_call(dsn: str, group: GroupCommit, saves: Sequence[Save]) -> list[Told]:
    """The answers to saves that all wait while the log is held up, and then leave together."""
    async with held_up(dsn):
        first = asyncio.create_task(group.append(notes(uuid4(), "first", uuid4(), 1)))
        await asyncio.sleep(0.02)
        calls = [asyncio.create_task(group.append(save)) for save in saves]
        await asyncio.sleep(0)
        before = group.figures.calls
    told = await asyncio.gather(first, *calls, return_exceptions=True)
    assert group.figures.calls <= before + 2 + len(saves)
    return told[1:]


def good(workspace_id: UUID, count: int) -> list[Save]:
    return [notes(workspace_id, f"good:{n}", uuid4(), 1) for n in range(count)]


async def stored(dsn: str, workspace_id: UUID) -> set[str]:
    """The command ids that are remembered, each with exactly one event."""
    rows = await ask(
        dsn,
        "SELECT c.command_id, count(e) FROM ledger.command_log c"
        " LEFT JOIN ledger.event_log e USING (workspace_id, command_id)"
        " WHERE c.workspace_id = %s GROUP BY 1",
        workspace_id,
    )
    assert {count for _, count in rows} <= {1}
    return {command_id for command_id, _ in rows}


async def a_reused_id_is_refused_alone(dsn: str) -> None:
    acme = uuid4()
    async with writing(dsn) as group:
        await group.append(notes(acme, "used", uuid4(), 1))
        saves = good(acme, 199)
        saves.insert(100, notes(acme, "used", uuid4(), 1, fingerprint=b"another order"))
        told = await in_one_call(dsn, group, saves)
    assert isinstance(told.pop(100), IdReused)
    assert all(isinstance(one, Stored) and not one.replayed for one in told)
    assert await stored(dsn, acme) == {"used", *(f"good:{n}" for n in range(199))}


async def test_a_reused_id_is_refused_alone_among_199_good_saves(database: str) -> None:
    await a_reused_id_is_refused_alone(database)


async def test_a_log_that_does_not_compare_fingerprints_is_noticed(databases: Databases) -> None:
    with broken_database(databases, NO_FINGERPRINT) as dsn, noticed():
        await a_reused_id_is_refused_alone(dsn)


async def a_remembered_refusal_stays(dsn: str) -> None:
    acme, stream = uuid4(), uuid4()
    refused = Save(acme, "refused", b"claim", '{"refused": "TicketIsClosed"}', "test")
    async with writing(dsn) as group:
        first = await group.append(refused)
        await group.append(notes(acme, "meanwhile", stream, 1))
        head = await ask(dsn, "SELECT last_id FROM ledger.log_head")
        decided_anew = notes(acme, "refused", stream, 2, fingerprint=b"claim")
        again = await group.append(decided_anew)
    assert first == Stored('{"refused": "TicketIsClosed"}', None, replayed=False)
    assert again == first._replace(replayed=True)
    assert await ask(dsn, "SELECT last_id FROM ledger.log_head") == head


async def test_a_refusal_is_answered_again_after_the_state_has_changed(database: str) -> None:
    await a_remembered_refusal_stays(database)


async def test_a_log_that_remembers_only_what_happened_is_noticed(databases: Databases) -> None:
    with broken_database(databases, NO_REFUSALS) as dsn, noticed():
        await a_remembered_refusal_stays(dsn)


MALFORMED = {
    "an outcome that is no JSON": {"outcome": "no JSON"},
    "a NUL in a text": {"actor": "per\0son"},
    "half a character": {"actor": "person:\ud83d"},
    "half a character in the command id": {"command_id": "tg:\udc00"},
    "no command id": {"command_id": ""},
    "a command id that is too long": {"command_id": "x" * 201},
    "a cause beyond all positions": {"cause": 2**70},
}


async def malformed_saves_fail_alone(
    dsn: str, writer: type[GroupCommit], malformed: Sequence[dict[str, object]]
) -> None:
    acme = uuid4()
    async with writing(dsn, writer) as group:
        bad = [
            replace(notes(acme, f"bad:{n}", uuid4(), 1), **told)  # type: ignore[arg-type]
            for n, told in enumerate(malformed)
        ]
        saves = good(acme, 50)
        told = await in_one_call(dsn, group, [*bad, *saves])
        async with asyncio.timeout(5):
            await group.append(notes(acme, "afterwards", uuid4(), 1))
    assert all(isinstance(one, Exception) for one in told[: len(bad)])
    assert [one for one in told[len(bad) :] if not isinstance(one, Stored)] == []
    assert await stored(dsn, acme) == {"afterwards", *(f"good:{n}" for n in range(50))}


@pytest.mark.parametrize("malformed", MALFORMED.values(), ids=MALFORMED.keys())
async def test_a_malformed_save_fails_alone(database: str, malformed: dict[str, object]) -> None:
    await malformed_saves_fail_alone(database, GroupCommit, [malformed])


async def test_many_malformed_saves_fail_alone(database: str) -> None:
    await malformed_saves_fail_alone(database, GroupCommit, list(MALFORMED.values()))


async def test_a_writer_that_fails_the_whole_call_is_noticed(database: str) -> None:
    together = ("if len(batch) == 1:", "if batch:")
    with noticed():
        await malformed_saves_fail_alone(
            database, broken_class(GroupCommit, together), [MALFORMED["a NUL in a text"]]
        )


async def told_is_stored(dsn: str) -> None:
    """Sixteen callers send calls whose last save takes a number that is taken."""
    acme = uuid4()
    async with writing(dsn) as group:
        for n in range(10):
            saves = good(uuid4(), 16)
            last = replace(notes(acme, f"late:{n}", uuid4(), 1), number=n + 2)
            told = await in_one_call(dsn, group, [*saves, last])
            assert isinstance(told.pop(), Conflict)
            positions = [one.position for one in told if isinstance(one, Stored)]
            assert len(positions) == 16
            rows = await ask(
                dsn,
                "SELECT notification_id FROM ledger.event_log WHERE workspace_id = %s ORDER BY 1",
                saves[0].workspace_id,
            )
            assert [row[0] for row in rows] == positions
            number = replace(notes(acme, f"number:{n}", uuid4(), 1), number=n + 1)
            assert isinstance(await group.append(number), Stored)
    assert await ask(dsn, "SELECT count(*) = max(notification_id) FROM ledger.event_log") == [
        (True,)
    ]


async def test_what_is_told_is_stored_when_the_last_save_of_a_call_fails(database: str) -> None:
    await told_is_stored(database)


@pytest.mark.parametrize(
    "changes",
    [
        EARLY_ROWS,
        [
            ("      -- Ticket numbers", "      head.last_id := head.last_id + hi - lo;\n      --"),
        ],
    ],
    ids=["rows are returned before the last word", "the head is moved by what was undone"],
)
async def test_a_function_that_tells_what_was_undone_is_noticed(
    changes: list[tuple[str, str]], databases: Databases
) -> None:
    with broken_database(databases, *changes) as dsn, noticed(psycopg.Error, ValueError):
        await told_is_stored(dsn)
