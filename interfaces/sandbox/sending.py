"""Sending: text, places, contacts and everything else a bot can say without a file."""

from typing import Final

from interfaces.sandbox.call import Call, Handlers
from interfaces.sandbox.chats import Chat
from interfaces.sandbox.contents import asked, contact, located, thrown, venue
from interfaces.sandbox.formatting import parsed, with_detected
from interfaces.sandbox.keyboards import inline_keyboard, reply_keyboard
from interfaces.sandbox.media import Media
from interfaces.sandbox.messages import Message
from interfaces.sandbox.posting import publish, spoken
from interfaces.sandbox.wire import Json, as_int, bad_request, utf16_length, without_nothing

TEXT_LIMIT: Final = 4096
CAPTION_LIMIT: Final = 1024


def posted(
    call: Call,
    content: Json,
    media: Media | None = None,
    *,
    chat: Chat | None = None,
    album: str | None = None,
    cost: int = 1,
) -> Message:
    """Send one message with everything that all sending methods share."""
    chat = chat or call.destination()
    thread = thread_asked(call, chat)
    reply_to = answered(call, chat)
    quote = quoted(call, reply_to)
    markup, keyboard = inline_keyboard(call), reply_keyboard(call, chat)
    if cost:
        call.spend(chat, cost)
    message = spoken(
        call.world,
        chat,
        call.bot.user,
        content,
        media=media,
        reply_to=reply_to,
        thread=thread,
    )
    message.markup, message.reply_markup = markup, keyboard
    message.album, message.quote = album, quote
    message.protected = call.flag("protect_content")
    publish(call.world, message)
    call.answer_late = message.answer_late
    return message


def answered(call: Call, chat: Chat) -> Message | None:
    """The message that is replied to; refuses one that is gone, unless that is allowed."""
    wanted = call.object("reply_parameters") or {}
    number = as_int(wanted.get("message_id")) or call.number("reply_to_message_id")
    if number is None:
        return None
    elsewhere = wanted.get("chat_id")
    if elsewhere not in {None, chat.id}:
        return None
    found = call.world.message(chat, number)
    lenient = wanted.get("allow_sending_without_reply") or call.flag("allow_sending_without_reply")
    if found is None and not lenient:
        raise bad_request("message to be replied not found")
    return found


def thread_asked(call: Call, chat: Chat) -> int | None:
    """The topic that is written to; only forums have topics."""
    thread = call.number("message_thread_id")
    if thread is None:
        return None
    topic = chat.topics.get(thread)
    if topic is None or topic.deleted:
        raise bad_request("message thread not found")
    if topic.closed and not call.right(chat, "can_manage_topics"):
        raise bad_request("TOPIC_CLOSED")
    return thread


def quoted(call: Call, reply_to: Message | None) -> Json | None:
    """The part of the answered message that the reply quotes."""
    wanted = call.object("reply_parameters") or {}
    text, _ = parsed(str(wanted.get("quote") or ""), wanted.get("quote_parse_mode"))
    if not text or reply_to is None:
        return None
    return reply_to.part(text, as_int(wanted.get("quote_position")))


def worded(call: Call, name: str, entities: str, limit: int) -> Json:
    """Text or caption with its entities, checked for length."""
    text, found = parsed(
        call.text(name), None if call.fields.get(entities) else call.text("parse_mode")
    )
    found = call.objects(entities) or found
    text, found = _trimmed(text, found)
    if utf16_length(text) > limit:
        what = "message" if name == "text" else "message caption"
        raise bad_request(f"{what} is too long")
    found = with_detected(text, found)
    body: Json = {name: text} if text else {}
    if found and text:
        body[entities] = [without_nothing(each) for each in found]
    return body


def _trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    left = len(text) - len(text.lstrip())
    trimmed = text.strip()
    if len(trimmed) == len(text):
        return text, entities
    shift, size = utf16_length(text[:left]), utf16_length(trimmed)
    kept: list[Json] = []
    for each in entities:
        start = max(0, each["offset"] - shift)
        end = min(size, each["offset"] + each["length"] - shift)
        if end > start:
            kept.append({**each, "offset": start, "length": end - start})
    return trimmed, kept


def captioned(call: Call) -> Json:
    """The caption of media."""
    content = worded(call, "caption", "caption_entities", CAPTION_LIMIT)
    if call.flag("has_spoiler"):
        content["has_media_spoiler"] = True
    if call.flag("show_caption_above_media"):
        content["show_caption_above_media"] = True
    return content


def send_message(call: Call) -> object:
    chat = call.destination()
    content = worded(call, "text", "entities", TEXT_LIMIT)
    if not content:
        raise bad_request("message text is empty")
    return posted(call, content, chat=chat).as_json(call.bot.id)


def send_location(call: Call) -> object:
    return posted(call, {"location": located(call.fields)}).as_json(call.bot.id)


def send_venue(call: Call) -> object:
    return posted(call, venue(call.fields)).as_json(call.bot.id)


def send_contact(call: Call) -> object:
    return posted(call, {"contact": contact(call.fields)}).as_json(call.bot.id)


def send_dice(call: Call) -> object:
    dice = thrown(call.world.random, call.text("emoji"))
    return posted(call, {"dice": dice}).as_json(call.bot.id)


def send_poll(call: Call) -> object:
    return posted(call, {"poll": asked(call.world.random, call.fields)}).as_json(call.bot.id)


def send_chat_action(call: Call) -> object:
    chat = call.destination()
    action, bot = call.text("action"), call.bot.id
    call.world.feed.tell("action", lambda: {"chat_key": chat.key, "action": action, "bot": bot})
    return True


SENDING: Handlers = {
    "sendmessage": send_message,
    "sendlocation": send_location,
    "sendvenue": send_venue,
    "sendcontact": send_contact,
    "senddice": send_dice,
    "sendpoll": send_poll,
    "sendchataction": send_chat_action,
}
