"""A workspace: one company, its bots, where its staff works, and by which rules."""

from datetime import datetime
from uuid import UUID

from eventsourcing.domain import event

from domain.aggregate import Aggregate, Refused
from domain.bots import NEEDED, BotRole, BotRoleIsTaken, BotWorksAlready
from domain.readiness import NOT_SET_UP, DeskIsNotReady, DeskIsStopped, hinders, lacking
from domain.surfaces import ChatIsTheStaffs, Surface


class WorkspaceExists(Refused):
    """There is a workspace with this id already; choose another id."""


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

    class GroupLinked(Aggregate.Event):
        """Tickets stand in this group: each as a topic of a forum, or as a message of its own."""

        group_id: int
        surface: str

    class GroupMigrated(Aggregate.Event):
        """Telegram has given the group another id."""

        from_id: int
        to_id: int

    class ExecutorsChatLinked(Aggregate.Event):
        """Orders for executors are shown in this group too."""

        chat_id: int
        title: str

    class ExecutorsChatUnlinked(Aggregate.Event):
        """No more orders are shown in this group."""

        chat_id: int

    class ReadinessChecked(Aggregate.Event):
        """Somebody looked in Telegram: the desk lacks this now."""

        lacks: list[str]

    class LanguageChanged(Aggregate.Event):
        """The company's channel and group are written to in this language from now on."""

        language: str

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
        self.surface = Surface.CHANNEL
        self.executors_chats: dict[int, str] = {}
        self.topics: list[str] = []
        self.lacks: list[str] = []
        self.running = False

    def connect_bot(self, bot_id: int, role: BotRole, username: str) -> None:
        """Let a bot work in a role; one bot a role."""
        holder = self.bots.get(role)
        if holder not in {None, bot_id}:
            raise BotRoleIsTaken
        if bot_id in [other for held, other in self.bots.items() if held != role]:
            raise BotWorksAlready
        if holder is None or self.usernames.get(bot_id) != username:
            self._bot_connected(bot_id, role, username)

    def disconnect_bot(self, bot_id: int) -> None:
        """End the work of a bot; the desk stops if it needs it."""
        if bot_id in self.usernames:
            if any(self.bots.get(role) == bot_id for role in NEEDED):
                self.stop()
            self._bot_disconnected(bot_id)

    def link_channel(self, channel_id: int, group_id: int) -> None:
        """Post tickets to this channel; its linked group holds the comments."""
        if (channel_id, group_id) != (self.channel_id, self.group_id):
            self._channel_linked(channel_id, group_id)

    def link_group(self, group_id: int, surface: Surface) -> None:
        """Let tickets stand in a group without a channel."""
        if (group_id, surface, None) != (self.group_id, self.surface, self.channel_id):
            self._group_linked(group_id, surface)

    def migrate_group(self, from_id: int, to_id: int) -> None:
        """Follow the group to its new id."""
        if from_id != to_id and from_id in {self.group_id, *self.executors_chats}:
            self._group_migrated(from_id, to_id)

    def link_executors_chat(self, chat_id: int, title: str) -> None:
        """Show orders in this group; the one linked first is the main one."""
        if chat_id == self.group_id:
            raise ChatIsTheStaffs
        if self.executors_chats.get(chat_id) != title:
            self._executors_chat_linked(chat_id, title)

    def unlink_executors_chat(self, chat_id: int) -> None:
        """Show no more orders there."""
        if chat_id in self.executors_chats:
            self._executors_chat_unlinked(chat_id)

    def check_readiness(
        self, lacks: list[str], channel_id: int | None, group_id: int | None
    ) -> None:
        """Know what somebody found broken in Telegram, with the channel and group of that look.

        The same list is no news, nor is a look at other chats than the desk has now. What is not
        set up is no finding: the desk knows it by itself.
        """
        broken = [lack for lack in lacks if lack not in NOT_SET_UP]
        if (channel_id, group_id) == (self.channel_id, self.group_id) and broken != self.lacks:
            self._readiness_checked(broken)

    def change_language(self, language: str) -> None:
        """Write to the staff's chats in this language."""
        if language != self.language:
            self._language_changed(language)

    def define_topics(self, topics: list[str]) -> None:
        """Offer clients these topics."""
        if topics != self.topics:
            self._topics_defined(topics)

    def start(self) -> None:
        """Take tickets."""
        if hinders(self.missing()):
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
        """What the desk lacks: what is not set up, and what was found broken."""
        return lacking(self.bots, self.group_id, self.executors_chats, self.lacks)

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
        self.channel_id, self.group_id = channel_id, group_id
        self.surface = Surface.CHANNEL
        self.lacks = []

    @event(GroupLinked)
    def _group_linked(self, group_id: int, surface: str) -> None:
        self.channel_id, self.group_id = None, group_id
        self.surface = Surface(surface)
        self.lacks = []

    @event(GroupMigrated)
    def _group_migrated(self, from_id: int, to_id: int) -> None:
        self.group_id = to_id if self.group_id == from_id else self.group_id
        chats = self.executors_chats.items()
        self.executors_chats = {to_id if id == from_id else id: title for id, title in chats}

    @event(ExecutorsChatLinked)
    def _executors_chat_linked(self, chat_id: int, title: str) -> None:
        self.executors_chats[chat_id] = title

    @event(ExecutorsChatUnlinked)
    def _executors_chat_unlinked(self, chat_id: int) -> None:
        self.executors_chats.pop(chat_id, None)

    @event(ReadinessChecked)
    def _readiness_checked(self, lacks: list[str]) -> None:
        self.lacks = lacks

    @event(LanguageChanged)
    def _language_changed(self, language: str) -> None:
        self.language = language

    @event(TopicsDefined)
    def _topics_defined(self, topics: list[str]) -> None:
        self.topics = topics

    @event(Started)
    def _started(self) -> None:
        self.running = True

    @event(Stopped)
    def _stopped(self) -> None:
        self.running = False
