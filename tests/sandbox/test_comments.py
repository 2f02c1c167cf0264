"""A post in the channel, its automatic copy in the linked group, and the thread below it."""

import pytest
from aiogram.types import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    MessageOriginChannel,
    ReplyParameters,
)

from interfaces.sandbox import people
from interfaces.sandbox.world import Forwarding
from tests.sandbox.conftest import Company

pytestmark = pytest.mark.asyncio
CLAIM = InlineKeyboardMarkup(
    inline_keyboard=[[InlineKeyboardButton(text="Взять", callback_data="1:claim:7:0")]]
)


async def opened(company: Company, text: str = "Заявка № 7") -> tuple[Message, Message]:
    """A post and its copy in the group as the posting bot sees it."""
    post = await company.bot(company.manager).send_message(company.channel.id, text)
    (update,) = await company.updates(company.manager)
    assert update.message is not None
    return post, update.message


async def test_a_post_is_copied_into_the_linked_group_and_the_posting_bot_sees_the_copy(
    company: Company,
) -> None:
    post, copy = await opened(company)
    assert copy.chat.id == company.group.id
    assert copy.is_automatic_forward
    assert copy.sender_chat is not None
    assert copy.sender_chat.id == company.channel.id
    assert copy.from_user is not None
    assert copy.from_user.id == 777000
    assert isinstance(copy.forward_origin, MessageOriginChannel)
    assert copy.forward_origin.message_id == post.message_id
    assert copy.message_thread_id is None


async def test_the_bot_does_not_hear_its_own_post(company: Company) -> None:
    await opened(company)
    assert await company.updates(company.manager, timeout=0) == []


async def test_the_other_admin_bot_of_the_group_sees_the_copy_too(company: Company) -> None:
    await opened(company)
    (update,) = await company.updates(company.clients)
    assert update.message is not None
    assert update.message.is_automatic_forward


async def test_a_reply_to_the_copy_is_a_comment_of_its_thread(company: Company) -> None:
    post, copy = await opened(company)
    card = await company.bot(company.manager).send_message(
        company.group.id,
        "Карточка",
        reply_parameters=ReplyParameters(message_id=copy.message_id),
        reply_markup=CLAIM,
    )
    assert card.message_thread_id == copy.message_id
    said = people.say(
        company.world, company.boris, company.channel, "Ответ", comment_to=post.message_id
    )
    (update,) = await company.updates(company.manager)
    assert update.message is not None
    assert update.message.message_id == said.id
    assert update.message.message_thread_id == copy.message_id
    assert update.message.reply_to_message is not None
    assert update.message.reply_to_message.message_id == copy.message_id
    deeper = people.say(
        company.world, company.vera, company.group, "И ещё", reply_to=card.message_id
    )
    assert deeper.thread == copy.message_id


async def test_a_post_with_a_keyboard_gets_no_comments(company: Company) -> None:
    await company.bot(company.manager).send_message(company.channel.id, "!", reply_markup=CLAIM)
    assert await company.updates(company.manager, timeout=1) == []
    assert not company.group.messages or all(
        not message.automatic for message in company.group.messages.values()
    )


async def test_an_edit_of_the_post_reaches_the_copy(company: Company) -> None:
    post, copy = await opened(company)
    await company.bot(company.manager).edit_message_text(
        "Заявка № 7 · взята", chat_id=company.channel.id, message_id=post.message_id
    )
    (update,) = await company.updates(company.manager)
    assert update.edited_message is not None
    assert update.edited_message.message_id == copy.message_id
    assert update.edited_message.text == "Заявка № 7 · взята"
    assert update.edited_message.is_automatic_forward


async def test_the_copy_may_overtake_the_answer(company: Company) -> None:
    company.world.forwarding = Forwarding(early=1.0, head_start=0.05)
    order: list[str] = []

    async def post() -> None:
        await company.bot(company.manager).send_message(company.channel.id, "Заявка")
        order.append("answer")

    async def listen() -> None:
        await company.updates(company.manager)
        order.append("copy")

    import asyncio

    await asyncio.gather(post(), listen())
    assert order == ["copy", "answer"]


async def test_an_unlinked_group_gets_no_copy(company: Company) -> None:
    company.world.link(company.channel, None)
    await company.bot(company.manager).send_message(company.channel.id, "Заявка")
    assert await company.updates(company.manager, timeout=1) == []
