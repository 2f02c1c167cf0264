"""Files in letters: fetched by the bot that owns them, cleaned, and sent anew by another one.

Anywhere among the values of a letter's parameters may stand

    {"$file": {"bot_id": 70, "file_id": "…", "name": "договор.pdf" | null, "kind": "document",
               "clean": true}}

A file id is good for its own bot only. So the bot itself sends the id, unless the file must be
`clean` of what tells who made it (`infrastructure.metadata`); every other bot downloads the file,
20 MB at most, and uploads it.
"""

import asyncio
from collections.abc import AsyncGenerator, Iterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, Final, NamedTuple, TypeAlias, cast

import aiohttp
import structlog

from infrastructure.bots import BotAccount
from infrastructure.metadata import NotCleanable, cleaned
from infrastructure.metadata.names import sendable
from infrastructure.outbox import Outgoing
from infrastructure.peers import Peers
from infrastructure.replies import FILE_GONE, FILE_TOO_BIG, Fate, Verdict, classify
from infrastructure.telegram import NotSent, Telegram, Unanswered, UploadedFile

log = structlog.get_logger(__name__)

Params: TypeAlias = dict[str, Any]

MARK: Final = "$file"
MOST: Final = 20 * 1024 * 1024  # bytes that the Bot API lets a bot download
CHUNK: Final = 1 << 16
FETCHING: Final = 60.0  # seconds for all files of a letter; what takes longer is too big for us
NOT_CLEANABLE: Final = "file_not_cleanable"
ASKING: Final = 10.0  # seconds
OK: Final = 200
PASSING: Final = frozenset({Fate.THROTTLED, Fate.NOT_EXECUTED, Fate.TOKEN_DEAD})


class Enclosure(NamedTuple):
    """A file that a letter has in it; `bot_id` is the bot that may fetch it."""

    bot_id: int
    file_id: str
    kind: str
    name: str | None = None
    clean: bool = False


class Filled(NamedTuple):
    """Parameters without marks, and the files that they name as `attach://…`."""

    params: Params
    files: Mapping[str, UploadedFile]


class NotEnclosed(Exception):
    """A file cannot be sent, now or ever: the verdict tells."""

    def __init__(self, fate: Fate, why: str, retry_after: int | None = None) -> None:
        super().__init__(why)
        self.verdict = Verdict(fate, why, retry_after)


class Enclosures:
    """Puts what a bot can send in the place of every mark."""

    def __init__(self, telegram: Telegram, peers: Peers) -> None:
        self._telegram = telegram
        self._peers = peers

    @asynccontextmanager
    async def filled(
        self, account: BotAccount, letter: Outgoing, params: Params
    ) -> AsyncGenerator[Filled]:
        """Parameters for this bot; the files are gone after the block.

        Raises NotEnclosed, NotSent or Unavailable.
        """
        found = dict.fromkeys(enclosures_in(params))
        if not found:
            yield Filled(params, {})
            return
        with TemporaryDirectory(prefix="ledgerdesk-letter-") as folder:
            said: dict[Enclosure, str] = {}
            files: dict[str, UploadedFile] = {}
            try:
                async with asyncio.timeout(FETCHING):
                    for n, one in enumerate(found):
                        if one.bot_id == account.bot_id and not one.clean:
                            said[one] = one.file_id
                        else:
                            said[one] = f"attach://file{n}"
                            target = Path(folder) / str(n)
                            files[f"file{n}"] = await self._fetched(one, letter, target)
            except TimeoutError:
                raise NotEnclosed(Fate.REFUSED, FILE_TOO_BIG) from None
            yield Filled(cast("Params", _replaced(params, said)), files)

    async def _fetched(self, one: Enclosure, letter: Outgoing, target: Path) -> UploadedFile:
        path = await self._download(one, letter, target)
        return await asyncio.to_thread(_made_sendable, one, path, target)

    async def _download(self, one: Enclosure, letter: Outgoing, target: Path) -> str:
        owner = await self._peers.find(one.bot_id, letter.workspace_id)
        if owner is None:
            raise NotEnclosed(Fate.REFUSED, FILE_GONE)
        path = await self._path(owner, one.file_id)
        with target.open("wb") as file:
            async with self._telegram.file(owner.token, path, seconds=2 * FETCHING) as answer:
                await _copy(answer, file)
        return path

    async def _path(self, owner: BotAccount, file_id: str) -> str:
        try:
            asked = {"file_id": file_id}
            reply = await self._telegram.call(owner.token, "getFile", asked, seconds=ASKING)
        except Unanswered as error:
            raise NotSent(str(error)) from None
        verdict = classify(reply)
        if verdict.fate in PASSING:
            raise NotEnclosed(verdict.fate, verdict.why, verdict.retry_after)
        if verdict.why == FILE_TOO_BIG:
            raise NotEnclosed(Fate.REFUSED, FILE_TOO_BIG)
        match reply.result:
            case {"file_path": str(path)} if is_safe(path):
                return path
            case _:
                raise NotEnclosed(Fate.REFUSED, FILE_GONE)


def enclosures_in(told: object) -> Iterator[Enclosure]:
    """Every marked file in parameters, in order; one that stands twice comes twice."""
    if isinstance(told, dict):
        within = cast("Params", told)
        if set(within) == {MARK}:
            yield _enclosure(within)
        else:
            for each in within.values():
                yield from enclosures_in(each)
    elif isinstance(told, list):
        for each in cast("list[object]", told):
            yield from enclosures_in(each)


def is_safe(path: str) -> bool:
    """Whether a `file_path` of Telegram stays below the address of the bot's files."""
    parts = path.split("/")
    return path.isprintable() and "\\" not in path and not {"", ".", ".."}.intersection(parts)


def _enclosure(marked: Params) -> Enclosure:
    return Enclosure(**cast("Params", marked[MARK]))


def _replaced(told: object, said: Mapping[Enclosure, str]) -> object:
    if isinstance(told, dict):
        within = cast("Params", told)
        if set(within) == {MARK}:
            return said[_enclosure(within)]
        return {name: _replaced(each, said) for name, each in within.items()}
    if isinstance(told, list):
        return [_replaced(each, said) for each in cast("list[object]", told)]
    return told


async def _copy(answer: aiohttp.ClientResponse, file: BinaryIO) -> None:
    if answer.status >= 500 or answer.status == 429:  # noqa: PLR2004 - statuses of HTTP
        raise NotSent(f"no file: HTTP {answer.status}")
    if answer.status != OK:
        raise NotEnclosed(Fate.REFUSED, FILE_GONE)
    size = 0
    async for chunk in answer.content.iter_chunked(CHUNK):
        size += len(chunk)
        if size > MOST:
            raise NotEnclosed(Fate.REFUSED, FILE_TOO_BIG)
        file.write(chunk)


def _made_sendable(one: Enclosure, path: str, fetched: Path) -> UploadedFile:
    if not one.clean:
        return UploadedFile(fetched, sendable(one.name or path, one.kind))
    target = fetched.with_suffix(".clean")
    try:
        name = cleaned(fetched, target, one.kind, one.name)
    except Exception as error:  # whatever a file does to a parser, it must not hold up its chat
        if not isinstance(error, NotCleanable):
            log.exception("cleaning failed", kind=one.kind)
        raise NotEnclosed(Fate.REFUSED, NOT_CLEANABLE) from None
    fetched.unlink()
    return UploadedFile(target, name)
