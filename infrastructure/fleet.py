"""The fleet: the bots that this gateway serves, joined and left while it runs.

Each bot is held by one gateway at a time, by an advisory lock that ends with the gateway's session.
Polling confirms updates only after they are on disk. A token that Telegram refuses takes its own
bot out of service and nobody else's.
"""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, Protocol

import psycopg
import structlog
from typing_extensions import override

from infrastructure.bell import Bell
from infrastructure.bots import BotAccount
from infrastructure.cancelling import cancel_all
from infrastructure.graves import DEAD_FOR, Graves
from infrastructure.inbox import Inbox, arrivals
from infrastructure.postgres import Connection, Role, Unavailable, connect
from infrastructure.telegram import UPDATES, NotSent, Reply, Telegram, Unanswered, updates_of

log = structlog.get_logger(__name__)

LOOK: Final = 1.0
LONGEST_PAUSE: Final = 30.0
TOO_MANY: Final = 429


class Accounts(Protocol):
    """Which bots are connected."""

    async def all(self) -> Sequence[BotAccount]:
        """Every connected bot."""
        ...

    async def mark_failed(self, bot_id: int, failure: str | None) -> None:
        """Note why a bot cannot work, or that it works."""
        ...


class Revoked(Exception):
    """Telegram no longer knows the token."""


