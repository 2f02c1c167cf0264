"""Changing what was said: edits of text, captions, media, keyboards, places and polls."""

from typing import Final

from interfaces.sandbox.call import Call, Handlers
from interfaces.sandbox.contents import located
from interfaces.sandbox.keyboards import inline_keyboard
from interfaces.sandbox.media import CAPTIONED, Media
from interfaces.sandbox.messages import Message
from interfaces.sandbox.posting import changed
from interfaces.sandbox.sending import CAPTION_LIMIT, TEXT_LIMIT, worded
from interfaces.sandbox.sending_media import item_caption, media_asked
from interfaces.sandbox.wire import Json, bad_request

NOT_MODIFIED: Final = (
    "message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)
WORDS: Final = frozenset({"text", "entities"})
CAPTION: Final = frozenset(
    {"caption", "caption_entities", "show_caption_above_media", "has_media_spoiler"}
)
ALBUM: Final = {"audio": frozenset({"audio"}), "document": frozenset({"document"})}
"""What an item of an album of these may become; all others mix."""
MIXED: Final = frozenset({"photo", "video", "live_photo"})


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
    kind = str(item.get("type"))
    before = "" if message.media is None else message.media.kind
    if message.album is not None and kind not in ALBUM.get(before, MIXED):
        raise bad_request(f"{kind} can't be in this album")
    media = media_asked(call, kind, str(item.get("media") or ""), item)
    kept = {name: value for name, value in message.content.items() if name not in CAPTION | WORDS}
    return rewritten(call, message, {**kept, **item_caption(item)}, media, inline_keyboard(call))


def edit_message_reply_markup(call: Call) -> object:
    message = own_message(call)
    return rewritten(call, message, message.content, message.media, inline_keyboard(call))


def edit_message_live_location(call: Call) -> object:
    message = own_message(call)
    before: Json = message.content.get("location", {})
    if not before.get("live_period"):
        raise bad_request("message can't be edited")
    place = located({"live_period": before["live_period"], **call.fields})
    return rewritten(call, message, {"location": place}, None, inline_keyboard(call))


def stop_message_live_location(call: Call) -> object:
    message = own_message(call)
    before: Json = message.content.get("location", {})
    if not before.get("live_period"):
        raise bad_request("message can't be edited")
    place = {name: value for name, value in before.items() if name != "live_period"}
    return rewritten(call, message, {"location": place}, None, inline_keyboard(call))


def stop_poll(call: Call) -> object:
    message = own_message(call)
    poll: Json = message.content.get("poll", {})
    if not poll or poll["is_closed"]:
        raise bad_request("poll has already been closed" if poll else "message is not a poll")
    closed = {**poll, "is_closed": True}
    rewritten(call, message, {"poll": closed}, None, inline_keyboard(call))
    return closed


EDITING: Handlers = {
    "editmessagetext": edit_message_text,
    "editmessagecaption": edit_message_caption,
    "editmessagemedia": edit_message_media,
    "editmessagereplymarkup": edit_message_reply_markup,
    "editmessagelivelocation": edit_message_live_location,
    "stopmessagelivelocation": stop_message_live_location,
    "stoppoll": stop_poll,
}
