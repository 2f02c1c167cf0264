"""`/graphql` over HTTP: one operation a POST, checked before the library sees it.

Answers are JSON with status 200 whatever GraphQL has to say, but 400, 401, 405, 408, 413 and 415
for requests that are none, and 503 with Retry-After when nothing can be done now.
"""

import asyncio
from collections.abc import Mapping
from typing import Any

import orjson
from starlette.types import Receive, Scope, Send
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.types.execution import ExecutionResult
from strawberry.types.graphql import OperationType

from application.desk import Busy
from interfaces.graphql.context import Context
from interfaces.graphql.documents import TrustedDocuments
from interfaces.graphql.masking import LONGEST, RETRY_CODES
from interfaces.graphql.parts import Parts
from interfaces.graphql.playground import Playground
from interfaces.graphql.refusals import Declined, NotSignedIn, Unavailable
from interfaces.graphql.requests import Rejected, Request, read, request_of
from interfaces.graphql.schema import Schema
from interfaces.graphql.signing_in import Authenticate, signed_in

DEADLINE = 2.8  # seconds for a whole request: callers are promised an end within 3
READING = 2.0  # seconds for its body
OPERATIONS = frozenset({OperationType.QUERY, OperationType.MUTATION})
JSON_HEADERS = [
    (b"content-type", b"application/json"),
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
]


class Endpoint:
    """The ASGI application behind `/graphql`."""

    def __init__(
        self,
        schema: Schema,
        parts: Parts,
        authenticate: Authenticate,
        documents: TrustedDocuments,
        playground: Playground | None,
    ) -> None:
        self._schema = schema
        self._parts = parts
        self._authenticate = authenticate
        self._documents = documents
        self._playground = playground
        self._answering: set[asyncio.Task[tuple[int, bytes]]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request."""
        if scope["method"] in {"GET", "HEAD"} and self._playground is not None:
            await self._playground(scope, receive, send)
            return
        try:
            status, body = await self._in_time(scope, receive)
        except Rejected as rejected:
            status, body = rejected.status, _refusal(rejected.declined)
        except Declined as declined:
            status, body = 200, _refusal(declined)
        except (Busy, TimeoutError):
            status, body = 503, _refusal(Unavailable())
        except Exception as error:
            if not self._parts.masked.is_outage(error):
                raise
            status, body = 503, _refusal(Unavailable())
        await _send(send, status, body)

    async def _in_time(self, scope: Scope, receive: Receive) -> tuple[int, bytes]:
        """The answer, or TimeoutError.

        A database that does not even react when a statement is cancelled is not waited for.
        """
        answering = asyncio.create_task(self._answer(scope, receive))
        self._answering.add(answering)
        answering.add_done_callback(self._ended)
        try:
            await asyncio.wait({answering}, timeout=DEADLINE)
            if not answering.done():
                raise TimeoutError
            return answering.result()
        finally:
            answering.cancel()

    def _ended(self, answering: asyncio.Task[tuple[int, bytes]]) -> None:
        self._answering.discard(answering)
        if not answering.cancelled():
            answering.exception()  # told already, or too late to be told

    async def _answer(self, scope: Scope, receive: Receive) -> tuple[int, bytes]:
        if scope["method"] != "POST":
            raise Rejected(405, "Send a POST.")
        principal = await signed_in(scope["headers"], self._authenticate)
        try:
            async with asyncio.timeout(READING):
                body = await read(scope["headers"], receive)
        except TimeoutError:
            raise Rejected(408, "The body did not come in time.") from None
        request = request_of(body, self._documents)
        context = Context(self._parts, principal)
        await context.identify()
        result = await self._execute(request, context)
        if result.errors:
            result.errors = [self._parts.masked(error) for error in result.errors]
        return _status(result), _body(result)

    async def _execute(self, request: Request, context: Context) -> ExecutionResult:
        try:
            return await self._schema.execute(
                request.query,
                variable_values=request.variables,
                context_value=context,
                operation_name=request.operation_name,
                allowed_operation_types=OPERATIONS,
            )
        except CannotGetOperationTypeError as error:
            raise Rejected(400, error.as_http_error_reason()[:LONGEST]) from None
        except InvalidOperationTypeError:
            raise Rejected(400, "Subscriptions go over a websocket.") from None


def _status(result: ExecutionResult) -> int:
    codes = {(error.extensions or {}).get("code") for error in result.errors or ()}
    if codes & RETRY_CODES:
        return 503
    return 401 if NotSignedIn.__name__ in codes else 200


def _body(result: ExecutionResult) -> bytes:
    told: dict[str, Any] = {"data": result.data}
    if result.errors:
        told["errors"] = [error.formatted for error in result.errors]
    return orjson.dumps(told)


def _refusal(declined: Declined) -> bytes:
    code: Mapping[str, str] = {"code": type(declined).__name__}
    return orjson.dumps({"data": None, "errors": [{"message": str(declined), "extensions": code}]})


async def _send(send: Send, status: int, body: bytes) -> None:
    headers = [*JSON_HEADERS, (b"content-length", str(len(body)).encode())]
    if status == 503:  # noqa: PLR2004 - Service Unavailable
        headers.append((b"retry-after", b"1"))
    if status == 401:  # noqa: PLR2004 - Unauthorized
        headers.append((b"www-authenticate", b"Bearer"))
    if status in {408, 413}:  # what is left of the body is not read
        headers.append((b"connection", b"close"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
