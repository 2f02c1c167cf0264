"""Buttons: pressed by several at once, from stale keyboards, answered once and in time."""

import asyncio

import pytest
from aiogram import Dispatcher, F
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from interfaces.sandbox import people
from tests.sandbox.conftest import Company

pytestmark = pytest.mark.asyncio


def keyboard(text: str, data: str) -> InlineKeyboardMarkup:
    """One button."""
    return InlineKeyboardMarkup(
        inline_keyboard=[[InlineKeyboardButton(text=text, callback_data=data)]]
    )


async def card(company: Company) -> Message:
    """A message with a button in the group."""
    return await company.bot(company.manager).send_message(
        company.group.id, "Заявка", reply_markup=keyboard("Взять", "claim:7")
    )


async def test_of_three_who_press_at_once_one_wins_and_each_gets_an_answer(
    company: Company,
) -> None:
    sent = await card(company)
    dispatcher = Dispatcher(disable_fsm=True)
    winners: list[int] = []

    @dispatcher.callback_query(F.data == "claim:7")
    async def claim(query: CallbackQuery) -> None:
        taken = bool(winners)
        winners.append(query.from_user.id)
        await query.answer("уже взята" if taken else "ваша", show_alert=taken)

    bot = company.bot(company.manager)
    polling = asyncio.create_task(
        dispatcher.start_polling(bot, handle_signals=False, close_bot_session=False)
    )
    pressed = [
        people.click(company.world, person, company.group, sent.message_id, button="Взять")
        for person in (company.anna, company.boris, company.vera)
    ]
    answers = await asyncio.gather(*(each.wait_for_answer(5) for each in pressed))
    await dispatcher.stop_polling()
    await polling
    assert sorted(str(each and each["text"]) for each in answers) == [
        "ваша",
        "уже взята",
        "уже взята",
    ]


async def test_a_button_of_an_older_keyboard_can_still_be_pressed(company: Company) -> None:
    sent = await card(company)
    await company.bot(company.manager).edit_message_reply_markup(
        chat_id=company.group.id,
        message_id=sent.message_id,
        reply_markup=keyboard("Закрыть", "close:7"),
    )
    people.click(company.world, company.boris, company.group, sent.message_id, data="claim:7")
    (update,) = await company.updates(company.manager)
    assert update.callback_query is not None
    assert update.callback_query.data == "claim:7"
    assert isinstance(update.callback_query.message, Message)
    markup = update.callback_query.message.reply_markup
    assert markup is not None
    assert markup.inline_keyboard[0][0].callback_data == "close:7"


async def test_a_press_is_answered_once_and_by_its_own_bot(company: Company) -> None:
    sent = await card(company)
    pressed = people.click(
        company.world, company.boris, company.group, sent.message_id, data="claim:7"
    )
    bot = company.bot(company.manager)
    with pytest.raises(TelegramBadRequest, match="query is too old"):
        await company.bot(company.clients).answer_callback_query(pressed.id)
    assert await bot.answer_callback_query(pressed.id, text="ваша")
    with pytest.raises(TelegramBadRequest, match="query is too old"):
        await bot.answer_callback_query(pressed.id)


async def test_a_late_answer_is_refused_and_a_late_press_never_comes(company: Company) -> None:
    sent = await card(company)
    pressed = people.click(
        company.world, company.boris, company.group, sent.message_id, data="claim:7"
    )
    company.world.jump(151)
    with pytest.raises(TelegramBadRequest, match="query is too old"):
        await company.bot(company.manager).answer_callback_query(pressed.id)
    assert await company.updates(company.manager, timeout=0) == []


async def test_a_press_on_a_deleted_message_carries_an_inaccessible_one(company: Company) -> None:
    sent = await card(company)
    await sent.delete()
    people.click(company.world, company.boris, company.group, sent.message_id, data="claim:7")
    (update,) = await company.updates(company.manager)
    assert update.callback_query is not None
    assert not isinstance(update.callback_query.message, Message)


@pytest.mark.parametrize("data", ["", "я" * 33])
async def test_button_data_is_limited_to_64_bytes(company: Company, data: str) -> None:
    with pytest.raises(TelegramBadRequest, match="BUTTON_DATA_INVALID"):
        await company.bot(company.manager).send_message(
            company.group.id,
            "Заявка",
            reply_markup={"inline_keyboard": [[{"text": "x", "callback_data": data}]]},  # type: ignore[arg-type]
        )
