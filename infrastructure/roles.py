"""The roles of an installation, and what each needs before it can serve."""

import asyncio
from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from uuid import UUID

import structlog

from infrastructure.embedded_postgres import database
from infrastructure.keys import Keys
from infrastructure.logs import configure
from infrastructure.migrations import migrate
from infrastructure.postgres import Limits, Role, connect, pool
from infrastructure.settings import Settings
from infrastructure.supervisor import ROLES, Supervisor
from infrastructure.token_box import box_of
from projections.models import MODELS
from projections.rebuilding import prepare

if TYPE_CHECKING:
    from fastapi import APIRouter

log = structlog.get_logger(__name__)

PATIENT = Limits(statement="0", lock="30s", idle_in_transaction="60s")


class NoSuchRole(Exception):
    """There is no such role to serve."""


@contextmanager
def database_of(settings: Settings | None = None) -> Generator[str]:
    """The address of the installation's database, an embedded one if none is named."""
    settings = settings or Settings()
    with database(settings.database_url, settings.data) as dsn:
        yield dsn


def prepared(dsn: str) -> list[str]:
    """Migrate, and make the read models that are missing; returns the migrations applied."""
    applied = migrate(dsn)
    outdated = asyncio.run(_prepare(dsn))
    for name in outdated:
        log.warning("read model is served in an older version", model=name, do="ledgerdesk rebuild")
    return applied


async def issue_key(dsn: str, workspace_id: UUID | None, settings: Settings | None = None) -> str:
    """An operator's key, or an admin's of a workspace."""
    async with pool(dsn, Role.DESK, name="ledgerdesk key", max_size=1) as writes:
        keys = Keys(writes, box_of(settings or Settings()))
        if workspace_id is None:
            return await keys.operator("command line")
        return await keys.admin(workspace_id, "command line")


async def serve_all(stop: asyncio.Event) -> None:
    """Every role as a process of its own, over one database, until told to stop."""
    settings = Settings()
    configure(settings.log_level)
    box_of(settings)
    with database_of(settings) as dsn:
        await asyncio.to_thread(prepared, dsn)
        async with Supervisor({"LEDGERDESK_DATABASE_URL": dsn}):
            log.info("serving", graphql=settings.graphql_url)
            await stop.wait()


async def serve_role(role: str, stop: asyncio.Event) -> None:
    """One role over a database that is migrated already, until told to stop."""
    if role not in ROLES:
        raise NoSuchRole(f"{role}: choose one of {', '.join(ROLES)}")
    settings = Settings()
    configure(settings.log_level, role=role)
    with database_of(settings) as dsn:
        match role:
            case "api":
                from infrastructure import api
                from infrastructure.hooks import telegram_hooks_on
                from infrastructure.settings_bot import settings_bot_on
                from interfaces.telegram.documents import documents

                async with (
                    telegram_hooks_on(dsn, box_of(settings)) as hooks,
                    settings_bot_on(dsn, settings),
                ):
                    routers = [hooks, *_sandbox(settings.sandbox_url)]
                    await api.serve(dsn, settings, stop, documents(), routers)
            case "projector":
                from infrastructure import projector
                from infrastructure.settings_bot import settings_bot_id

                await projector.serve(dsn, stop, settings_bot_id(settings))
            case "gateway":
                from infrastructure import gateway

                await gateway.serve(dsn, settings, stop)
            case _:
                from infrastructure import clock

                await clock.serve(dsn, stop)


def _sandbox(url: str | None) -> "list[APIRouter]":
    """In a simulation `/sandbox` leads to the page of phones."""
    from fastapi import APIRouter
    from fastapi.responses import RedirectResponse

    if url is None:
        return []
    router = APIRouter()
    router.add_api_route("/sandbox", lambda: RedirectResponse(url), include_in_schema=False)
    return [router]


async def _prepare(dsn: str) -> list[str]:
    owner = await connect(dsn, Role.OWNER, name="ledgerdesk migrate", limits=PATIENT)
    async with owner:
        return await prepare(owner, MODELS.values())
