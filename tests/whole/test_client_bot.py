"""A client's whole way through the client bot: real API, real bots, the emulator, no shortcuts."""

from contextlib import AsyncExitStack
from dataclasses import dataclass
from uuid import UUID

import pytest

from application.clients import client_id
from infrastructure.phones import Phones, button
from infrastructure.stage import set_stage
from infrastructure.town import Company
from interfaces.sandbox import people
from interfaces.sandbox.chats import Chat
from interfaces.sandbox.messages import Message
from interfaces.sandbox.users import User
from interfaces.sandbox.world import World
from tests.telegram.keyboards import data_of, texts_of

TOPICS = ["Доставка", "Оплата"]
OWN = "Ответим за час."


@dataclass
class Walk:
    """Klim on his phone, and Anna, who answers him in the group."""

    world: World
    company: Company
    klim: User
    talk: Chat
    phones: Phones

    @property
    def anna(self) -> User:
        return self.company.managers[0]

    def says(self, text: str, reply_to: int | None = None) -> Message:
        return people.say(self.world, self.klim, self.talk, text, reply_to=reply_to)

    async def hears(self, text: str) -> Message:
        return await self.phones.arrival(self.talk, text)

    async def presses(self, message: Message, text: str) -> str:
        """Press the button with this text as soon as it is there."""

        def there() -> str | None:
            found = any(text in one for row in texts_of(message) for one in row)
            return data_of(message, text) if found else None

        data = await self.phones.until(there, f"a button {text}")
        press = people.click(self.world, self.klim, self.talk, message.id, data=data)
        return await self.phones.answer(press)

    async def card(self, question: str) -> Message:
        return await self.phones.card(self.company, question)

    async def answers(self, card: Message, text: str) -> Message:
        """Anna answers in the thread; what Klim sees of it."""
        people.say(self.world, self.anna, self.company.group, text, reply_to=card.thread)
        return await self.hears(text)

    async def closes(self, card: Message) -> None:
        """Anna closes the ticket by the card."""
        data = await self.phones.until(lambda: button(card, "close"), "close")
        press = people.click(self.world, self.anna, self.company.group, card.id, data=data)
        await self.phones.answer(press)


@pytest.mark.asyncio
@pytest.mark.proves("S1-13", "S1-14", "S1-19", "S1-20", "S1-22", "S1-23", "S1-24", "S1-25", "S1-E9")
@pytest.mark.timeout(120)
async def test_a_client_asks_by_topic_runs_two_tickets_rates_comes_back_and_reads_all() -> None:
    async with AsyncExitStack() as stack:
        stage = await set_stage(stack, ("Ромашка",), floods=False)
        company, klim = stage.companies[0], stage.world.user("Клим", username="klim")
        talk = stage.world.private(company.clients_bot, klim)
        await company.graph.order("defineTopics", topics=TOPICS)
        await company.graph.order("setTexts", texts=[{"kind": "ACCEPTED", "text": OWN}])
        walk = Walk(stage.world, company, klim, talk, Phones(stage.world, 20))
        first = await ask_by_topic(walk)
        await run_two_tickets(walk, first)
        await rate_and_come_back(walk, first)
        await read_all(walk)
        await choose_a_language(walk)
        await write_while_blocked(walk)
        assert [entry.as_json() for entry in stage.world.journal.violations] == []


async def ask_by_topic(walk: Walk) -> Message:
    """Klim writes first and is asked what about; returns the card of the ticket."""
    walk.says("/start")
    await walk.hears("Здравствуйте, Клим")
    walk.says("Где мой заказ?")
    question = await walk.hears("О чём ваш вопрос?")
    await walk.presses(question, "Доставка")
    await walk.hears(f"Обращение №1 «Доставка» принято.\n{OWN}")
    card = await walk.card("Где мой заказ?")
    await walk.answers(card, "Уже в пути")
    said = walk.says("Спасибо, жду", reply_to=question.id)
    shown = await walk.phones.arrival(walk.company.group, "Спасибо, жду")
    assert shown.thread == card.thread
    people.edit(walk.world, walk.klim, walk.talk, said.id, "Спасибо, очень жду")
    await walk.phones.until(lambda: "очень" in shown.text or None, "the edit in the thread")
    return card


