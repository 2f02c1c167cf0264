"""A client: somebody who writes to a company's client bot."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from eventsourcing.domain import event

from domain.aggregate import Aggregate, Refused
from domain.messages import Content, Place

HELD_MESSAGES: Final = 20
REMEMBERED_TICKETS: Final = 50


class Asked(StrEnum):
    """What a client must say before their words can go anywhere."""

    TOPIC = "topic"
    TICKET = "ticket"


@dataclass(frozen=True, slots=True)
class Held:
    """A message that waits until the client has said where it belongs."""

    message_id: UUID
    content: Content
    place: Place | None


class ClientIsBlocked(Refused):
    """The company has blocked this client; a manager can unblock them."""


class NothingIsHeld(Refused):
    """There is no message of yours that waits for a ticket; just write it."""


class TooMuchIsHeld(Refused):
    """First say where your last messages belong; then go on writing."""


class Client(Aggregate):
    """Known by the Telegram account behind one client bot."""

    class Registered(Aggregate.Created):
        """Somebody wrote to the client bot for the first time."""

        bot_id: int
        telegram_id: int
        name: str
        username: str | None = None
        language: str = "ru"

    class Renamed(Aggregate.Event):
        """The client goes by another name in Telegram now."""

        name: str
        username: str | None = None

    class ConversationChosen(Aggregate.Event):
        """The client's next message goes to this ticket."""

        ticket_id: UUID

    class TopicChosen(Aggregate.Event):
        """The client's next message opens a ticket about this topic ("": about anything)."""

        topic: str

    class MessageHeld(Aggregate.Event):
        """The client wrote, and was asked where it belongs: about what, or to which ticket."""

        message_id: UUID
        content: Content
        asked: str
        place: Place | None = None

    class MessagesPlaced(Aggregate.Event):
        """All that was held went into this ticket."""

        ticket_id: UUID

    class LanguageChosen(Aggregate.Event):
        """The client is spoken to in this language from now on."""

        language: str

    class Blocked(Aggregate.Event):
        """A manager or an admin (None) barred the client from writing."""

        by: UUID | None
        reason: str = ""

    class Unblocked(Aggregate.Event):
        """A manager or an admin (None) lets the client write again."""

        by: UUID | None

    class BecameUnreachable(Aggregate.Event):
        """Telegram refuses to deliver: the client blocked the bot or deleted the account."""

        reason: str

    class BecameReachable(Aggregate.Event):
        """The client wrote again after having been unreachable."""

    @event(Registered)
    def __init__(  # noqa: PLR0913 - the fields of the event
        self,
        id: UUID,
        workspace_id: UUID,
        timestamp: datetime,
        bot_id: int,
        telegram_id: int,
        name: str,
        username: str | None = None,
        language: str = "ru",
    ) -> None:
        self._id = id
        self.workspace_id = workspace_id
        self.at = timestamp
        self.bot_id = bot_id
        self.telegram_id = telegram_id
        self.name = name
        self.username = username
        self.language = language
        self.ticket_id: UUID | None = None
        self.tickets: list[UUID] = []
        self.topic: str | None = None
        self.held: list[Held] = []
        self.decided_at = timestamp
        self.blocked = False
        self.reachable = True

    def rename(self, name: str, username: str | None) -> None:
        """Follow the name that Telegram shows; the same name is no news."""
        if (name, username) != (self.name, self.username):
            self._renamed(name, username)

    def choose_conversation(self, ticket_id: UUID) -> None:
        """Send what the client writes next to this ticket."""
        if ticket_id != self.ticket_id:
            self._conversation_chosen(ticket_id)

    def choose_topic(self, topic: str) -> None:
        """Let the next message open a ticket about this topic."""
        if topic != self.topic:
            self._topic_chosen(topic)

    def hold(self, message_id: UUID, content: Content, place: Place | None, asked: Asked) -> None:
        """Keep a message until the client has said where it belongs."""
        if len(self.held) >= HELD_MESSAGES:
            raise TooMuchIsHeld
        self._message_held(message_id, content, asked, place)

    def place_messages(self, ticket_id: UUID) -> list[Held]:
        """Everything that was held, for the ticket where it belongs."""
        if not self.held:
            raise NothingIsHeld
        held = self.held
        self._messages_placed(ticket_id)
        return held

    def choose_language(self, language: str) -> None:
        """Speak to the client in this language."""
        if language != self.language:
            self._language_chosen(language)

    def may_write(self) -> None:
        """Refuse a blocked client; note that an unreachable one is back."""
        if self.blocked:
            raise ClientIsBlocked
        if not self.reachable:
            self._became_reachable()

    def block(self, by: UUID | None, reason: str) -> None:
        """Bar the client from writing."""
        if not self.blocked:
            self._blocked(by, reason)

    def unblock(self, by: UUID | None) -> None:
        """Let the client write again."""
        if self.blocked:
            self._unblocked(by)

    def become_unreachable(self, reason: str) -> None:
        """Note that Telegram cannot deliver to the client."""
        if self.reachable:
            self._became_unreachable(reason)

    @event(Renamed)
    def _renamed(self, name: str, username: str | None) -> None:
        self.name = name
        self.username = username

    @event(ConversationChosen)
    def _conversation_chosen(self, ticket_id: UUID) -> None:
        self.ticket_id = ticket_id
        others = [one for one in self.tickets if one != ticket_id]
        self.tickets = [*others, ticket_id][-REMEMBERED_TICKETS:]
        self.topic = None
        self.decided_at = self.at

    @event(TopicChosen)
    def _topic_chosen(self, topic: str) -> None:
        self.topic = topic
        self.decided_at = self.at

    @event(MessageHeld)
    def _message_held(
        self, message_id: UUID, content: Content, asked: str, place: Place | None
    ) -> None:
        self.held = [*self.held, Held(message_id, content, place)]

    @event(MessagesPlaced)
    def _messages_placed(self, ticket_id: UUID) -> None:
        self.held = []

    @event(LanguageChosen)
    def _language_chosen(self, language: str) -> None:
        self.language = language

    @event(Blocked)
    def _blocked(self, by: UUID | None, reason: str) -> None:
        self.blocked = True

    @event(Unblocked)
    def _unblocked(self, by: UUID | None) -> None:
        self.blocked = False

    @event(BecameUnreachable)
    def _became_unreachable(self, reason: str) -> None:
        self.reachable = False

    @event(BecameReachable)
    def _became_reachable(self) -> None:
        self.reachable = True
