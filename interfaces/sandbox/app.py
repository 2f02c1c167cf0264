"""The sandbox as an ASGI application: Bot API, files, control interface, page of phones."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Final

import orjson
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from interfaces.sandbox.control import operate
from interfaces.sandbox.execution import Reply, execute, refused
from interfaces.sandbox.transport import received
from interfaces.sandbox.wire import ApiError, as_object, dumps
from interfaces.sandbox.world import World

PAGE: Final = Path(__file__).parent / "page"
PROMISED_BYTES: Final = b"1000000"
PAGE_HEADERS: Final = {
    "Content-Security-Policy": "default-src 'self'; frame-ancestors 'self'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
Endpoint = Callable[[Request], Awaitable[Response]]


class CutResponse(Response):
    """An answer that never arrives: the connection ends in the middle of it."""

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        """Promise a body and go away; the server then closes the connection."""
        headers = [(b"content-length", PROMISED_BYTES), (b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"", "more_body": True})


def sandbox(world: World) -> Starlette:
    """The application of one world; may be mounted under a prefix.

    Before its server stops, `await world.close()` ends long polls and event streams.
    """
    return Starlette(
        routes=[
            Route("/bot{token}/{method}", bot_api(world), methods=["GET", "POST"]),
            Route("/file/bot{token}/{path:path}", download(world)),
            Route("/emu/events", events(world)),
            Route("/emu/file/{unique_id}", shown_file(world)),
            Route("/emu/{operation}", controlled(world), methods=["POST"]),
            Route("/", page),
            Mount("/page", StaticFiles(directory=PAGE)),
        ]
    )


def bot_api(world: World) -> Endpoint:
    """Every method of every bot."""

    async def endpoint(request: Request) -> Response:
        bot = world.tokens.get(request.path_params["token"])
        if bot is None:
            return answer(refused(ApiError(401, "Unauthorized")))
        try:
            fields, uploads = await received(request)
        except ApiError as error:
            return answer(refused(error))
        method = str(request.path_params["method"])
        return answer(await execute(world, bot, method, fields, uploads))

    return endpoint


def answer(reply: Reply) -> Response:
    """The reply as an HTTP response."""
    if reply.cut:
        return CutResponse()
    return Response(reply.body, reply.code, media_type=reply.mime)


def download(world: World) -> Endpoint:
    """Files, as getFile has told their path."""

    async def endpoint(request: Request) -> Response:
        if world.tokens.get(request.path_params["token"]) is None:
            return answer(refused(ApiError(401, "Unauthorized")))
        stored = world.files.by_path(request.path_params["path"])
        if stored is None:
            return answer(refused(ApiError(404, "Not Found")))
        return Response(stored.data, media_type="application/octet-stream")

    return endpoint


def shown_file(world: World) -> Endpoint:
    """Files for the page; nothing but pictures and sounds is shown inline."""

    async def endpoint(request: Request) -> Response:
        stored = world.files.by_unique_id(request.path_params["unique_id"])
        if stored is None:
            return Response(status_code=404)
        safe = stored.mime.startswith(("image/", "audio/", "video/")) and "svg" not in stored.mime
        headers = {"X-Content-Type-Options": "nosniff"}
        if not safe:
            headers["Content-Disposition"] = "attachment"
        mime = stored.mime if safe else "application/octet-stream"
        return Response(stored.data, media_type=mime, headers=headers)

    return endpoint


def controlled(world: World) -> Endpoint:
    """The control interface; JSON alone, so that no foreign web page can post a form to it."""

    async def endpoint(request: Request) -> Response:
        if not request.headers.get("content-type", "").startswith("application/json"):
            return answer(refused(ApiError(400, "Bad Request: application/json is expected")))
        try:
            body = as_object(orjson.loads(await request.body() or b"{}")) or {}
            result = await operate(world, str(request.path_params["operation"]), body)
        except orjson.JSONDecodeError:
            return answer(refused(ApiError(400, "Bad Request: can't parse JSON object")))
        except ApiError as error:
            return answer(refused(error))
        if result is None:
            return answer(refused(ApiError(404, "Not Found")))
        return Response(dumps({"ok": True, **result}), media_type="application/json")

    return endpoint


def events(world: World) -> Endpoint:
    """Everything that happens, as server-sent events."""

    async def stream() -> AsyncIterator[bytes]:
        yield b": simulation\n\n"
        async for event in world.feed.events():
            yield b"data: " + dumps(event) + b"\n\n"

    async def endpoint(_: Request) -> Response:
        headers = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
        return StreamingResponse(stream(), media_type="text/event-stream", headers=headers)

    return endpoint


async def page(_: Request) -> Response:
    """The page of phones."""
    return FileResponse(PAGE / "index.html", headers=PAGE_HEADERS)
