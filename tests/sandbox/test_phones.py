"""The page of phones in a real browser: what people see and press."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from interfaces.sandbox import people
from tests.sandbox.chromium import Tab, chromium, program
from tests.sandbox.conftest import Company

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(program() is None, reason="Chromium is not installed"),
]
CLAIM = InlineKeyboardMarkup(
    inline_keyboard=[[InlineKeyboardButton(text="Взять", callback_data="claim")]]
)


def phone(number: int, inside: str) -> str:
    """An element of one of the three phones."""
    return f"document.querySelectorAll('.phone')[{number}].querySelector('{inside}')"


@pytest_asyncio.fixture
async def tab(company: Company, tmp_path: Path) -> AsyncIterator[Tab]:
    """The page with the client, Boris and Anna, each with a phone."""
    async with chromium(tmp_path / "profile") as tab:
        where = f"client={company.client.id}&manager={company.boris.id}&owner={company.anna.id}"
        await tab.open(f"{company.root}/?{where}")
        await tab.wait_for("document.querySelector('.link.live') !== null")
        yield tab
        assert tab.complaints == []


async def test_a_client_writes_and_reads_on_the_phone(company: Company, tab: Tab) -> None:
    await tab.wait_for(f"{phone(0, '.text')}?.textContent.includes('/start')")
    await tab.run(f"{phone(0, 'textarea')}.value = '<b>Помогите</b> 😀'")
    await tab.run(f"{phone(0, '.send')}.click()")
    (update,) = await company.updates(company.clients)
    assert update.message is not None
    assert update.message.text == "<b>Помогите</b> 😀"
    await company.bot(company.clients).send_message(
        company.client.id, "<b>Уже едем</b>", parse_mode="HTML"
    )
    await tab.wait_for(f"{phone(0, '.text b')}?.textContent === 'Уже едем'")
    assert await tab.run(f"{phone(0, '.screen')}.textContent.includes('<b>Помогите</b>')")


async def test_a_manager_claims_in_the_comments(company: Company, tab: Tab, tmp_path: Path) -> None:
    bot = company.bot(company.manager)
    post = await bot.send_message(company.channel.id, "Заявка № 7")
    (copied,) = await company.updates(company.manager)
    assert copied.message is not None
    await bot.send_message(
        company.group.id,
        "Карточка",
        reply_parameters={"message_id": copied.message.message_id},  # type: ignore[arg-type]
        reply_markup=CLAIM,
    )
    await tab.wait_for(f"{phone(1, '.comments')}?.textContent.includes('1 комментарий')")
    await tab.run(f"{phone(1, '.comments')}.click()")
    await tab.wait_for(f"{phone(1, '.key')} !== null")
    await tab.run(f"{phone(1, '.key')}.click()")
    (update,) = await company.updates(company.manager)
    assert update.callback_query is not None
    assert update.callback_query.from_user.id == company.boris.id
    await tab.wait_for(f"{phone(1, '.spinning')} !== null")
    await bot.answer_callback_query(update.callback_query.id, "Заявка ваша", show_alert=True)
    await tab.wait_for(f"{phone(1, '.toast.alert')}?.textContent.includes('Заявка ваша')")
    await tab.wait_for(f"{phone(1, '.spinning')} === null")
    people.say(
        company.world, company.vera, company.channel, "И я рядом", comment_to=post.message_id
    )
    await tab.wait_for(f"{phone(1, '.body')}.textContent.includes('И я рядом')")
    await tab.picture(tmp_path / "phones.png")
    assert (tmp_path / "phones.png").stat().st_size > 20_000
