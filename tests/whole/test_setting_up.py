"""A person who knows nothing sets up a desk: from /start to the first rated ticket."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from uuid import UUID

import pytest
import pytest_asyncio

from infrastructure.stage import Stage, set_stage
from interfaces.sandbox.bots import Bot
from interfaces.sandbox.chats import CHANNEL, Chat
from interfaces.sandbox.membership import set_member
from interfaces.sandbox.messages import Message
from interfaces.sandbox.sharing import share_chat
from interfaces.telegram.owners.buttons import NOWHERE, mark, pressed
from tests.whole.persons import Person, person

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(120)]


@dataclass
class Company:
    """What Olga has made of it so far, by nothing but what she was told."""

    stage: Stage
    olga: Person
    desk: Chat
    clients: Bot
    managers: Bot
    channel: Chat
    group: Chat

    @property
    def id(self) -> UUID:
        """The company's id, from the buttons of its home."""
        shown = [message.markup for message in self.desk.messages.values() if message.markup]
        buttons = [button for each in shown for row in each["inline_keyboard"] for button in row]
        said = [pressed(each["callback_data"]) for each in buttons if "url" not in each]
        return next(each.workspace_id for each in said if each.workspace_id != NOWHERE)

    async def gets_its_bots(self) -> None:
        """Both tokens are given, after the same one was given twice."""
        olga, desk = self.olga, self.desk
        await olga.presses(desk, "Подключить бота для клиентов")
        said = await olga.answers(desk, "Бот для клиентов. Откройте", self.clients.token)
        await olga.reads(desk, "✅ Бот @romashka_bot подключён")
        await olga.presses(desk, "Подключить бота для сотрудников")
        twice = await olga.answers(desk, "Бот для сотрудников. Откройте", self.clients.token)
        await olga.reads(desk, "нужен свой бот")
        olga.says(desk, f"Use this token to access the HTTP API:\n{self.managers.token}")
        await olga.reads(desk, "✅ Бот @romashka_staff_bot подключён")
        assert said.deleted
        assert twice.deleted

    async def gets_its_channel(self) -> None:
        """The channel is picked in the manager bot, where the settings bot sends its owner."""
        _, way = await self.olga.finds(self.desk, "Выбрать канал в боте для сотрудников")
        address, _, payload = way["url"].partition("?start=")
        assert address == "https://t.me/romashka_staff_bot"
        office = self.olga.opens(self.managers, payload)

        def picker() -> Message | None:
            return next((m for m in office.messages.values() if m.reply_markup), None)

        await self.olga.phones.until(picker, "the list of chats")
        share_chat(self.stage.world, self.olga.user, office, 1, self.channel)
        await self.olga.reads(office, "Заявки")

    async def starts(self) -> None:
        """Everything is there."""
        assert await self.olga.presses(self.desk, "Проверить снова") == "Всё в порядке"
        await self.olga.presses(self.desk, "▶️ Запустить")
        await self.olga.reads(self.desk, "Служба запущена")
        await self.olga.presses(self.desk, "К службе")

    async def invites(self, name: str) -> Person:
        """Somebody becomes a manager by a link."""
        await self.olga.presses(self.desk, "👥 Сотрудники")
        screen, _ = await self.olga.finds(self.desk, "➕ Менеджер")
        await self.olga.presses(self.desk, "➕ Менеджер")
        code = await self.olga.phones.until(
            lambda: screen.text.partition("?start=")[2].partition("\n")[0] or None, "a link"
        )
        invited = person(self.stage, name)
        for chat in (self.channel, self.group):
            set_member(self.stage.world, chat, invited.user, "member")
        await invited.reads(invited.opens(self.managers, code), name)
        return invited


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def company() -> AsyncIterator[Company]:
    """A company with a name and nothing else."""
    async with AsyncExitStack() as stack:
        stage = await set_stage(stack, (), floods=False)
        world, olga = stage.world, person(stage, "Olga")
        desk = olga.opens(stage.settings_bot)
        await olga.answers(desk, "Как называется ваша компания?", "Ромашка")
        await olga.reads(desk, "«Ромашка» создана")
        clients = world.new_bot("Ромашка", "romashka_bot")
        managers = world.new_bot("Ромашка · стол", "romashka_staff_bot")
        channel = world.chat("Заявки", kind=CHANNEL, owner=olga.user)
        group = world.chat("Обсуждение", owner=olga.user, linked=channel)
        for bot in (clients, managers):
            set_member(world, group, bot.user, "administrator")
        yield Company(stage, olga, desk, clients, managers, channel, group)
        assert [entry.as_json() for entry in world.journal.violations] == []


