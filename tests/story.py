"""Stories: given facts, when a command, then facts, a refusal or an answer; at the real desk.

Each story plays in a workspace of its own, in the shared database of the run. Every command is
also delivered a second time, to a desk that remembers nothing, and must be answered the same.
"""

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

import pytest
import pytest_asyncio

from application.desk import Command, Desk, Done, Refused
from domain.aggregate import Aggregate
from domain.events import encode
from infrastructure.event_log import PostgresLog
from infrastructure.postgres import Pool
from tests.facts import Fact, names_in, placed
from tests.ledger import events_of, opened, order, record, recorded


class Story:
    """One command in the life of one company."""

    def __init__(self, log: PostgresLog, connections: Pool) -> None:
        self.workspace_id = uuid4()
        self._log = log
        self._pool = connections
        self._facts: list[Fact] = []
        self._command: Command | None = None
        self._known = 0
        self._done: Done | None = None

    def given(self, *facts: Fact) -> None:
        """What had happened before, in this order."""
        self._facts += facts

    def when(self, command: type[Command], **told: Any) -> None:
        """Who is told to do what."""
        self._command = order(command, self.workspace_id, **told)

    async def then(self, *facts: Fact) -> None:
        """Exactly these facts follow, in this order."""
        await self._carry_out()
        expected = events_of(self.workspace_id, [*self._facts, *facts])[len(self._facts) :]
        news = await recorded(self._pool, self.workspace_id, after=self._known)
        assert [_told(event) for event in news] == [_told(event) for event in expected]

    async def then_answered(self, **answer: Any) -> None:
        """The command is answered with at least this."""
        done = await self._carry_out()
        named = placed(answer, names_in(self.workspace_id))
        expected = {
            name: str(value) if isinstance(value, UUID) else value for name, value in named.items()
        }
        assert {name: done.answer[name] for name in expected} == expected

    async def then_refused(self, why: type[Refused]) -> None:
        """The command is refused, for this reason in its own words, and nothing follows."""
        self._known = await record(self._log, self.workspace_id, self._facts)
        for desk in (Desk(self._log), Desk(self._log)):
            with pytest.raises(Refused) as refused:
                await desk.execute(self._order)
            assert (refused.type, str(refused.value)) == (why, why.__doc__)
        assert await recorded(self._pool, self.workspace_id, after=self._known) == []

    @property
    def _order(self) -> Command:
        assert self._command is not None, "nobody was told anything"
        return self._command

    async def _carry_out(self) -> Done:
        if self._done is None:
            self._known = await record(self._log, self.workspace_id, self._facts)
            self._done = await Desk(self._log).execute(self._order)
            again = await Desk(self._log).execute(self._order)
            assert again == self._done._replace(replayed=True)
        return self._done


def _told(event: Aggregate.Event) -> tuple[str, UUID, int, str]:
    return (
        type(event).__qualname__,
        event.originator_id,
        event.originator_version,
        encode(event).decode(),
    )


@pytest_asyncio.fixture
async def story(shared_database: str) -> AsyncIterator[Story]:
    """A story that begins in an empty workspace."""
    async with opened(shared_database) as (log, connections):
        yield Story(log, connections)
