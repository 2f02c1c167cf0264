"""Chats: private talks, groups, supergroups and channels, with what is said in them."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from interfaces.sandbox.counting import Sequence
from interfaces.sandbox.members import KICKED, PERMISSIONS, Member
from interfaces.sandbox.users import User
from interfaces.sandbox.wire import Json, without_nothing

if TYPE_CHECKING:
    from interfaces.sandbox.bots import Bot
    from interfaces.sandbox.messages import Message

PRIVATE: Final = "private"
GROUP: Final = "group"
SUPERGROUP: Final = "supergroup"
CHANNEL: Final = "channel"


@dataclass(slots=True)
class Topic:
    """A topic of a forum; its id is the id of the message that created it."""

    id: int
    name: str
    icon_color: int
    closed: bool = False
    deleted: bool = False
    icon: str | None = None
    """The custom emoji of the icon."""


@dataclass(slots=True, eq=False)
class Chat:
    """One chat and its messages; private talks of one person with two bots are two chats."""

    id: int
    kind: str
    title: str = ""
    username: str | None = None
    numbers: Sequence = field(default_factory=Sequence)
    person: User | None = None
    bot: "Bot | None" = None
    blocked: bool = False
    is_forum: bool = False
    signatures: bool = False
    protected: bool = False
    slow_mode: int = 0
    """Seconds that members who are no administrators wait between two messages."""
    linked: "Chat | None" = None
    migrated_to: int | None = None
    last_bot: int | None = None
    members: dict[int, Member] = field(default_factory=dict[int, Member])
    messages: "dict[int, Message]" = field(default_factory=dict[int, "Message"])
    topics: dict[int, Topic] = field(default_factory=dict[int, Topic])
    pinned: list[int] = field(default_factory=list[int])
    invitations: set[str] = field(default_factory=set[str])

    @property
    def is_private(self) -> bool:
        """A talk of one person with one bot."""
        return self.kind == PRIVATE

    @property
    def is_channel(self) -> bool:
        """A channel, whose posts speak in its own name."""
        return self.kind == CHANNEL

    @property
    def is_group(self) -> bool:
        """A basic group or a supergroup."""
        return self.kind in {GROUP, SUPERGROUP}

    @property
    def words(self) -> str:
        """How error messages call this kind of chat."""
        return f"{self.kind} chat"

    @property
    def key(self) -> str:
        """One name for every chat of the world: `-100…`, or `bot:person` for private ones."""
        if self.bot is not None:
            return f"{self.bot.id}:{self.id}"
        return str(self.id)

    def member(self, user_id: int) -> Member | None:
        """The membership of this account, present or past."""
        return self.members.get(user_id)

    def present(self, user_id: int) -> Member | None:
        """The membership of this account, if it belongs to the chat now."""
        member = self.members.get(user_id)
        return member if member is not None and member.is_present else None

    def is_admin(self, user_id: int) -> bool:
        """Owner or administrator."""
        member = self.members.get(user_id)
        return member is not None and member.is_admin

    def as_json(self) -> Json:
        """The short `Chat` of the Bot API."""
        if self.person is not None:
            person = self.person
            return without_nothing(
                {
                    "id": self.id,
                    "type": PRIVATE,
                    "first_name": person.first_name,
                    "last_name": person.last_name,
                    "username": person.username,
                }
            )
        body: Json = {"id": self.id, "type": self.kind, "title": self.title}
        if self.username:
            body["username"] = self.username
        if self.is_forum:
            body["is_forum"] = True
        return body

    def as_full_json(self) -> Json:
        """The `ChatFullInfo` of the Bot API."""
        body: Json = {
            **self.as_json(),
            "accent_color_id": abs(self.id) % 7,
            "max_reaction_count": 11,
            "accepted_gift_types": dict.fromkeys(
                (
                    "unlimited_gifts",
                    "limited_gifts",
                    "unique_gifts",
                    "premium_subscription",
                    "gifts_from_channels",
                ),
                False,
            ),
        }
        if self.linked is not None:
            body["linked_chat_id"] = self.linked.id
        if self.protected:
            body["has_protected_content"] = True
        if self.pinned and (message := self.messages.get(self.pinned[-1])) is not None:
            body["pinned_message"] = message.as_json(0, quoted=True)
        if self.is_group:
            body["permissions"] = dict.fromkeys(PERMISSIONS, True)
        if self.slow_mode:
            body["slow_mode_delay"] = self.slow_mode
        return body

    def kicked(self, user_id: int) -> bool:
        """Thrown out, not gone by itself."""
        member = self.members.get(user_id)
        return member is not None and member.status == KICKED
