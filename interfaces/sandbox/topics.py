"""Forum topics: threads of a supergroup that have a name, as the Bot API rules over them."""

from interfaces.sandbox import forums
from interfaces.sandbox.call import Call, Handlers
from interfaces.sandbox.chats import Chat, Topic
from interfaces.sandbox.wire import bad_request


def create_forum_topic(call: Call) -> object:
    chat = _forum(call)
    call.spend(chat)
    topic = forums.begin(
        call.world,
        chat,
        call.bot.user,
        call.text("name"),
        call.number("icon_color") or forums.BLUE,
        call.text("icon_custom_emoji_id") or None,
    )
    return {"message_thread_id": topic.id, "name": topic.name, "icon_color": topic.icon_color}


def edit_forum_topic(call: Call) -> object:
    chat, topic = _topic(call)
    icon = call.fields.get("icon_custom_emoji_id")
    wanted = None if icon is None else str(icon)
    forums.edit(call.world, chat, call.bot.user, topic, call.text("name"), wanted)
    return True


def close_forum_topic(call: Call) -> object:
    chat, topic = _topic(call)
    forums.shut(call.world, chat, call.bot.user, topic, closed=True)
    return True


def reopen_forum_topic(call: Call) -> object:
    chat, topic = _topic(call)
    forums.shut(call.world, chat, call.bot.user, topic, closed=False)
    return True


def delete_forum_topic(call: Call) -> object:
    chat, topic = _topic(call)
    forums.delete(call.world, chat, topic)
    return True


def _forum(call: Call) -> Chat:
    chat = call.destination()
    if not chat.is_forum:
        raise bad_request("the chat is not a forum")
    if not call.right(chat, "can_manage_topics"):
        raise bad_request("not enough rights to manage topics")
    return chat


def _topic(call: Call) -> tuple[Chat, Topic]:
    chat = _forum(call)
    return chat, forums.topic_of(chat, call.number("message_thread_id"))


TOPICS: Handlers = {
    "createforumtopic": create_forum_topic,
    "editforumtopic": edit_forum_topic,
    "closeforumtopic": close_forum_topic,
    "reopenforumtopic": reopen_forum_topic,
    "deleteforumtopic": delete_forum_topic,
}
