"""The manager bot on the API as it runs: what its office shows of a real company, and does."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from uuid import UUID

import aiohttp
import pytest
import pytest_asyncio
from aiogram.types import User

from interfaces.telegram import cards
from interfaces.telegram.buttons import pressed
from interfaces.telegram.client import LedgerdeskClient
from interfaces.telegram.client.enums import Kept, Presence
from interfaces.telegram.client.input_types import ContentInput, PlaceInput
from interfaces.telegram.colleagues import Colleague, Link, Outcome
from interfaces.telegram.office import (
    canned_replies,
    clients,
    histories,
    invitations,
    presences,
    queue,
    tickets,
    transfers,
)
from interfaces.telegram.office.menu import ACTIONS
from interfaces.telegram.screens import Screen
from interfaces.telegram.transport import Refusal
from interfaces.telegram.turn import Account, Turn
from tests.graphql.company import ANNA, BORIS, CAROL, Company

UPDATES = count(1)


@dataclass
class ManagerBot:
    bot_id: int
    workspace_id: UUID
    service_key: str
    role: str = "manager"


@dataclass
class Office:
    """The private chats of the staff with the manager bot."""

    company: Company
    session: aiohttp.ClientSession
    account: ManagerBot = field(init=False)

    def __post_init__(self) -> None:
        workspace_id = UUID(self.company.workspace_id)
        key = self.company.manager_key
        self.account = ManagerBot(self.company.manager_bot, workspace_id, key)

    def me(self, telegram_id: int, name: str) -> Colleague:
        turn = Turn(self.account, next(UPDATES), again=False, connect=self.connect)
        user = User(id=telegram_id, is_bot=False, first_name=name)
        return Colleague(turn, user, "ru", "desk_manager_bot", datetime.now(UTC))

    @property
    def anna(self) -> Colleague:
        return self.me(ANNA, "Anna")

    def connect(
        self, account: Account, telegram_id: int | None = None, workspace_id: UUID | None = None
    ) -> LedgerdeskClient:
        url = f"{self.company.service.address}/graphql"
        return LedgerdeskClient(self.session, url, account.service_key, telegram_id, workspace_id)

    async def read_models(self) -> None:
        """Wait until they have come where the log ends."""
        await self.anna.api.queue(1, None, self.company.service.head())

    async def press(self, screen: Screen, button: str) -> Outcome:
        """What the button with this text leads to, for Anna."""
        datas = [
            one["callback_data"] for row in screen.rows for one in row if button in one["text"]
        ]
        about = pressed(datas[0])
        assert about is not None
        return await {**ACTIONS, **cards.ACTIONS}[about.action](self.anna, about)

    async def turned(self, screen: Screen, button: str) -> Screen:
        shown = (await self.press(screen, button)).shown
        assert isinstance(shown, Screen)
        return shown


@pytest_asyncio.fixture
async def office(acme: Company) -> AsyncIterator[Office]:
    async with aiohttp.ClientSession() as session:
        yield Office(acme, session)


@pytest.mark.proves("S1-26", "S1-27")
async def test_a_ticket_goes_through_the_office_of_a_real_company(office: Office) -> None:
    asked = office.company.writes(CAROL, "Где заказ?")
    waiting = await queue.queue(office.anna, since=asked["position"])
    assert "Client 901\nждёт 0 минут · никто не взял" in waiting.text
    claimed = await office.press(waiting, "Взять")
    assert claimed.text == f"Обращение №{asked['number']} ваше"
    assert f"№{asked['number']} · Client 901" in (await queue.mine(office.anna)).text
    ticket = await tickets.seen(office.anna, asked["ticketId"])
    ticket = await office.turned(await office.turned(ticket, "Приоритет"), "срочно")
    assert "🔴 срочно" in ticket.text
    await tickets.tag(office.anna, Link("g", UUID(asked["ticketId"]).hex), "#VIP")
    tags = await office.turned(ticket, "Метки")
    ticket = await office.turned(tags, "#vip")
    assert "#vip" not in ticket.text
    assert "Где заказ?" in (await office.turned(ticket, "Переписка")).text
    asked_whom = await office.turned(ticket, "Передать")
    given = await office.turned(await office.turned(asked_whom, "Boris"), "Передать")
    assert "Boris · ждёт 0 минут" in given.text
    with pytest.raises(Refusal, match="TicketHeldByOther"):
        await office.press(ticket, "Закрыть")


@pytest.mark.proves("S1-28", "S1-29")
async def test_clients_of_a_real_company_are_found_and_blocked(office: Office) -> None:
    asked = office.company.writes(CAROL, "Эй вы!")
    await office.read_models()
    listed = await clients.clients(office.anna)
    assert "Client 901 · 1" in str(listed.rows)
    found = await clients.find(office.anna, "901")
    assert isinstance(found, Screen)
    client = await office.turned(found, "Client 901")
    blocked = await office.press(await office.turned(client, "Заблокировать"), "Заблокировать")
    assert isinstance(blocked.shown, Screen)
    assert "Причина: —" in blocked.shown.text
    free = await office.turned(blocked.shown, "Разблокировать")
    assert "Заблокирован" not in free.text
    assert f"№{asked['number']}" in str((await office.turned(free, "Обращения")).rows)


async def test_canned_replies_of_a_real_company_are_kept_and_sent(office: Office) -> None:
    asked = office.company.writes(CAROL, "Алло?")
    saved = await canned_replies.add(office.anna, "привет Добрый день, {client}!\n+метка вежливо")
    assert "поставится метка #вежливо" in saved.text
    await office.read_models()
    offered = await canned_replies.answers(office.anna, asked["ticketId"])
    sent = await office.turned(offered, "привет")
    assert "Отправлено клиенту" in sent.text
    await office.read_models()
    told = await histories.history(office.anna, asked["ticketId"], 0)
    assert "Добрый день, Client 901!" in told.text


async def test_somebody_joins_a_real_company_once_and_says_where_they_are(office: Office) -> None:
    code = office.company.invites()["code"]
    galina = office.me(777, "Галина")
    assert "Добро пожаловать в «ACME», Галина" in (await invitations.accept(galina, code)).text
    again = await invitations.accept(office.me(778, "Другая"), code)
    assert "уже использовано" in again.text
    other = office.company.invites()["code"]
    twice = await invitations.accept(office.me(777, "Галина"), other)
    assert "уже среди сотрудников" in twice.text
    await presences.state(office.me(777, "Галина"), Presence.BREAK)
    people = await transfers.managers(office.anna)
    assert {one.telegram_id for one in people} >= {ANNA, BORIS, 777}


@pytest.mark.proves("S1-E4")
async def test_what_the_client_has_cannot_be_edited_into_a_note(office: Office) -> None:
    asked = office.company.writes(CAROL, "Где заказ?")
    place, names = PlaceInput(chatId=-100222, messageId=51), ["Anna"]
    words = ContentInput(text="Едет")
    posted = await office.anna.api.post_message("c:1", words, place, ticket_id=asked["ticketId"])
    assert posted.post_message.kept is Kept.SENT
    note = ContentInput(text="Узнать у склада")
    with pytest.raises(Refusal, match="SentAlready"):
        await office.anna.api.edit_comment("c:2", place, note, names, note=True)
    own = PlaceInput(chatId=-100222, messageId=52)
    await office.anna.api.add_note("c:3", note, own, ticket_id=asked["ticketId"])
    await office.anna.api.edit_comment("c:4", own, words, names, note=True)
    await office.anna.api.edit_comment("c:5", place, ContentInput(text="Едет!"), names, note=False)
    await office.read_models()
    told = await histories.history(office.anna, asked["ticketId"], 0)
    assert "изменено\nЕдет!" in told.text
    assert "Узнать у склада" not in told.text
