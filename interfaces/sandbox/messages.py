"""Messages: what was said, by whom, where, and how each bot sees it."""

from dataclasses import dataclass, field

from interfaces.sandbox.chats import Chat
from interfaces.sandbox.media import Media
from interfaces.sandbox.users import User
from interfaces.sandbox.wire import Json, bad_request, utf16_length

UNCOPYABLE = frozenset({"story", "paid_media", "invoice", "giveaway", "giveaway_winners", "game"})
QUOTE_LIMIT = 1024
SERVICE = frozenset(
    {
        "new_chat_members",
        "left_chat_member",
        "pinned_message",
        "migrate_to_chat_id",
        "migrate_from_chat_id",
        "forum_topic_created",
        "forum_topic_edited",
        "forum_topic_closed",
        "forum_topic_reopened",
        "group_chat_created",
        "new_chat_title",
        "chat_shared",
    }
)


@dataclass(slots=True, eq=False)
class Message:
    """One message; `content` holds the fields that are the same for everybody."""

    id: int
    chat: Chat
    date: int
    author: User | None
    """Who is named as the author: nobody for posts of a channel."""
    writer_id: int
    """Whose account really wrote it, though it may not be shown; 0 is Telegram itself."""
    by_bot: bool
    content: Json
    media: Media | None = None
    sender_chat: Chat | None = None
    reply_to: "Message | None" = None
    reply_gone: bool = False
    thread: int | None = None
    markup: Json | None = None
    reply_markup: Json | None = None
    """A reply keyboard, which only the page of phones can see."""
    old_markups: list[Json] = field(default_factory=list[Json])
    edited: int | None = None
    album: str | None = None
    origin: Json | None = None
    automatic: bool = False
    protected: bool = False
    quote: Json | None = None
    """The part of the answered message that is quoted."""
    view_once: bool = False
    """Disappears when it was seen; bots never see it."""
    topic: bool = False
    deleted: bool = False
    answer_late: float = 0.0
    """Seconds by which the answer to the sending bot lags behind the automatic copy."""
    copy: "Message | None" = None
    """The automatic copy of a post in the linked group."""
    comments: int = 0
    reactions: dict[int, list[Json]] = field(default_factory=dict[int, list[Json]])

    @property
    def is_service(self) -> bool:
        """Something that Telegram tells, not people."""
        return not SERVICE.isdisjoint(self.content)

    @property
    def can_be_copied(self) -> bool:
        """Neither service, nor protected, nor of a kind that cannot be copied."""
        return (
            not self.is_service
            and not self.protected
            and not self.chat.protected
            and not self._is_riddle
            and UNCOPYABLE.isdisjoint(self.content)
        )

    @property
    def _is_riddle(self) -> bool:
        """A person's quiz: its right answer is not known to bots, so they cannot copy it."""
        return not self.by_bot and self.content.get("poll", {}).get("type") == "quiz"

    @property
    def text(self) -> str:
        """Text or caption."""
        return str(self.content.get("text") or self.content.get("caption") or "")

    def part(self, text: str, position: int | None = None) -> Json:
        """The `TextQuote` of a part of this message; refuses what it does not say."""
        place = self.text.find(text)
        if place < 0 or len(text) > QUOTE_LIMIT:
            raise bad_request("QUOTE_TEXT_INVALID")
        found = utf16_length(self.text[:place]) if position is None else position
        return {"text": text, "position": found, "is_manual": True}

    def origin_as_json(self) -> Json:
        """Where this message came from first, for those it is forwarded to."""
        if self.origin is not None:
            return self.origin
        origin: Json = {"date": self.date}
        if self.chat.is_channel:
            return origin | {
                "type": "channel",
                "chat": self.chat.as_json(),
                "message_id": self.id,
            }
        if self.sender_chat is not None:
            return origin | {"type": "chat", "sender_chat": self.sender_chat.as_json()}
        if self.author is None or self.author.hidden_forwards:
            name = self.author.name if self.author is not None else ""
            return origin | {"type": "hidden_user", "sender_user_name": name}
        return origin | {"type": "user", "sender_user": self.author.as_json()}

    @property
    def answered(self) -> "Message | None":
        """What it replies to; in a forum everything replies to the beginning of its topic."""
        if self.reply_to is not None or not self.topic or self.thread in {None, self.id}:
            return self.reply_to
        return self.chat.messages.get(self.thread or 0)

    def as_json(self, bot_id: int, *, quoted: bool = False) -> Json:
        """The `Message` of the Bot API, seen by a bot (0: by the page).

        A quoted message carries no quotation of its own.
        """
        body: Json = {"message_id": self.id, "date": self.date, "chat": self.chat.as_json()}
        if self.author is not None:
            body["from"] = self.author.as_json()
        if self.sender_chat is not None:
            body["sender_chat"] = self.sender_chat.as_json()
        body |= self.content
        if self.media is not None:
            body |= self.media.as_json(bot_id)
        if self.origin is not None:
            body |= _forwarded(self.origin)
        if not quoted and (answered := self.answered) is not None and not answered.deleted:
            body["reply_to_message"] = answered.as_json(bot_id, quoted=True)
        for name, value in (
            ("message_thread_id", self.thread),
            ("quote", None if quoted else self.quote),
            ("reply_markup", self.markup),
            ("edit_date", self.edited),
            ("media_group_id", self.album),
        ):
            if value is not None:
                body[name] = value
        for name, is_so in (
            ("is_automatic_forward", self.automatic),
            ("is_topic_message", self.topic),
            ("has_protected_content", self.protected or self.chat.protected),
        ):
            if is_so:
                body[name] = True
        return body

    def as_page_json(self) -> Json:
        """The message as the page of phones needs it: everything, with reactions and threads."""
        body = self.as_json(0)
        body["chat_key"] = self.chat.key
        body["writer_id"] = self.writer_id
        if self.reactions:
            body["reactions"] = {str(who): emoji for who, emoji in self.reactions.items()}
        if self.view_once:
            body["view_once"] = True
        if self.reply_markup is not None:
            body["keyboard"] = self.reply_markup
        if self.copy is not None:
            body["copy"] = {"chat": self.copy.chat.id, "message_id": self.copy.id}
            body["comments"] = self.copy.comments
        if self.chat.pinned and self.id in self.chat.pinned:
            body["pinned"] = True
        return body

    def as_inaccessible_json(self) -> Json:
        """What is left of a deleted message in a callback query."""
        return {"message_id": self.id, "date": 0, "chat": self.chat.as_json()}


def _forwarded(origin: Json) -> Json:
    """The origin, with the older fields that servers still send along."""
    body: Json = {"forward_origin": origin, "forward_date": origin["date"]}
    if origin["type"] == "channel":
        body["forward_from_chat"] = origin["chat"]
        body["forward_from_message_id"] = origin["message_id"]
    elif origin["type"] == "user":
        body["forward_from"] = origin["sender_user"]
    elif origin["type"] == "hidden_user":
        body["forward_sender_name"] = origin["sender_user_name"]
    return body