class Fleet(Mapping[int, BotAccount]):
    """The bots served here, by id; `hooks` is the public address for webhooks, None: polling.

    A token that Telegram refuses is tried again after `dead_for` seconds, and at once when it or
    the account's failure is changed; `buried` hears of it.
    """

    def __init__(  # noqa: PLR0913 - what a gateway is made of
        self,
        dsn: str,
        accounts: Accounts,
        telegram: Telegram,
        inbox: Inbox,
        bell: Bell,
        hooks: str | None = None,
        dead_for: float = DEAD_FOR,
        buried: Callable[[BotAccount], None] = lambda _: None,
    ) -> None:
        self._dsn = dsn
        self._accounts = accounts
        self._telegram = telegram
        self._inbox = inbox
        self._hooks = hooks
        self._buried = buried
        self._serving: dict[int, BotAccount] = {}
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._graves = Graves(dead_for, asyncio.get_running_loop().time)
        self._changed = asyncio.Event()
        self._bell = bell
        bell.wake("bot", self._changed)

    @override
    def __getitem__(self, bot_id: int) -> BotAccount:
        return self._serving[bot_id]

    @override
    def __iter__(self) -> Iterator[int]:
        return iter(self._serving)

    @override
    def __len__(self) -> int:
        return len(self._serving)

    async def run(self, stop: asyncio.Event) -> None:
        """Serve whichever bots are connected, until told to stop."""
        while not stop.is_set():
            try:
                async with await connect(self._dsn, Role.GATEWAY, name="fleet") as connection:
                    await self._session(connection, stop)
            except (Unavailable, psycopg.OperationalError) as error:
                log.warning("fleet lost the database", error=str(error))
            finally:
                await self._leave(*self._serving)
            if not stop.is_set():
                await asyncio.sleep(0.5)

    async def _session(self, connection: Connection, stop: asyncio.Event) -> None:
        while not stop.is_set():
            self._changed.clear()
            await self._muster(connection)
            try:
                async with asyncio.timeout(LOOK):
                    await self._changed.wait()
            except TimeoutError:
                pass

    async def _muster(self, connection: Connection) -> None:
        wanted = {a.bot_id: a for a in await self._accounts.all() if not self._graves.hold(a)}
        for bot_id, account in list(self._serving.items()):
            there = wanted.get(bot_id)
            if there is None or there.token != account.token or self._tasks[bot_id].done():
                await self._leave(bot_id)
                await _unlock(connection, bot_id)
            else:
                self._serving[bot_id] = there
        joining = [a for a in wanted.values() if a.bot_id not in self._serving]
        for account, held in zip(joining, await _lock(connection, joining), strict=True):
            if held:
                self._join(account)
        if joining:
            self._bell.ring("inbox")
            self._bell.ring("outbox")

    def _join(self, account: BotAccount) -> None:
        log.info("bot joins", bot=account.username)
        self._serving[account.bot_id] = account
        serve = self._serve(account)
        self._tasks[account.bot_id] = asyncio.create_task(serve, name=f"bot {account.bot_id}")

    async def _leave(self, *bot_ids: int) -> None:
        tasks = [self._tasks.pop(bot_id) for bot_id in bot_ids]
        for bot_id in bot_ids:
            log.info("bot leaves", bot=self._serving.pop(bot_id).username)
        await cancel_all(tasks)

    async def _serve(self, account: BotAccount) -> None:
        """Get the bot's updates; ends only when its token does."""
        pause = 0.5
        offset = 0
        hooked = False
        while True:
            try:
                if not hooked:
                    await self._prepare(account)
                    hooked = True
                if self._hooks is not None:
                    await asyncio.Event().wait()
                offset = await self._poll(account, offset)
                pause = 0.5
            except Revoked as error:
                await self._bury(account, str(error))
                return
            except (NotSent, Unanswered, Unavailable, psycopg.Error) as error:
                log.warning("bot waits", bot=account.username, error=str(error))
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
            except Exception:  # a bot must not fall silent, whatever happened
                log.exception("bot waits", bot=account.username)
                await asyncio.sleep(LONGEST_PAUSE)

    async def _prepare(self, account: BotAccount) -> None:
        """Tell Telegram how the bot gets its updates; none of those that wait are dropped."""
        if self._hooks is None:
            reply = await self._telegram.call(account.token, "deleteWebhook", {})
        else:
            reply = await self._telegram.call(
                account.token,
                "setWebhook",
                {
                    "url": f"{self._hooks.rstrip('/')}/telegram/{account.hook_id}",
                    "secret_token": account.hook_secret,
                    "allowed_updates": UPDATES,
                    "max_connections": 40,
                },
            )
        await _must(reply)
        if account.failure is not None:
            await self._accounts.mark_failed(account.bot_id, None)

    async def _poll(self, account: BotAccount, offset: int) -> int:
        """One long poll; the offset that confirms what is on disk by now.

        After an empty poll everything is confirmed, and 0 stands for whatever comes: numbers begin
        anew, perhaps lower, when a bot was idle for a week.
        """
        reply = await self._telegram.updates(account.token, offset)
        await _must(reply)
        updates = updates_of(reply)
        found = list(arrivals(updates, account.role))
        if len(found) < len(updates):
            log.error("updates without a number", bot=account.username)
            await asyncio.sleep(LOOK)
        await self._inbox.keep(account.bot_id, found)
        return max((arrival.update_id + 1 for arrival in found), default=0)

    async def _bury(self, account: BotAccount, why: str) -> None:
        log.error("bot is out of service", bot=account.username, why=why)
        grave = self._graves.dig(account)
        self._changed.set()
        self._buried(account)
        try:
            await self._accounts.mark_failed(account.bot_id, why)
            grave.noted = True
        except Unavailable as error:
            log.warning("not noted", bot=account.username, error=str(error))


async def _must(reply: Reply) -> None:
    """Return if it was done; else wait as long as Telegram says, or raise."""
    if reply.knows_no_such_bot:
        raise Revoked(reply.description)
    if reply.status == TOO_MANY:
        await asyncio.sleep(reply.parameter("retry_after") or 1)
    if not reply.ok:
        raise Unanswered(reply.description)


async def _lock(connection: Connection, accounts: Sequence[BotAccount]) -> list[bool]:
    """Which of the bots are held by this session now."""
    if not accounts:
        return []
    cursor = await connection.execute(
        "SELECT pg_try_advisory_lock(hashtextextended('bot:' || id, 0))"
        " FROM unnest(%s::bigint[]) WITH ORDINALITY AS b (id, n) ORDER BY n",
        [[account.bot_id for account in accounts]],
    )
    return [bool(row[0]) for row in await cursor.fetchall()]


async def _unlock(connection: Connection, bot_id: int) -> None:
    await connection.execute(
        "SELECT pg_advisory_unlock(hashtextextended('bot:' || %s::bigint, 0))", [bot_id]
    )
