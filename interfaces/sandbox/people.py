"""What people do: say, edit, delete, press, react. Bots hear of it by the rules."""

from typing import Final

from interfaces.sandbox.bots import Bot
from interfaces.sandbox.callbacks import Callback
from interfaces.sandbox.chats import Chat
from interfaces.sandbox.contents import composed
from interfaces.sandbox.files import Upload
from interfaces.sandbox.media import CAPTIONED
from interfaces.sandbox.messages import Message
from interfaces.sandbox.posting import changed, publish, push, spoken
from interfaces.sandbox.reactions import announce
from interfaces.sandbox.users import User
from interfaces.sandbox.wire import Json, bad_request, forbidden
from interfaces.sandbox.wording import button_data, kept, worded
from interfaces.sandbox.world import World

WORDS: Final = frozenset({"text", "entities", "caption", "caption_entities"})


def say(
    world: World,
    person: User,
    chat: Chat,
    text: str = "",
    *,
    media: tuple[str, Upload] | None = None,
    content: Json | None = None,
    entities: list[Json] | None = None,
    reply_to: int | None = None,
    quote: str = "",
    comment_to: int | None = None,
    thread: int | None = None,
    album: str | None = None,
    attributes: Json | None = None,
    via: Bot | None = None,
    as_channel: bool = False,
    view_once: bool = False,
) -> Message:
    """A person writes: text, media with a caption, or other content (contact, location …).

    `comment_to` is a post of the channel `chat`; the comment goes into its linked group. `quote`
    is a part of the message that is replied to, `via` an inline bot, `as_channel` speaks in the
    name of the linked channel, `view_once` hides the message from all bots.
    """
    if comment_to is not None:
        chat, reply_to = _discussion(world, chat, comment_to, reply_to)
    _may_speak(chat, person, comment=comment_to is not None, thread=thread)
    answered = None
    if reply_to is not None and (answered := world.message(chat, reply_to)) is None:
        raise bad_request("message to be replied not found")
    message = spoken(
        world,
        chat,
        person,
        {
            **worded(text, entities, is_caption=media is not None),
            **composed(world.random, content or {}),
            **({"via_bot": via.user.as_json()} if via is not None else {}),
        },
        media=kept(world, media, attributes or {}),
        reply_to=answered,
        thread=thread,
        as_chat=as_channel,
    )
    message.album, message.view_once = album, view_once
    message.quote = answered.part(quote) if quote and answered is not None else None
    return publish(world, message)


def forward(
    world: World,
    person: User,
    source: Message,
    chat: Chat,
    *,
    thread: int | None = None,
    album: str | None = None,
) -> Message:
    """A person forwards a message, with its origin; protected content stays where it is."""
    if source.is_service or source.protected or source.chat.protected or source.view_once:
        raise bad_request("message can't be forwarded")
    _may_speak(chat, person, comment=False, thread=thread)
    message = spoken(world, chat, person, dict(source.content), media=source.media, thread=thread)
    message.origin, message.album = source.origin_as_json(), album
    return publish(world, message)


def start(world: World, person: User, bot: Bot, payload: str = "") -> Message:
    """Open the talk with a bot by /start, perhaps through a deep link."""
    return say(world, person, world.private(bot, person), f"/start {payload}".strip())


def _discussion(
    world: World, channel: Chat, post_id: int, reply_to: int | None
) -> tuple[Chat, int]:
    post = world.message(channel, post_id)
    if post is None or post.copy is None or post.copy.deleted:
        raise bad_request("the post has no comments (yet)")
    return post.copy.chat, reply_to or post.copy.id


def _may_speak(chat: Chat, person: User, *, comment: bool, thread: int | None) -> None:
    if chat.is_forum and thread is not None:
        topic = chat.topics.get(thread)
        if topic is None or topic.deleted:
            raise bad_request("message thread not found")
        if topic.closed and not chat.is_admin(person.id):
            raise forbidden("the topic is closed")
    if chat.is_private:
        if chat.blocked:
            raise forbidden("the person has blocked this bot; unblock it first")
        return
    if chat.kicked(person.id):
        raise forbidden("the person was kicked from this chat")
    if chat.is_channel and not chat.is_admin(person.id):
        raise forbidden("only administrators post to a channel")
    if comment or chat.present(person.id) is not None:
        return
    raise forbidden("the person is not a member of this chat")


def edit(
    world: World,
    person: User,
    chat: Chat,
    message_id: int,
    text: str | None = "",
    *,
    media: tuple[str, Upload] | None = None,
    place: Json | None = None,
    entities: list[Json] | None = None,
) -> Message:
    """A person rewrites text or caption of their own message, or puts another file into it.

    `text` may be nothing, then the words stay; `place` moves a live location.
    """
    message = world.message(chat, message_id)
    if message is None or message.writer_id != person.id or message.origin is not None:
        raise bad_request("message can't be edited")
    has_media = message.media is not None
    if has_media and message.media is not None and message.media.kind not in CAPTIONED:
        raise bad_request("message can't be edited")
    if text is not None and place is None:
        left = {name: value for name, value in message.content.items() if name not in WORDS}
        message.content = {**left, **worded(text, entities, is_caption=has_media)}
    if place is not None:
        before: Json = message.content.get("location", {})
        if not before.get("live_period"):
            raise bad_request("message can't be edited")
        message.content = {"location": {**before, **place}}
    if media is not None:
        message.media = kept(world, media, {})
    changed(world, message)
    return message


def delete(world: World, chat: Chat, message_id: int) -> None:
    """A message disappears; bots are not told."""
    message = world.message(chat, message_id)
    if message is None:
        raise bad_request("message to delete not found")
    message.deleted = True
    if message_id in chat.pinned:
        chat.pinned.remove(message_id)
    world.feed.tell("delete", lambda: {"chat_key": chat.key, "message_id": message_id})


def click(
    world: World,
    person: User,
    chat: Chat,
    message_id: int,
    *,
    data: str | None = None,
    button: str | None = None,
) -> Callback:
    """Press an inline button, also one of a keyboard that has gone meanwhile.

    Give its `data` or its text; the answer comes later in the returned callback.
    """
    message = chat.messages.get(message_id)
    if message is None:
        raise bad_request("message not found")
    found = button_data(message, data, button)
    if not chat.is_private and chat.present(person.id) is None:
        raise forbidden("the person is not a member of this chat")
    bot = world.bots.get(message.writer_id)
    if bot is None:
        raise bad_request("the message is not a bot's")
    number = str(world.random.getrandbits(62))
    callback = Callback(number, bot.id, person, message, found, world.now())
    world.callbacks.remember(callback)
    if bot.updates.wants("callback_query"):
        body: Json = {
            "id": number,
            "from": person.as_json(),
            "message": message.as_inaccessible_json()
            if message.deleted
            else message.as_json(bot.id),
            "chat_instance": str(chat.id * 31 + bot.id),
            "data": found,
        }
        push(world, bot, "callback_query", body, chat, f"user:{person.id}")
    return callback


def react(world: World, person: User, chat: Chat, message_id: int, emoji: str | None) -> None:
    """Set a person's reaction, or take it back with nothing."""
    message = world.message(chat, message_id)
    if message is None:
        raise bad_request("message not found")
    if not chat.is_private and chat.present(person.id) is None and chat.linked is None:
        raise forbidden("the person is not a member of this chat")
    old = message.reactions.pop(person.id, [])
    if emoji:
        message.reactions[person.id] = [{"type": "emoji", "emoji": emoji}]
    announce(world, person, message, old)
