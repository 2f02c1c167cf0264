"""Posting: a message takes its place in a chat and goes out to everyone who may see it."""

from typing import Final

from interfaces.sandbox.bots import Bot
from interfaces.sandbox.chats import SUPERGROUP, Chat
from interfaces.sandbox.faults import DUPLICATE, POISON, REORDER
from interfaces.sandbox.media import Media
from interfaces.sandbox.messages import Message
from interfaces.sandbox.users import CHANNEL_BOT, GROUP_ANONYMOUS_BOT, TELEGRAM, User
from interfaces.sandbox.visibility import sees
from interfaces.sandbox.wire import Json
from interfaces.sandbox.world import World

HELD_SECONDS: Final = 0.5
POISONED: Final[Json] = {"message_id": "?", "date": None, "chat": 0, "from_the_future": True}


def spoken(
    world: World,
    chat: Chat,
    writer: User,
    content: Json,
    *,
    media: Media | None = None,
    reply_to: Message | None = None,
    thread: int | None = None,
    as_chat: bool = False,
) -> Message:
    """A new message of a person or bot, numbered but not yet published."""
    message = Message(
        id=chat.numbers.following(),
        chat=chat,
        date=world.stamp(),
        author=writer,
        writer_id=writer.id,
        by_bot=writer.is_bot,
        content=content,
        media=media,
        reply_to=reply_to,
        thread=thread or thread_of(chat, reply_to),
    )
    message.topic = chat.is_forum and message.thread is not None
    member = chat.member(writer.id)
    if chat.is_channel:
        message.author, message.sender_chat = None, chat
        if chat.signatures and not writer.is_bot:
            message.content = {**content, "author_signature": writer.name}
    elif as_chat and chat.linked is not None:
        message.author, message.sender_chat = CHANNEL_BOT, chat.linked
    elif chat.is_group and member is not None and member.is_admin and member.anonymous:
        message.author, message.sender_chat = GROUP_ANONYMOUS_BOT, chat
    return message


def thread_of(chat: Chat, reply_to: Message | None) -> int | None:
    """The thread that a reply belongs to: in supergroups every message can be a root."""
    if reply_to is None or chat.kind != SUPERGROUP:
        return None
    if chat.is_forum:
        return reply_to.thread
    return reply_to.thread or reply_to.id


def publish(world: World, message: Message) -> Message:
    """Put a message into its chat, tell the bots that see it, and start its discussion."""
    chat = message.chat
    chat.messages[message.id] = message
    if message.by_bot:
        chat.last_bot = message.writer_id
    world.feed.tell("message", lambda: {"message": message.as_page_json()})
    deliver(world, message, "channel_post" if chat.is_channel else "message")
    if message.thread is not None:
        _count_comment(world, chat, message.thread)
    if chat.is_channel and chat.linked is not None:
        _plan_automatic_forward(world, message, chat.linked)
    return message


def _count_comment(world: World, chat: Chat, thread: int) -> None:
    root = chat.messages.get(thread)
    if root is None or not root.automatic or root.origin is None:
        return
    root.comments += 1
    origin = root.origin
    world.feed.tell(
        "comments",
        lambda: {
            "chat_key": str(origin["chat"]["id"]),
            "message_id": origin["message_id"],
            "comments": root.comments,
        },
    )


def _plan_automatic_forward(world: World, post: Message, group: Chat) -> None:
    """The copy in the linked group; posts with an inline keyboard get none."""
    if post.markup is not None or post.is_service:
        return
    forwarding = world.forwarding
    if forwarding.early and world.random.random() < forwarding.early:
        post.answer_late = forwarding.head_start
        automatic_forward(world, post, group)
        return
    delay = world.random.uniform(*forwarding.delay)
    world.later(delay, lambda: automatic_forward(world, post, group))


def automatic_forward(world: World, post: Message, group: Chat) -> None:
    """Copy a post into its discussion group, in the name of the channel."""
    if post.deleted or post.copy is not None:
        return
    channel = post.chat
    copy = Message(
        id=group.numbers.following(),
        chat=group,
        date=world.stamp(),
        author=TELEGRAM,
        writer_id=0,
        by_bot=False,
        content=dict(post.content),
        media=post.media,
        sender_chat=channel,
        album=post.album,
        origin=post.origin
        or {
            "type": "channel",
            "date": post.date,
            "chat": channel.as_json(),
            "message_id": post.id,
        },
        automatic=True,
    )
    post.copy = copy
    publish(world, copy)
    world.feed.tell(
        "comments",
        lambda: {
            "chat_key": channel.key,
            "message_id": post.id,
            "comments": 0,
            "copy": {"chat": group.id, "message_id": copy.id},
        },
    )


def changed(world: World, message: Message) -> None:
    """An edit goes out, and into the automatic copy of a post."""
    message.edited = world.stamp()
    world.feed.tell("edit", lambda: {"message": message.as_page_json()})
    deliver(world, message, "edited_channel_post" if message.chat.is_channel else "edited_message")
    if message.copy is not None and not message.copy.deleted:
        message.copy.content = dict(message.content)
        message.copy.media = message.media
        changed(world, message.copy)


def deliver(world: World, message: Message, kind: str) -> None:
    """Queue a message as an update for every bot that sees it."""
    chat = message.chat
    if chat.is_private and message.by_bot:
        return
    for bot in world.bots_in(chat):
        if bot.updates.wants(kind) and sees(bot, message):
            push(world, bot, kind, message.as_json(bot.id), chat)


def push(
    world: World, bot: Bot, kind: str, body: Json, chat: Chat, lane: str | None = None
) -> None:
    """Queue one update for one bot, unless a fault meddles with it."""
    fault = world.faults.for_update(kind, bot.id, chat.id)
    where = lane or f"chat:{chat.id}"
    if fault is not None and fault.kind == POISON:
        bot.updates.put(kind, dict(POISONED), where)
    hold = fault is not None and fault.kind == REORDER
    times = 2 if fault is not None and fault.kind == DUPLICATE else 1
    bot.updates.put(kind, body, where, times=times, hold=hold)
    if hold:
        world.later(HELD_SECONDS, bot.updates.release)
