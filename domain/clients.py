"""A client: somebody who writes to a company's client bot."""

from datetime import datetime
from uuid import UUID

from eventsourcing.domain import event

from domain.aggregate import Aggregate, Refused


class ClientIsBlocked(Refused):
    """The company has blocked this client; a manager can unblock them."""


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

    class Blocked(Aggregate.Event):
        """A manager barred the client from writing."""

        by: UUID
        reason: str = ""

    class Unblocked(Aggregate.Event):
        """A manager lets the client write again."""

        by: UUID

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

    def may_write(self) -> None:
        """Refuse a blocked client; note that an unreachable one is back."""
        if self.blocked:
            raise ClientIsBlocked
        if not self.reachable:
            self._became_reachable()

    def block(self, by: UUID, reason: str) -> None:
        """Bar the client from writing."""
        if not self.blocked:
            self._blocked(by, reason)

    def unblock(self, by: UUID) -> None:
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

    @event(Blocked)
    def _blocked(self, by: UUID, reason: str) -> None:
        self.blocked = True

    @event(Unblocked)
    def _unblocked(self, by: UUID) -> None:
        self.blocked = False

    @event(BecameUnreachable)
    def _became_unreachable(self, reason: str) -> None:
        self.reachable = False

    @event(BecameReachable)
    def _became_reachable(self) -> None:
        self.reachable = True
