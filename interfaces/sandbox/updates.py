"""Updates: one queue per bot, kept for a day, confirmed by offset or by a webhook's 2xx."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from interfaces.sandbox.counting import Sequence
from interfaces.sandbox.wire import ApiError, Json, conflict

KEPT_SECONDS: Final = 24 * 3600
CALLBACK_SECONDS: Final = 150
OPT_IN: Final = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(slots=True, eq=False)
class Update:
    """One update; updates of one lane are delivered one after another."""

    id: int
    kind: str
    body: Json
    lane: str
    at: float

    def as_json(self) -> Json:
        """The `Update` of the Bot API."""
        return {"update_id": self.id, self.kind: self.body}

    def is_stale(self, now: float) -> bool:
        """Nobody fetched it in time."""
        kept = CALLBACK_SECONDS if self.kind == "callback_query" else KEPT_SECONDS
        return now - self.at > kept


@dataclass(slots=True, eq=False)
class UpdateQueue:
    """What a bot has not confirmed yet, and who waits for it."""

    clock: Callable[[], float]
    numbers: Sequence
    allowed: list[str] = field(default_factory=list[str])
    pending: deque[Update] = field(default_factory=deque[Update])
    held: Update | None = None
    waiter: "asyncio.Future[None] | None" = None
    listener: Callable[[Update], None] | None = None
    """Takes every new update: the webhook, when one is set."""

    def wants(self, kind: str) -> bool:
        """Whether this kind of update is delivered at all."""
        return kind in self.allowed if self.allowed else kind not in OPT_IN

    def put(self, kind: str, body: Json, lane: str, *, times: int = 1, hold: bool = False) -> None:
        """Queue an update, perhaps twice, perhaps only after the next one (faults)."""
        update = Update(0, kind, body, lane, self.clock())
        if hold and self.held is None:
            self.held = update
            return
        self._append(update)
        for _ in range(times - 1):
            self._append(update, again=True)
        self.release()

    def release(self) -> None:
        """Let an update go that was held back to come out of order."""
        held, self.held = self.held, None
        if held is not None:
            self._append(held)

    def _append(self, update: Update, *, again: bool = False) -> None:
        if not again:
            update.id = self.numbers.following()
        self.pending.append(update)
        if self.listener is not None:
            self.listener(update)
        self.wake()

    def wake(self) -> None:
        """Answer the long poll that waits, if any."""
        if self.waiter is not None and not self.waiter.done():
            self.waiter.set_result(None)

    def expel(self) -> None:
        """End the long poll of a bot whose token is no longer valid."""
        if self.waiter is not None and not self.waiter.done():
            self.waiter.set_exception(ApiError(401, "Unauthorized"))

    def confirm_before(self, offset: int) -> None:
        """Forget what the bot has confirmed; a negative offset keeps only the newest."""
        if offset < 0:
            while len(self.pending) > -offset:
                self.pending.popleft()
            return
        while self.pending and self.pending[0].id < offset:
            self.pending.popleft()

    def confirm(self, update: Update) -> None:
        """Forget one update, delivered by webhook."""
        if self.pending and self.pending[0] is update:
            self.pending.popleft()
        elif update in self.pending:
            self.pending.remove(update)

    def batch(self, limit: int) -> list[Json]:
        """The oldest updates, as JSON."""
        now = self.clock()
        while self.pending and self.pending[0].is_stale(now):
            self.pending.popleft()
        found: list[Json] = []
        for update in self.pending:
            if len(found) >= limit:
                break
            if not update.is_stale(now):
                found.append(update.as_json())
        return found

    async def poll(self, offset: int, limit: int, seconds: float) -> list[Json]:
        """Long poll; a newer poll of the same bot ends an older one with 409."""
        if self.waiter is not None and not self.waiter.done():
            self.waiter.set_exception(
                conflict(
                    "terminated by other getUpdates request; "
                    "make sure that only one bot instance is running"
                )
            )
        self.confirm_before(offset)
        found = self.batch(limit)
        if found or seconds <= 0:
            return found
        waiter = self.waiter = asyncio.get_running_loop().create_future()
        try:
            await asyncio.wait_for(waiter, seconds)
        except TimeoutError:
            return []
        finally:
            if self.waiter is waiter:
                self.waiter = None
        return self.batch(limit)
