"""A ticket: what a client asked, who answers for it, and all that was said until it closed."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from eventsourcing.domain import event

from domain.aggregate import Aggregate, Refused
from domain.messages import Content, Place


class Status(StrEnum):
    """Where a ticket stands in its life."""

    OPEN = "open"
    CLOSED = "closed"


class Attempt(StrEnum):
    """How an attempt to claim a ticket ended."""

    WON = "won"
    LOST = "lost"
    REPEATED = "repeated"


class Kept(StrEnum):
    """What became of a manager's comment: it went to the client, or stayed with the staff."""

    SENT = "sent"
    NOTE = "note"
    HELD_BY_OTHER = "held_by_other"
    CLOSED = "closed"


class TicketExists(Refused):
    """There is a ticket with this id already; choose another id."""


class TicketIsClosed(Refused):
    """The ticket is closed; reopen it first."""


class TicketIsOpen(Refused):
    """The ticket is open already; go on writing in it."""


class TicketIsUnclaimed(Refused):
    """Nobody holds the ticket yet; claim it first."""


class TicketHeldByOther(Refused):
    """Another manager holds the ticket; ask them or an admin to transfer it."""


class NothingToRate(Refused):
    """There is nothing to rate: the ticket is open, or this closing was rated already."""


class StarsOutOfRange(Refused):
    """A rating has from one to five stars."""


