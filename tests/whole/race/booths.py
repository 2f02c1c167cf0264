"""Companies with executors' chats full of orders, each card under its two buttons."""

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from infrastructure.fair import open_fair
from infrastructure.phones import Phones, button
from infrastructure.stage import Stage
from infrastructure.town import Company
from interfaces.sandbox import people
from interfaces.sandbox.messages import Message
from interfaces.sandbox.updates import Update
from interfaces.sandbox.users import User
from tests.whole.race.register import Told

NAME = re.compile(r"Исполнитель (\d+)")
YOURS = re.compile(r"Заказ ваш!|Этот заказ уже ваш")
TAKEN = re.compile(r"Заказ уже взял|Этот заказ уже занят")
AT_ONCE = 4  # deals that are being made at a time


@dataclass(frozen=True)
class Card:
    """An order as it stands in a chat; `data` is behind the button with which it is claimed."""

    offer: str
    message: Message
    data: str


@dataclass
class Booth:
    """One company with its executors and its orders.

    `commands` says how the log knows a press, by the id of its callback query.
    """

    stage: Stage
    company: Company
    executors: list[User]
    cards: list[Card] = field(default_factory=list[Card])
    commands: dict[str, str] = field(default_factory=dict[str, str])

    @classmethod
    async def opened(cls, stage: Stage, executors: int) -> "Booth":
        """A new company with so many executors in its chat."""
        world, name = stage.world, f"Компания {len(stage.companies) + 1}"
        numbers = range(len(world.users), len(world.users) + executors)
        crowd = [world.user(f"Исполнитель {n}", username=f"executor{n}") for n in numbers]
        company = await stage.found(name, [world.user(f"Директор {name}")], executors=crowd)
        booth = cls(stage, company, crowd)
        company.executors_bot.updates.listener = booth._hear
        return booth

    async def fill(self, orders: int) -> None:
        """Let everybody start the bot, and wait until all cards of so many orders stand."""
        fair, numbers = await open_fair(self.company), iter(range(orders))
        for one in self.executors:
            people.start(self.stage.world, one, self.company.executors_bot)

        async def make() -> None:
            for n in numbers:
                await fair.deal(f"Заказ {n}", f"+7999{n:07}", work="Прихожая")

        await asyncio.gather(*(make() for _ in range(AT_ONCE)))
        greeted = self._is_greeted
        await self.phones.until(lambda: all(map(greeted, self.executors)) or None, "greetings")
        await self.phones.until(lambda: len([*self._claimable()]) == orders or None, "all cards")
        self.cards = [*self._claimable()]

    @property
    def phones(self) -> Phones:
        """The phones of everybody."""
        return Phones(self.stage.world, 60)

    def _claimable(self) -> Iterator[Card]:
        for message in self.company.executors_chat.messages.values():
            data = button(message, "claim")
            if data is not None:
                yield Card(str(UUID(data.split(":")[2])), message, data)

    def _is_greeted(self, one: User) -> bool:
        talk = self.stage.world.private(self.company.executors_bot, one)
        return any(message.by_bot for message in talk.messages.values())

    def _hear(self, update: Update) -> None:
        if update.kind == "callback_query":
            bot_id = self.company.executors_bot.id
            self.commands[update.body["id"]] = f"tg:{bot_id}:{update.id}"

    def named(self, text: str) -> int | None:
        """Who is named in a text."""
        found = NAME.search(text)
        if found is None:
            return None
        return next(one.id for one in self.executors if one.first_name == found[0])

    def told(self, person: User, answer: str) -> Told | None:
        """What an answer to a press says; None: nothing certain, such as to press again."""
        if YOURS.search(answer):
            return Told(True, person.id)
        if TAKEN.search(answer):
            return Told(False, self.named(answer))
        return None
