"""Webhooks: updates pushed by HTTP, in order within a lane, again and again until 2xx."""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Final

import aiohttp
import orjson

from interfaces.sandbox.updates import Update, UpdateQueue
from interfaces.sandbox.wire import Json, as_object, dumps

REQUEST_SECONDS: Final = 60.0
FIRST_PAUSE: Final = 0.5
LONGEST_PAUSE: Final = 60.0
LONGEST_RETRY_AFTER: Final = 3600.0

CallMethod = Callable[[str, Json], Awaitable[object]]


@dataclass(slots=True, eq=False)
class Webhook:
    """The sender of one bot: a task per lane that has something to deliver."""

    url: str
    queue: UpdateQueue
    call_method: CallMethod
    secret: str = ""
    max_connections: int = 40
    ip_address: str | None = None
    pace: float = 1.0
    last_error: tuple[int, str] | None = None
    lanes: dict[str, deque[Update]] = field(default_factory=dict[str, deque[Update]])
    tasks: "dict[str, asyncio.Task[None]]" = field(default_factory=dict[str, "asyncio.Task[None]"])
    slots: asyncio.Semaphore = field(default_factory=asyncio.Semaphore)
    session: aiohttp.ClientSession | None = None

    def start(self) -> None:
        """Begin with everything that is pending."""
        self.slots = asyncio.Semaphore(self.max_connections)
        for update in list(self.queue.pending):
            self.take(update)
        self.queue.listener = self.take

    def halt(self) -> "list[asyncio.Task[None]]":
        """Send no more; `stop` has still to follow. What was not delivered stays in the queue."""
        self.queue.listener = None
        tasks = list(self.tasks.values())
        for task in tasks:
            task.cancel()
        return tasks

    async def stop(self) -> None:
        """Send no more, and leave nothing open."""
        tasks = self.halt()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self.session is not None:
            await self.session.close()

    def take(self, update: Update) -> None:
        """Put an update into its lane."""
        self.lanes.setdefault(update.lane, deque()).append(update)
        if update.lane not in self.tasks:
            self.tasks[update.lane] = asyncio.create_task(self._drive(update.lane))

    async def _drive(self, lane: str) -> None:
        try:
            waiting = self.lanes[lane]
            while waiting:
                update = waiting[0]
                if not update.is_stale(self.queue.clock()):
                    await self._deliver(update)
                waiting.popleft()
                self.queue.confirm(update)
        finally:
            del self.tasks[lane]
            self.lanes.pop(lane, None)

    async def _deliver(self, update: Update) -> None:
        pause = FIRST_PAUSE
        while True:
            async with self.slots:
                wanted = await self._send(update)
            if wanted is None:
                return
            await asyncio.sleep(max(wanted, pause) / self.pace)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _send(self, update: Update) -> float | None:
        """Nothing when it was taken, else the pause that the receiver asks for."""
        if self.session is None:
            self.session = aiohttp.ClientSession()
        headers = {"Content-Type": "application/json"}
        if self.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self.secret
        try:
            async with self.session.post(
                self.url,
                data=dumps(update.as_json()),
                headers=headers,
                timeout=aiohttp.ClientTimeout(REQUEST_SECONDS),
            ) as response:
                body = await response.read()
                if 200 <= response.status < 300:
                    await self._answer(body)
                    return None
                self._failed(f"Wrong response from the webhook: {response.status}")
                return _asked_pause(response.headers.get("Retry-After", ""))
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            self._failed(f"Connection failed: {type(error).__name__}")
            return 0.0

    async def _answer(self, body: bytes) -> None:
        """A 2xx may carry a method to call."""
        try:
            asked = as_object(orjson.loads(body)) if body[:1] == b"{" else None
        except orjson.JSONDecodeError:
            return
        if asked and isinstance(asked.get("method"), str):
            await self.call_method(asked.pop("method"), asked)

    def _failed(self, why: str) -> None:
        self.last_error = (int(time.time()), why)

    def as_json(self) -> Json:
        """The answer of getWebhookInfo."""
        body: Json = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self.queue.pending),
            "max_connections": self.max_connections,
        }
        if self.ip_address:
            body["ip_address"] = self.ip_address
        if self.queue.allowed:
            body["allowed_updates"] = self.queue.allowed
        if self.last_error is not None:
            body["last_error_date"], body["last_error_message"] = self.last_error
        return body


def _asked_pause(retry_after: str) -> float:
    if retry_after.isascii() and retry_after.isdigit():
        return min(float(retry_after), LONGEST_RETRY_AFTER)
    return 0.0
