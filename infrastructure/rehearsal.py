"""A rehearsed hour: clients ask, managers press at the same time, answer, close, and are rated.

Everybody acts in the sandbox only, as people with phones would; what reached whom is read from the
phones afterwards.
"""

import asyncio
import base64
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random

from infrastructure.phones import PATIENCE, NothingCame, Phones, button, buttons, heard
from infrastructure.town import Company
from interfaces.sandbox import people
from interfaces.sandbox.chats import Chat
from interfaces.sandbox.files import Upload
from interfaces.sandbox.messages import Message
from interfaces.sandbox.users import User
from interfaces.sandbox.world import World

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
NAMES = (
    "Ольга", "Павел", "Ирина", "Тимур", "Софья", "Егор", "Марина", "Руслан", "Алиса", "Никита",
    "Лариса", "Степан", "Юлия", "Фёдор",
)  # fmt: skip
QUESTIONS = (
    "Где мой заказ?",
    "Код подтверждения не приходит",
    "Как вернуть товар?",
    "Списали деньги дважды",
    "Нужен счёт на юрлицо",
    "Приложение не открывается",
    "Хочу поменять адрес доставки",
)
ANSWERS = (
    "Уже смотрю, минуту.",
    "Нашёл, всё в порядке: курьер будет сегодня.",
    "Отправил код ещё раз, проверьте.",
    "Деньги вернутся за три дня.",
    "Счёт во вложении.",
)
KINDS = ("text", "text", "text", "photo", "album", "document", "voice")
TAGS = ("доставка", "оплата", "возврат")
UPLOADS = {
    "photo": Upload("снимок.png", "image/png", PIXEL),
    "document": Upload("договор.pdf", "application/pdf", PIXEL),
    "voice": Upload("голос.ogg", "audio/ogg", PIXEL),
}


@dataclass
class Tally:
    """What was said and pressed, and what came of it."""

    asked: int = 0
    contested: int = 0
    won: int = 0
    lost_claims: int = 0
    relayed: int = 0
    lost: list[str] = field(default_factory=list[str])
    doubled: list[str] = field(default_factory=list[str])
    rated: int = 0
    open: int = 0


@dataclass(frozen=True)
class Case:
    """One client's business with one company."""

    company: Company
    client: User
    talk: Chat
    number: int


