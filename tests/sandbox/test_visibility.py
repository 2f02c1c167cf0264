"""Several bots in one group: who sees what."""

import pytest
from aiogram.exceptions import TelegramForbiddenError, TelegramMigrateToChat

from interfaces.sandbox import people
from interfaces.sandbox.bots import Bot
from interfaces.sandbox.chats import GROUP
from interfaces.sandbox.membership import leave, migrate, set_member
from tests.sandbox.conftest import Company

pytestmark = pytest.mark.asyncio


@pytest.fixture
def quiet(company: Company) -> Bot:
    """A third bot, in the group as an ordinary member with privacy on."""
    bot = company.world.bot("503:quiet", "quiet_bot")
    set_member(company.world, company.group, bot.user, "member")
    bot.updates.pending.clear()
    company.manager.updates.pending.clear()
    company.clients.updates.pending.clear()
    return bot


def texts(bot: Bot) -> list[str]:
    """What waits for a bot."""
    return [str(each.body.get("text")) for each in bot.updates.pending]


async def test_admins_see_everything_and_privacy_hides_plain_talk(
    company: Company, quiet: Bot
) -> None:
    people.say(company.world, company.boris, company.group, "просто слова")
    people.say(company.world, company.boris, company.group, "/status@quiet_bot")
    people.say(company.world, company.boris, company.group, "/status@desk_client_bot")
    assert texts(company.manager) == texts(company.clients)
    assert len(texts(company.manager)) == 3
    assert texts(quiet) == ["/status@quiet_bot"]


async def test_a_reply_to_a_private_bot_reaches_it(company: Company, quiet: Bot) -> None:
    said = await company.bot(quiet).send_message(company.group.id, "Кто здесь?")
    people.say(company.world, company.boris, company.group, "я", reply_to=said.message_id)
    assert texts(quiet) == ["я"]


async def test_bots_do_not_see_each_other_nor_themselves(company: Company, quiet: Bot) -> None:
    await company.bot(company.clients).send_message(company.group.id, "от бота")
    assert texts(company.clients) == texts(company.manager) == texts(quiet) == []


async def test_two_bots_mean_two_private_talks_with_their_own_numbers(company: Company) -> None:
    people.start(company.world, company.client, company.manager)
    one = await company.bot(company.manager).send_message(company.client.id, "1")
    other = await company.bot(company.clients).send_message(company.client.id, "2")
    assert company.world.private(company.manager, company.client).messages[one.message_id].text
    assert one.chat.id == other.chat.id
    assert "2" not in {
        message.text
        for message in company.world.private(company.manager, company.client).messages.values()
    }


async def test_an_anonymous_admin_speaks_as_the_group(company: Company, quiet: Bot) -> None:
    set_member(company.world, company.group, company.vera, "administrator", anonymous=True)
    await company.silence()
    people.say(company.world, company.vera, company.group, "тайно")
    (update,) = await company.updates(company.manager)
    assert update.message is not None
    assert update.message.from_user is not None
    assert update.message.from_user.id == 1087968824
    assert update.message.sender_chat is not None
    assert update.message.sender_chat.id == company.group.id


async def test_channel_posts_of_people_come_to_admin_bots(company: Company) -> None:
    people.say(company.world, company.anna, company.channel, "объявление")
    (update, *_) = await company.updates(company.manager)
    assert update.channel_post is not None
    assert update.channel_post.from_user is None


async def test_opt_in_kinds_come_only_when_asked_for(company: Company) -> None:
    said = people.say(company.world, company.boris, company.group, "слова")
    company.manager.updates.allowed = []
    company.manager.updates.pending.clear()
    people.react(company.world, company.boris, company.group, said.id, "👍")
    assert not company.manager.updates.pending
    company.manager.updates.allowed = ["message_reaction"]
    people.react(company.world, company.vera, company.group, said.id, "🔥")
    people.say(company.world, company.boris, company.group, "не заказано")
    assert [each.kind for each in company.manager.updates.pending] == ["message_reaction"]


async def test_a_basic_group_becomes_a_supergroup_and_says_its_new_id(company: Company) -> None:
    group = company.world.chat("Монтажники", kind=GROUP, owner=company.anna)
    set_member(company.world, group, company.manager.user, "administrator")
    await company.silence()
    supergroup = migrate(company.world, group)
    said = await company.updates(company.manager, 2)
    assert [each.message and each.message.migrate_to_chat_id for each in said] == [
        supergroup.id,
        None,
    ]
    with pytest.raises(TelegramMigrateToChat) as refusal:
        await company.bot(company.manager).send_message(group.id, "ещё здесь?")
    assert refusal.value.migrate_to_chat_id == supergroup.id
    assert await company.bot(company.manager).send_message(supergroup.id, "здесь")


async def test_a_bot_that_left_hears_and_says_nothing(company: Company) -> None:
    leave(company.world, company.group, company.clients.user)
    await company.silence()
    people.say(company.world, company.boris, company.group, "слова")
    assert not company.clients.updates.pending
    with pytest.raises(TelegramForbiddenError, match="bot is not a member"):
        await company.bot(company.clients).send_message(company.group.id, "!")
