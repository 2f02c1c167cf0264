"""Changing what was said: edits, deletions, pins, reactions, answers to buttons."""

from typing import Final

from interfaces.sandbox.call import Call, Handlers
from interfaces.sandbox.callbacks import ANSWER_LIMIT
from interfaces.sandbox.chats import Chat
from interfaces.sandbox.keyboards import inline_keyboard
from interfaces.sandbox.media import CAPTIONED, Media
from interfaces.sandbox.messages import Message
from interfaces.sandbox.people import delete, tell_reactions
from interfaces.sandbox.posting import changed, publish, spoken
from interfaces.sandbox.sending import CAPTION_LIMIT, TEXT_LIMIT, worded
from interfaces.sandbox.sending_media import item_caption, media_asked
from interfaces.sandbox.wire import Json, bad_request

DELETABLE_SECONDS: Final = 48 * 3600
NOT_MODIFIED: Final = (
    "message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)
WORDS: Final = frozenset({"text", "entities"})
CAPTION: Final = frozenset(
    {"caption", "caption_entities", "show_caption_above_media", "has_media_spoiler"}
)
EMOJI: Final = """
👍 👎 ❤ 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔
🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊
🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡
"""
REACTIONS: Final = frozenset(EMOJI.split())


def own_message(call: Call) -> Message:
    """The message to edit: the bot's own, or any post of a channel where it may edit."""
    chat = call.destination()
    message = call.message(chat, "message to edit not found")
    if message.writer_id == call.bot.id and message.origin is None:
        return message
    if chat.is_channel and call.right(chat, "can_edit_messages") and message.origin is None:
        return message
    raise bad_request("message can't be edited")


def rewritten(
    call: Call, message: Message, content: Json, media: Media | None, markup: Json | None
) -> object:
    """Put new content and keyboard in place; refuses when nothing would change."""
    if content == message.content and media == message.media and markup == message.markup:
        raise bad_request(NOT_MODIFIED)
    call.spend(message.chat)
    message.content, message.media = content, media
    replace_keyboard(message, markup)
    changed(call.world, message)
    return message.as_json(call.bot.id)


def replace_keyboard(message: Message, markup: Json | None) -> None:
    """Change the keyboard; old ones can still be pressed on screens that lag behind."""
    if message.markup is not None and message.markup != markup:
        message.old_markups.append(message.markup)
    message.markup = markup


def edit_message_text(call: Call) -> object:
    message = own_message(call)
    if "text" not in message.content:
        raise bad_request("there is no text in the message to edit")
    words = worded(call, "text", "entities", TEXT_LIMIT)
    if not words:
        raise bad_request("message text is empty")
    kept = {name: value for name, value in message.content.items() if name not in WORDS}
    return rewritten(call, message, {**kept, **words}, message.media, inline_keyboard(call))


def edit_message_caption(call: Call) -> object:
    message = own_message(call)
    if message.media is None or message.media.kind not in CAPTIONED:
        raise bad_request("there is no caption in the message to edit")
    words = worded(call, "caption", "caption_entities", CAPTION_LIMIT)
    kept = {
        name: value
        for name, value in message.content.items()
        if name not in {"caption", "caption_entities"}
    }
    return rewritten(call, message, {**kept, **words}, message.media, inline_keyboard(call))


def edit_message_media(call: Call) -> object:
    message = own_message(call)
    item = call.object("media") or {}
    if message.media is None and "text" not in message.content:
        raise bad_request("message can't be edited")
    media = media_asked(call, str(item.get("type")), str(item.get("media") or ""), item)
    kept = {name: value for name, value in message.content.items() if name not in CAPTION | WORDS}
    return rewritten(call, message, {**kept, **item_caption(item)}, media, inline_keyboard(call))


def edit_message_reply_markup(call: Call) -> object:
    message = own_message(call)
    return rewritten(call, message, message.content, message.media, inline_keyboard(call))


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
    chat = message.chat
    if call.world.now() - message.date > DELETABLE_SECONDS:
        return not chat.is_private and call.right(chat, "can_delete_messages")
    if chat.is_private or message.writer_id == call.bot.id:
        return True
    return call.right(chat, "can_delete_messages")


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


def set_message_reaction(call: Call) -> object:
    message = call.message(call.chat(), "message to react not found")
    wanted = call.objects("reaction")
    for each in wanted:
        if each.get("type") == "emoji" and each.get("emoji") not in REACTIONS:
            raise bad_request("REACTION_INVALID")
    if len(wanted) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if wanted:
        message.reactions[call.bot.id] = wanted
    else:
        message.reactions.pop(call.bot.id, None)
    tell_reactions(call.world, message)
    return True


def answer_callback_query(call: Call) -> object:
    text = call.text("text")
    if len(text) > ANSWER_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    answer: Json = {
        "text": text,
        "show_alert": call.flag("show_alert"),
        "url": call.text("url"),
    }
    world = call.world
    number = call.text("callback_query_id")
    callback = world.callbacks.answer(call.bot.id, number, answer, world.now())
    told = {
        "callback": callback.id,
        "user": callback.person.id,
        "chat_key": callback.message.chat.key,
        "message_id": callback.message.id,
        "data": callback.data,
        **answer,
    }
    world.feed.tell("answer", lambda: told)
    return True


EDITING: Handlers = {
    "editmessagetext": edit_message_text,
    "editmessagecaption": edit_message_caption,
    "editmessagemedia": edit_message_media,
    "editmessagereplymarkup": edit_message_reply_markup,
    "deletemessage": delete_message,
    "deletemessages": delete_messages,
    "pinchatmessage": pin_chat_message,
    "unpinchatmessage": unpin_chat_message,
    "unpinallchatmessages": unpin_all_chat_messages,
    "setmessagereaction": set_message_reaction,
    "answercallbackquery": answer_callback_query,
}
