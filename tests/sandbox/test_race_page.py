"""The page of executors in a real browser: four phones in one chat, and a button for a race."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from aiogram.types import CallbackQuery
from playwright.async_api import Page, expect

from interfaces.sandbox.chats import Chat
from interfaces.sandbox.membership import set_member
from tests.chromium import chromium, opened, program
from tests.sandbox.conftest import Company

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(program() is None, reason="Chromium is not installed"),
]
CREW = ("Иван", "Марат", "Олег", "Семён", "Дина")
ORDER: Any = {"inline_keyboard": [[{"text": "✋ Забрать заказ", "callback_data": "claim"}]]}


@pytest.fixture
def chat(company: Company) -> Chat:
    """Where orders stand, with five executors; the bot of the managers shows them."""
    chat = company.world.chat("Заказы города", owner=company.anna)
    set_member(company.world, chat, company.manager.user, "member")
    for name in CREW:
        set_member(company.world, chat, company.world.user(name), "member")
    return chat


@pytest_asyncio.fixture
async def page(company: Company, chat: Chat) -> AsyncIterator[Page]:
    """The page as `/?show=executors` opens it; it may complain of nothing."""
    assert chat.members
    async with chromium() as browser:
        page, complaints = await opened(
            browser, f"{company.root}/?show=executors", width=1440, height=900
        )
        await expect(page.locator(".link")).to_have_text("в эфире")
        await company.silence()
        yield page
        assert complaints == []


async def test_four_executors_race_and_each_reads_their_own_answer(
    company: Company, chat: Chat, page: Page
) -> None:
    bot = company.bot(company.manager)
    phones = page.locator(".phone:visible")
    await expect(phones).to_have_count(4)
    await page.get_by_role("button", name="Забирают все сразу").click()
    await expect(phones.nth(0).get_by_text("Сейчас нет заказа")).to_be_visible()
    card = await bot.send_message(chat.id, "Заказ №7\nСобрать шкаф", reply_markup=ORDER)
    for n in range(4):
        await expect(phones.nth(n).get_by_text("Собрать шкаф")).to_be_visible()
    await page.get_by_role("button", name="Забирают все сразу").click()
    updates = await company.updates(company.manager, 4)
    presses = [one.callback_query for one in updates if one.callback_query]
    names = [one.from_user.first_name for one in presses]
    assert sorted(names) == sorted(CREW[:4])
    first, *late = presses
    await asyncio.gather(_told(company, first, "Заказ ваш!"), *(
        _told(company, one, f"Заказ уже взял(а) {names[0]}") for one in late
    ))  # fmt: skip
    await bot.edit_message_text(
        f"Заказ №7\n✅ Заказ взял(а) {names[0]}", chat_id=chat.id, message_id=card.message_id
    )
    told = page.get_by_role("alertdialog")
    await expect(told.filter(has_text="Заказ ваш!")).to_have_count(1)
    await expect(told.filter(has_text=f"Заказ уже взял(а) {names[0]}")).to_have_count(3)
    for n in range(4):
        await expect(phones.nth(n).get_by_text(f"✅ Заказ взял(а) {names[0]}")).to_be_visible()
        await expect(phones.nth(n).get_by_role("button", name="Забрать заказ")).to_have_count(0)


async def _told(company: Company, press: CallbackQuery, text: str) -> None:
    await company.bot(company.manager).answer_callback_query(press.id, text, show_alert=True)


async def test_the_view_of_executors_gives_way_to_the_desk_and_comes_back(page: Page) -> None:
    race = page.get_by_role("button", name="Исполнители")
    together = page.get_by_role("button", name="Забирают все сразу")
    await expect(race).to_have_attribute("aria-pressed", "true")
    await race.click()
    await expect(page.locator(".phone:visible")).to_have_count(3)
    await expect(together).to_be_hidden()
    await race.click()
    await expect(page.locator(".phone:visible")).to_have_count(4)
    await expect(together).to_be_visible()
