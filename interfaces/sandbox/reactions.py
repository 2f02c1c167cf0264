"""Reactions of people: bots that are administrators hear of them, of channels only the counts."""

from collections import Counter

from interfaces.sandbox.messages import Message
from interfaces.sandbox.posting import push
from interfaces.sandbox.users import User
from interfaces.sandbox.visibility import sees_reactions
from interfaces.sandbox.wire import Json
from interfaces.sandbox.world import World


def announce(world: World, person: User, message: Message, old: list[Json]) -> None:
    """Tell the page, and the bots that hear of it, what a person's reaction is now."""
    tell_reactions(world, message)
    chat = message.chat
    kind = "message_reaction_count" if chat.is_channel else "message_reaction"
    body = _counted(message) if chat.is_channel else _changed(message, person, old)
    body |= {"chat": chat.as_json(), "message_id": message.id, "date": world.stamp()}
    for bot in world.bots_in(chat):
        if sees_reactions(bot, chat) and bot.updates.wants(kind) and not message.view_once:
            push(world, bot, kind, body, chat, f"reaction:{chat.id}")


def _changed(message: Message, person: User, old: list[Json]) -> Json:
    """Who reacted; an anonymous administrator does so as the group."""
    member = message.chat.present(person.id)
    hidden = member is not None and member.is_admin and member.anonymous
    actor = {"actor_chat": message.chat.as_json()} if hidden else {"user": person.as_json()}
    new = message.reactions.get(person.id, [])
    return {**actor, "old_reaction": old, "new_reaction": new}


def _counted(message: Message) -> Json:
    """How many gave which; in channels nobody is named."""
    counts = Counter(str(each["emoji"]) for given in message.reactions.values() for each in given)
    return {
        "reactions": [
            {"type": {"type": "emoji", "emoji": emoji}, "total_count": count}
            for emoji, count in counts.items()
        ]
    }


def tell_reactions(world: World, message: Message) -> None:
    """Pass the reactions of a message to the feed."""
    world.feed.tell(
        "reaction",
        lambda: {
            "chat_key": message.chat.key,
            "message_id": message.id,
            "reactions": {str(who): emoji for who, emoji in message.reactions.items()},
        },
    )
