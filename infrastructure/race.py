"""The race of a rehearsed hour: orders stand in the executors' chats, and all want the same ones.

As in the rehearsal everybody acts in the sandbox only, and what came of it is read from the phones.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random

from infrastructure.fair import Fair, open_fair
from infrastructure.phones import PATIENCE, NothingCame, Phones, button, heard
from infrastructure.town import Company
from interfaces.sandbox import people
from interfaces.sandbox.members import MEMBER
from interfaces.sandbox.membership import set_member
from interfaces.sandbox.messages import Message
from interfaces.sandbox.users import User
from interfaces.sandbox.world import World

CREW = (
    ("Иван", "Петров"), ("Марат", "Юсупов"), ("Олег", "Зима"), ("Семён", "Крюков"),
    ("Артём", "Лось"), ("Денис", "Шац"), ("Пётр", None),
)  # fmt: skip
JOBS = (
    ("Собрать шкаф", "Сборка, 3 двери", "3500"),
    ("Повесить люстру", "Монтаж на крюк", "1800"),
    ("Заменить смеситель", "Кухня, смеситель есть", "2200"),
    ("Отвезти документы", "Конверт, до обеда", "700"),
    ("Поклеить обои", "Комната 14 м²", "12000"),
    ("Перевести договор", "9 страниц, английский", "5400"),
)


@dataclass
class Scores:
    """What was offered, and who got it; an order with two winners is `doubled`."""

    offered: int = 0
    won: int = 0
    lost: int = 0
    told: int = 0
    doubled: list[str] = field(default_factory=list[str])


class Race:
    """The stories of all orders, told with one seed; `say` prints a line as it happens."""

    def __init__(
        self,
        world: World,
        say: Callable[[str, str], None],
        *,
        seed: int = 7,
        patience: float = PATIENCE,
    ) -> None:
        self.world = world
        self.scores = Scores()
        self._phones = Phones(world, patience)
        self._say = say
        self._random = Random(seed)  # noqa: S311 - a story, not a secret
        self._crew = [
            world.user(name, last_name=last, username=f"master{n}" if last else None)
            for n, (name, last) in enumerate(CREW, 1)
        ]

    async def play(self, companies: Sequence[Company], orders: int, pause: float) -> Scores:
        """Open a fair for each company, and let so many deals look for executors there."""
        return await self.run([await self.open(one) for one in companies], orders, pause)

    async def run(self, fairs: Sequence[Fair], orders: int, pause: float) -> Scores:
        """Let so many deals look for executors, one every `pause` seconds."""
        stories: list[asyncio.Task[None]] = []
        for number in range(1, orders + 1):
            fair = fairs[number % len(fairs)]
            stories.append(asyncio.create_task(self._story(fair, number), name=f"order {number}"))
            await asyncio.sleep(pause)
        await asyncio.gather(*stories)
        return self.scores

    async def open(self, company: Company) -> Fair:
        """A pipeline whose deals look for executors, who all come to its chat and start the bot."""
        for one in self._crew:
            set_member(self.world, company.executors_chat, one, MEMBER)
            people.start(self.world, one, company.executors_bot)
        fair = await open_fair(company)
        for one in self._crew:
            talk = self.world.private(company.executors_bot, one)
            await self._phones.arrival(talk, "Здравствуйте")
        return fair

    async def _story(self, fair: Fair, number: int) -> None:
        job, work, pay = self._random.choice(JOBS)
        title, phone = f"{job} (заказ {number})", f"+7900555{number:04}"
        asking = self._random.sample(self._crew, self._random.randint(1, 3))
        racing = self._random.sample(self._crew, self._random.randint(2, len(self._crew)))
        await fair.deal(title, phone, work=work, address=f"Мира, {number}", pay=pay)
        card = await self._card(fair, title)
        self.scores.offered += 1
        self._say(fair.company.name, f"заказ исполнителям: «{title}»")
        for one in asking:
            await self._ask(fair, card, one, phone)
        await self._claim(fair, card, racing, title)

    async def _card(self, fair: Fair, title: str) -> Message:
        chat = fair.company.executors_chat
        return await self._phones.until(
            lambda: next((one for one in heard(chat, title) if button(one, "claim")), None), title
        )

    async def _press(self, fair: Fair, card: Message, one: User, action: str) -> str:
        chat, data = fair.company.executors_chat, button(card, action)
        return await self._phones.answer(people.click(self.world, one, chat, card.id, data=data))

    async def _ask(self, fair: Fair, card: Message, one: User, phone: str) -> None:
        """Somebody wants to call the client first; the number comes to them alone."""
        await self._press(fair, card, one, "contact")
        await self._phones.arrival(self.world.private(fair.company.executors_bot, one), phone)
        self.scores.told += 1
        self._say(fair.company.name, f"{one.first_name} получает номер клиента")

    async def _claim(self, fair: Fair, card: Message, racing: Sequence[User], title: str) -> None:
        """All press in the same moment; the winner is who has it on their phone, too."""
        answers = await asyncio.gather(*(self._press(fair, card, one, "claim") for one in racing))
        winners = [one for one, text in zip(racing, answers, strict=True) if "ваш!" in text]
        if not winners:
            raise NothingCame(f"a winner of «{title}»: {answers}")
        winner = winners[0]
        await self._phones.until(lambda: self._has(fair, winner, title) or None, f"«{title}»")
        if sum(one in winners or self._has(fair, one, title) for one in self._crew) > 1:
            self.scores.doubled.append(title)
        self.scores.won += 1
        self.scores.lost += len(racing) - len(winners)
        losers = ", ".join(one.first_name for one in racing if one is not winner)
        self._say(fair.company.name, f"{winner.first_name} забирает заказ (не успели: {losers})")

    def _has(self, fair: Fair, one: User, title: str) -> bool:
        """Whether somebody was told in private that the order is theirs."""
        talk = self.world.private(fair.company.executors_bot, one)
        return any("ваш!" in said.text for said in heard(talk, title))
