"""A rehearsed hour: clients ask, managers press at the same time, answer, close, and are rated.

Everybody acts in the sandbox only, as people with phones would; what reached whom is read from the
phones afterwards.
"""

import asyncio
import base64
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random
from typing import TypeVar

from infrastructure.town import Company
from interfaces.sandbox import people
from interfaces.sandbox.callbacks import Callback
from interfaces.sandbox.chats import Chat
from interfaces.sandbox.files import Upload
from interfaces.sandbox.messages import Message
from interfaces.sandbox.users import User
from interfaces.sandbox.world import World

T = TypeVar("T")

GLANCE = 0.02  # seconds between two looks at a phone
PATIENCE = 45.0  # seconds until somebody complains that nothing comes
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
QUESTIONS = (
    "Где мой заказ?",
    "Не приходит код подтверждения",
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
MEDIA = ("text", "text", "text", "photo", "document", "voice")


class NothingCame(Exception):
    """Somebody waited for a message that did not come in time."""


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


class Rehearsal:
    """The stories of all clients, told with one seed; `say` prints a line as it happens."""

    def __init__(self, world: World, say: Callable[[str, str], None], seed: int = 7) -> None:
        self.world = world
        self.tally = Tally()
        self._say = say
        self._random = Random(seed)  # noqa: S311 - a story, not a secret
        self._expected: list[tuple[str, Chat]] = []

    async def play(
        self, companies: list[Company], clients: int, contested: int, pause: float
    ) -> Tally:
        """Let so many clients come, one every `pause` seconds; the last ones stay in the queue."""
        stories: list[asyncio.Task[None]] = []
        waiting = max(3, clients // 10)
        for number in range(clients):
            company = companies[number % len(companies)]
            press = "contested" if number < contested else "alone"
            ends = "waits" if number >= clients - waiting else press
            story = self._story(company, number + 1, ends)
            stories.append(asyncio.create_task(story, name=f"client {number + 1}"))
            await asyncio.sleep(pause)
        await asyncio.gather(*stories)
        await self.settle()
        return self.tally

    async def settle(self) -> None:
        """Count what came once, what never came, and what came more than once."""
        for text, chat in self._expected:
            times = sum(1 for _ in _heard(chat, text))
            self.tally.relayed += times >= 1
            if times == 0:
                self.tally.lost.append(text)
            if times > 1:
                self.tally.doubled.append(text)

    async def _story(self, company: Company, number: int, ends: str) -> None:
        client = self.world.user(f"Клиент {number}")
        talk = self.world.private(company.clients_bot, client)
        people.start(self.world, client, company.clients_bot)
        question = f"{self._random.choice(QUESTIONS)} (вопрос {number})"
        self._ask(company, client, talk, question)
        card = await self._card(company, question)
        self._say(company.name, f"{client.first_name}: «{question}»")
        if ends == "waits":
            self.tally.open += 1
            return
        holder = await self._claim(company, card, contested=ends == "contested")
        for turn in range(self._random.choice((1, 2))):
            answer = f"{self._random.choice(ANSWERS)} (ответ {number}.{turn + 1})"
            self._comment(company, holder, card, answer)
            await self._arrival(talk, answer)
            thanks = f"Понял, спасибо (письмо {number}.{turn + 1})"
            self._write(client, talk, thanks, company.group)
            await self._arrival(company.group, thanks)
        await self._close_and_rate(company, client, talk, card, holder)

    def _ask(self, company: Company, client: User, talk: Chat, question: str) -> None:
        kind = self._random.choice(MEDIA)
        self.tally.asked += 1
        self._write(client, talk, question, company.group, kind)

    def _write(self, author: User, chat: Chat, text: str, to: Chat, kind: str = "text") -> None:
        self._expected.append((text, to))
        media = None
        if kind != "text":
            name, mime = {
                "photo": ("снимок.png", "image/png"),
                "document": ("договор.pdf", "application/pdf"),
                "voice": ("голос.ogg", "audio/ogg"),
            }[kind]
            media = kind, Upload(name, mime, PIXEL)
        people.say(self.world, author, chat, text, media=media)

    def _comment(self, company: Company, manager: User, card: Message, text: str) -> None:
        root = card.thread or (card.reply_to.id if card.reply_to else card.id)
        talk = self._talk_of(company, card)
        self._expected.append((text, talk))
        people.say(self.world, manager, company.group, text, reply_to=root)
        self._say(company.name, f"{manager.first_name} отвечает: «{text}»")

    def _talk_of(self, company: Company, card: Message) -> Chat:
        for message in company.group.messages.values():
            same_thread = message.thread == card.thread and message.by_bot
            if same_thread and "(вопрос " in message.text:
                number = message.text.rpartition("(вопрос ")[2].rstrip(")")
                return next(
                    chat
                    for (bot_id, _), chat in self.world.privates.items()
                    if bot_id == company.clients_bot.id
                    and chat.person is not None
                    and chat.person.first_name == f"Клиент {number}"
                )
        raise NothingCame("the client of a card")

    async def _card(self, company: Company, question: str) -> Message:
        """The card in the thread under which the question stands."""
        copied = await self._until(lambda: next(_heard(company.group, question), None), question)
        thread = copied.thread
        return await self._until(
            lambda: next(
                (
                    message
                    for message in company.group.messages.values()
                    if message.thread == thread and message.markup
                ),
                None,
            ),
            f"card of {question}",
        )

    async def _claim(self, company: Company, card: Message, *, contested: bool) -> User:
        several = self._random.randint(3, len(company.managers)) if contested else 1
        pressing = self._random.sample(company.managers, several)
        presses = [
            people.click(self.world, one, company.group, card.id, data=_data(card))
            for one in pressing
        ]
        answers = await asyncio.gather(*(self._answer(press) for press in presses))
        winners = [one for one, text in zip(pressing, answers, strict=True) if "ваше" in text]
        self.tally.contested += contested
        self.tally.won += len(winners)
        self.tally.lost_claims += several - len(winners)
        if len(winners) != 1:
            raise NothingCame(f"{len(winners)} winners of one claim: {answers}")
        losers = ", ".join(one.first_name for one in pressing if one is not winners[0])
        self._say(
            company.name,
            f"{winners[0].first_name} берёт обращение"
            + (f" (не успели: {losers})" if losers else ""),
        )
        return winners[0]

    async def _answer(self, press: Callback) -> str:
        answer = await press.wait_for_answer(PATIENCE)
        if answer is None:
            raise NothingCame(f"answer to a press of {press.person.first_name}")
        return str(answer.get("text") or "")

    async def _close_and_rate(
        self, company: Company, client: User, talk: Chat, card: Message, holder: User
    ) -> None:
        await self._until(lambda: ":close:" in _data(card) or None, "the close button")
        await self._answer(
            people.click(self.world, holder, company.group, card.id, data=_data(card))
        )
        request = await self._until(
            lambda: next(
                (
                    one
                    for one in talk.messages.values()
                    if one.markup and ":rate:" in str(one.markup)
                ),
                None,
            ),
            "request for a rating",
        )
        stars = self._random.choice((3, 4, 5, 5))
        buttons = [each for row in (request.markup or {})["inline_keyboard"] for each in row]
        await self._answer(
            people.click(
                self.world, client, talk, request.id, data=buttons[stars - 1]["callback_data"]
            )
        )
        self.tally.rated += 1
        self._say(company.name, f"{client.first_name} ставит {'★' * stars}")

    async def _arrival(self, chat: Chat, text: str) -> Message:
        return await self._until(lambda: next(_heard(chat, text), None), text)

    async def _until(self, look: Callable[[], T | None], what: str) -> T:
        try:
            async with asyncio.timeout(PATIENCE):
                while (found := look()) is None:
                    await asyncio.sleep(GLANCE)
                return found
        except TimeoutError:
            raise NothingCame(what) from None


def _heard(chat: Chat, text: str) -> Iterator[Message]:
    """What bots have said in the chat with these words in it."""
    return (one for one in chat.messages.values() if one.by_bot and text in one.text)


def _data(card: Message) -> str:
    rows = (card.markup or {}).get("inline_keyboard") or [[{}]]
    return str(rows[0][0].get("callback_data", ""))
