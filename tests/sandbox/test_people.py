"""What people do besides writing: quote, forward, hide, speak for others, react, answer."""

from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from aiogram.types import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    MessageOriginHiddenUser,
    MessageOriginUser,
    ReactionTypeEmoji,
    ReplyParameters,
)

from interfaces.sandbox import people
from interfaces.sandbox.files import Upload
from interfaces.sandbox.membership import set_member
from tests.sandbox.conftest import PICTURE, Company

pytestmark = pytest.mark.asyncio


@pytest.fixture
def bot(company: Company) -> Bot:
    """The client bot."""
    return company.bot(company.clients)


async def heard(company: Company) -> Message:
    """The next message that the client bot hears."""
    (update,) = await company.updates(company.clients)
    assert update.message is not None
    return update.message


async def test_a_reply_quotes_a_part(company: Company, bot: Bot) -> None:
    sent = await bot.send_message(company.client.id, "😀 счёт или договор?")
    company.say(company.client, "первое", reply_to=sent.message_id, quote="счёт")
    message = await heard(company)
    assert message.quote is not None
    assert (message.quote.text, message.quote.position) == ("счёт", 3)


async def test_a_bot_quotes_what_was_said_and_nothing_else(company: Company, bot: Bot) -> None:
    number = company.say(company.client, "счёт или договор?")
    sent = await bot.send_message(
        company.client.id, "вот", reply_parameters=ReplyParameters(message_id=number, quote="счёт")
    )
    assert sent.quote is not None
    with pytest.raises(TelegramBadRequest, match="QUOTE_TEXT_INVALID"):
        await bot.send_message(
            company.client.id,
            "вот",
            reply_parameters=ReplyParameters(message_id=number, quote="акт"),
        )


@pytest.mark.parametrize(("hidden", "kind"), [(0, MessageOriginUser), (1, MessageOriginHiddenUser)])
async def test_a_forwarded_message_names_its_author_unless_that_is_hidden(
    company: Company, hidden: int, kind: type
) -> None:
    company.boris.hidden_forwards = bool(hidden)
    said = people.say(company.world, company.boris, company.group, "чужие слова")
    await company.silence()
    people.forward(company.world, company.client, said, company.talk)
    message = await heard(company)
    assert isinstance(message.forward_origin, kind)
    assert message.text == "чужие слова"
    with pytest.raises(TelegramBadRequest, match="message can't be edited"):
        await company.bot(company.clients).edit_message_text(
            "x", chat_id=company.client.id, message_id=message.message_id
        )


async def test_an_album_stays_one_when_it_is_forwarded(company: Company) -> None:
    for mark in (b"1", b"2"):
        photo = ("photo", Upload("a", "", PICTURE + mark))
        people.say(company.world, company.boris, company.group, media=photo, album="7")
    await company.silence()
    numbers = list(company.group.messages)[-2:]
    await company.emu(
        "forward",
        user=company.boris.id,
        message_ids=numbers,
        bot=company.clients.id,
        **{"from": {"chat": company.group.id}},
    )
    first, second = await company.updates(company.clients, 2)
    assert first.message is not None
    assert second.message is not None
    assert first.message.media_group_id == second.message.media_group_id != "7"


async def test_via_a_bot_is_said_but_not_copied(company: Company, bot: Bot) -> None:
    number = company.say(company.client, "стих", via=company.manager)
    assert (await heard(company)).via_bot is not None
    copy = await bot.copy_message(company.group.id, company.client.id, number)
    assert "via_bot" not in company.group.messages[copy.message_id].as_json(0)


async def test_what_disappears_after_one_look_never_comes_to_bots(
    company: Company, bot: Bot
) -> None:
    photo = ("photo", Upload("a.png", "", PICTURE))
    number = company.say(company.client, "", media=photo, view_once=True)
    assert not company.clients.updates.pending
    with pytest.raises(TelegramBadRequest, match="message to copy not found"):
        await bot.copy_message(company.group.id, company.client.id, number)


async def test_an_owner_speaks_as_the_channel(company: Company) -> None:
    people.say(company.world, company.anna, company.group, "от канала", as_channel=True)
    message = await heard(company)
    assert message.from_user is not None
    assert message.from_user.id == 136817688
    assert message.sender_chat is not None
    assert message.sender_chat.id == company.channel.id
    assert not message.is_automatic_forward


