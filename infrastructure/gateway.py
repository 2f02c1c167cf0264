"""The gateway: the process between Telegram and the API.

Updates come in by polling (or by the API's webhook) into the inbox, go to their handlers lane by
lane, and become mutations; letters of the outbox go out at Telegram's pace. It is the only process
that imports aiogram, which takes seconds. Any number of gateways may run: one serves each bot.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from uuid import UUID

import aiohttp

from infrastructure.albums import Albums
from infrastructure.bell import Bell
from infrastructure.bots import BotAccounts
from infrastructure.care import Care
from infrastructure.collecting import spare_what_is_loaded
from infrastructure.deliverer import Deliverer
from infrastructure.fleet import Fleet
from infrastructure.inbox import INBOX, Inbox
from infrastructure.lanes import Lanes
from infrastructure.outbox import OUTBOX
from infrastructure.pace import Pace
from infrastructure.peers import Peers
from infrastructure.postgres import Role, pool
from infrastructure.profiles import Profiles
from infrastructure.receiver import Receiver
from infrastructure.reports import Reports
from infrastructure.rounds import EVERY, rounds
from infrastructure.settings import Settings
from infrastructure.speaking import SharedSession
from infrastructure.telegram import Telegram
from infrastructure.token_box import box_of
from interfaces.telegram.client import LedgerdeskClient
from interfaces.telegram.dispatcher import Reception
from interfaces.telegram.turn import Account

KEEP_ALIVE = 4.0  # seconds; less than servers wait, so that no call meets a closing connection


async def serve(dsn: str, settings: Settings, stop: asyncio.Event) -> None:
    """Serve every connected bot until told to stop."""
    logging.getLogger("aiogram.event").setLevel(logging.WARNING)
    async with (
        pool(dsn, Role.GATEWAY, name="gateway", max_size=8) as connections,
        _session() as session,
        Bell(dsn, Role.GATEWAY, "inbox", "outbox", "bot") as bell,
    ):

        def connect(
            account: Account, telegram_id: int | None = None, workspace_id: UUID | None = None
        ) -> LedgerdeskClient:
            key = account.service_key
            return LedgerdeskClient(session, settings.graphql_url, key, telegram_id, workspace_id)

        telegram = Telegram(session, settings.telegram_api)
        accounts = BotAccounts(connections, box_of(settings))
        inbox = Inbox(connections)
        presenting = Care("profile", Profiles(telegram, accounts).see_to)
        looking = Care("readiness", rounds(connect, EVERY / settings.telegram_pace))
        fleet = Fleet(
            dsn, accounts, telegram, inbox, bell, settings.public_url, buried=looking.soon
        )
        pace = Pace(settings.telegram_pace, asyncio.get_running_loop().time)
        peers = Peers(fleet, accounts)
        deliverer = Deliverer(
            telegram, Reports(connect), peers, pace, connections, shut_out=looking.soon
        )
        reception = Reception(lambda: datetime.now(UTC))
        speaking = SharedSession(session, settings.telegram_api, pace)
        albums = Albums(connections, settings.telegram_pace)
        spare_what_is_loaded()
        receiver = Receiver(reception, speaking, fleet, connect, albums)
        incoming = Lanes(dsn, INBOX, receiver.work, receiver.room, bell)
        outgoing = Lanes(dsn, OUTBOX, deliverer.work, deliverer.room, bell)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(fleet.run(stop), name="fleet")
            tasks.create_task(presenting.run(fleet, stop), name="profiles")
            tasks.create_task(looking.run(fleet, stop), name="readiness")
            tasks.create_task(incoming.run(stop), name="inbox")
            tasks.create_task(outgoing.run(stop), name="outbox")
            await stop.wait()
            for channel in ("inbox", "outbox", "bot"):
                bell.ring(channel)


@asynccontextmanager
async def _session() -> AsyncGenerator[aiohttp.ClientSession]:
    connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=KEEP_ALIVE)
    async with aiohttp.ClientSession(
        connector=connector, cookie_jar=aiohttp.DummyCookieJar()
    ) as session:
        yield session
