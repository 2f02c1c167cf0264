"""The Bot API over HTTP: calls in its own words, answers as they are.

aiogram is not needed for this, and takes seconds to import: the API process introduces bots with
it, the gateway polls and delivers. Tokens are in addresses, so that no error here names one.
"""

import json
import re
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeAlias, cast
from urllib.parse import quote

import aiohttp
import orjson

from interfaces.graphql.bots import BotUser

Json: TypeAlias = dict[str, Any]

TOKEN: Final = re.compile(r"[0-9]{1,19}:[A-Za-z0-9_-]{1,128}")
TIMEOUT: Final = 30.0
POLL_SECONDS: Final = 25
UPDATES: Final = (
    "message",
    "edited_message",
    "callback_query",
    "my_chat_member",
    "message_reaction",
)
TOKEN_UNKNOWN: Final = {401: "unauthorized", 404: "not found"}  # 404: it is malformed


class Reply(NamedTuple):
    """The status and the JSON object of an answer; None if the body was no JSON object."""

    status: int
    body: Json | None

    @property
    def ok(self) -> bool:
        """Whether it was done."""
        return self.body is not None and self.body.get("ok") is True

    @property
    def result(self) -> object:
        """What was answered."""
        return None if self.body is None else self.body.get("result")

    @property
    def description(self) -> str:
        """Telegram's own words for a refusal."""
        return str((self.body or {}).get("description") or f"HTTP {self.status}")

    @property
    def knows_no_such_bot(self) -> bool:
        """Whether Telegram itself refuses the token; a proxy's 401 or 404 says nothing of it."""
        told = self.body is not None and self.body.get("ok") is False
        return told and self.description.lower() == TOKEN_UNKNOWN.get(self.status)

    def parameter(self, name: str) -> int | None:
        """`retry_after` or `migrate_to_chat_id`."""
        told: object = (self.body or {}).get("parameters")
        value: object = cast("Json", told).get(name) if isinstance(told, dict) else None
        return value if isinstance(value, int) else None

    @property
    def message_ids(self) -> tuple[int, ...]:
        """The ids of what was sent or copied, in order; of a new topic its thread's id."""
        told = self.result
        found = (_message_id(each) for each in _several(told))
        return tuple(id_ for id_ in found if id_ is not None)


class UploadedFile(NamedTuple):
    """A file on disk, and the name under which it is sent."""

    path: Path
    name: str


class NotSent(Exception):
    """The request did not leave: nothing was done."""


class Unanswered(Exception):
    """The request left and no answer came: it may have been done."""


class Telegram:
    """The Bot API at `root`; the HTTP session is the caller's."""

    def __init__(self, session: aiohttp.ClientSession, root: str) -> None:
        self._session = session
        self._root = root.rstrip("/")

    async def call(
        self, token: str, method: str, params: Mapping[str, Any], *, seconds: float = TIMEOUT
    ) -> Reply:
        """One call; raises NotSent or Unanswered."""
        body = aiohttp.BytesPayload(orjson.dumps(params), content_type="application/json")
        return await self._post(token, method, body, seconds)

    async def upload(
        self,
        token: str,
        method: str,
        params: Mapping[str, Any],
        files: Mapping[str, UploadedFile],
        *,
        seconds: float = TIMEOUT,
    ) -> Reply:
        """One call with files that `params` name as `attach://…`; raises NotSent or Unanswered."""
        with ExitStack() as opened:
            form = aiohttp.FormData(quote_fields=False)
            for name, value in params.items():
                if value is not None:
                    text = value if isinstance(value, str) else orjson.dumps(value).decode()
                    form.add_field(name, text)
            for name, file in files.items():
                content = opened.enter_context(file.path.open("rb"))
                form.add_field(name, content, filename=file.name)
            return await self._post(token, method, form, seconds)

    @asynccontextmanager
    async def file(
        self, token: str, path: str, *, seconds: float
    ) -> AsyncGenerator[aiohttp.ClientResponse]:
        """A file by the `file_path` that getFile named; raises NotSent, also while it is read."""
        timeout = aiohttp.ClientTimeout(total=seconds, sock_connect=5.0)
        address = f"{self._root}/file/bot{token}/{quote(path)}"
        try:
            async with self._session.get(address, timeout=timeout, allow_redirects=False) as answer:
                yield answer
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            raise NotSent(f"no file ({type(error).__name__})") from None

    async def _post(
        self, token: str, method: str, body: aiohttp.Payload | aiohttp.FormData, seconds: float
    ) -> Reply:
        timeout = aiohttp.ClientTimeout(total=seconds, sock_connect=5.0)
        try:
            async with self._session.post(
                f"{self._root}/bot{token}/{method}",
                data=body,
                timeout=timeout,
                allow_redirects=False,
            ) as answer:
                return Reply(answer.status, _object(await answer.read()))
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotSent(f"{method}: no connection ({type(error).__name__})") from None
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            raise Unanswered(f"{method}: no answer ({type(error).__name__})") from None

    async def updates(self, token: str, offset: int) -> Reply:
        """A long poll; `result` holds updates as Telegram sent them, decoded one by one later."""
        return await self.call(
            token,
            "getUpdates",
            {
                "offset": offset,
                "limit": 100,
                "timeout": POLL_SECONDS,
                "allowed_updates": UPDATES,
            },
            seconds=POLL_SECONDS + 10,
        )

    async def introduce(self, token: str) -> BotUser | None:
        """Whose token it is; None when Telegram does not know it.

        Raises NotSent or Unanswered if Telegram does not say.
        """
        if not TOKEN.fullmatch(token):
            return None
        reply = await self.call(token, "getMe", {}, seconds=10.0)
        if reply.knows_no_such_bot:
            return None
        told = reply.result
        if not reply.ok or not isinstance(told, dict):
            raise Unanswered(f"getMe: {reply.description}")
        user = cast("Json", told)
        return BotUser(int(user["id"]), str(user["username"]))


def updates_of(reply: Reply) -> Sequence[object]:
    """The updates of a long poll that was answered."""
    told = reply.result
    return cast("list[object]", told) if isinstance(told, list) else ()


def _several(told: object) -> list[object]:
    return cast("list[object]", told) if isinstance(told, list) else [told]


def _message_id(told: object) -> int | None:
    match told:
        case {"message_id": int(id_)} | {"message_thread_id": int(id_)}:
            return id_
        case _:
            return None


def _object(body: bytes) -> Json | None:
    try:
        told = orjson.loads(body)
    except orjson.JSONDecodeError:
        return _lenient(body)
    return cast("Json", told) if isinstance(told, dict) else None


def _lenient(body: bytes) -> Json | None:
    """One lone surrogate must not make a whole batch of updates unreadable for ever."""
    try:
        told: object = json.loads(body)
    except ValueError:
        return None
    return cast("Json", told) if isinstance(told, dict) else None
