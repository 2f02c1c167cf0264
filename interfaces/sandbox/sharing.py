"""Sharing a chat with a bot: the button that asks for one, what fits it, and what follows.

Rules: https://core.telegram.org/bots/api#keyboardbuttonrequestchat
"""

from interfaces.sandbox.bots import Bot
from interfaces.sandbox.chats import Chat
from interfaces.sandbox.members import (
    ADMINISTRATOR,
    CHANNEL_RIGHTS,
    CREATOR,
    GROUP_RIGHTS,
    MEMBER,
    RIGHTS,
    given_rights,
)
from interfaces.sandbox.membership import set_member
from interfaces.sandbox.messages import Message
from interfaces.sandbox.posting import publish, spoken
from interfaces.sandbox.users import User
from interfaces.sandbox.wire import Json, as_list, as_object, bad_request
from interfaces.sandbox.world import World


def request_of(talk: Chat, request_id: int) -> Json:
    """The `request_chat` of the newest keyboard in a talk that has it under this number."""
    for message in reversed(talk.messages.values()):
        for row in as_list((message.reply_markup or {}).get("keyboard")):
            for key in as_list(row):
                wanted = as_object((as_object(key) or {}).get("request_chat"))
                if wanted is not None and wanted.get("request_id") == request_id:
                    return wanted
    raise bad_request("there is no such button")


def fitting(world: World, person: User, bot: Bot, wanted: Json) -> list[Chat]:
    """The chats that Telegram offers a person for this button."""
    return [chat for chat in world.chats.values() if _fits(chat, person, bot, wanted)]


def _fits(chat: Chat, person: User, bot: Bot, wanted: Json) -> bool:
    member = chat.present(person.id)
    if member is None or chat.migrated_to is not None:
        return False
    said = (
        ("chat_is_channel", chat.is_channel),
        ("chat_is_forum", chat.is_forum),
        ("chat_has_username", bool(chat.username)),
    )
    if any(wanted.get(name) not in {None, is_so} for name, is_so in said):
        return False
    if wanted.get("chat_is_created") and member.status != CREATOR:
        return False
    asked = given_rights(as_object(wanted.get("user_administrator_rights")))
    if not all(member.may(right) for right in asked - {"is_anonymous"}):
        return False
    if (own := _rights_missing(chat, bot, wanted)) is not None:
        return member.may("can_promote_members") and all(member.may(each) for each in own)
    joins = wanted.get("bot_is_member") and chat.present(bot.id) is None
    return not joins or member.may("can_invite_users")


def _rights_missing(chat: Chat, bot: Bot, wanted: Json) -> set[str] | None:
    """The rights that the bot must be given, nothing when it needs none."""
    rights = as_object(wanted.get("bot_administrator_rights"))
    if rights is None:
        return None
    asked, member = given_rights(rights), chat.present(bot.id)
    if member is not None and member.is_admin and all(member.may(each) for each in asked):
        return None
    return asked


def share_chat(world: World, person: User, talk: Chat, request_id: int, chosen: Chat) -> Message:
    """A person picks a chat: the bot gets its place there, then hears which chat it is."""
    bot, wanted = talk.bot, request_of(talk, request_id)
    if bot is None or not _fits(chosen, person, bot, wanted):
        raise bad_request("this chat does not fit")
    if (missing := _rights_missing(chosen, bot, wanted)) is not None:
        _promote(world, chosen, person, bot, missing)
    elif wanted.get("bot_is_member") and chosen.present(bot.id) is None:
        status = ADMINISTRATOR if chosen.is_channel else MEMBER
        set_member(world, chosen, bot.user, status, by=person)
    shared: Json = {"request_id": request_id, "chat_id": chosen.id}
    if wanted.get("request_title"):
        shared["title"] = chosen.title
    if wanted.get("request_username") and chosen.username:
        shared["username"] = chosen.username
    return publish(world, spoken(world, talk, person, {"chat_shared": shared}))


def _promote(world: World, chat: Chat, person: User, bot: Bot, rights: set[str]) -> None:
    known = (*RIGHTS, *(CHANNEL_RIGHTS if chat.is_channel else GROUP_RIGHTS))
    before = chat.present(bot.id)
    had = {each for each in known if before is not None and before.is_admin and before.may(each)}
    given = {each: each in rights | had | {"can_manage_chat"} for each in known}
    set_member(world, chat, bot.user, ADMINISTRATOR, rights=given, by=person)
