"""Requests as they come over HTTP: read up to a size, and refused unless they hold together."""

from collections.abc import Iterable
from typing import Any, NamedTuple, TypeAlias, cast

import orjson
from starlette.types import Receive

from interfaces.graphql.documents import TrustedDocuments
from interfaces.graphql.refusals import BadRequest, Declined

MAX_BODY = 256 * 1024  # a hundred rows of a sheet
KEYS = frozenset({"query", "variables", "operationName", "extensions", "documentId"})
Headers: TypeAlias = Iterable[tuple[bytes, bytes]]


class Rejected(Exception):
    """The request is none: a status of HTTP and the reason."""

    def __init__(self, status: int, reason: str | Declined) -> None:
        super().__init__(status)
        self.status = status
        self.declined = BadRequest(reason) if isinstance(reason, str) else reason


class Request(NamedTuple):
    """An operation to be executed."""

    query: str
    variables: dict[str, Any] | None
    operation_name: str | None


def header(headers: Headers, name: bytes) -> bytes | None:
    """The value of a header that may be there once; raises Rejected."""
    found = [value for known, value in headers if known == name]
    if len(found) > 1:
        raise Rejected(400, f"The header {name.decode()} is there more than once.")
    return found[0] if found else None


async def read(headers: Headers, receive: Receive) -> bytes:
    """The body of a JSON request; raises Rejected when it is too long or something else."""
    kind = header(headers, b"content-type") or b""
    if kind.partition(b";")[0].strip().lower() != b"application/json":
        raise Rejected(415, "The content type is application/json.")
    if header(headers, b"content-encoding") not in {None, b"identity"}:
        raise Rejected(415, "The body may not be compressed.")
    length = header(headers, b"content-length")
    if length is not None and (not length.isdigit() or int(length[:10]) > MAX_BODY):
        raise Rejected(413, f"The body is longer than {MAX_BODY} bytes.")
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Rejected(400, "The body ended too soon.")
        body += message.get("body", b"")
        if len(body) > MAX_BODY:
            raise Rejected(413, f"The body is longer than {MAX_BODY} bytes.")
        if not message.get("more_body", False):
            return bytes(body)


def request_of(body: bytes, documents: TrustedDocuments) -> Request:
    """The operation that a body asks for; raises Rejected."""
    try:
        told = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise Rejected(400, f"The body is not valid JSON in UTF-8: {error.msg}.") from None
    return asked(told, documents)


def asked(told: object, documents: TrustedDocuments) -> Request:
    """The operation of a JSON object with `query` (or `documentId`) and `variables`."""
    if not isinstance(told, dict):
        raise Rejected(400, "The body is one JSON object.")
    fields = cast(dict[str, Any], told)
    if unknown := fields.keys() - KEYS:
        raise Rejected(400, f"Unknown keys: {', '.join(sorted(unknown))[:100]}.")
    query, variables, name = map(fields.get, ("query", "variables", "operationName"))
    document_id = fields.get("documentId")
    if query is None and isinstance(document_id, str):
        query = documents.text(document_id)
    if not isinstance(query, str) or not query.strip():
        raise Rejected(400, "The query is a text, or the documentId of a known one.")
    if not isinstance(variables, dict | None):
        raise Rejected(400, "The variables are an object.")
    if not isinstance(name, str | None):
        raise Rejected(400, "The operationName is a text.")
    return Request(query, variables, name)