class Ticket(Aggregate):
    """Numbered from 1 within its workspace; a cycle ends with each closing."""

    class Opened(Aggregate.Created):
        """A client asked something new."""

        number: int
        client_id: UUID
        topic: str = ""

    class MessageReceived(Aggregate.Event):
        """The client wrote."""

        message_id: UUID
        content: Content
        place: Place | None = None

    class MessageSent(Aggregate.Event):
        """A manager answered the client."""

        message_id: UUID
        by: UUID
        content: Content
        place: Place | None = None

    class NoteAdded(Aggregate.Event):
        """A manager wrote for the staff only."""

        message_id: UUID
        by: UUID
        content: Content
        place: Place | None = None

    class MessageDelivered(Aggregate.Event):
        """A message reached the other side's chat."""

        message_id: UUID
        place: Place

    class DeliveryFailed(Aggregate.Event):
        """A message could not be delivered, and will not be tried again."""

        message_id: UUID
        reason: str

    class ClaimAttempted(Aggregate.Event):
        """Somebody pressed Claim: who held the ticket after that, and how it ended for them."""

        by: UUID
        outcome: str
        holder_id: UUID

    class Claimed(Aggregate.Event):
        """A manager became the one who answers for the ticket."""

        by: UUID

    class Transferred(Aggregate.Event):
        """The ticket went from one manager to another."""

        from_id: UUID | None
        to_id: UUID
        by: UUID | None
        reason: str = ""

    class Closed(Aggregate.Event):
        """The client, a manager or an admin (`by` is None) ended the cycle."""

        by: UUID | None
        by_client: bool
        cycle: int

    class RatingAsked(Aggregate.Event):
        """The client was asked how good the service of this cycle was."""

        cycle: int

    class Reopened(Aggregate.Event):
        """The client, a manager or an admin (`by` is None) began a new cycle."""

        by: UUID | None
        by_client: bool
        cycle: int

    class Rated(Aggregate.Event):
        """The client gave this cycle one to five stars."""

        cycle: int
        stars: int
        comment: str = ""

    @event(Opened)
    def __init__(  # noqa: PLR0913 - the fields of the event
        self,
        id: UUID,
        workspace_id: UUID,
        timestamp: datetime,
        number: int,
        client_id: UUID,
        topic: str = "",
    ) -> None:
        self._id = id
        self.workspace_id = workspace_id
        self.at = timestamp
        self.number = number
        self.client_id = client_id
        self.topic = topic
        self.status = Status.OPEN
        self.cycle = 1
        self.holder_id: UUID | None = None
        self.rated_cycle = 0
        self.stars: int | None = None
        self.undelivered: set[UUID] = set()

    def receive(self, message_id: UUID, content: Content, place: Place | None) -> None:
        """Take what the client wrote."""
        self._must_be_open()
        self._message_received(message_id, content, place)

    def comment(self, message_id: UUID, by: UUID, content: Content, place: Place | None) -> Kept:
        """Take a manager's comment: the holder's goes to the client, anybody else's stays a note.

        The first manager to comment on an unclaimed ticket claims it by that.
        """
        if self.status is Status.OPEN and self.holder_id is None:
            self.claim(by)
        if self.status is Status.CLOSED or self.holder_id != by:
            self._note_added(message_id, by, content, place)
            return Kept.CLOSED if self.status is Status.CLOSED else Kept.HELD_BY_OTHER
        self._message_sent(message_id, by, content, place)
        return Kept.SENT

    def note(self, message_id: UUID, by: UUID, content: Content, place: Place | None) -> Kept:
        """Keep words for the staff only."""
        self._note_added(message_id, by, content, place)
        return Kept.NOTE

    def claim(self, by: UUID) -> Attempt:
        """Let the first who presses hold the ticket; the attempt of everybody is recorded."""
        self._must_be_open()
        if self.holder_id is None:
            self._claim_attempted(by, Attempt.WON, by)
            self._claimed(by)
            return Attempt.WON
        outcome = Attempt.REPEATED if self.holder_id == by else Attempt.LOST
        self._claim_attempted(by, outcome, self.holder_id)
        return outcome

    def transfer(self, to_id: UUID, by: UUID | None, reason: str) -> None:
        """Make another manager the holder: an admin (`by` is None) any ticket, a manager theirs.

        A manager who takes an unclaimed ticket claims it; to the holder themselves it is no news.
        """
        self._must_be_open()
        if by is not None and self.holder_id not in {None, by}:
            raise TicketHeldByOther
        if self.holder_id is None and to_id == by:
            self.claim(to_id)
        elif to_id != self.holder_id:
            self._transferred(self.holder_id, to_id, by, reason)

    def close(self, by: UUID | None, *, by_client: bool) -> None:
        """End the cycle and ask the client for a rating; a second closing is no news.

        Of the managers only the holder may close; a client their own ticket, an admin any.
        """
        if self.status is Status.CLOSED:
            return
        if by is not None and not by_client:
            if self.holder_id is None:
                raise TicketIsUnclaimed
            if self.holder_id != by:
                raise TicketHeldByOther
        self._closed(by, by_client, self.cycle)
        self._rating_asked(self.cycle)

    def reopen(self, by: UUID | None, *, by_client: bool) -> None:
        """Begin a new cycle with the same holder."""
        if self.status is Status.OPEN:
            raise TicketIsOpen
        self._reopened(by, by_client, self.cycle + 1)

    def rate(self, stars: int, comment: str) -> None:
        """Take the client's rating: one for each closing."""
        if not 1 <= stars <= 5:  # noqa: PLR2004 - the range is the rule
            raise StarsOutOfRange
        if self.status is Status.OPEN or self.rated_cycle == self.cycle:
            raise NothingToRate
        self._rated(self.cycle, stars, comment)

    def deliver(self, message_id: UUID, place: Place) -> None:
        """Note that a message arrived; twice is no news."""
        if message_id in self.undelivered:
            self._message_delivered(message_id, place)

    def fail_delivery(self, message_id: UUID, reason: str) -> None:
        """Note that a message will not arrive."""
        if message_id in self.undelivered:
            self._delivery_failed(message_id, reason)

    def _must_be_open(self) -> None:
        if self.status is not Status.OPEN:
            raise TicketIsClosed

    @event(MessageReceived)
    def _message_received(self, message_id: UUID, content: Content, place: Place | None) -> None:
        self.undelivered.add(message_id)

    @event(MessageSent)
    def _message_sent(
        self, message_id: UUID, by: UUID, content: Content, place: Place | None
    ) -> None:
        self.undelivered.add(message_id)

    @event(NoteAdded)
    def _note_added(
        self, message_id: UUID, by: UUID, content: Content, place: Place | None
    ) -> None:
        pass

    @event(MessageDelivered)
    def _message_delivered(self, message_id: UUID, place: Place) -> None:
        self.undelivered.discard(message_id)

    @event(DeliveryFailed)
    def _delivery_failed(self, message_id: UUID, reason: str) -> None:
        self.undelivered.discard(message_id)

    @event(ClaimAttempted)
    def _claim_attempted(self, by: UUID, outcome: str, holder_id: UUID) -> None:
        pass

    @event(Claimed)
    def _claimed(self, by: UUID) -> None:
        self.holder_id = by

    @event(Transferred)
    def _transferred(self, from_id: UUID | None, to_id: UUID, by: UUID | None, reason: str) -> None:
        self.holder_id = to_id

    @event(Closed)
    def _closed(self, by: UUID | None, by_client: bool, cycle: int) -> None:  # noqa: FBT001
        self.status = Status.CLOSED

    @event(RatingAsked)
    def _rating_asked(self, cycle: int) -> None:
        pass

    @event(Reopened)
    def _reopened(self, by: UUID | None, by_client: bool, cycle: int) -> None:  # noqa: FBT001
        self.status = Status.OPEN
        self.cycle = cycle

    @event(Rated)
    def _rated(self, cycle: int, stars: int, comment: str) -> None:
        self.rated_cycle = cycle
        self.stars = stars