@pytest.mark.proves(
    *("S1-02", "S1-03", "S1-04", "S1-05", "S1-06", "S1-07", "S1-13", "S1-14", "S1-24", "S1-30")
)
async def test_from_start_to_the_first_rated_ticket(company: Company) -> None:
    await company.gets_its_bots()
    await company.gets_its_channel()
    await company.starts()
    anna, klim = await company.invites("Anna"), person(company.stage, "Klim")

    talk = klim.opens(company.clients)
    klim.says(talk, "Где мой заказ?")
    await klim.reads(talk, "№1")
    question = await anna.reads(company.group, "Где мой заказ?")
    await anna.presses(company.group, "Взять")
    anna.says(company.group, "Уже едет, будет через час", reply_to=question.id)
    await klim.reads(talk, "Уже едет, будет через час")
    await anna.presses(company.group, "Закрыть")
    await klim.reads(talk, "Оцените")
    await klim.presses(talk, "5")
    await klim.reads(talk, "Спасибо")
    told = "\n".join(one.text for one in company.desk.messages.values() if not one.deleted)
    assert company.clients.token not in told
    assert company.managers.token not in told


RULES: list[tuple[str, str | int]] = [
    ("week", 0),
    ("zone", 4),
    ("first", 15),
    ("closing", 1440),
    ("route", 0),
    ("silence", 30),
    ("within", 1440),
    ("byreply", 0),
    ("sign", 1),
    ("often", 2),
    ("write", "en"),
    ("ourtext", "greeting"),
]


@pytest.mark.proves("S1-10", "S1-11")
async def test_every_rule_is_kept_and_seen_again(company: Company) -> None:
    olga, desk = company.olga, company.desk
    for action, about in RULES:
        assert await olga.forges(desk, company.id, action, about) == "Сохранено", action
    await olga.presses(desk, "Назад")
    await olga.forges(desk, company.id, "addtopics")
    await olga.answers(desk, "Пришлите темы", "Доставка\nОплата")
    await olga.reads(desk, "• Доставка\n• Оплата")
    await olga.forges(desk, company.id, "settings")
    rules = await olga.reads(desk, "Темы: Доставка, Оплата")
    for line in (
        "Часы работы: пн–пт 09:00–18:00 · Часовой пояс: Омск +3",
        "Сроки: 15 минут / 1 день",
        "Присутствие: по активности: 30 минут",
        "Открыть снова: 1 день",
        "Подпись: можно",
        "Отчёты: каждую неделю",
        "Язык: English",
    ):
        assert line in rules.text


@pytest.mark.proves("S1-08", "S1-E10")
async def test_tickets_are_handed_over_before_somebody_is_let_go(company: Company) -> None:
    boris, vera = await company.invites("Boris"), person(company.stage, "Vera")
    olga, desk = company.olga, company.desk
    talk = vera.opens(company.clients)
    vera.says(talk, "Сломалась полка")
    await vera.presses(talk, "Доставка")
    await boris.reads(company.group, "Сломалась полка")
    await boris.presses(company.group, "Claim")
    await olga.forges(desk, company.id, "tickets")
    await olga.presses(desk, "Boris · 1")
    _, button = await olga.finds(desk, "Передать все")
    borises = pressed(button["callback_data"]).about
    await olga.presses(desk, "Передать все")
    await olga.presses(desk, "Olga · 0")
    await olga.reads(desk, "Передано 1 обращение: Boris → Olga.")
    await olga.forges(desk, company.id, "remove", borises)
    await olga.forges(desk, company.id, "members")
    told = await olga.reads(desk, "• Olga — владелец")
    assert "1 обращение" in told.text
    assert "Boris" not in told.text


@pytest.mark.proves("S1-30")
async def test_nobody_acts_in_a_company_that_they_do_not_lead(company: Company) -> None:
    mallory, nobody = person(company.stage, "Mallory"), UUID(int=7)
    desk = mallory.opens(company.stage.settings_bot)
    await mallory.answers(desk, "Как называется ваша компания?", "Чужие")
    await mallory.reads(desk, "«Чужие» создана")
    for action, *about in (
        ("home",),
        ("stop",),
        ("settings",),
        ("members",),
        ("tickets",),
        ("invite", 0),
        ("disconnect", "client"),
        ("remove", mark(str(company.id))),
    ):
        answers = {await mallory.forges(desk, at, action, *about) for at in (company.id, nobody)}
        assert answers == {"К этой компании у вас нет доступа. /desks — ваши компании."}
    told = [message.text for message in desk.messages.values() if message.by_bot]
    assert not any("Ромашка" in text for text in told)
