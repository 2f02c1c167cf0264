"""Runs a policy over the log: what follows is done, and then the bookmark moves.

Commands go to the desk under ids made from the event's position; letters and timers are written in
the transaction of the bookmark. So a repetition after a crash changes nothing, and events from
which nothing follows need no bookmark of their own. A policy that fails
does not skip: it stays where it is, tries again, and shows it in `failure`.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

import structlog

from application.desk import Command, Desk, Refused, SomebodyWasQuicker
from application.policy import Policy, Timer
from application.ports import Letter
from domain.events import Recorded
from infrastructure.event_log import PostgresPast
from infrastructure.outbox import enqueue
from infrastructure.postgres import Connection, Pool, checkout
from infrastructure.timers import set_timers
from interfaces.telegram.letters import worded
from projections.feed import Feed, stop_if_cancelled
from projections.log import Entry

log = structlog.get_logger(__name__)

ENROL = """INSERT INTO ledger.policy (name, position)
 SELECT name, (SELECT coalesce(max(position), 0) FROM ledger.policy)
 FROM unnest(%s::text[]) AS n (name) ON CONFLICT DO NOTHING"""
WHERE = "SELECT position FROM ledger.policy WHERE name = %s"
MOVE = "UPDATE ledger.policy SET position = %s WHERE name = %s AND position = %s"

UNMARKED = 500  # events without consequences that a crash may let a policy look at again
QUIET = 1.0  # seconds


class LostTurn(Exception):
    """Another process has moved this policy's bookmark."""


async def enrol(pool: Pool, policies: Sequence[Policy]) -> None:
    """Give policies their bookmarks, all at once before any of them runs.

    One that comes with a new release begins where the others are: it does not act on the past.
    """
    async with checkout(pool) as connection:
        await connection.execute(ENROL, ([policy.name for policy in policies],))


class PolicyRunner:
    """One policy in one process; a second process that runs it does no harm and no work."""

    def __init__(
        self, policy: Policy, feed: Feed, pool: Pool, past: PostgresPast, desk: Desk
    ) -> None:
        self.policy = policy
        self.position = 0
        self._marked = 0
        self.failure: str | None = None
        self._feed = feed
        self._pool = pool
        self._past = past
        self._desk = desk

    async def run(self) -> None:
        """React to everything that is recorded, for ever."""
        pause = 0.1
        while True:
            try:
                await self.resume()
                while True:
                    stop_if_cancelled()
                    beat = self._feed.beat
                    if not await self.step():
                        await self._rest(beat)
                    pause, self.failure = 0.1, None
            except LostTurn:
                await asyncio.sleep(1.0)
            except (
                Exception
            ) as error:  # a policy never skips and never dies: it is seen and retried
                self.failure = repr(error)
                log.exception("policy stopped", policy=self.policy.name, position=self.position)
                await asyncio.sleep(pause)
                pause = min(pause * 2, 10.0)

    async def step(self) -> bool:
        """React to one page; False when there is none."""
        page = await self._feed.after(self.position)
        if not page:
            return False
        kept: list[Letter | Timer] = []
        for entry in page:
            kept += await self._react(entry)
        await self._keep(kept, page[-1].position)
        return True

    async def resume(self) -> None:
        """Go to where the bookmark is."""
        self._past.forget()
        await enrol(self._pool, [self.policy])
        async with checkout(self._pool) as connection:
            row = await (await connection.execute(WHERE, (self.policy.name,))).fetchone()
        self.position = self._marked = row[0] if row else 0

    async def _rest(self, beat: int) -> None:
        """Wait for news; a bookmark that is behind is moved when it has been quiet for a while."""
        if self.position != self._marked:
            with suppress(TimeoutError):
                async with asyncio.timeout(QUIET):
                    await self._feed.news(beat)
                return
            async with checkout(self._pool) as connection:
                await self._mark(connection, self.position)
        await self._feed.news(beat)

    async def _react(self, entry: Entry) -> Sequence[Letter | Timer]:
        """Carry out the commands that follow, so that what follows next knows of them."""
        if not isinstance(entry, Recorded):
            log.error("policy passes what nobody can read", policy=self.policy.name, entry=entry)
            return ()
        self._past.move_to(entry)
        kept: list[Letter | Timer] = []
        for consequence in await self.policy.react(entry, self._past):
            if isinstance(consequence, Command):
                await self._execute(consequence)
            else:
                kept.append(consequence)
        return kept

    async def _keep(self, kept: Sequence[Letter | Timer], position: int) -> None:
        """Write letters and timers with the bookmark; the bookmark alone only now and then."""
        if not kept and position - self._marked < UNMARKED:
            self.position = position
            return
        letters = [worded(one) for one in kept if isinstance(one, Letter)]
        timers = [one for one in kept if isinstance(one, Timer)]
        async with checkout(self._pool) as connection, connection.transaction():
            await self._mark(connection, position)
            await enqueue(connection, letters)
            await set_timers(connection, timers)
        self.position = position

    async def _mark(self, connection: Connection, position: int) -> None:
        moved = await connection.execute(MOVE, (position, self.policy.name, self._marked))
        if moved.rowcount != 1:
            raise LostTurn
        self._marked = position

    async def _execute(self, command: Command) -> None:
        try:
            self._past.hear_of((await self._desk.execute(command)).position or 0)
        except SomebodyWasQuicker:
            raise  # not an answer: it is tried again with the page
        except Refused as refused:
            log.info("policy refused", command=type(command).__name__, why=str(refused))
