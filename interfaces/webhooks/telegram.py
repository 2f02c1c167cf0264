"""Telegram's webhook: an update is answered 200 only when it is on disk.

The address has a random public id, never the token; the secret comes in a header and is compared
in constant time, as bytes. Nothing is parsed before that. What is refused changes nothing; 503
makes Telegram send the update again.
"""

from collections.abc import Mapping
from hmac import compare_digest
from typing import Any, Final, NamedTuple, Protocol, cast

import orjson
from fastapi import APIRouter, Request, Response

HEADER: Final = b"x-telegram-bot-api-secret-token"
LARGEST: Final = 1_000_000  # bytes
LARGEST_NUMBER: Final = 2**63
NOBODY: Final = b"there is no such hook"


class Away(Exception):
    """The update cannot be kept now; Telegram must send it again."""


class Hook(NamedTuple):
    """Whose updates come to an address, that bot's role, and the secret that they come with."""

    bot_id: int
    role: str
    secret: str


class Hooks(Protocol):
    """Where updates are kept."""

    async def find(self, hook_id: str) -> Hook | None:
        """The hook with this public id; raises Away."""
        ...

    async def keep(
        self, hook: Hook, update_id: int, update: Mapping[str, Any], body: bytes
    ) -> None:
        """Return when the update is on disk, once however often it comes; raises Away."""
        ...


def telegram_hooks(hooks: Hooks) -> APIRouter:
    """`POST /telegram/{hook}`: 200, 400, 401, 413 or 503, always with an empty body."""
    router = APIRouter()

    async def receive(hook: str, request: Request) -> Response:
        try:
            return Response(status_code=await _received(hooks, hook, request))
        except Away:
            return Response(status_code=503, headers={"retry-after": "1"})

    router.add_api_route("/telegram/{hook}", receive, methods=["POST"], include_in_schema=False)
    return router


async def _received(hooks: Hooks, hook_id: str, request: Request) -> int:
    hook = await hooks.find(hook_id)
    if not _is_authentic(request, hook) or hook is None:
        return 401
    body = await _body(request)
    if body is None:
        return 413
    try:
        told: object = orjson.loads(body)
    except orjson.JSONDecodeError:
        return 400
    if not isinstance(told, dict):
        return 400
    update = cast("dict[str, Any]", told)
    number = update.get("update_id")
    if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number < LARGEST_NUMBER:
        return 400
    await hooks.keep(hook, number, update, body)
    return 200


def _is_authentic(request: Request, hook: Hook | None) -> bool:
    headers = cast("list[tuple[bytes, bytes]]", request.scope["headers"])
    given = [value for name, value in headers if name == HEADER]
    expected = hook.secret.encode() if hook else NOBODY
    return len(given) == 1 and compare_digest(given[0], expected) and hook is not None


async def _body(request: Request) -> bytes | None:
    """The body; None if it is too large, as soon as that is known."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            return None
    return bytes(body)
