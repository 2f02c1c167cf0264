"""Requests as bots send them: query, urlencoded, JSON or multipart with files."""

import re
from email.message import Message
from typing import Final
from urllib.parse import parse_qsl

import orjson
from starlette.requests import Request

from interfaces.sandbox.files import UPLOAD_LIMIT, Upload
from interfaces.sandbox.wire import ApiError, Json, as_object, bad_request

BODY_LIMIT: Final = UPLOAD_LIMIT + 2 * 1024 * 1024
NAME: Final = re.compile(r'\bname="((?:[^"\\]|\\.)*)"', re.IGNORECASE)
FILE_NAME: Final = re.compile(r'\bfilename="((?:[^"\\]|\\.)*)"', re.IGNORECASE)


async def received(request: Request) -> tuple[Json, dict[str, Upload]]:
    """The fields and files of a request; refuses what is too large (413) or malformed (400)."""
    fields: Json = dict(request.query_params)
    body = await _body(request)
    if not body:
        return fields, {}
    mime, boundary = _content_type(request.headers.get("content-type", ""))
    if mime == "application/json":
        return fields | _json(body), {}
    if mime == "multipart/form-data":
        more, uploads = _multipart(body, boundary)
        return fields | more, uploads
    pairs = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)
    return fields | dict(pairs), {}


async def _body(request: Request) -> bytes:
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > BODY_LIMIT:
            raise ApiError(413, "Request Entity Too Large")
        chunks.append(chunk)
    return b"".join(chunks)


def _content_type(header: str) -> tuple[str, str]:
    parsed = Message()
    parsed["content-type"] = header or "application/x-www-form-urlencoded"
    boundary = parsed.get_boundary()
    return parsed.get_content_type(), boundary or ""


def _json(body: bytes) -> Json:
    try:
        fields = as_object(orjson.loads(body))
    except orjson.JSONDecodeError as error:
        raise bad_request("can't parse JSON object") from error
    if fields is None:
        raise bad_request("a JSON object is expected")
    return {name: value for name, value in fields.items() if value is not None}


def _multipart(body: bytes, boundary: str) -> tuple[Json, dict[str, Upload]]:
    if not boundary:
        raise bad_request("multipart body without a boundary")
    fields: Json = {}
    uploads: dict[str, Upload] = {}
    for part in (b"\r\n" + body).split(b"\r\n--" + boundary.encode())[1:]:
        if part.startswith(b"--"):
            break
        head, gap, data = part.partition(b"\r\n\r\n")
        headers = head.decode("utf-8", "replace")
        name = NAME.search(headers)
        if not gap or name is None:
            raise bad_request("malformed multipart body")
        file_name = FILE_NAME.search(headers)
        if file_name is None:
            fields[name[1]] = data.decode("utf-8", "replace")
        else:
            uploads[name[1]] = Upload(file_name[1], _mime(headers), data)
    return fields, uploads


def _mime(headers: str) -> str:
    found = re.search(r"content-type:\s*([^\s;]+)", headers, re.IGNORECASE)
    return found[1] if found else "application/octet-stream"