async def test_mentions_without_a_username_survive_a_copy(company: Company, bot: Bot) -> None:
    mention = {"type": "text_mention", "offset": 0, "length": 5, "user": company.vera.as_json()}
    number = company.say(company.client, "Вера!", entities=[mention])
    assert (await heard(company)).entities is not None
    copy = await bot.copy_message(company.group.id, company.client.id, number)
    assert "text_mention" in str(company.group.messages[copy.message_id].content)


async def test_deletions_are_not_told(company: Company) -> None:
    number = company.say(company.client, "лишнее")
    await company.silence()
    people.delete(company.world, company.talk, number)
    assert not company.clients.updates.pending


async def test_reactions_come_with_what_was_before(company: Company) -> None:
    await company.updates(company.clients, timeout=0)
    said = people.say(company.world, company.vera, company.group, "слова")
    await company.silence()
    for emoji in ("👍", "🔥", None):
        people.react(company.world, company.boris, company.group, said.id, emoji)
    found = [each.message_reaction for each in await company.updates(company.clients, 3)]
    assert [len(each.old_reaction) for each in found if each] == [0, 1, 1]
    assert [len(each.new_reaction) for each in found if each] == [1, 1, 0]


async def test_an_anonymous_administrator_reacts_as_the_group(company: Company) -> None:
    set_member(company.world, company.group, company.vera, "administrator", anonymous=True)
    said = people.say(company.world, company.boris, company.group, "слова")
    await company.updates(company.clients)
    await company.silence()
    people.react(company.world, company.vera, company.group, said.id, "👍")
    (update,) = await company.updates(company.clients)
    assert update.message_reaction is not None
    assert update.message_reaction.user is None
    assert update.message_reaction.actor_chat is not None


async def test_in_a_channel_reactions_are_only_counted(company: Company) -> None:
    post = people.say(company.world, company.anna, company.channel, "объявление")
    await company.updates(company.manager, 2)
    for person in (company.boris, company.vera):
        people.react(company.world, person, company.channel, post.id, "👍")
    _, update = await company.updates(company.manager, 2)
    assert update.message_reaction_count is not None
    assert update.message_reaction_count.reactions[0].total_count == 2


async def test_reactions_of_bots_come_to_no_bot_and_need_membership(
    company: Company, bot: Bot
) -> None:
    said = people.say(company.world, company.boris, company.group, "слова")
    await company.updates(company.manager)
    await company.silence()
    thumb: Any = [ReactionTypeEmoji(emoji="👍")]
    await bot.set_message_reaction(company.group.id, said.id, thumb)
    assert not company.manager.updates.pending
    with pytest.raises(TelegramBadRequest, match="REACTIONS_TOO_MANY"):
        await bot.set_message_reaction(company.group.id, said.id, thumb * 2)
    set_member(company.world, company.group, company.clients.user, "left")
    with pytest.raises(TelegramForbiddenError, match="bot is not a member"):
        await bot.set_message_reaction(company.group.id, said.id, thumb)


async def test_a_press_is_answered_by_opening_the_bot(company: Company) -> None:
    bot = company.bot(company.manager)
    key = InlineKeyboardButton(text="Открыть", callback_data="open")
    sent = await bot.send_message(
        company.group.id, "?", reply_markup=InlineKeyboardMarkup(inline_keyboard=[[key]])
    )
    pressed = people.click(
        company.world, company.boris, company.group, sent.message_id, button="Открыть"
    )
    url = "https://t.me/desk_manager_bot?start=t7"
    await bot.answer_callback_query(pressed.id, url=url)
    answer = await pressed.wait_for_answer(1)
    assert answer is not None
    assert answer["url"] == url


@pytest.mark.parametrize(
    ("hours", "dice", "where", "gone"),
    [
        (47, False, "private", True),
        (48, False, "private", False),
        (48, False, "group", False),
        (1, True, "private", False),
        (25, True, "private", True),
    ],
)
async def test_a_bot_deletes_within_two_days_and_dice_after_one(
    company: Company, bot: Bot, hours: int, dice: bool, where: str, gone: bool
) -> None:
    chat = company.talk if where == "private" else company.group
    content = {"dice": {"emoji": "🎲"}} if dice else {"text": "слова"}
    said = people.say(
        company.world, company.client if chat.is_private else company.boris, chat, content=content
    )
    company.world.jump(hours * 3600 + 1)
    answer = await company.ask(
        company.clients, "deleteMessage", chat_id=chat.id, message_id=said.id
    )
    assert answer["ok"] is gone
