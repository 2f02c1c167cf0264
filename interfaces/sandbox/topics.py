"""Forum topics: threads of a supergroup that have a name."""

from typing import Final

from interfaces.sandbox.call import Call, Handlers
from interfaces.sandbox.chats import Chat, Topic
from interfaces.sandbox.posting import publish, spoken
from interfaces.sandbox.wire import Json, bad_request

NAME_LIMIT: Final = 128
BLUE: Final = 0x6FB9F0


def create_forum_topic(call: Call) -> object:
    chat = _forum(call)
    name, colour = _name(call), call.number("icon_color") or BLUE
    message = spoken(
        call.world,
        chat,
        call.bot.user,
        {"forum_topic_created": {"name": name, "icon_color": colour}},
    )
    message.thread, message.topic = message.id, True
    chat.topics[message.id] = Topic(message.id, name, colour)
    publish(call.world, message)
    return {"message_thread_id": message.id, "name": name, "icon_color": colour}


def edit_forum_topic(call: Call) -> object:
    chat, topic = _topic(call)
    if call.text("name"):
        topic.name = _name(call)
    return _told(call, chat, topic, {"forum_topic_edited": {"name": topic.name}})


def close_forum_topic(call: Call) -> object:
    return _opened(call, closed=True)


def reopen_forum_topic(call: Call) -> object:
    return _opened(call, closed=False)


def delete_forum_topic(call: Call) -> object:
    chat, topic = _topic(call)
    del chat.topics[topic.id]
    for message in chat.messages.values():
        if message.thread == topic.id:
            message.deleted = True
    call.world.feed.tell("topic", lambda: {"chat_key": chat.key, "deleted": topic.id})
    return True


def _opened(call: Call, *, closed: bool) -> object:
    chat, topic = _topic(call)
    if topic.closed == closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.closed = closed
    told: Json = {"forum_topic_closed" if closed else "forum_topic_reopened": {}}
    return _told(call, chat, topic, told)


def _told(call: Call, chat: Chat, topic: Topic, content: Json) -> bool:
    publish(call.world, spoken(call.world, chat, call.bot.user, content, thread=topic.id))
    return True


def _forum(call: Call) -> Chat:
    chat = call.destination()
    if not chat.is_forum:
        raise bad_request("the chat is not a forum")
    if not call.right(chat, "can_manage_topics"):
        raise bad_request("not enough rights to create a topic")
    return chat


def _topic(call: Call) -> tuple[Chat, Topic]:
    chat = _forum(call)
    topic = chat.topics.get(call.number("message_thread_id") or 0)
    if topic is None:
        raise bad_request("message thread not found")
    return chat, topic


def _name(call: Call) -> str:
    name = call.text("name").strip()
    if not 1 <= len(name) <= NAME_LIMIT:
        raise bad_request("TOPIC_TITLE_EMPTY" if not name else "TOPIC_TITLE_TOO_LONG")
    return name


TOPICS: Handlers = {
    "createforumtopic": create_forum_topic,
    "editforumtopic": edit_forum_topic,
    "closeforumtopic": close_forum_topic,
    "reopenforumtopic": reopen_forum_topic,
    "deleteforumtopic": delete_forum_topic,
}
