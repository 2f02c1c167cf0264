# pyright: reportUnknownParameterType=false, reportMissingParameterType=false
# strawberry's view is generic over frameworks' requests and leaves them unknown
"""`/graphql` over a websocket: subscriptions by the protocol graphql-transport-ws.

The key comes with the upgrade request, or as `authorization` in the payload of `connection_init`.
"""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from json import JSONDecodeError
from typing import Any, cast

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.exceptions import ConnectionRejectionError
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL
from typing_extensions import override

from interfaces.graphql.context import Context
from interfaces.graphql.documents import TrustedDocuments
from interfaces.graphql.parts import Parts
from interfaces.graphql.principals import Who
from interfaces.graphql.refusals import Declined, NotSignedIn, NotYet
from interfaces.graphql.requests import MAX_BODY, Rejected, asked
from interfaces.graphql.schema import Schema
from interfaces.graphql.signing_in import Authenticate, bearer, signed_in
from interfaces.graphql.watching import RECHECK, Watch

MOST = 20  # subscriptions of one connection
PATIENCE = timedelta(seconds=10)  # for connection_init


class Live(GraphQL[Context, None]):
    """The ASGI application behind the websocket."""

    def __init__(
        self,
        schema: Schema,
        parts: Parts,
        authenticate: Authenticate,
        documents: TrustedDocuments,
        recheck: float = RECHECK,
    ) -> None:
        super().__init__(
            schema,
            graphql_ide=None,
            allow_queries_via_get=False,
            subscription_protocols=(GRAPHQL_TRANSPORT_WS_PROTOCOL,),
            connection_init_wait_timeout=PATIENCE,
            max_subscriptions_per_connection=MOST,
        )
        self._parts = parts
        self._authenticate = authenticate
        self._documents = documents
        self._recheck = recheck

    @override
    async def get_context(
        self, request: Request | WebSocket, response: Response | WebSocket
    ) -> Context:
        context = Context(self._parts, live=True)
        context.headers = request.scope["headers"]
        context.watch = Watch(partial(self._admit, context), every=self._recheck)
        return context

    @override
    async def on_ws_connect(self, context: Context) -> None:
        """Know who subscribes; whoever has no key is turned away.

        Where a late read model may yet know them, the subscriptions look once more.
        """
        try:
            await context.watch.look()
        except NotYet:
            return
        except Declined:
            raise ConnectionRejectionError from None

    async def _admit(self, context: Context) -> None:
        """Who the caller is now; raises why they may not listen."""
        told = {name.lower(): value for name, value in (context.connection_params or {}).items()}
        try:
            if isinstance(told.get("authorization"), str):
                context.principal = await bearer(
                    told["authorization"].encode(), _user(told), self._authenticate
                )
            else:
                context.principal = await signed_in(context.headers, self._authenticate)
        except Rejected as rejected:
            raise rejected.declined from None
        if context.principal.who is Who.STRANGER:
            raise NotSignedIn
        await context.identify()

    @override
    def decode_json(self, data: str | bytes) -> object:
        """A message; what is none closes the connection."""
        message = orjson.loads(data) if len(data) <= MAX_BODY else None
        if not isinstance(message, dict):
            raise JSONDecodeError("a JSON object is needed", "", 0)
        told = cast(dict[str, Any], message)
        if told.get("type") == "subscribe":
            try:
                request = asked(told.get("payload"), self._documents)
            except Rejected as rejected:
                raise JSONDecodeError(str(rejected.declined), "", 0) from None
            told["payload"]["query"] = request.query
        if not isinstance(told.get("id", ""), str):
            raise JSONDecodeError("the id is a text", "", 0)
        return told

    @override
    def encode_json(self, data: object) -> str:
        return orjson.dumps(data).decode()  # bytes would leave as binary frames


def _user(told: Mapping[str, Any]) -> bytes | None:
    user = told.get("x-telegram-user")
    return None if user is None else str(user).encode()
