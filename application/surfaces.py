"""Surfaces: the ways in which tickets stand before the staff, behind one boundary."""

from abc import ABC, abstractmethod
from typing import Final, NamedTuple

from typing_extensions import override

from application.letters import Spot, TicketPost, TicketSeen, TicketTopic
from domain.surfaces import Surface
from domain.threads import Thread
from domain.workspaces import Workspace


class Standing(NamedTuple):
    """What a ticket stands as: in which chat, how it is said, and how its arrival is reported."""

    chat_id: int
    said: object
    report: str


class StaffSurface(ABC):
    """One way to work; a `Thread` knows what has become of it."""

    @abstractmethod
    def begin(self, workspace: Workspace, seen: TicketSeen) -> Standing:
        """What gives a ticket its thread."""

    @abstractmethod
    def bring_up_to_date(self, thread: Thread, seen: TicketSeen) -> Standing | None:
        """What shows the present state where the ticket began; None: it has not begun yet."""

    def spot(self, thread: Thread, reply_to: int | None = None, quote: str = "") -> Spot | None:
        """Where something is said in the thread; None while there is none."""
        if thread.root_id is None:
            return None
        return Spot(thread.root_id, thread.surface is Surface.FORUM, reply_to, quote)


class ChannelComments(StaffSurface):
    """A post in the channel; Telegram copies it into the group, and comments are replies there."""

    @override
    def begin(self, workspace: Workspace, seen: TicketSeen) -> Standing:
        return Standing(workspace.channel_id or 0, TicketPost(seen), "post")

    @override
    def bring_up_to_date(self, thread: Thread, seen: TicketSeen) -> Standing | None:
        if thread.post_id is None or thread.channel_id is None:
            return None
        return Standing(thread.channel_id, TicketPost(seen, thread.post_id), "")


class PlainGroup(StaffSurface):
    """A message in the group; what concerns the ticket are replies to it."""

    @override
    def begin(self, workspace: Workspace, seen: TicketSeen) -> Standing:
        return Standing(workspace.group_id or 0, TicketPost(seen), "group_post")

    @override
    def bring_up_to_date(self, thread: Thread, seen: TicketSeen) -> Standing | None:
        if thread.root_id is None:
            return None
        return Standing(thread.group_id or 0, TicketPost(seen, thread.root_id), "")


class ForumTopics(StaffSurface):
    """A topic in a forum; its name shows how the ticket stands."""

    @override
    def begin(self, workspace: Workspace, seen: TicketSeen) -> Standing:
        return Standing(workspace.group_id or 0, TicketTopic(seen), "topic")

    @override
    def bring_up_to_date(self, thread: Thread, seen: TicketSeen) -> Standing | None:
        if thread.root_id is None:
            return None
        return Standing(thread.group_id or 0, TicketTopic(seen, thread.root_id), "")


SURFACES: Final[dict[Surface, StaffSurface]] = {
    Surface.CHANNEL: ChannelComments(),
    Surface.GROUP: PlainGroup(),
    Surface.FORUM: ForumTopics(),
}
