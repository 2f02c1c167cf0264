"""All that reaches the phones of clients, byte by byte: messages, their edits, and their files."""

import asyncio
import re
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from infrastructure.town import Company
from interfaces.sandbox.files import StoredFile
from interfaces.sandbox.wire import dumps
from interfaces.sandbox.world import World
from tests.whole.relay.canaries import canaries_in

MARK = re.compile(r"\(письмо \d+\)")
WORDLESS = ("sticker", "video_note", "location", "dice")
"""What comes without a word by which it could be known."""
FILE = re.compile(rb'"file_unique_id":"([^"]+)"')


@dataclass
class Received:
    """What came to the clients of some companies, as Telegram shows it to their phones.

    `arrived` says how often each relayed message came, by chat; `hints` how many explanations the
    staff got that begin so.
    """

    world: World
    explanation: str
    companies: list[Company] = field(default_factory=list[Company])
    heard: list[bytes] = field(default_factory=list[bytes])
    files: dict[str, StoredFile] = field(default_factory=dict[str, StoredFile])
    arrived: Counter[tuple[str, str]] = field(default_factory=Counter[tuple[str, str]])
    hints: int = 0

    async def listen(self) -> None:
        """Hear all that happens in the chats of these companies, for ever."""
        async for event in self.world.feed.events():
            message: dict[str, Any] = event.get("message") or {}
            key = str(event.get("chat_key") or message.get("chat_key"))
            bot, _, person = key.partition(":")
            if any(str(one.clients_bot.id) == bot for one in self.companies):
                if str(message.get("writer_id")) != person:
                    self._keep(key, event, message)
            elif any(str(one.group.id) == key for one in self.companies):
                self.hints += str(message.get("text")).startswith(self.explanation)

    def _keep(self, key: str, event: dict[str, Any], message: dict[str, Any]) -> None:
        self.heard.append(dumps(event))
        label = label_of(message)
        if event["kind"] == "message" and label is not None:
            self.arrived[key, label] += 1
        for found in FILE.findall(self.heard[-1]):
            stored = self.world.files.by_unique_id(found.decode())
            if stored is not None:
                self.files[stored.unique_id] = stored

    @property
    def size(self) -> int:
        """Bytes."""
        return sum(map(len, self.heard)) + sum(one.size for one in self.files.values())

    def canaries(self) -> list[bytes]:
        """What in all of it tells who a manager is."""
        told = [one for heard in self.heard for one in canaries_in(heard)]
        return told + [one for stored in self.files.values() for one in canaries_of(stored)]


@asynccontextmanager
async def receiving(world: World, explanation: str) -> AsyncGenerator[Received]:
    """Listen to the phones of companies that are yet to be founded."""
    received = Received(world, explanation)
    listening = asyncio.create_task(received.listen(), name="received")
    await asyncio.sleep(0)  # so that nothing comes before it listens
    try:
        yield received
    finally:
        listening.cancel()
        with suppress(asyncio.CancelledError):
            await listening


def canaries_of(stored: StoredFile) -> list[bytes]:
    """What a file and its name tell of who made it."""
    return canaries_in(stored.name.encode()) + canaries_in(stored.data)


def label_of(message: dict[str, Any]) -> str | None:
    """By which a relayed message is known: the mark in its words, or else its kind."""
    body = {name: value for name, value in message.items() if name != "reply_to_message"}
    found = MARK.search(dumps(body).decode())
    if found is not None:
        return found[0]
    return next((kind for kind in WORDLESS if kind in message), None)