class Rehearsal:
    """The stories of all clients, told with one seed; `say` prints a line as it happens."""

    def __init__(
        self,
        world: World,
        say: Callable[[str, str], None],
        *,
        seed: int = 7,
        patience: float = PATIENCE,
    ) -> None:
        self.world = world
        self.tally = Tally()
        self._phones = Phones(world, patience)
        self._say = say
        self._random = Random(seed)  # noqa: S311 - a story, not a secret
        self._expected: list[tuple[str, Chat]] = []

    async def play(
        self, companies: Sequence[Company], clients: int, contested: int, pause: float
    ) -> Tally:
        """Let so many clients come, one every `pause` seconds; the last ones stay in the queue."""
        stories: list[asyncio.Task[None]] = []
        waiting = max(3, clients // 10)
        for number in range(1, clients + 1):
            company = companies[number % len(companies)]
            client = self.world.user(f"{NAMES[number % len(NAMES)]} {number}")
            talk = self.world.private(company.clients_bot, client)
            case = Case(company, client, talk, number)
            story = self._story(
                case, pressing=3 if number <= contested else 1, waits=number > clients - waiting
            )
            stories.append(asyncio.create_task(story, name=f"client {number}"))
            await asyncio.sleep(pause)
        await asyncio.gather(*stories)
        self._settle()
        return self.tally

    def _settle(self) -> None:
        """Count what came once, what never came, and what came more than once."""
        for text, chat in self._expected:
            times = sum(1 for _ in heard(chat, text))
            self.tally.relayed += times >= 1
            if times == 0:
                self.tally.lost.append(text)
            if times > 1:
                self.tally.doubled.append(text)

    async def _story(self, case: Case, *, pressing: int, waits: bool) -> None:
        company, client = case.company, case.client
        people.start(self.world, client, company.clients_bot)
        question = f"{self._random.choice(QUESTIONS)} (вопрос {case.number})"
        self.tally.asked += 1
        self._write(client, case.talk, question, company.group, self._random.choice(KINDS))
        card = await self._phones.card(company, question)
        self._say(company.name, f"{client.first_name}: «{question}»")
        if waits:
            self.tally.open += 1
            return
        holder = await self._claim(company, card, pressing)
        await self._tag(case, card, holder)
        await self._talk(case, card, holder)
        await self._close_and_rate(case, card, holder)

    async def _talk(self, case: Case, card: Message, holder: User) -> None:
        """The manager answers once or twice, and each time the client thanks them."""
        for turn in range(1, self._random.choice((1, 2)) + 1):
            answer = f"{self._random.choice(ANSWERS)} (ответ {case.number}.{turn})"
            self._expected.append((answer, case.talk))
            people.say(self.world, holder, case.company.group, answer, reply_to=card.thread)
            self._say(case.company.name, f"{holder.first_name} отвечает: «{answer}»")
            got = await self._phones.arrival(case.talk, answer)
            people.react(self.world, case.client, case.talk, got.id, "👍")
            thanks = f"Понял, спасибо (письмо {case.number}.{turn})"
            self._write(case.client, case.talk, thanks, case.company.group)
            await self._phones.arrival(case.company.group, thanks)

    def _write(self, author: User, chat: Chat, text: str, to: Chat, kind: str = "text") -> None:
        self._expected.append((text, to))
        if kind == "album":
            name, photo = str(self._random.getrandbits(60)), ("photo", UPLOADS["photo"])
            for words in (text, ""):
                people.say(self.world, author, chat, words, media=photo, album=name)
            return
        media = (kind, UPLOADS[kind]) if kind in UPLOADS else None
        people.say(self.world, author, chat, text, media=media)

    async def _tag(self, case: Case, card: Message, holder: User) -> None:
        """The holder marks what the ticket is about; the card shows it."""
        tag = self._random.choice(TAGS)
        people.say(self.world, holder, case.company.group, f"/tag {tag}", reply_to=card.thread)
        await self._phones.until(lambda: f"#{tag}" in card.text or None, f"the tag {tag}")
        self._say(case.company.name, f"{holder.first_name} ставит метку #{tag}")

    async def _claim(self, company: Company, card: Message, least: int) -> User:
        """So many managers press in the same moment, or more if there are several."""
        several = self._random.randint(least, len(company.managers)) if least > 1 else 1
        pressing = self._random.sample(company.managers, several)
        data = await self._phones.until(lambda: button(card, "claim"), "claim button")
        presses = [
            people.click(self.world, one, company.group, card.id, data=data) for one in pressing
        ]
        answers = await asyncio.gather(*(self._phones.answer(press) for press in presses))
        winners = [one for one, text in zip(pressing, answers, strict=True) if "ваше" in text]
        if len(winners) != 1:
            raise NothingCame(f"one winner of a claim: {answers}")
        self.tally.contested += several > 1
        self.tally.won += 1
        self.tally.lost_claims += several - 1
        losers = ", ".join(one.first_name for one in pressing if one is not winners[0])
        late = f" (не успели: {losers})" if losers else ""
        self._say(company.name, f"{winners[0].first_name} берёт обращение{late}")
        return winners[0]

    async def _close_and_rate(self, case: Case, card: Message, holder: User) -> None:
        company, talk = case.company, case.talk
        data = await self._phones.until(lambda: button(card, "close"), "close button")
        await self._phones.answer(
            people.click(self.world, holder, company.group, card.id, data=data)
        )
        request = await self._phones.offer(talk, "rate")
        stars = self._random.choice((3, 4, 5, 5))
        rating = buttons(request)[stars - 1]
        await self._phones.answer(
            people.click(self.world, case.client, talk, request.id, data=rating)
        )
        self.tally.rated += 1
        self._say(company.name, f"{case.client.first_name} ставит {'★' * stars}")
