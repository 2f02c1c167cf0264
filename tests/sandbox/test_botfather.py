"""What BotFather and the owners of chats do: bots, tokens, links, rights, settings."""

import asyncio

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramUnauthorizedError
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    MenuButtonDefault,
)

from interfaces.sandbox.membership import set_member
from interfaces.sandbox.wire import Json
from tests.sandbox.conftest import Company

pytestmark = pytest.mark.asyncio


@pytest.fixture
def bot(company: Company) -> Bot:
    """The client bot."""
    return company.bot(company.clients)


async def test_botfather_gives_a_token_that_works(company: Company) -> None:
    made = await company.emu("bot", first_name="Помощь", username="fresh_help_bot")
    me = await Bot(made["token"], session=company.session).get_me()
    assert me.username == "fresh_help_bot"
    assert me.id not in {company.clients.id, company.manager.id}


@pytest.mark.parametrize(
    ("name", "username"),
    [("", "fresh_bot"), ("Помощь", "fresh"), ("Помощь", "desk_client_bot"), ("Помощь", "имя_bot")],
)
async def test_botfather_wants_a_name_and_a_free_username(
    company: Company, name: str, username: str
) -> None:
    assert (await company.emu("bot", first_name=name, username=username))["error_code"] == 400


async def test_a_revoked_token_ends_the_poll_and_another_one_works(
    company: Company, bot: Bot
) -> None:
    polling = asyncio.create_task(bot.get_updates(timeout=5))
    while company.clients.updates.waiter is None:
        await asyncio.sleep(0)
    fresh = (await company.emu("revoke", bot=company.clients.id))["token"]
    with pytest.raises(TelegramUnauthorizedError):
        await polling
    with pytest.raises(TelegramUnauthorizedError):
        await bot.get_me()
    assert fresh != bot.token
    assert (await Bot(fresh, session=company.session).get_me()).id == company.clients.id


async def test_a_bot_is_added_promoted_demoted_and_removed(company: Company) -> None:
    seen: list[str] = []
    for status in ("left", "member", "administrator", "member", "kicked"):
        await company.emu(
            "member",
            chat=company.group.id,
            bot=company.clients.id,
            status=status,
            by=company.anna.id,
        )
        update, *_ = await company.updates(company.clients)
        assert update.my_chat_member is not None
        assert update.my_chat_member.from_user.id == company.anna.id
        seen.append(update.my_chat_member.new_chat_member.status)
        await company.silence()
    assert seen == ["left", "member", "administrator", "member", "kicked"]


async def test_a_bot_in_a_channel_is_an_administrator(company: Company) -> None:
    answer = await company.emu(
        "member", chat=company.channel.id, bot=company.clients.id, status="member"
    )
    assert "only as administrators" in answer["description"]


async def test_channel_and_group_are_linked_both_ways_and_unlinked(
    company: Company, bot: Bot
) -> None:
    manager = company.bot(company.manager)
    assert (await manager.get_chat(company.channel.id)).linked_chat_id == company.group.id
    assert (await manager.get_chat(company.group.id)).linked_chat_id == company.channel.id
    await company.emu("link", chat=company.channel.id)
    assert (await manager.get_chat(company.channel.id)).linked_chat_id is None
    assert (await manager.get_chat(company.group.id)).linked_chat_id is None


async def test_linking_upgrades_a_basic_group_and_refuses_a_forum(company: Company) -> None:
    channel = company.world.chat("Канал", kind="channel", owner=company.anna)
    group = company.world.chat("Группа", kind="group", owner=company.anna)
    linked = await company.emu("link", chat=channel.id, linked=group.id)
    assert linked["linked"] == group.migrated_to
    forum = company.world.chat("Форум", owner=company.anna, forum=True)
    assert (await company.emu("link", chat=channel.id, linked=forum.id))["error_code"] == 400


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"protected": True}, {"has_protected_content": True}),
        ({"slow_mode": 30}, {"slow_mode_delay": 30}),
        ({"title": "Другое имя"}, {"title": "Другое имя"}),
    ],
)
async def test_a_chat_tells_its_settings(company: Company, settings: Json, told: Json) -> None:
    await company.emu("settings", chat=company.group.id, **settings)
    answer = await company.ask(company.manager, "getChat", chat_id=company.group.id)
    assert told.items() <= answer["result"].items()
    assert answer["result"]["permissions"]["can_send_messages"]


async def test_a_forum_tells_that_it_is_one(company: Company) -> None:
    group = company.world.chat("Группа", owner=company.anna)
    set_member(company.world, group, company.manager.user, "administrator")
    await company.emu("settings", chat=group.id, forum=True)
    assert (await company.bot(company.manager).get_chat(group.id)).is_forum


async def test_nothing_is_copied_out_of_a_protected_group(company: Company, bot: Bot) -> None:
    said = await company.emu("say", user=company.boris.id, chat=company.group.id, text="тайна")
    await company.emu("settings", chat=company.group.id, protected=True)
    with pytest.raises(TelegramBadRequest, match="message can't be copied"):
        await bot.copy_message(company.client.id, company.group.id, said["message"]["message_id"])


async def test_administrators_are_listed_with_other_bots_only_when_asked(
    company: Company, bot: Bot
) -> None:
    plain = await bot.get_chat_administrators(company.group.id)
    every = await bot.get_chat_administrators(company.group.id, return_bots=True)
    assert company.manager.id not in {each.user.id for each in plain}
    assert company.manager.id in {each.user.id for each in every}


async def test_commands_depend_on_scope_and_language(company: Company, bot: Bot) -> None:
    def commands(word: str) -> list[BotCommand]:
        return [BotCommand(command="start", description=word)]

    person = company.client.id
    private = BotCommandScopeAllPrivateChats()
    steps: list[tuple[Json, str]] = [
        ({}, "для всех"),
        ({"scope": private}, "в личных"),
        ({"scope": private, "language_code": "ru"}, "в личных по-русски"),
        ({"scope": BotCommandScopeChat(chat_id=person)}, "в этом чате"),
    ]
    for where, words in steps:
        await bot.set_my_commands(commands(words), **where)
        menu = await company.emu("menu", user=person, bot=company.clients.id)
        assert menu["commands"][0]["description"] == words
        kept = await bot.get_my_commands(**where)
        assert [each.description for each in kept] == [words]
    await bot.delete_my_commands(scope=BotCommandScopeChat(chat_id=person))
    menu = await company.emu("menu", user=person, bot=company.clients.id)
    assert menu["commands"][0]["description"] == "в личных по-русски"


async def test_a_bot_describes_itself_in_the_persons_language(company: Company, bot: Bot) -> None:
    await bot.set_my_description("A desk")
    await bot.set_my_description("Стол заявок", language_code="ru")
    await bot.set_my_short_description("Коротко")
    await bot.set_chat_menu_button(company.client.id, MenuButtonDefault())
    menu = await company.emu("menu", user=company.client.id, bot=company.clients.id)
    assert menu["description"] == "Стол заявок"
    assert menu["short_description"] == "Коротко"
    assert menu["menu_button"] == {"type": "default"}
    assert (await bot.get_my_description()).description == "A desk"
    assert (await bot.get_my_description(language_code="de")).description == "A desk"
