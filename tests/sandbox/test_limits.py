"""What Telegram refuses, in its own words: one line a rule."""

import pytest

from interfaces.sandbox import people
from interfaces.sandbox.wire import Json
from tests.sandbox.conftest import Company

pytestmark = pytest.mark.asyncio
KEYS = [[{"text": "x", "callback_data": "x"}]]


@pytest.mark.parametrize(
    ("method", "fields", "why"),
    [
        ("sendMessage", {"text": ""}, "message text is empty"),
        ("sendMessage", {"text": "я" * 4097}, "message is too long"),
        ("sendMessage", {"text": "x", "message_thread_id": 5}, "message thread not found"),
        ("sendMessage", {"text": "x", "chat_id": 999}, "chat not found"),
        ("sendMessage", {"text": "x", "reply_parameters": {"message_id": 99}}, "to be replied not"),
        ("sendPhoto", {"photo": "no-such-file", "caption": "x"}, "wrong file identifier"),
        ("sendPhoto", {}, "there is no photo in the request"),
        ("sendPhoto", {"photo": "attach://a"}, "there is no file"),
        ("sendPhoto", {"photo": "https://example.com/a.jpg"}, "failed to get HTTP URL content"),
        ("sendLivePhoto", {"live_photo": ""}, "there is no live_photo in the request"),
        ("sendLocation", {"latitude": 55.7}, "latitude or longitude is empty"),
        ("sendLocation", {"latitude": 155.7, "longitude": 0}, "wrong latitude"),
        (
            "sendLocation",
            {"latitude": 5, "longitude": 0, "live_period": 59},
            "wrong live location period",
        ),
        ("sendVenue", {"latitude": 5, "longitude": 0, "title": "Склад"}, "address is empty"),
        ("sendContact", {"phone_number": "+7"}, "first name is empty"),
        ("sendContact", {"phone_number": "+7", "first_name": "А", "vcard": "v" * 2049}, "vcard"),
        ("sendDice", {"emoji": "🧱"}, "DICE_EMOJI_INVALID"),
        ("sendPoll", {"question": "", "options": [{"text": "да"}]}, "poll question"),
        ("sendPoll", {"question": "?" * 301, "options": [{"text": "да"}]}, "poll question"),
        ("sendPoll", {"question": "?", "options": []}, "1 to 12 options"),
        ("sendPoll", {"question": "?", "options": [{"text": "x"}] * 13}, "1 to 12 options"),
        ("sendPoll", {"question": "?", "options": [{"text": "x" * 101}]}, "1 to 100 characters"),
        (
            "sendPoll",
            {"question": "?", "options": [{"text": "x"}], "type": "quiz"},
            "wrong correct option",
        ),
        ("sendMediaGroup", {"media": [{"type": "photo", "media": "x"}]}, "2 to 10 items"),
        ("sendMediaGroup", {"media": [{"type": "photo", "media": "x"}] * 11}, "2 to 10 items"),
        ("sendMediaGroup", {"media": [{"type": "animation", "media": "x"}] * 2}, "can't mix"),
        ("copyMessages", {"from_chat_id": 0, "message_ids": []}, "chat not found"),
        ("deleteMessages", {"message_ids": []}, "1 to 100"),
        ("editMessageText", {"message_id": 99, "text": "x"}, "message to edit not found"),
        ("deleteMessage", {"message_id": 99}, "message to delete not found"),
        ("setMessageReaction", {"message_id": 99}, "message to react not found"),
        ("createForumTopic", {"name": "x"}, "the chat is not a forum"),
        ("answerCallbackQuery", {"callback_query_id": "5"}, "query is too old"),
        ("answerCallbackQuery", {"callback_query_id": "5", "text": "x" * 201}, "MESSAGE_TOO_LONG"),
        ("answerCallbackQuery", {"callback_query_id": "5", "url": "https://a.ru"}, "URL_INVALID"),
        (
            "answerCallbackQuery",
            {"callback_query_id": "5", "url": "https://t.me/other_bot?start=1"},
            "URL_INVALID",
        ),
        ("setMyCommands", {"commands": [{"command": "Bad", "description": "x"}]}, "COMMAND_INV"),
        ("setMyCommands", {"commands": [{"command": "a", "description": ""}]}, "DESCRIPTION_INV"),
        ("setMyCommands", {"commands": [], "language_code": "russian"}, "LANGUAGE_CODE_INVALID"),
        ("setMyDescription", {"description": "x" * 513}, "description is too long"),
        ("setMyShortDescription", {"short_description": "x" * 121}, "is too long"),
    ],
)
async def test_a_wrong_request_is_refused(
    company: Company, method: str, fields: Json, why: str
) -> None:
    answer = await company.ask(company.clients, method, **{"chat_id": company.client.id, **fields})
    assert answer["error_code"] == 400
    assert why in answer["description"]


