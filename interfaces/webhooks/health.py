"""Health and metrics: whether the process lives, whether it can serve, how far read models are."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import NamedTuple, TypeAlias

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest

PATIENCE = 1.0  # seconds that the database may take to answer


class Standing(NamedTuple):
    """Where the log ends, and how far each served read model is."""

    head: int
    positions: Mapping[str, int]


Look: TypeAlias = Callable[[], Awaitable[Standing]]
"""Asks the database; raises when it cannot answer."""


def health(look: Look, registry: CollectorRegistry) -> APIRouter:
    """The routes; whatever `look` raises makes the process unready, never the answer an error."""
    router = APIRouter(include_in_schema=False)
    head = Gauge("ledgerdesk_log_head", "Position of the last event", registry=registry)
    reached = Gauge(
        "ledgerdesk_read_model_position", "Position of a read model", ["model"], registry=registry
    )

    async def seen() -> Standing | None:
        try:
            async with asyncio.timeout(PATIENCE):
                standing = await look()
        except Exception:  # noqa: BLE001 - any failure means: not ready
            return None
        head.set(standing.head)
        for model, position in standing.positions.items():
            reached.labels(model).set(position)
        return standing

    @router.get("/health/live")
    async def live() -> dict[str, str]:
        """The process runs and its loop turns."""
        return {"status": "alive"}

    @router.get("/health/ready")
    async def ready() -> Response:
        """The database answers; `behind` tells by how many events each read model is late."""
        standing = await seen()
        if standing is None:
            return JSONResponse({"status": "unavailable"}, 503, headers={"retry-after": "1"})
        behind = {model: standing.head - at for model, at in standing.positions.items()}
        return JSONResponse({"status": "ready", "head": standing.head, "behind": behind})

    @router.get("/metrics")
    async def metrics() -> Response:
        """Figures for Prometheus."""
        await seen()
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    return router
