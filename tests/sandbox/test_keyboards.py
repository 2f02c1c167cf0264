"""Reply keyboards: the button that asks for a chat, what fits it, and what follows."""

import pytest
from aiogram.types import (
    ChatAdministratorRights,
    ChatMemberAdministrator,
    KeyboardButton,
    KeyboardButtonRequestChat,
    ReplyKeyboardMarkup,
)

from interfaces.sandbox.membership import set_member
from interfaces.sandbox.wire import Json
from tests.sandbox.conftest import Company

pytestmark = pytest.mark.asyncio
NO = dict.fromkeys(
    (
        "is_anonymous",
        "can_manage_chat",
        "can_delete_messages",
        "can_manage_video_chats",
        "can_restrict_members",
        "can_promote_members",
        "can_change_info",
        "can_invite_users",
        "can_post_stories",
        "can_edit_stories",
        "can_delete_stories",
        "can_send_welcome_messages",
    ),
    False,
)
POSTING = {**NO, "can_post_messages": True, "can_edit_messages": True}


async def asked(company: Company, person: int, **wanted: object) -> Json:
    """The answer to a keyboard of the manager bot that asks a person for a chat."""
    await company.emu("start", user=person, bot=company.manager.id)
    markup = ReplyKeyboardMarkup(
        keyboard=[
            [
                KeyboardButton(
                    text="Выбрать",
                    request_chat=KeyboardButtonRequestChat(request_id=1, **wanted),  # type: ignore[arg-type]
                )
            ]
        ]
    )
    return await company.ask(
        company.manager,
        "sendMessage",
        chat_id=person,
        text="Какой канал?",
        reply_markup=markup.model_dump(exclude_none=True),
    )


async def offered(company: Company, person: int) -> list[int]:
    """The chats that the phone offers."""
    answer = await company.emu("sharable", user=person, bot=company.manager.id, request_id=1)
    return [each["id"] for each in answer["chats"]]


async def test_a_person_picks_a_channel_and_the_bot_is_an_administrator_there(
    company: Company,
) -> None:
    world, anna = company.world, company.anna
    channel = world.chat("Новый канал", kind="channel", owner=anna)
    rights = ChatAdministratorRights(**POSTING)
    await asked(
        company,
        anna.id,
        chat_is_channel=True,
        bot_administrator_rights=rights,
        user_administrator_rights=rights,
        request_title=True,
    )
    await company.silence()
    assert channel.id in await offered(company, anna.id)
    picked = await company.emu(
        "share", user=anna.id, bot=company.manager.id, request_id=1, chat=channel.id
    )
    assert picked["ok"]
    joined, shared = await company.updates(company.manager, 2)
    assert joined.my_chat_member is not None
    member = joined.my_chat_member.new_chat_member
    assert isinstance(member, ChatMemberAdministrator)
    assert member.can_post_messages
    assert not member.can_promote_members
    assert shared.message is not None
    assert shared.message.chat_shared is not None
    assert shared.message.chat_shared.chat_id == channel.id
    assert shared.message.chat_shared.title == "Новый канал"


async def test_only_fitting_chats_are_offered(company: Company) -> None:
    world, anna, boris = company.world, company.anna, company.boris
    forum = world.chat("Форум", owner=anna, forum=True)
    named = world.chat("С именем", owner=anna, username="named_group")
    strange = world.chat("Чужая", owner=company.vera)
    cases: list[tuple[Json, set[int]]] = [
        ({"chat_is_channel": True}, {company.channel.id}),
        ({"chat_is_channel": False}, {company.group.id, forum.id, named.id}),
        ({"chat_is_channel": False, "chat_is_forum": True}, {forum.id}),
        ({"chat_is_channel": False, "chat_has_username": True}, {named.id}),
    ]
    for wanted, expected in cases:
        await asked(company, anna.id, **wanted)
        assert set(await offered(company, anna.id)) == expected
    assert strange.id not in await offered(company, anna.id)
    await asked(company, boris.id, chat_is_channel=True, chat_is_created=True)
    assert await offered(company, boris.id) == []


async def test_who_cannot_give_rights_is_offered_nothing(company: Company) -> None:
    world, boris = company.world, company.boris
    group = world.chat("Группа", owner=company.anna)
    rights = ChatAdministratorRights(**{**NO, "can_delete_messages": True})
    wanted = {
        "chat_is_channel": False,
        "bot_administrator_rights": rights,
        "user_administrator_rights": rights,
    }
    set_member(world, group, boris, "member")
    await asked(company, boris.id, **wanted)
    assert group.id not in await offered(company, boris.id)
    set_member(world, group, boris, "administrator")
    assert group.id in await offered(company, boris.id)
    refused = await company.emu(
        "share", user=boris.id, bot=company.manager.id, request_id=1, chat=company.channel.id
    )
    assert refused["description"] == "Bad Request: this chat does not fit"


async def test_a_bot_asks_for_no_more_rights_than_the_person_has(company: Company) -> None:
    answer = await asked(
        company,
        company.anna.id,
        chat_is_channel=True,
        bot_administrator_rights=ChatAdministratorRights(**POSTING),
    )
    assert "must be a subset" in answer["description"]


async def test_chats_are_asked_for_in_private_only(company: Company) -> None:
    button = {"text": "x", "request_chat": {"request_id": 1, "chat_is_channel": True}}
    answer = await company.ask(
        company.manager,
        "sendMessage",
        chat_id=company.group.id,
        text="?",
        reply_markup={"keyboard": [[button]]},
    )
    assert "BUTTON_TYPE_INVALID" in answer["description"]
