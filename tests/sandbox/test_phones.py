"""People with phones, in a real browser: they write, attach, press, answer, change."""

from typing import Any

import pytest
from playwright.async_api import expect

from interfaces.sandbox import people
from tests.chromium import program
from tests.sandbox.conftest import Company
from tests.sandbox.phones import CLIENT, MANAGER, Phones

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(program() is None, reason="Chromium is not installed"),
]
CLAIM: Any = {"inline_keyboard": [[{"text": "Взять", "callback_data": "claim"}]]}


async def test_a_client_writes_and_reads(company: Company, phones: Phones) -> None:
    await phones.field(CLIENT).fill("<b>Помогите</b> 😀")
    await phones.field(CLIENT).press("Enter")
    (update,) = await company.updates(company.clients)
    assert update.message is not None
    assert update.message.text == "<b>Помогите</b> 😀"
    await company.bot(company.clients).send_message(
        company.client.id, "<b>Уже едем</b>", parse_mode="HTML"
    )
    await expect(phones[CLIENT].locator(".text b")).to_have_text("Уже едем")
    await expect(phones[CLIENT].get_by_text("<b>Помогите</b>")).to_be_visible()


async def test_a_manager_claims_in_the_comments(company: Company, phones: Phones) -> None:
    bot = company.bot(company.manager)
    post = await bot.send_message(company.channel.id, "Заявка № 7")
    (copied,) = await company.updates(company.manager)
    assert copied.message is not None
    answered: Any = {"message_id": copied.message.message_id}
    await bot.send_message(
        company.group.id, "Карточка", reply_parameters=answered, reply_markup=CLAIM
    )
    phone = phones[MANAGER]
    await phone.get_by_role("button", name="1 комментарий").click()
    await phone.get_by_role("button", name="Взять").click()
    (update,) = await company.updates(company.manager)
    assert update.callback_query is not None
    assert update.callback_query.from_user.id == company.boris.id
    await expect(phone.locator("[aria-busy]")).to_have_text("Взять")
    await bot.answer_callback_query(update.callback_query.id, "Заявка ваша", show_alert=True)
    await expect(phone.get_by_role("alertdialog")).to_contain_text("Заявка ваша")
    await phones.page.keyboard.press("Escape")
    await expect(phone.get_by_role("alertdialog")).to_be_hidden()
    await expect(phone.locator("[aria-busy]")).to_have_count(0)
    people.say(
        company.world, company.vera, company.channel, "И я рядом", comment_to=post.message_id
    )
    await expect(phone.get_by_text("И я рядом")).to_be_visible()


async def test_a_press_opens_the_bot_with_its_payload(company: Company, phones: Phones) -> None:
    bot = company.bot(company.manager)
    await bot.send_message(company.boris.id, "Заявка", reply_markup=CLAIM)
    await phones[MANAGER].get_by_role("button", name="Назад").click()
    await phones[MANAGER].get_by_role("button", name="desk_manager_bot").click()
    await phones[MANAGER].get_by_role("button", name="Взять").click()
    (update,) = await company.updates(company.manager)
    assert update.callback_query is not None
    url = "https://t.me/desk_client_bot?start=t7"
    answer = await company.ask(
        company.manager, "answerCallbackQuery", callback_query_id=update.callback_query.id, url=url
    )
    assert answer["error_code"] == 400
    await bot.answer_callback_query(update.callback_query.id, url=url.replace("client", "manager"))
    await expect(phones[MANAGER].get_by_text("/start t7")).to_be_visible()


KINDS = {
    "🖼 Фото": "photo",
    "📄 Документ": "document",
    "🎤 Голосовое": "voice",
    "⏺ Видеосообщение": "video_note",
    "🎬 Видео": "video",
    "✨ Живое фото": "live_photo",
    "🙂 Стикер": "sticker",
    "📍 Геопозиция": "location",
    "👤 Мой контакт": "contact",
    "🎲 Кубик": "dice",
}


async def test_every_kind_is_attached(company: Company, phones: Phones) -> None:
    for words, kind in KINDS.items():
        await phones.attach(CLIENT, words)
        (update,) = await company.updates(company.clients)
        assert update.message is not None
        assert update.message.content_type == kind
    for words, kind in (("Место", "venue"), ("Опрос", "poll")):
        await phones.attach(CLIENT, words)
        await phones.page.get_by_role("dialog").get_by_role("button", name="Отправить").click()
        (update,) = await company.updates(company.clients)
        assert update.message is not None
        assert update.message.content_type == kind
    await phones.attach(CLIENT, "Исчезающее фото")
    await expect(phones[CLIENT].locator(".message", has_text="исчезнет")).to_be_visible()
    assert await company.updates(company.clients, timeout=0) == []


async def test_an_album_with_a_caption_stands_together(company: Company, phones: Phones) -> None:
    await phones.field(CLIENT).fill("три вида")
    await phones.attach(CLIENT, "🗃 Альбом")
    found = await company.updates(company.clients, 3)
    assert len({each.message and each.message.media_group_id for each in found}) == 1
    album = phones[CLIENT].locator(".album")
    await expect(album.get_by_role("button")).to_have_count(3)
    await expect(phones[CLIENT].locator(".message", has_text="три вида")).to_have_count(1)


async def test_a_message_is_answered_quoted_edited_reacted_to_and_deleted(
    company: Company, phones: Phones
) -> None:
    await company.bot(company.clients).send_message(company.client.id, "счёт или договор?")
    await phones.act(CLIENT, "счёт или", "Ответить цитатой")
    await phones.field(CLIENT).fill("первое")
    await phones.field(CLIENT).press("Enter")
    (update,) = await company.updates(company.clients)
    assert update.message is not None
    assert update.message.quote is not None
    await expect(phones[CLIENT].locator(".quote")).to_contain_text("❝счёт или договор?❞")
    await phones.act(CLIENT, "первое", "Изменить")
    await phones.field(CLIENT).fill("второе")
    await phones.field(CLIENT).press("Enter")
    (update,) = await company.updates(company.clients)
    assert update.edited_message is not None
    await expect(phones[CLIENT].locator(".message", has_text="второе")).to_contain_text("изменено")
    await phones.act(CLIENT, "второе", "Удалить")
    await expect(phones[CLIENT].get_by_text("Сообщение удалено")).to_be_visible()
    await phones[CLIENT].locator(".message", has_text="договор").locator(".more").click()
    await phones[CLIENT].get_by_role("button", name="Реакция 👍").click()
    (update,) = await company.updates(company.clients)
    assert update.message_reaction is not None
    await expect(phones[CLIENT].locator(".chip")).to_have_text("👍 1")


async def test_a_forced_reply_begins_an_answer(company: Company, phones: Phones) -> None:
    markup: Any = {"force_reply": True, "input_field_placeholder": "Ваш вопрос"}
    await company.bot(company.clients).send_message(
        company.client.id, "Опишите вопрос", reply_markup=markup
    )
    await expect(phones[CLIENT].locator(".above")).to_contain_text("Опишите вопрос")
    await expect(phones.field(CLIENT)).to_have_attribute("placeholder", "Ваш вопрос")
    await expect(phones.field(CLIENT)).to_be_focused()
    await phones.page.keyboard.type("Где заказ?")
    await phones.page.keyboard.press("Enter")
    (update,) = await company.updates(company.clients)
    assert update.message is not None
    assert update.message.reply_to_message is not None
