"""Comings and goings: who joins, leaves, is promoted, blocks a bot, and which bots hear of it."""

from interfaces.sandbox.chats import GROUP, SUPERGROUP, Chat
from interfaces.sandbox.members import ADMINISTRATOR, KICKED, LEFT, MEMBER, Member
from interfaces.sandbox.posting import publish, push, spoken
from interfaces.sandbox.users import User
from interfaces.sandbox.wire import Json, bad_request
from interfaces.sandbox.world import World


def set_member(
    world: World,
    chat: Chat,
    user: User,
    status: str,
    *,
    rights: dict[str, bool] | None = None,
    anonymous: bool = False,
    custom_title: str | None = None,
    by: User | None = None,
) -> Member:
    """Give an account its place in a chat; bots hear of it by (my_)chat_member."""
    if user.is_bot and chat.is_channel and status == MEMBER:
        raise bad_request("bots can be added to a channel only as administrators")
    before = chat.members.get(user.id) or Member(user)
    after = Member(user, status, dict(rights or {}), anonymous, custom_title)
    chat.members[user.id] = after
    actor = by or world.owner_of(chat) or user
    _tell_bots(world, chat, actor, before, after)
    _tell_group(world, chat, actor, before, after)
    world.feed.tell("member", lambda: {"chat_key": chat.key, "user": user.id, "status": status})
    return after


def promote(world: World, chat: Chat, user: User, rights: dict[str, bool] | None = None) -> Member:
    """Make somebody an administrator."""
    return set_member(world, chat, user, ADMINISTRATOR, rights=rights)


def block(world: World, person: User, chat: Chat, *, blocked: bool) -> None:
    """A person stops a bot, or starts it again."""
    bot = chat.bot
    if bot is None or chat.blocked == blocked:
        return
    chat.blocked = blocked
    before = Member(bot.user, MEMBER if blocked else KICKED)
    after = Member(bot.user, KICKED if blocked else MEMBER)
    if bot.updates.wants("my_chat_member"):
        body = _change(world, chat, person, before, after)
        push(world, bot, "my_chat_member", body, chat, f"member:{chat.id}")
    world.feed.tell("block", lambda: {"chat_key": chat.key, "blocked": blocked})


def _change(world: World, chat: Chat, actor: User, before: Member, after: Member) -> Json:
    return {
        "chat": chat.as_json(),
        "from": actor.as_json(),
        "date": world.stamp(),
        "old_chat_member": before.as_json(channel=chat.is_channel),
        "new_chat_member": after.as_json(channel=chat.is_channel),
    }


def _tell_bots(world: World, chat: Chat, actor: User, before: Member, after: Member) -> None:
    body = _change(world, chat, actor, before, after)
    if body["old_chat_member"] == body["new_chat_member"]:
        return
    concerned = world.bots.get(after.user.id)
    lane = f"member:{chat.id}"
    if concerned is not None and concerned.updates.wants("my_chat_member"):
        push(world, concerned, "my_chat_member", body, chat, lane)
    for bot in world.bots_in(chat):
        if bot is not concerned and chat.is_admin(bot.id) and bot.updates.wants("chat_member"):
            push(world, bot, "chat_member", body, chat, lane)


def _tell_group(world: World, chat: Chat, actor: User, before: Member, after: Member) -> None:
    if not chat.is_group or before.is_present == after.is_present:
        return
    user = after.user.as_json()
    if after.is_present:
        content: Json = {"new_chat_members": [user], "new_chat_member": user}
    else:
        content = {"left_chat_member": user}
    if not chat.messages and after.user.is_bot:
        return
    publish(world, spoken(world, chat, actor, content))


def migrate(world: World, group: Chat) -> Chat:
    """Turn a basic group into a supergroup: a new id, and two service messages that say so."""
    if group.kind != GROUP:
        raise bad_request("only basic groups are upgraded")
    supergroup = world.chat(group.title, kind=SUPERGROUP)
    supergroup.members = dict(group.members)
    writer = world.owner_of(group) or next(each.user for each in group.members.values())
    publish(world, spoken(world, group, writer, {"migrate_to_chat_id": supergroup.id}))
    publish(world, spoken(world, supergroup, writer, {"migrate_from_chat_id": group.id}))
    group.migrated_to = supergroup.id
    return supergroup


def leave(world: World, chat: Chat, user: User) -> None:
    """Somebody goes away of their own accord."""
    set_member(world, chat, user, LEFT, by=user)
