"""Deleting and pinning messages, with Telegram's limits on what a bot may take away.

Rules: https://core.telegram.org/bots/api#deletemessage
"""

from typing import Final

from interfaces.sandbox.call import Call, Handlers
from interfaces.sandbox.chats import Chat
from interfaces.sandbox.messages import Message
from interfaces.sandbox.people import delete
from interfaces.sandbox.posting import publish, spoken
from interfaces.sandbox.wire import bad_request

DELETABLE_SECONDS: Final = 48 * 3600
DICE_SECONDS: Final = 24 * 3600
LASTING: Final = frozenset({"forum_topic_created", "migrate_from_chat_id"})


def delete_message(call: Call) -> object:
    message = call.message(call.destination(), "message to delete not found")
    if not _may_delete(call, message):
        raise bad_request("message can't be deleted")
    delete(call.world, message.chat, message.id)
    return True


def delete_messages(call: Call) -> object:
    chat = call.destination()
    numbers = call.numbers("message_ids")
    if not 1 <= len(numbers) <= 100:
        raise bad_request("there must be 1 to 100 message identifiers")
    for number in numbers:
        message = call.world.message(chat, number)
        if message is not None and _may_delete(call, message):
            delete(call.world, chat, number)
    return True


def _may_delete(call: Call, message: Message) -> bool:
    chat, age = message.chat, call.world.now() - message.date
    if age >= DELETABLE_SECONDS or not LASTING.isdisjoint(message.content):
        return False
    if chat.is_private:
        return "dice" not in message.content or age > DICE_SECONDS
    if call.right(chat, "can_delete_messages"):
        return True
    if message.writer_id != call.bot.id:
        return False
    return not chat.is_channel or call.right(chat, "can_post_messages")


def pin_chat_message(call: Call) -> object:
    chat = _pinnable(call)
    message = call.message(chat, "message to pin not found")
    if message.id in chat.pinned:
        chat.pinned.remove(message.id)
    chat.pinned.append(message.id)
    if not chat.is_channel:
        quoted = message.as_json(call.bot.id, quoted=True)
        publish(call.world, spoken(call.world, chat, call.bot.user, {"pinned_message": quoted}))
    _tell_pins(call, chat)
    return True


def unpin_chat_message(call: Call) -> object:
    chat = _pinnable(call)
    number = call.number("message_id") or (chat.pinned[-1] if chat.pinned else None)
    if number not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(number)
    _tell_pins(call, chat)
    return True


def unpin_all_chat_messages(call: Call) -> object:
    chat = _pinnable(call)
    chat.pinned.clear()
    _tell_pins(call, chat)
    return True


def _pinnable(call: Call) -> Chat:
    chat = call.destination()
    right = "can_edit_messages" if chat.is_channel else "can_pin_messages"
    if not chat.is_private and not call.right(chat, right):
        raise bad_request("not enough rights to manage pinned messages in the chat")
    return chat


def _tell_pins(call: Call, chat: Chat) -> None:
    pinned = list(chat.pinned)
    call.world.feed.tell("pin", lambda: {"chat_key": chat.key, "pinned": pinned})


REMOVING: Handlers = {
    "deletemessage": delete_message,
    "deletemessages": delete_messages,
    "pinchatmessage": pin_chat_message,
    "unpinchatmessage": unpin_chat_message,
    "unpinallchatmessages": unpin_all_chat_messages,
}
