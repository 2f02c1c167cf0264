"""Links of Telegram on the page of phones: a tap does what Telegram would do."""

from typing import Any

import pytest
from playwright.async_api import expect

from interfaces.sandbox import people
from tests.chromium import program
from tests.sandbox.conftest import Company
from tests.sandbox.phones import MANAGER, OWNER, Phones

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(program() is None, reason="Chromium is not installed"),
]


async def offered(company: Company, phones: Phones, text: str, url: str) -> None:
    """The manager bot writes to Anna, and she presses the button that leads there."""
    people.start(company.world, company.anna, company.manager)
    markup: Any = {"inline_keyboard": [[{"text": text, "url": url}]]}
    await company.bot(company.manager).send_message(company.anna.id, "Ссылка", reply_markup=markup)
    await phones[OWNER].get_by_role("button", name="Назад").click()
    await phones[OWNER].get_by_role("button", name="desk_manager_bot").click()
    await phones[OWNER].locator(".body .key", has_text=text).click()


async def test_a_bot_is_added_to_a_group_as_its_administrator(
    company: Company, phones: Phones
) -> None:
    group = company.world.chat("Новая группа", owner=company.anna)
    url = "https://t.me/desk_client_bot?startgroup=add&admin=delete_messages"
    await offered(company, phones, "В группу", url)
    await phones.page.get_by_role("dialog").get_by_role("button", name="Новая группа").click()
    await expect(phones[OWNER].get_by_text("Бот теперь в группе")).to_be_visible()
    assert group.is_admin(company.clients.id)


async def test_a_link_to_a_bot_opens_it_and_begins_nothing(
    company: Company, phones: Phones
) -> None:
    await offered(company, phones, "Бот", "https://t.me/desk_client_bot")
    await expect(phones[OWNER].locator(".title")).to_contain_text("@desk_client_bot")
    await expect(phones[OWNER].get_by_role("button", name="Запустить")).to_be_visible()


async def test_a_shared_link_is_opened_by_whom_it_was_given_to(
    company: Company, phones: Phones
) -> None:
    url = "https://t.me/share/url?url=https%3A%2F%2Ft.me%2Fdesk_manager_bot%3Fstart%3Di_abc"
    await offered(company, phones, "Отправить", url)
    await phones.page.get_by_role("dialog").get_by_role("button", name="Борис").click()
    await expect(phones[MANAGER].get_by_text("/start i_abc")).to_be_visible()


async def test_a_link_to_a_discussion_opens_the_comments(company: Company, phones: Phones) -> None:
    bot = company.bot(company.manager)
    post = await bot.send_message(company.channel.id, "Заявка № 7")
    await company.updates(company.manager)
    copy = company.channel.messages[post.message_id].copy
    assert copy is not None
    number = -1_000_000_000_000 - company.group.id
    url = f"https://t.me/c/{number}/{copy.id}?thread={copy.id}"
    await offered(company, phones, "К обсуждению", url)
    await expect(phones[OWNER].locator(".title")).to_contain_text("Комментарии")
