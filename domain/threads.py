"""A thread: where the staff sees a ticket in Telegram, and everything said about it."""

from datetime import datetime
from uuid import UUID, uuid5

from eventsourcing.domain import event

from domain.aggregate import Aggregate, Refused
from domain.messages import Place
from domain.surfaces import Surface


class ThreadIsElsewhere(Refused):
    """The ticket's thread stands under another post already."""


class GroupIsForeign(Refused):
    """The company discusses its tickets in another group; link that one to its channel."""


def thread_of(ticket_id: UUID) -> UUID:
    """The id of the ticket's thread."""
    return uuid5(ticket_id, "thread")


class Thread(Aggregate):
    """One for each ticket; Telegram tells of the post and of its copy in the group in any order.

    In a channel `root_id` is the copy of the post, in a group the post itself, in a forum the
    number of the topic.
    """

    class Planned(Aggregate.Created):
        """A ticket was opened and wants a place before the staff."""

        ticket_id: UUID
        number: int
        surface: str = "channel"

    class Replanned(Aggregate.Event):
        """The ticket wants a new place: the company moved, or the old place is gone."""

        surface: str
        reason: str = ""

    class Posted(Aggregate.Event):
        """The ticket stands as a post in the managers' channel."""

        channel_id: int
        post_id: int

    class Opened(Aggregate.Event):
        """The discussion became known: `root_id` is its first message in the group."""

        group_id: int
        root_id: int
        post_id: int | None = None

    class Missed(Aggregate.Event):
        """No discussion appeared under the post in time; the group itself takes the ticket."""

    class CardShown(Aggregate.Event):
        """The card with the ticket's buttons stands in the thread."""

        place: Place

    @event(Planned)
    def __init__(  # noqa: PLR0913 - the fields of the event
        self,
        id: UUID,
        workspace_id: UUID,
        timestamp: datetime,
        ticket_id: UUID,
        number: int,
        surface: str = "channel",
    ) -> None:
        self._id = id
        self.workspace_id = workspace_id
        self.at = timestamp
        self.ticket_id = ticket_id
        self.number = number
        self.surface = Surface(surface)
        self.turn = 1
        self.channel_id: int | None = None
        self.post_id: int | None = None
        self.group_id: int | None = None
        self.root_id: int | None = None
        self.card: Place | None = None
        self.missed = False

    def post(self, channel_id: int, post_id: int) -> None:
        """Know the post in the channel; a second one is no news, the first stays the ticket's."""
        if self.channel_id is None and self.post_id in {None, post_id}:
            self._posted(channel_id, post_id)

    def open(self, group_id: int, root_id: int, post_id: int | None) -> None:
        """Know the discussion; Telegram may show it before it confirms the post."""
        if (group_id, root_id) == (self.group_id, self.root_id):
            return
        other_post = None not in (self.post_id, post_id) and self.post_id != post_id
        if self.root_id is not None or other_post:
            raise ThreadIsElsewhere
        self._opened(group_id, root_id, post_id)

    def replan(self, surface: Surface, reason: str, turn: int) -> None:
        """Give up the present place for the next one; `turn` is the one that is given up."""
        if turn == self.turn:
            self._replanned(surface, reason)

    def miss(self) -> None:
        """Give up waiting for a discussion under the post."""
        if self.root_id is None and not self.missed:
            self._missed()

    def show_card(self, place: Place) -> None:
        """Know where the ticket's buttons are."""
        if place != self.card:
            self._card_shown(place)

    @event(Replanned)
    def _replanned(self, surface: str, reason: str) -> None:
        self.surface = Surface(surface)
        self.turn += 1
        self.channel_id = self.post_id = self.group_id = self.root_id = None
        self.card = None
        self.missed = False

    @event(Posted)
    def _posted(self, channel_id: int, post_id: int) -> None:
        self.channel_id = channel_id
        self.post_id = post_id

    @event(Opened)
    def _opened(self, group_id: int, root_id: int, post_id: int | None) -> None:
        self.group_id = group_id
        self.root_id = root_id
        self.post_id = self.post_id or post_id

    @event(Missed)
    def _missed(self) -> None:
        self.missed = True

    @event(CardShown)
    def _card_shown(self, place: Place) -> None:
        self.card = place