async def run_two_tickets(walk: Walk, first: Message) -> None:
    """A second ticket beside the first; when both may be meant, Klim is asked."""
    walk.says("/new")
    await walk.presses(await walk.hears("О чём"), "Оплата")
    await walk.hears("Тема «Оплата»")
    walk.says("Не прошла оплата")
    await walk.hears("Обращение №2 принято")
    await walk.card("Не прошла оплата")
    await walk.answers(first, "Курьер звонил вам?")
    walk.says("Нет, никто")
    question = await walk.hears("К какому обращению")
    await walk.presses(question, "№1 Доставка")
    await walk.hears("Добавлено в обращение №1")
    moved = await walk.phones.arrival(walk.company.group, "Нет, никто")
    assert moved.thread == first.thread
    listed = await menu(walk, "/tickets", "У вас 2 открытых обращения")
    assert any("✍ №1 Доставка" in row for row in texts_of(listed))
    await walk.presses(listed, "№2 Оплата")
    assert "№2" in await walk.presses(listed, "Писать сюда")


async def rate_and_come_back(walk: Walk, first: Message) -> None:
    """The first ticket is closed, rated with a word, and reopened by a reply to it."""
    answer = await walk.answers(first, "Завтра до обеда")
    await walk.closes(first)
    request = await walk.phones.offer(walk.talk, "rate")
    await walk.presses(request, "5★")
    await walk.hears("Обращение №1: ★★★★★")
    why = await walk.hears("Расскажите в ответ")
    walk.says("Быстро и вежливо", reply_to=why.id)
    await walk.hears("передадим")
    walk.says("А можно к вечеру?", reply_to=answer.id)
    await walk.hears("Обращение №1 снова открыто")
    again = await walk.phones.arrival(walk.company.group, "А можно к вечеру?")
    assert again.thread == first.thread


async def read_all(walk: Walk) -> None:
    """Klim closes the second ticket himself and reads what was said in it and in the first."""
    listed = await menu(walk, "/tickets", "У вас 2 открытых обращения")
    await walk.presses(listed, "№2 Оплата")
    assert "№2 закрыто" in await walk.presses(listed, "Закрыть")
    history = await menu(walk, "/history", "Закрытые обращения")
    await walk.presses(history, "№2 Оплата")
    await walk.presses(history, "Переписка")
    await walk.phones.until(lambda: "Не прошла оплата" in history.text or None, "the messages")
    listed = await menu(walk, "/tickets", "У вас 1 открытое обращение")
    await walk.presses(listed, "№1 Доставка")
    await walk.presses(listed, "Переписка")
    await walk.phones.until(lambda: "Спасибо, очень жду" in listed.text or None, "the edit")
    assert "Поддержка" in listed.text
    assert all(one.first_name not in listed.text for one in walk.company.managers)


async def choose_a_language(walk: Walk) -> None:
    """From now on Klim reads English."""
    offered = await menu(walk, "/language", "На каком языке")
    await walk.presses(offered, "English")
    walk.says("/tickets")
    await walk.hears("You have 1 open ticket")


async def write_while_blocked(walk: Walk) -> None:
    """Nothing of a blocked client reaches the group; they read once why."""
    id = client_id(UUID(walk.company.workspace_id), walk.klim.id)
    await walk.company.graph.order("blockClient", clientId=str(id))
    walk.says("Вы тут?")
    walk.says("Ответьте!")
    await walk.hears("You cannot write to this desk")
    await walk.company.graph.order("unblockClient", clientId=str(id))
    walk.says("Я снова тут")
    await walk.phones.arrival(walk.company.group, "Я снова тут")
    texts = [one.text for one in walk.company.group.messages.values()]
    assert not any("Вы тут?" in one or "Ответьте!" in one for one in texts)
    assert len([m for m in walk.talk.messages.values() if "You cannot" in m.text]) == 1


async def menu(walk: Walk, command: str, text: str) -> Message:
    """The newest answer to a command."""
    before = set(walk.talk.messages)
    walk.says(command)

    def found() -> Message | None:
        fresh = (one for id, one in walk.talk.messages.items() if id not in before and one.by_bot)
        return next((one for one in fresh if text in one.text), None)

    return await walk.phones.until(found, text)