@pytest.mark.parametrize(
    ("markup", "why"),
    [
        ({"inline_keyboard": [[{"text": "x"}]]}, "Text buttons are unallowed"),
        ({"inline_keyboard": [[{"text": "", "callback_data": "x"}]]}, "text is empty"),
        ({"inline_keyboard": [[{"text": "x", "url": "ftp://x"}]]}, "URL is invalid"),
        (
            {"inline_keyboard": [[{"text": "x", "callback_data": "x", "style": "red"}]]},
            "STYLE_INVALID",
        ),
        ({"inline_keyboard": KEYS * 101}, "reply markup is too long"),
        ({"keyboard": []}, "button text must be non-empty"),
        ({"keyboard": [[{"text": ""}]]}, "button text must be non-empty"),
        ({"force_reply": True, "input_field_placeholder": "x" * 65}, "placeholder is too long"),
    ],
)
async def test_a_wrong_keyboard_is_refused(company: Company, markup: Json, why: str) -> None:
    answer = await company.ask(
        company.clients, "sendMessage", chat_id=company.client.id, text="x", reply_markup=markup
    )
    assert answer["error_code"] == 400
    assert why in answer["description"]


async def test_a_caption_is_shorter_than_a_text(company: Company) -> None:
    number = company.say(company.client, "слова")
    answer = await company.ask(
        company.clients,
        "copyMessage",
        chat_id=company.client.id,
        from_chat_id=company.client.id,
        message_id=number,
    )
    assert answer["ok"]
    sent = await company.emu(
        "say",
        user=company.client.id,
        bot=company.clients.id,
        media={"kind": "photo", "b64": "eA=="},
    )
    answer = await company.ask(
        company.clients,
        "copyMessage",
        chat_id=company.client.id,
        from_chat_id=company.client.id,
        message_id=sent["message"]["message_id"],
        caption="я" * 1025,
    )
    assert "message caption is too long" in answer["description"]


@pytest.mark.parametrize(
    ("fields", "unknown"),
    [
        ({"text": "x", "thread": 5}, "unknown field thread"),
        (
            {"text": "x", "reply_parameters": {"message_id": 1, "lenient": True}},
            "unknown field reply_parameters.lenient",
        ),
        (
            {"text": "x", "reply_markup": {"inline_keyboard": [[{**KEYS[0][0], "colour": "red"}]]}},
            "unknown field reply_markup.inline_keyboard.0.0.colour",
        ),
    ],
)
async def test_a_field_that_telegram_does_not_know_is_a_violation_at_any_depth(
    company: Company, fields: Json, unknown: str
) -> None:
    company.say(company.client, "есть на что ответить")
    await company.ask(company.clients, "sendMessage", **{"chat_id": company.client.id, **fields})
    assert company.world.journal.violations[-1].complaints == [unknown]


@pytest.mark.parametrize(
    "markup",
    [
        {"inline_keyboard": KEYS},
        {"keyboard": [[{"text": "Номер", "request_contact": True}]], "resize_keyboard": True},
        {"remove_keyboard": True},
        {"force_reply": True, "input_field_placeholder": "Ваш вопрос", "selective": True},
    ],
)
async def test_every_kind_of_keyboard_is_known(company: Company, markup: Json) -> None:
    answer = await company.ask(
        company.clients, "sendMessage", chat_id=company.client.id, text="x", reply_markup=markup
    )
    assert answer["ok"]
    assert not company.world.journal.violations


async def test_media_groups_take_neither_keyboards_nor_copies_replies(company: Company) -> None:
    people.start(company.world, company.client, company.clients)
    for method, field in (("sendMediaGroup", "reply_markup"), ("copyMessages", "reply_parameters")):
        await company.ask(company.clients, method, chat_id=company.client.id, **{field: {}})
        complaints = company.world.journal.violations[-1].complaints
        assert f"unknown field {field}" in complaints
