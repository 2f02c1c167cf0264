"""Clients and managers who write to each other, whatever becomes of the machines between them."""

import asyncio
import random
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from infrastructure.phones import Phones
from infrastructure.stage import Stage
from infrastructure.town import Company
from interfaces.sandbox import people
from interfaces.sandbox.chats import Chat
from interfaces.sandbox.updates import Update
from interfaces.sandbox.users import User
from tests.whole.relay.troubles import Troubles

MARK = re.compile(r"\((вопрос|ответ) (\d+)\.(\d+)\)")
ASKED, ANSWERED = "вопрос", "ответ"
Side = tuple[str, int]
"""What was asked or answered in the talk with this number."""


@dataclass(frozen=True)
class Pair:
    """A client and the manager who answers them; `talk` is the client's chat."""

    number: int
    company: Company
    client: User
    manager: User
    talk: Chat


@dataclass
class Crowd:
    """Everybody, and what they have said: how it was delivered to bots, and how it arrived."""

    stage: Stage
    troubles: Troubles
    chance: random.Random
    patience: float
    pairs: list[Pair] = field(default_factory=list[Pair])
    delivered: dict[Side, list[int]] = field(default_factory=lambda: defaultdict(list))
    updates: set[tuple[str, int]] = field(default_factory=set[tuple[str, int]])
    said: int = 0

    async def gather(self, companies: int, pairs: int, staff: int = 4) -> None:
        """Found so many companies with so many clients in each."""
        world = self.stage.world
        for place in range(companies):
            managers = [world.user(f"Сотрудник {n}") for n in range(staff)]
            company = await self.stage.found(f"Компания {place}", managers)
            company.clients_bot.updates.listener = self._heard_by_clients_bot
            company.managers_bot.updates.listener = self._heard_by_managers_bot
            for n in range(pairs):
                client = world.user(f"Клиент {n}")
                talk = world.private(company.clients_bot, client)
                manager = managers[n % staff]
                self.pairs.append(Pair(len(self.pairs), company, client, manager, talk))

    async def talk(self, turns: int, pause: float) -> None:
        """Everybody says so many things, with pauses of so many seconds in the middle."""
        await asyncio.gather(*(self._converse(pair, turns, pause) for pair in self.pairs))

    async def _converse(self, pair: Pair, turns: int, pause: float) -> None:
        await asyncio.sleep(self.chance.uniform(0, 2 * pause))
        self._ask(pair, 1)
        phones = Phones(self.stage.world, self.patience)
        card = await phones.card(pair.company, f"({ASKED} {pair.number}.1)")
        self._answer(pair, 1, card.thread or 0)
        for turn in range(2, turns + 1):
            await asyncio.sleep(self.chance.uniform(0, pause))
            self._ask(pair, turn)
            await asyncio.sleep(self.chance.uniform(0, pause))
            self._answer(pair, turn, card.thread or 0)

    def _ask(self, pair: Pair, turn: int) -> None:
        company, text = pair.company, f"Дело ({ASKED} {pair.number}.{turn})"
        self.troubles.of_update(company.clients_bot, pair.talk)
        self.troubles.of_call(company.clients_bot, company.group)
        people.say(self.stage.world, pair.client, pair.talk, text)
        self.said += 1

    def _answer(self, pair: Pair, turn: int, thread: int) -> None:
        company, text = pair.company, f"Решение ({ANSWERED} {pair.number}.{turn})"
        self.troubles.of_update(company.managers_bot, company.group)
        self.troubles.of_call(company.clients_bot, pair.talk)
        people.say(self.stage.world, pair.manager, company.group, text, reply_to=thread)
        self.said += 1

    def _heard_by_clients_bot(self, update: Update) -> None:
        self._heard(ASKED, update)

    def _heard_by_managers_bot(self, update: Update) -> None:
        self._heard(ANSWERED, update)

    def _heard(self, what: str, update: Update) -> None:
        """Know the order in which Telegram delivers what was said."""
        for side, turn in said_in([str(update.body.get("text"))]):
            if side[0] == what and (what, update.id) not in self.updates:
                self.updates.add((what, update.id))
                self.delivered[side].append(turn)

    def arrived(self) -> dict[Side, list[int]]:
        """What came to the other side, in order, as often as it came."""
        found: dict[Side, list[int]] = defaultdict(list)
        for chat in [pair.talk for pair in self.pairs] + [one.group for one in self.companies]:
            texts = (one.text for one in chat.messages.values() if one.by_bot)
            for side, turn in said_in(texts):
                found[side].append(turn)
        return found

    @property
    def companies(self) -> list[Company]:
        """Those that were founded for this."""
        return list({pair.company.workspace_id: pair.company for pair in self.pairs}.values())


def said_in(texts: Iterable[str]) -> Iterable[tuple[Side, int]]:
    """By the marks in texts: whose words they are, and which of them."""
    for text in texts:
        for what, number, turn in MARK.findall(text):
            yield (what, int(number)), int(turn)


def once(turns: Iterable[int]) -> list[int]:
    """The first of each, in order."""
    return list(dict.fromkeys(turns))
