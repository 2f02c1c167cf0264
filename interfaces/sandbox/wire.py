"""What travels over the wire: JSON, refusals in Telegram's words, and how they are answered."""

from collections.abc import Mapping
from typing import Any, TypeAlias, cast

import orjson

Json: TypeAlias = dict[str, Any]
"""A JSON object as the Bot API knows it."""


class ApiError(Exception):
    """Telegram says no: an HTTP code, a description, and sometimes parameters."""

    def __init__(self, code: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def answer(self) -> Json:
        """The body of the reply."""
        body: Json = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad_request(what: str) -> ApiError:
    """400, the most common refusal."""
    return ApiError(400, f"Bad Request: {what}")


def forbidden(what: str) -> ApiError:
    """403: the bot may not speak there."""
    return ApiError(403, f"Forbidden: {what}")


def conflict(what: str) -> ApiError:
    """409: somebody else is polling, or a webhook is set."""
    return ApiError(409, f"Conflict: {what}")


def too_many_requests(retry_after: int) -> ApiError:
    """429 with the number of seconds to wait."""
    return ApiError(
        429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after}
    )


def dumps(value: object) -> bytes:
    """JSON as bytes."""
    return orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS)


def as_object(value: object) -> Json | None:
    """The value when it is a JSON object, else nothing."""
    return cast("Json", value) if isinstance(value, dict) else None


def as_list(value: object) -> list[object]:
    """The value when it is a JSON list, else an empty list."""
    return cast("list[object]", value) if isinstance(value, list) else []


def as_objects(value: object) -> list[Json]:
    """The JSON objects in a list; an empty list for anything else."""
    return [cast("Json", each) for each in as_list(value) if isinstance(each, dict)]


def as_int(value: object) -> int | None:
    """A whole number from a number or its digits, else nothing."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, str) and value.lstrip("-").isascii() and value.lstrip("-").isdigit():
        return int(value)
    return None


def without_nothing(fields: Mapping[str, object]) -> Json:
    """The fields that have a value."""
    return {name: value for name, value in fields.items() if value is not None}


def utf16_length(text: str) -> int:
    """Length as Telegram counts it, in UTF-16 code units."""
    return len(text) + sum(1 for sign in text if ord(sign) > 0xFFFF)
