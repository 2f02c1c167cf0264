"""Chats as a bot asks about them and rules over them: members, rights, invitations, titles."""

from interfaces.sandbox.call import Call, Handlers
from interfaces.sandbox.chats import Chat
from interfaces.sandbox.members import (
    ADMINISTRATOR,
    CHANNEL_RIGHTS,
    GROUP_RIGHTS,
    KICKED,
    LEFT,
    MEMBER,
    PERMISSIONS,
    RESTRICTED,
    RIGHTS,
    Member,
)
from interfaces.sandbox.membership import leave, set_member
from interfaces.sandbox.users import User
from interfaces.sandbox.wire import Json, bad_request, forbidden


def get_chat(call: Call) -> object:
    return call.chat().as_full_json()


def get_chat_member(call: Call) -> object:
    chat = call.chat()
    user = _account(call)
    member = chat.members.get(user.id) or Member(user)
    if chat.is_channel and not chat.is_admin(call.bot.id) and user.id != call.bot.id:
        raise bad_request("member list is inaccessible")
    return member.as_json(channel=chat.is_channel)


def get_chat_administrators(call: Call) -> object:
    chat = call.chat()
    if chat.is_private:
        raise bad_request("there are no administrators in the private chat")
    return [
        member.as_json(channel=chat.is_channel)
        for member in chat.members.values()
        if member.is_admin
        and (not member.user.is_bot or member.user.id == call.bot.id or call.flag("return_bots"))
    ]


def get_chat_member_count(call: Call) -> object:
    return sum(1 for member in call.chat().members.values() if member.is_present)


def leave_chat(call: Call) -> object:
    chat = call.chat()
    if chat.is_private:
        raise bad_request("can't leave private chat")
    leave(call.world, chat, call.bot.user)
    return True


def _account(call: Call) -> User:
    user = call.world.users.get(call.number("user_id") or 0)
    if user is None:
        raise bad_request("invalid user_id specified")
    return user


def _ruled(call: Call, right: str) -> Chat:
    """A group or channel in which the bot has the right."""
    chat = call.chat()
    if chat.present(call.bot.id) is None:
        raise forbidden(f"bot is not a member of the {chat.words}")
    if chat.is_private or not call.right(chat, right):
        raise bad_request("not enough rights")
    return chat


def _subject(call: Call, chat: Chat) -> User:
    user = _account(call)
    member = chat.member(user.id)
    if member is not None and member.is_admin:
        raise bad_request("user is an administrator of the chat")
    return user


def ban_chat_member(call: Call) -> object:
    chat = _ruled(call, "can_restrict_members")
    set_member(call.world, chat, _subject(call, chat), KICKED, by=call.bot.user)
    return True


def unban_chat_member(call: Call) -> object:
    chat = _ruled(call, "can_restrict_members")
    user = _subject(call, chat)
    banned = chat.kicked(user.id)
    if banned or (chat.present(user.id) is not None and not call.flag("only_if_banned")):
        set_member(call.world, chat, user, LEFT, by=call.bot.user)
    return True


def restrict_chat_member(call: Call) -> object:
    chat = _ruled(call, "can_restrict_members")
    asked = call.object("permissions") or {}
    rights = {name: bool(asked.get(name)) for name in PERMISSIONS}
    status = MEMBER if all(rights.values()) else RESTRICTED
    set_member(call.world, chat, _subject(call, chat), status, rights=rights, by=call.bot.user)
    return True


def promote_chat_member(call: Call) -> object:
    chat = _ruled(call, "can_promote_members")
    known = {*RIGHTS, *CHANNEL_RIGHTS, *GROUP_RIGHTS}
    rights = {name: call.flag(name) for name in known}
    set_member(
        call.world,
        chat,
        _account(call),
        ADMINISTRATOR if any(rights.values()) else MEMBER,
        rights=rights,
        anonymous=call.flag("is_anonymous"),
        by=call.bot.user,
    )
    return True


def create_chat_invite_link(call: Call) -> object:
    chat = _ruled(call, "can_invite_users")
    return _link(call, chat, primary=False)


def export_chat_invite_link(call: Call) -> object:
    return _link(call, _ruled(call, "can_invite_users"), primary=True)["invite_link"]


def _link(call: Call, chat: Chat, *, primary: bool) -> Json:
    secret = f"{call.world.random.getrandbits(80):020x}"
    link: Json = {
        "invite_link": f"https://t.me/+{secret}",
        "creator": call.bot.user.as_json(),
        "creates_join_request": call.flag("creates_join_request"),
        "is_primary": primary,
        "is_revoked": False,
    }
    if call.text("name"):
        link["name"] = call.text("name")
    chat.invitations.add(secret)
    return link


def set_chat_title(call: Call) -> object:
    chat = _ruled(call, "can_change_info")
    title = call.text("title").strip()
    if not 1 <= len(title) <= 128:
        raise bad_request("invalid chat title specified")
    chat.title = title
    call.world.feed.tell("world", dict)
    return True


PLACES: Handlers = {
    "getchat": get_chat,
    "getchatmember": get_chat_member,
    "getchatadministrators": get_chat_administrators,
    "getchatmembercount": get_chat_member_count,
    "leavechat": leave_chat,
    "banchatmember": ban_chat_member,
    "unbanchatmember": unban_chat_member,
    "restrictchatmember": restrict_chat_member,
    "promotechatmember": promote_chat_member,
    "createchatinvitelink": create_chat_invite_link,
    "exportchatinvitelink": export_chat_invite_link,
    "setchattitle": set_chat_title,
}
