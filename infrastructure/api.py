"""The API process: GraphQL, its playground, health and metrics, and hooks from outside."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Generator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from secrets import token_hex

import aiohttp
import psycopg
import structlog
import uvicorn
from fastapi import APIRouter, FastAPI
from prometheus_client import REGISTRY, CollectorRegistry
from psycopg.errors import UndefinedColumn, UndefinedTable
from starlette.routing import Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from typing_extensions import override

from infrastructure.bot_secrets import BotSecrets
from infrastructure.bots import BotAccounts
from infrastructure.cancelling import cancel_all
from infrastructure.collecting import spare_what_is_loaded
from infrastructure.history import History
from infrastructure.keys import Keys
from infrastructure.postgres import Role, Unavailable, checkout, connect, pool
from infrastructure.readiness import Inspector
from infrastructure.settings import Settings
from infrastructure.telegram import NotSent, Telegram, Unanswered
from infrastructure.token_box import TokenBox, box_of
from infrastructure.turns import Turns
from infrastructure.wiring import desk_on
from interfaces.graphql.documents import TrustedDocuments
from interfaces.graphql.endpoint import Endpoint
from interfaces.graphql.live import Live
from interfaces.graphql.masking import Masking
from interfaces.graphql.parts import Parts
from interfaces.graphql.playground import FOLDER, Playground
from interfaces.graphql.schema import made
from interfaces.graphql.signing_in import Authenticate
from interfaces.graphql.watching import RECHECK
from interfaces.webhooks.health import Standing, health
from projections.audit import Audit
from projections.feed import Feed
from projections.freshness import Freshness
from projections.models import Models

log = structlog.get_logger(__name__)

OUTAGES = (Unavailable, psycopg.OperationalError, NotSent, Unanswered)
OUTDATED = (UndefinedColumn, UndefinedTable)  # a read model is served in an older version
LONGEST_MESSAGE = 64 * 1024  # bytes of a websocket's frame


@dataclass(frozen=True, kw_only=True)
class Api:
    """What the HTTP application is made of; `documents` empty: bots may run any document."""

    parts: Parts
    authenticate: Authenticate
    documents: Iterable[str] = ()
    playground: bool = True
    hooks: Sequence[APIRouter] = ()
    registry: CollectorRegistry = REGISTRY
    recheck: float = RECHECK
    """Seconds until whoever listens must be admitted again."""


def api(given: Api) -> FastAPI:
    """The HTTP application: `/graphql`, `/ide`, `/health/…`, `/metrics` and the hooks."""
    parts, documents = given.parts, TrustedDocuments(given.documents)
    schema = made(documents, open_schema=given.playground)
    playground = Playground() if given.playground else None
    endpoint = Endpoint(schema, parts, given.authenticate, documents, playground)
    live = Live(schema, parts, given.authenticate, documents, given.recheck)

    async def look() -> Standing:
        return Standing(await parts.audit.head(), await parts.freshness.positions())

    app = FastAPI(title="Ledgerdesk", docs_url=None, redoc_url=None, openapi_url=None)
    app.router.routes.append(Route("/graphql", endpoint))
    app.router.routes.append(WebSocketRoute("/graphql", live))
    if given.playground:
        app.mount("/ide", StaticFiles(directory=FOLDER))
    app.include_router(health(look, given.registry))
    for hook in given.hooks:
        app.include_router(hook)
    return app


def is_outage(error: BaseException) -> bool:
    """Whether the error means: not now, try again.

    So it is between a release and the rebuild of a read model: what bots were told waits for it.
    """
    if isinstance(error, OUTDATED):
        log.error("a read model is not of this release", do="ledgerdesk migrate, then rebuild")
    return isinstance(error, OUTAGES + OUTDATED)


@asynccontextmanager
async def parts_on(
    dsn: str, box: TokenBox, telegram_api: str
) -> AsyncGenerator[tuple[Parts, Keys]]:
    """The parts over this database, for as long as the block lasts; one feed runs in it."""
    async with (
        desk_on(dsn, name="api") as (desk, reads),
        pool(dsn, Role.DESK, name="ledgerdesk keys", max_size=4) as writes,
        pool(dsn, Role.DESK, name="ledgerdesk turns", max_size=2, min_size=0) as turns,
        aiohttp.ClientSession() as session,
    ):
        keys = Keys(writes, box)
        telegram = Telegram(session, telegram_api)
        ask = partial(checkout, reads)
        feed = Feed(ask, partial(connect, dsn, Role.DESK, name="ledgerdesk api feed"))
        audit = Audit(ask)
        parts = Parts(
            desk=desk,
            models=Models.of(ask),
            audit=audit,
            freshness=Freshness(ask),
            feed=feed,
            past=History(audit),
            keys=keys,
            bots=BotSecrets(writes, box, keys, telegram.introduce),
            turns=Turns(turns),
            inspector=Inspector(BotAccounts(writes, box), telegram),
            now=lambda: datetime.now(UTC),
            masked=Masking(is_outage, lambda: token_hex(6)),
        )
        listening = asyncio.create_task(feed.run())
        try:
            yield parts, keys
        finally:
            await cancel_all([listening])


async def serve(
    dsn: str,
    settings: Settings,
    stop: asyncio.Event,
    documents: Iterable[str] = (),
    hooks: Sequence[APIRouter] = (),
) -> None:
    """Answer HTTP until told to stop."""
    async with parts_on(dsn, box_of(settings), settings.telegram_api) as (parts, keys):
        given = Api(
            parts=parts,
            authenticate=keys.key,
            documents=documents,
            playground=settings.playground,
            hooks=hooks,
        )
        await listen(api(given), settings.host, settings.port, stop)


async def listen(app: FastAPI, host: str, port: int, stop: asyncio.Event) -> None:
    """Serve an application on an address until told to stop."""
    server = Server(
        uvicorn.Config(
            app,
            host=host,
            port=port,
            http="httptools",
            ws="websockets-sansio",
            ws_max_size=LONGEST_MESSAGE,
            lifespan="off",
            access_log=False,
            log_config=None,
            server_header=False,
            timeout_graceful_shutdown=3,
        )
    )
    spare_what_is_loaded()
    serving = asyncio.create_task(server.serve())
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
    server.should_exit = True
    stopping.cancel()
    await serving


class Server(uvicorn.Server):
    """A server that leaves signals to whoever runs the process."""

    @contextlib.contextmanager
    @override
    def capture_signals(self) -> Generator[None]:
        yield
