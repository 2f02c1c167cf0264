"""Copying and forwarding: the same content again, without or with its origin."""

from collections.abc import Callable
from typing import Final

from interfaces.sandbox.call import Call, Handlers
from interfaces.sandbox.chats import Chat
from interfaces.sandbox.contents import asked
from interfaces.sandbox.messages import Message
from interfaces.sandbox.posting import publish, spoken
from interfaces.sandbox.sending import CAPTION_LIMIT, posted, thread_asked, worded
from interfaces.sandbox.wire import Json, bad_request

AT_ONCE: Final = 100
CAPTION_FIELDS: Final = frozenset({"caption", "caption_entities", "show_caption_above_media"})
AUTHORS: Final = frozenset({"author_signature", "via_bot"})
Again = Callable[[Call, Chat, Message, str | None], Message]


def copy_message(call: Call) -> object:
    chat = call.destination()
    source = call.message(call.chat("from_chat_id"), "message to copy not found")
    if not source.can_be_copied:
        raise bad_request("message can't be copied")
    content = copied(call, source)
    if source.media is not None and call.fields.get("caption") is not None:
        content = _without_caption(content)
        content |= worded(call, "caption", "caption_entities", CAPTION_LIMIT)
    return {"message_id": posted(call, content, source.media, chat=chat).id}


def forward_message(call: Call) -> object:
    chat = call.destination()
    source = call.message(call.chat("from_chat_id"), "message to forward not found")
    if not source.can_be_copied:
        raise bad_request("message can't be forwarded")
    call.spend(chat)
    return _forward(call, chat, source, None).as_json(call.bot.id)


def copy_messages(call: Call) -> object:
    return _several(call, _copy)


def forward_messages(call: Call) -> object:
    return _several(call, _forward)


def copied(call: Call, source: Message) -> Json:
    """What a copy says: the content without what names its author; a poll begins anew."""
    content = {name: value for name, value in source.content.items() if name not in AUTHORS}
    if "poll" in content:
        content["poll"] = asked(call.world.random, content["poll"])
    return content


def _without_caption(content: Json) -> Json:
    return {name: value for name, value in content.items() if name not in CAPTION_FIELDS}


def _several(call: Call, again: Again) -> object:
    """Several messages at once; those that cannot be copied are skipped, albums stay albums."""
    chat, origin = call.destination(), call.chat("from_chat_id")
    numbers = call.numbers("message_ids")
    if not 1 <= len(numbers) <= AT_ONCE:
        raise bad_request("there must be 1 to 100 message identifiers")
    if numbers != sorted(set(numbers)):
        raise bad_request("message identifiers must be in a strictly increasing order")
    found = (call.world.message(origin, number) for number in numbers)
    sources = [each for each in found if each is not None and each.can_be_copied]
    if not sources:
        raise bad_request("there are no messages to copy or forward")
    call.spend(chat, len(sources))
    albums: dict[str, str] = {}
    made: list[Json] = []
    for source in sources:
        album = None
        if source.album is not None:
            album = albums.setdefault(source.album, str(call.world.random.getrandbits(60)))
        made.append({"message_id": again(call, chat, source, album).id})
    return made


def _copy(call: Call, chat: Chat, source: Message, album: str | None) -> Message:
    content = copied(call, source)
    if call.flag("remove_caption"):
        content = _without_caption(content)
    return _made(call, chat, source, content, album, None)


def _forward(call: Call, chat: Chat, source: Message, album: str | None) -> Message:
    return _made(call, chat, source, dict(source.content), album, source.origin_as_json())


def _made(
    call: Call, chat: Chat, source: Message, content: Json, album: str | None, origin: Json | None
) -> Message:
    message = spoken(
        call.world,
        chat,
        call.bot.user,
        content,
        media=source.media,
        thread=thread_asked(call, chat),
    )
    message.album, message.origin = album, origin
    message.protected = call.flag("protect_content")
    publish(call.world, message)
    call.answer_late = max(call.answer_late, message.answer_late)
    return message


COPYING: Handlers = {
    "copymessage": copy_message,
    "copymessages": copy_messages,
    "forwardmessage": forward_message,
    "forwardmessages": forward_messages,
}
