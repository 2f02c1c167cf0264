"""Forum topics: made, renamed, closed, deleted, by bots and by people."""

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import ForumTopic

from interfaces.sandbox import people
from interfaces.sandbox.chats import Chat
from interfaces.sandbox.membership import set_member
from tests.sandbox.conftest import Company

pytestmark = pytest.mark.asyncio


@pytest.fixture
def forum(company: Company) -> Chat:
    """A forum with the manager bot as an administrator, and Boris."""
    forum = company.world.chat("Форум", owner=company.anna, forum=True)
    set_member(company.world, forum, company.manager.user, "administrator")
    set_member(company.world, forum, company.boris, "member")
    company.manager.updates.pending.clear()
    return forum


async def begun(company: Company, forum: Chat) -> tuple[Bot, ForumTopic]:
    """The manager bot and its topic."""
    bot = company.bot(company.manager)
    return bot, await bot.create_forum_topic(forum.id, "Заявка № 7", icon_color=0xFFD67E)


async def test_what_is_said_in_a_topic_names_it_and_answers_its_beginning(
    company: Company, forum: Chat
) -> None:
    bot, topic = await begun(company, forum)
    sent = await bot.send_message(forum.id, "вопрос", message_thread_id=topic.message_thread_id)
    assert sent.is_topic_message
    assert sent.message_thread_id == topic.message_thread_id
    people.say(company.world, company.boris, forum, "ответ", thread=topic.message_thread_id)
    (update,) = await company.updates(company.manager)
    assert update.message is not None
    assert update.message.message_thread_id == topic.message_thread_id
    assert update.message.reply_to_message is not None
    assert update.message.reply_to_message.forum_topic_created is not None


async def test_copies_and_albums_go_into_a_topic(company: Company, forum: Chat) -> None:
    bot, topic = await begun(company, forum)
    people.start(company.world, company.client, company.manager)
    number = (await bot.send_message(company.client.id, "слова")).message_id
    copies = await bot.copy_messages(
        forum.id, company.client.id, [number], message_thread_id=topic.message_thread_id
    )
    assert forum.messages[copies[0].message_id].thread == topic.message_thread_id


async def test_a_topic_is_renamed_closed_and_opened(company: Company, forum: Chat) -> None:
    bot, topic = await begun(company, forum)
    number = topic.message_thread_id
    await bot.edit_forum_topic(forum.id, number, name="Заявка № 7 ✅")
    assert forum.topics[number].name == "Заявка № 7 ✅"
    with pytest.raises(TelegramBadRequest, match="TOPIC_NOT_MODIFIED"):
        await bot.edit_forum_topic(forum.id, number, name="Заявка № 7 ✅")
    await bot.close_forum_topic(forum.id, number)
    with pytest.raises(TelegramBadRequest, match="TOPIC_NOT_MODIFIED"):
        await bot.close_forum_topic(forum.id, number)
    assert await bot.send_message(forum.id, "админ пишет и так", message_thread_id=number)
    assert (
        await company.emu("say", user=company.boris.id, chat=forum.id, thread=number, text="?")
    )["error_code"] == 403
    await bot.reopen_forum_topic(forum.id, number)
    assert not forum.topics[number].closed


@pytest.mark.parametrize("by", ["bot", "person"])
async def test_nothing_can_be_said_in_a_deleted_topic(
    company: Company, forum: Chat, by: str
) -> None:
    bot, topic = await begun(company, forum)
    number = topic.message_thread_id
    if by == "bot":
        await bot.delete_forum_topic(forum.id, number)
    else:
        await company.emu(
            "topic", user=company.anna.id, chat=forum.id, thread=number, action="delete"
        )
    with pytest.raises(TelegramBadRequest, match="message thread not found"):
        await bot.send_message(forum.id, "слышно?", message_thread_id=number)
    with pytest.raises(TelegramBadRequest, match="TOPIC_DELETED"):
        await bot.close_forum_topic(forum.id, number)
    assert not any(not each.deleted for each in forum.messages.values() if each.thread == number)


async def test_what_never_was_a_topic_is_refused(company: Company, forum: Chat) -> None:
    bot = company.bot(company.manager)
    with pytest.raises(TelegramBadRequest, match="TOPIC_ID_INVALID"):
        await bot.edit_forum_topic(forum.id, 999, name="x")
    with pytest.raises(TelegramBadRequest, match="TOPIC_ICON_COLOR_INVALID"):
        await bot.create_forum_topic(forum.id, "x", icon_color=5)
    with pytest.raises(TelegramBadRequest, match="TOPIC_TITLE_TOO_LONG"):
        await bot.create_forum_topic(forum.id, "x" * 129)


async def test_topics_need_a_right(company: Company, forum: Chat) -> None:
    bot, topic = await begun(company, forum)
    rights = {"can_manage_topics": False}
    set_member(company.world, forum, company.manager.user, "administrator", rights=rights)
    with pytest.raises(TelegramBadRequest, match="not enough rights"):
        await bot.create_forum_topic(forum.id, "ещё")
    forum.topics[topic.message_thread_id].closed = True
    with pytest.raises(TelegramBadRequest, match="TOPIC_CLOSED"):
        await bot.send_message(forum.id, "x", message_thread_id=topic.message_thread_id)


async def test_people_make_topics_too(company: Company, forum: Chat) -> None:
    made = await company.emu("topic", user=company.anna.id, chat=forum.id, name="Общее")
    (update,) = await company.updates(company.manager)
    assert update.message is not None
    assert update.message.forum_topic_created is not None
    assert update.message.message_thread_id == made["thread"]
