"""What people do: say, edit, delete, press, react. Bots hear of it by the rules."""

from typing import Final

from interfaces.sandbox.bots import Bot
from interfaces.sandbox.callbacks import Callback
from interfaces.sandbox.chats import Chat
from interfaces.sandbox.files import Upload
from interfaces.sandbox.formatting import with_detected
from interfaces.sandbox.media import CAPTIONED, KINDS, Media, described
from interfaces.sandbox.messages import Message
from interfaces.sandbox.posting import changed, publish, push, spoken
from interfaces.sandbox.users import User
from interfaces.sandbox.visibility import sees_reactions
from interfaces.sandbox.wire import Json, as_objects, bad_request, forbidden
from interfaces.sandbox.world import World

TEXT_LIMIT: Final = 4096


def say(
    world: World,
    person: User,
    chat: Chat,
    text: str = "",
    *,
    media: tuple[str, Upload] | None = None,
    content: Json | None = None,
    reply_to: int | None = None,
    comment_to: int | None = None,
    thread: int | None = None,
    album: str | None = None,
    attributes: Json | None = None,
) -> Message:
    """A person writes: text, media with a caption, or other content (contact, location …).

    `comment_to` is a post of the channel `chat`; the comment goes into its linked group.
    """
    if comment_to is not None:
        chat, reply_to = _discussion(world, chat, comment_to, reply_to)
    _may_speak(chat, person, comment=comment_to is not None)
    answered = None
    if reply_to is not None and (answered := world.message(chat, reply_to)) is None:
        raise bad_request("message to be replied not found")
    message = spoken(
        world,
        chat,
        person,
        {**_worded(text, has_media=media is not None), **(content or {})},
        media=_kept(world, media, attributes or {}),
        reply_to=answered,
        thread=thread,
    )
    message.album = album
    return publish(world, message)


def start(world: World, person: User, bot: Bot, payload: str = "") -> Message:
    """Open the talk with a bot by /start, perhaps through a deep link."""
    return say(world, person, world.private(bot, person), f"/start {payload}".strip())


def _worded(text: str, *, has_media: bool) -> Json:
    if not text:
        return {}
    name = "caption" if has_media else "text"
    if len(text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    entities = with_detected(text, [])
    return (
        {name: text}
        | ({f"{name}_entities": entities} if has_media and entities else {})
        | ({"entities": entities} if entities and not has_media else {})
    )


def _kept(world: World, media: tuple[str, Upload] | None, attributes: Json) -> Media | None:
    if media is None:
        return None
    kind, upload = media
    if kind not in KINDS:
        raise bad_request(f"unknown kind of media: {kind}")
    return described(kind, world.files.keep(kind, upload), attributes)


def _discussion(
    world: World, channel: Chat, post_id: int, reply_to: int | None
) -> tuple[Chat, int]:
    post = world.message(channel, post_id)
    if post is None or post.copy is None or post.copy.deleted:
        raise bad_request("the post has no comments (yet)")
    return post.copy.chat, reply_to or post.copy.id


def _may_speak(chat: Chat, person: User, *, comment: bool) -> None:
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


def edit(world: World, person: User, chat: Chat, message_id: int, text: str) -> Message:
    """A person rewrites text or caption of their own message."""
    message = world.message(chat, message_id)
    if message is None or message.writer_id != person.id:
        raise bad_request("message can't be edited")
    kept = {
        name: value
        for name, value in message.content.items()
        if name not in {"text", "entities", "caption", "caption_entities"}
    }
    has_media = message.media is not None
    if has_media and message.media is not None and message.media.kind not in CAPTIONED:
        raise bad_request("message can't be edited")
    message.content = {**kept, **_worded(text, has_media=has_media)}
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
    found = _button_data(message, data, button)
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


def _button_data(message: Message, data: str | None, button: str | None) -> str:
    keyboards = [message.markup] if message.markup else []
    for keyboard in keyboards + message.old_markups[::-1]:
        for row in keyboard.get("inline_keyboard", []):
            for each in as_objects(row):
                if "callback_data" in each and (
                    each["callback_data"] == data if data is not None else each["text"] == button
                ):
                    return str(each["callback_data"])
    raise bad_request("there is and was no such button")


def react(world: World, person: User, chat: Chat, message_id: int, emoji: str | None) -> None:
    """Set a person's reaction, or take it back with nothing."""
    message = world.message(chat, message_id)
    if message is None:
        raise bad_request("message not found")
    old = message.reactions.get(person.id, [])
    new: list[Json] = [{"type": "emoji", "emoji": emoji}] if emoji else []
    message.reactions[person.id] = new
    if not new:
        del message.reactions[person.id]
    tell_reactions(world, message)
    body: Json = {
        "chat": chat.as_json(),
        "message_id": message.id,
        "user": person.as_json(),
        "date": world.stamp(),
        "old_reaction": old,
        "new_reaction": new,
    }
    for bot in world.bots_in(chat):
        if sees_reactions(bot, chat) and bot.updates.wants("message_reaction"):
            push(world, bot, "message_reaction", body, chat, f"reaction:{chat.id}")


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
