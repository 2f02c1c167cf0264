"""How a bot speaks to the API: GraphQL over HTTP with the bot's key, acting for a Telegram user.

What the API refuses comes as `Refusal`. What may succeed in a moment (the API is away, busy or not
yet that far) comes as `NotNow`: ask again with the same command id.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, cast
from uuid import UUID

import aiohttp
import orjson
from pydantic import BaseModel

Json: TypeAlias = dict[str, Any]

TIMEOUT: Final = aiohttp.ClientTimeout(total=10.0)
TRANSIENT: Final = frozenset(
    {
        "Unavailable",
        "NotYet",
        "Busy",
        "OutcomeUnknown",
        "TooManyRequests",
        "SomebodyWasQuicker",
    }
)
OUR_FAULT: Final = frozenset(
    {"", "InternalError", "BadRequest", "NotSignedIn", "DocumentNotTrusted", "QueryTooExpensive"}
)
BUSY: Final = frozenset({429, 502, 503, 504})


class Refusal(Exception):
    """The API says no; `code` is the name of the refusal's class."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(f"{code}: {text}")
        self.code = code


class NotNow(Exception):
    """The API did not answer, or cannot answer now; whether it was done is unknown."""


class ApiBroken(Exception):
    """The API answered what it never should: a fault of ours."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The status and body of one answer."""

    status: int
    body: bytes


class Transport:
    """One principal's way to the API; cheap, made for each turn. The session is the caller's.

    `workspace_id` is where the user of the settings bot acts.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        url: str,
        key: str,
        telegram_id: int | None = None,
        workspace_id: UUID | None = None,
    ) -> None:
        self._session = session
        self._url = url
        self._headers = {
            "content-type": "application/json",
            "authorization": f"Bearer {key}",
        }
        if telegram_id is not None:
            self._headers["x-telegram-user"] = str(telegram_id)
        if workspace_id is not None:
            self._headers["x-workspace"] = str(workspace_id)

    async def execute(
        self,
        query: str,
        operation_name: str | None = None,
        variables: Mapping[str, object] | None = None,
    ) -> Answer:
        """Ask; raises NotNow if nobody answers."""
        asked = {
            "query": query,
            "operationName": operation_name,
            "variables": _plain(variables or {}),
        }
        try:
            async with self._session.post(
                self._url, data=orjson.dumps(asked), headers=self._headers, timeout=TIMEOUT
            ) as answer:
                return Answer(answer.status, await answer.read())
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            raise NotNow(f"the API does not answer: {error!r}") from error

    def get_data(self, response: Answer) -> Json:
        """What was answered; raises Refusal, NotNow or ApiBroken."""
        if response.status in BUSY:
            raise NotNow(f"the API is busy: HTTP {response.status}")
        try:
            body: object = orjson.loads(response.body)
        except orjson.JSONDecodeError:
            raise ApiBroken(f"HTTP {response.status}: {response.body[:200]!r}") from None
        if not isinstance(body, dict):
            raise ApiBroken(f"HTTP {response.status}: not an object")
        told = cast("Json", body)
        if told.get("errors"):
            raise _refusal(told["errors"][0])
        if response.status != 200 or "data" not in told:  # noqa: PLR2004 - OK
            raise ApiBroken(f"HTTP {response.status}: {response.body[:200]!r}")
        return cast("Json", told["data"])


def _plain(variables: Mapping[str, object]) -> Json:
    """JSON values; an argument that was not given is left out."""
    return {
        name: _json(cast("object", value))
        for name, value in variables.items()
        if value is None or isinstance(value, str | int | float | list | dict | BaseModel)
    }


def _json(value: object) -> object:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True, exclude_unset=True)
    if isinstance(value, list):
        return [_json(each) for each in cast("list[object]", value)]
    return value


def _refusal(error: Json) -> Exception:
    extensions = cast("Json", error.get("extensions") or {})
    code = str(extensions.get("code", ""))
    text = str(error.get("message", ""))
    if code in TRANSIENT:
        return NotNow(f"{code}: {text}")
    if code in OUR_FAULT:
        return ApiBroken(f"{code}: {text}")
    return Refusal(code, text)
