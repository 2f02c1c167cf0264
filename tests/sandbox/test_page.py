"""The page around the phones: BotFather, forums, the drawer, keyboards, narrow screens."""

from typing import Any

import pytest
from playwright.async_api import expect

from interfaces.sandbox import people
from interfaces.sandbox.membership import set_member
from tests.chromium import program
from tests.sandbox.conftest import Company
from tests.sandbox.phones import CLIENT, MANAGER, OWNER, Phones

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(program() is None, reason="Chromium is not installed"),
]


async def test_an_owner_makes_a_channel_and_gives_it_to_a_bot_by_the_picker(
    company: Company, phones: Phones
) -> None:
    page = phones.page
    await page.get_by_role("button", name="BotFather").click()
    await page.get_by_role("button", name="+ канал с обсуждением").click()
    await page.get_by_label("Название").fill("Свежий канал")
    await page.get_by_role("button", name="Создать").click()
    await expect(page.get_by_text("Свежий канал: обсуждение").first).to_be_visible()
    await page.get_by_role("button", name="+ бот").click()
    await page.get_by_label("Имя пользователя").fill("fresh_help_bot")
    await page.get_by_role("button", name="Создать").click()
    token = await page.get_by_label("Токен", exact=True).input_value()
    assert company.world.tokens[token].user.username == "fresh_help_bot"
    await page.keyboard.press("Escape")
    await page.keyboard.press("Escape")
    people.start(company.world, company.anna, company.manager)
    key = {"text": "Выбрать канал", "request_chat": {"request_id": 3, "chat_is_channel": True}}
    markup: Any = {"keyboard": [[key]], "resize_keyboard": True}
    await company.bot(company.manager).send_message(
        company.anna.id, "Какой канал?", reply_markup=markup
    )
    await company.silence()
    await phones[OWNER].get_by_role("button", name="Назад").click()
    await phones[OWNER].get_by_role("button", name="desk_manager_bot").click()
    await phones[OWNER].get_by_role("button", name="Выбрать канал").click()
    await page.get_by_role("dialog").get_by_role("button", name="Свежий канал").click()
    (update,) = await company.updates(company.manager)
    assert update.message is not None
    assert update.message.chat_shared is not None
    await expect(phones[OWNER].get_by_text("показывает боту чат")).to_be_visible()


async def test_a_forum_is_a_list_of_topics(company: Company, phones: Phones) -> None:
    forum = company.world.chat("Форум", owner=company.anna, forum=True)
    for member, status in ((company.manager.user, "administrator"), (company.boris, "member")):
        set_member(company.world, forum, member, status)
    bot = company.bot(company.manager)
    topic = await bot.create_forum_topic(forum.id, "Заявка № 8")
    await bot.send_message(forum.id, "вопрос", message_thread_id=topic.message_thread_id)
    await company.silence()
    for name in ("Назад", "Форум", "Заявка № 8"):
        await phones[MANAGER].get_by_role("button", name=name).first.click()
    await phones.field(MANAGER).fill("ответ")
    await phones.field(MANAGER).press("Enter")
    (update,) = await company.updates(company.manager)
    assert update.message is not None
    assert update.message.message_thread_id == topic.message_thread_id


async def test_the_drawer_shows_calls_and_what_is_wrong_with_them(
    company: Company, phones: Phones
) -> None:
    page = phones.page
    await page.get_by_role("button", name="Developer").click()
    await company.ask(company.clients, "sendMessage", chat_id=5, text="x", colour="red")
    drawer = page.get_by_role("complementary", name="Developer")
    await expect(drawer.get_by_text("unknown field colour")).to_be_visible()
    await drawer.get_by_role("button", name="Faults").click()
    await drawer.get_by_role("button", name="429 on next send").click()
    await expect(drawer.get_by_text("error 429 sendmessage")).to_be_visible()
    assert company.world.faults.planned[0].code == 429
    await drawer.get_by_role("button", name="Clock").click()
    await drawer.get_by_role("button", name="Limits and waits pass 60 times faster").click()
    await expect(drawer.locator(".clock-face")).to_contain_text("×60")
    await page.keyboard.press("Escape")
    await expect(drawer).to_be_hidden()


async def test_everything_is_reached_by_keyboard(company: Company, phones: Phones) -> None:
    page, phone = phones.page, phones[CLIENT]
    await company.bot(company.clients).send_message(company.client.id, "слушаю")
    more = phone.get_by_role("button", name="Действия: слушаю")
    await more.focus()
    await page.keyboard.press("Enter")
    menu = phone.get_by_role("menu")
    await expect(menu.get_by_role("button", name="Реакция 👍")).to_be_focused()
    await page.keyboard.press("End")
    await page.keyboard.press("ArrowDown")
    await expect(menu.get_by_role("button", name="Реакция 👍")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(menu).to_have_count(0)
    await expect(more).to_be_focused()
    await phone.get_by_role("button", name="Назад").press("Enter")
    entries = phone.locator(".entry")
    await entries.first.focus()
    await page.keyboard.press("ArrowDown")
    await expect(entries.nth(1)).to_be_focused()
    named = "els => els.filter(e => !(e.innerText || e.ariaLabel || e.title).trim()).length"
    assert await page.locator("button").evaluate_all(named) == 0


@pytest.mark.parametrize("phones", [(390, 800)], indirect=True)
async def test_a_narrow_screen_shows_one_phone_at_a_time(company: Company, phones: Phones) -> None:
    page = phones.page
    await expect(phones[CLIENT]).to_be_visible()
    await expect(phones[MANAGER]).to_be_hidden()
    await page.get_by_role("tab", name="Клиент").focus()
    await page.keyboard.press("ArrowRight")
    await page.keyboard.press("Enter")
    await expect(phones[MANAGER]).to_be_visible()
    await expect(phones[CLIENT]).to_be_hidden()
    assert await page.evaluate("document.documentElement.scrollWidth") == 390


async def test_a_blocked_bot_is_unblocked(company: Company, phones: Phones) -> None:
    await phones[CLIENT].get_by_role("button", name="Заблокировать бота").click()
    await phones[CLIENT].get_by_role("button", name="Разблокировать").click()
    first, second = await company.updates(company.clients, 2)
    assert [
        each.my_chat_member and each.my_chat_member.new_chat_member.status
        for each in (first, second)
    ] == ["kicked", "member"]
