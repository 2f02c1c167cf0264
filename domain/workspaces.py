"""A workspace: one company, its bots and its channel."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from eventsourcing.domain import event

from domain.aggregate import Aggregate, Refused


class BotRole(StrEnum):
    """Whom a bot talks to."""

    CLIENT = "client"
    MANAGER = "manager"


class DeskIsNotReady(Refused):
    """The desk needs a client bot, a manager bot and a channel with comments before it starts."""


class WorkspaceExists(Refused):
    """There is a workspace with this id already; choose another id."""


class DeskIsStopped(Refused):
    """The desk of this company is not working now; please write later."""


class BotRoleIsTaken(Refused):
    """The workspace already has a bot in this role; disconnect that one first."""


class Workspace(Aggregate):
    """One company and what it has set up; secrets such as tokens never stand in events."""

    class Founded(Aggregate.Created):
        """A company began to use Ledgerdesk."""

        name: str
        language: str = "ru"

    class BotConnected(Aggregate.Event):
        """A Telegram bot began to work for the company."""

        bot_id: int
        role: str
        username: str

    class BotDisconnected(Aggregate.Event):
        """A Telegram bot no longer works for the company."""

        bot_id: int

    class ChannelLinked(Aggregate.Event):
        """Tickets are posted to this channel and discussed in its group."""

        channel_id: int
        group_id: int

    class TopicsDefined(Aggregate.Event):
        """Clients choose among these topics, in this order."""

        topics: list[str]

    class Started(Aggregate.Event):
        """The desk takes tickets from now on."""

    class Stopped(Aggregate.Event):
        """The desk takes no tickets until it is started again."""

    @event(Founded)
    def __init__(
        self, id: UUID, workspace_id: UUID, timestamp: datetime, name: str, language: str = "ru"
    ) -> None:
        self._id = id
        self.workspace_id = workspace_id
        self.at = timestamp
        self.name = name
        self.language = language
        self.bots: dict[str, int] = {}
        self.usernames: dict[int, str] = {}
        self.channel_id: int | None = None
        self.group_id: int | None = None
        self.topics: list[str] = []
        self.running = False

    def connect_bot(self, bot_id: int, role: BotRole, username: str) -> None:
        """Let a bot work in a role; one bot a role."""
        holder = self.bots.get(role)
        if holder is not None and holder != bot_id:
            raise BotRoleIsTaken
        if holder is None or self.usernames.get(bot_id) != username:
            self._bot_connected(bot_id, role, username)

    def disconnect_bot(self, bot_id: int) -> None:
        """End the work of a bot; without it the desk stops."""
        if bot_id in self.usernames:
            self.stop()
            self._bot_disconnected(bot_id)

    def link_channel(self, channel_id: int, group_id: int) -> None:
        """Post tickets to this channel; its linked group holds the comments."""
        if (channel_id, group_id) != (self.channel_id, self.group_id):
            self._channel_linked(channel_id, group_id)

    def define_topics(self, topics: list[str]) -> None:
        """Offer clients these topics."""
        if topics != self.topics:
            self._topics_defined(topics)

    def start(self) -> None:
        """Take tickets."""
        if self.missing():
            raise DeskIsNotReady
        if not self.running:
            self._started()

    def stop(self) -> None:
        """Take no tickets."""
        if self.running:
            self._stopped()

    def must_run(self) -> None:
        """Refuse while the desk is stopped."""
        if not self.running:
            raise DeskIsStopped

    def missing(self) -> list[str]:
        """What the desk still needs: `client_bot`, `manager_bot`, `channel`."""
        needed = {
            "client_bot": BotRole.CLIENT in self.bots,
            "manager_bot": BotRole.MANAGER in self.bots,
            "channel": self.channel_id is not None,
        }
        return [name for name, there in needed.items() if not there]

    @event(BotConnected)
    def _bot_connected(self, bot_id: int, role: str, username: str) -> None:
        self.bots[role] = bot_id
        self.usernames[bot_id] = username

    @event(BotDisconnected)
    def _bot_disconnected(self, bot_id: int) -> None:
        self.bots = {role: bot for role, bot in self.bots.items() if bot != bot_id}
        self.usernames.pop(bot_id, None)

    @event(ChannelLinked)
    def _channel_linked(self, channel_id: int, group_id: int) -> None:
        self.channel_id = channel_id
        self.group_id = group_id

    @event(TopicsDefined)
    def _topics_defined(self, topics: list[str]) -> None:
        self.topics = topics

    @event(Started)
    def _started(self) -> None:
        self.running = True

    @event(Stopped)
    def _stopped(self) -> None:
        self.running = False
