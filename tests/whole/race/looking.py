"""Whose an order is, for whoever looks: in GraphQL, on the card, in the chat, in private."""

import re
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import psycopg

from infrastructure.phones import buttons
from infrastructure.town import AnswerHasErrors, Graph
from tests.whole.race.booths import Booth
from tests.whole.race.register import Read

OFFER = """query ($id: ID!, $position: BigInt) { offer(id: $id, minPosition: $position)
  { executor { telegramId } } }"""
OFFERS = """query ($after: String, $position: BigInt)
  { offers(first: 100, after: $after, minPosition: $position)
  { nodes { id executor { telegramId } } pageInfo { hasNextPage endCursor } } }"""
HEAD = "SELECT last_id FROM ledger.log_head"
NUMBER = re.compile(r"Заказ №(\d+)")
YOURS = re.compile(r"Заказ №(\d+) ваш")


@dataclass
class Look:
    """What was seen of orders; `api` is the address of GraphQL, `dsn` that of the log."""

    api: str
    dsn: str
    session: aiohttp.ClientSession
    reads: list[Read] = field(default_factory=list[Read])

    async def meanwhile(self, booth: Booth, offer: str) -> None:
        """Ask for one order, as of all that is recorded by now; perhaps nobody answers in time."""
        began = time.time()
        with suppress(aiohttp.ClientError, AnswerHasErrors, TimeoutError):
            told = await self._graph(booth).ask(OFFER, id=offer, position=await self._head())
            self._note(offer, began, _winner(told["offer"]))

    async def afterwards(self, booth: Booth) -> None:
        """Ask for all orders and read all phones, when nothing is on its way any more."""
        began = time.time()
        for offer, winner in self._on_phones(booth):
            self._note(offer, began, winner)
        graph, position, after, more = self._graph(booth), await self._head(), None, True
        while more:
            page = (await graph.ask(OFFERS, after=after, position=position))["offers"]
            for node in page["nodes"]:
                self._note(node["id"], began, _winner(node))
            after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]

    def _on_phones(self, booth: Booth) -> Iterator[tuple[str, int | None]]:
        """Whom the card names, whom the chat was told of, and who was told to have it."""
        told, owners = defaultdict[int, list[int | None]](list), _owners(booth)
        for message in booth.company.executors_chat.messages.values():
            if message.by_bot and message.reply_to is not None:
                told[message.reply_to.id].append(booth.named(message.text))
        for card in booth.cards:
            named = None if buttons(card.message) else booth.named(card.message.text)
            found = NUMBER.search(card.message.text)
            number = int(found[1]) if found else 0
            for winner in (named, *(told[card.message.id] or [None]), *(owners[number] or [None])):
                yield card.offer, winner

    def _note(self, offer: str, began: float, winner: int | None) -> None:
        self.reads.append(Read(offer=offer, began=began, ended=time.time(), winner=winner))

    def _graph(self, booth: Booth) -> Graph:
        return Graph(self.session, self.api, booth.company.graph.key)

    async def _head(self) -> int:
        async with await psycopg.AsyncConnection.connect(self.dsn) as connection:
            row = await (await connection.execute(HEAD)).fetchone()
            return int(row[0]) if row else 0


def _winner(offer: dict[str, Any]) -> int | None:
    """Who has an order, as GraphQL tells it."""
    executor: dict[str, Any] | None = offer["executor"]
    return int(executor["telegramId"]) if executor else None


def _owners(booth: Booth) -> defaultdict[int, list[int | None]]:
    """Who was told in private to have an order, by its number."""
    found = defaultdict[int, list[int | None]](list)
    for one in booth.executors:
        talk = booth.stage.world.private(booth.company.executors_bot, one)
        for message in talk.messages.values():
            said = YOURS.search(message.text) if message.by_bot else None
            if said is not None:
                found[int(said[1])].append(one.id)
    return found
