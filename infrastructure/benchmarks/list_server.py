"""The server whose lists are measured: the API as it is served, and beside it a plain JSON route.

Run as a process of its own; environment as of any role. The route asks the same question of the
same read model and writes its rows with orjson; it knows no key and no workspace but one.
"""

import asyncio
import signal
import sys
import time
from uuid import UUID

import orjson
import uvloop
from fastapi import FastAPI, Response

from infrastructure.api import Api, api, listen, parts_on
from infrastructure.settings import Settings
from infrastructure.token_box import box_of
from projections.models import Models
from projections.tickets import TicketRow


def add_plain_routes(app: FastAPI, models: Models, workspace_id: UUID) -> None:
    """`/bench/tickets`, and `/bench/cpu`: the seconds of CPU that this process has used."""

    @app.get("/bench/tickets")
    async def tickets(first: int = 50) -> Response:
        page = await models.tickets.page(workspace_id, first=first)
        body = {"tickets": [_told(row) for row in page.rows], "more": page.more}
        return Response(orjson.dumps(body), media_type="application/json")

    @app.get("/bench/cpu")
    async def cpu() -> float:
        return time.process_time()


def _told(row: TicketRow) -> dict[str, object]:
    return {
        "id": row.ticket_id,
        "number": row.number,
        "topic": row.topic,
        "status": row.status,
        "clientName": row.client_name,
        "openedAt": row.opened_at,
        "waitingSince": row.waiting_since,
        "lastMessageAt": row.last_message_at,
    }


async def serve(workspace_id: UUID) -> None:
    """Answer HTTP until SIGTERM."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    settings = Settings()
    dsn = settings.database_url or ""
    async with parts_on(dsn, box_of(settings), settings.telegram_api) as (parts, keys):
        app = api(Api(parts=parts, authenticate=keys.key, playground=False))
        add_plain_routes(app, parts.models, workspace_id)
        await listen(app, settings.host, settings.port, stop)


if __name__ == "__main__":
    uvloop.run(serve(UUID(sys.argv[1])))
