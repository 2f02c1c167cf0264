"""Topics of a forum as bots and people treat them: begun, renamed, closed, opened, deleted."""

from typing import Final

from interfaces.sandbox.chats import Chat, Topic
from interfaces.sandbox.posting import publish, spoken
from interfaces.sandbox.users import User
from interfaces.sandbox.wire import Json, bad_request
from interfaces.sandbox.world import World

NAME_LIMIT: Final = 128
BLUE: Final = 0x6FB9F0
COLOURS: Final = frozenset({BLUE, 0xFFD67E, 0xCB86DB, 0x8EEE98, 0xFF93B2, 0xFB6F5F})


def topic_of(chat: Chat, number: int | None) -> Topic:
    """The topic of a forum; refuses one that never was, and one that is deleted."""
    topic = chat.topics.get(number or 0)
    if topic is None:
        raise bad_request("TOPIC_ID_INVALID")
    if topic.deleted:
        raise bad_request("TOPIC_DELETED")
    return topic


def begin(
    world: World, chat: Chat, by: User, name: str, colour: int = BLUE, icon: str | None = None
) -> Topic:
    """A new topic, with the service message whose id is its own."""
    if not chat.is_forum:
        raise bad_request("the chat is not a forum")
    if colour not in COLOURS:
        raise bad_request("TOPIC_ICON_COLOR_INVALID")
    made: Json = {"name": _checked(name), "icon_color": colour}
    if icon:
        made["icon_custom_emoji_id"] = icon
    message = spoken(world, chat, by, {"forum_topic_created": made})
    message.thread, message.topic = message.id, True
    topic = chat.topics[message.id] = Topic(message.id, made["name"], colour, icon=icon)
    publish(world, message)
    world.feed.tell("world", dict)
    return topic


def edit(
    world: World, chat: Chat, by: User, topic: Topic, name: str = "", icon: str | None = None
) -> None:
    """Another name or icon; an empty name keeps the present one."""
    told: Json = {}
    if name and name != topic.name:
        told["name"] = topic.name = _checked(name)
    if icon is not None and icon != (topic.icon or ""):
        told["icon_custom_emoji_id"] = topic.icon = icon
    if not told:
        raise bad_request("TOPIC_NOT_MODIFIED")
    _tell(world, chat, by, topic, {"forum_topic_edited": told})


def shut(world: World, chat: Chat, by: User, topic: Topic, *, closed: bool) -> None:
    """Close a topic, or open it again."""
    if topic.closed == closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.closed = closed
    told: Json = {"forum_topic_closed" if closed else "forum_topic_reopened": {}}
    _tell(world, chat, by, topic, told)


def delete(world: World, chat: Chat, topic: Topic) -> None:
    """A topic goes with everything in it; bots are not told."""
    topic.deleted = True
    for message in chat.messages.values():
        if message.thread == topic.id:
            message.deleted = True
    world.feed.tell("topic", lambda: {"chat_key": chat.key, "deleted": topic.id})


def _tell(world: World, chat: Chat, by: User, topic: Topic, content: Json) -> None:
    publish(world, spoken(world, chat, by, content, thread=topic.id))
    world.feed.tell("world", dict)


def _checked(name: str) -> str:
    name = name.strip()
    if not 1 <= len(name) <= NAME_LIMIT:
        raise bad_request("TOPIC_TITLE_EMPTY" if not name else "TOPIC_TITLE_TOO_LONG")
    return name
