"""A ticket: what a client asked, who answers for it, and all that was said until it closed."""

from datetime import datetime
from uuid import UUID

from eventsourcing.domain import event

from domain import claims, cycles, messages, triage
from domain.aggregate import Aggregate, Refused
from domain.claims import Attempt, TicketHeldByOther, TicketIsUnclaimed
from domain.conversations import (
    Conversation,
    Kept,
    NoSuchMessage,
    Said,
    TooManyMessages,
    Way,
    digest,
)
from domain.cycles import NothingToRate, StarsOutOfRange, Status, TicketIsClosed, TicketIsOpen
from domain.messages import Content, Place
from domain.triage import TAG_LENGTH, TAGS, Priority, TooManyTags


class TicketExists(Refused):
    """There is a ticket with this id already; choose another id."""


class Ticket(Aggregate):
    """Numbered from 1 within its workspace; a cycle ends with each closing."""

    class Opened(Aggregate.Created):
        """A client asked something new."""

        number: int
        client_id: UUID
        topic: str = ""

    MessageReceived = messages.MessageReceived
    MessageSent = messages.MessageSent
    NoteAdded = messages.NoteAdded
    MessageEdited = messages.MessageEdited
    MessageWithdrawn = messages.MessageWithdrawn
    ReactionChanged = messages.ReactionChanged
    MessageDelivered = messages.MessageDelivered
    DeliveryFailed = messages.DeliveryFailed

    ClaimAttempted = claims.ClaimAttempted
    Claimed = claims.Claimed
    Transferred = claims.Transferred
    Released = claims.Released
    Tagged = triage.Tagged
    Untagged = triage.Untagged
    PriorityChanged = triage.PriorityChanged
    Closed = cycles.Closed
    RatingAsked = cycles.RatingAsked
    Reopened = cycles.Reopened
    Rated = cycles.Rated
    RatingCommented = cycles.RatingCommented

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
        self.commented_cycle = 0
        self.closed_at: datetime | None = None
        self.priority = Priority.NORMAL
        self.tags: list[str] = []
        self.conversation = Conversation()

    def receive(
        self,
        message_id: UUID,
        content: Content,
        place: Place | None,
        reply_to: UUID | None = None,
        quote: str = "",
    ) -> None:
        """Take what the client wrote; at most 20 messages a minute."""
        self._must_be_open()
        if self.conversation.is_flooded(self.at):
            raise TooManyMessages
        self._message_received(message_id, content, place, reply_to, quote)

    def comment(  # noqa: PLR0913 - what a comment is
        self,
        message_id: UUID,
        by: UUID,
        content: Content,
        place: Place | None,
        reply_to: UUID | None = None,
        quote: str = "",
        *,
        claiming: bool = True,
        revealing: bool = False,
    ) -> Kept:
        """Take a manager's comment: the holder's goes to the client, anybody else's stays a note.

        So does a reply to a note or to a colleague, and words that tell who the manager is
        (`revealing`). The first manager to comment on an unclaimed ticket claims it by that, where
        the company allows it (`claiming`).
        """
        kept = self._kept(by, reply_to, claiming=claiming)
        if kept is Kept.SENT and revealing:
            kept = Kept.REVEALING
        if kept is not Kept.SENT:
            self._note_added(message_id, by, content, place)
            return kept
        if self.holder_id is None:
            self.claim(by)
        self._message_sent(message_id, by, content, place, reply_to, quote)
        return kept

    def _kept(self, by: UUID, reply_to: UUID | None, *, claiming: bool) -> Kept:
        if self.conversation.is_among_staff(reply_to, by):
            return Kept.NOTE
        if self.status is Status.CLOSED:
            return Kept.CLOSED
        if self.holder_id is None:
            return Kept.SENT if claiming else Kept.UNCLAIMED
        return Kept.SENT if self.holder_id == by else Kept.HELD_BY_OTHER

    def note(self, message_id: UUID, by: UUID, content: Content, place: Place | None) -> Kept:
        """Keep words for the staff only."""
        self._note_added(message_id, by, content, place)
        return Kept.NOTE

    def edit(self, message_id: UUID, by: UUID | None, content: Content, piece: int | None) -> None:
        """Take a new version of the author's own message; the same words are no news."""
        said = self._own(message_id, by)
        if said.digests.get(_name(piece)) != digest(content):
            self._message_edited(message_id, said.version + 1, content, piece)

    def withdraw(self, message_id: UUID, by: UUID | None) -> None:
        """Take the author's own message back; a second time is no news."""
        if not self._own(message_id, by).withdrawn:
            self._message_withdrawn(message_id, by)

    def react(self, message_id: UUID, by: UUID | None, emoji: list[str]) -> None:
        """Know the emoji of the client or of a manager under a message."""
        said = self.conversation.messages.get(message_id)
        if said is None:
            raise NoSuchMessage
        if said.reactions.get(str(by or ""), []) != emoji:
            self._reaction_changed(message_id, by, emoji)

    def _own(self, message_id: UUID, by: UUID | None) -> Said:
        said = self.conversation.messages.get(message_id)
        if said is None or said.by != by:
            raise NoSuchMessage
        return said

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

    def release(self, from_id: UUID, by: UUID | None, reason: str) -> None:
        """Let nobody answer for the ticket, if `from_id` still does."""
        if self.status is Status.OPEN and self.holder_id == from_id:
            self._released(from_id, by, reason)

    def tag(self, tag: str, by: UUID | None) -> None:
        """Mark the ticket; the same tag again is no news."""
        if not tag or len(tag) > TAG_LENGTH or (tag not in self.tags and len(self.tags) >= TAGS):
            raise TooManyTags
        if tag not in self.tags:
            self._tagged(tag, by)

    def untag(self, tag: str, by: UUID | None) -> None:
        """Take a mark away."""
        if tag in self.tags:
            self._untagged(tag, by)

    def prioritise(self, priority: Priority, by: UUID | None) -> None:
        """Give the ticket a priority."""
        if priority is not self.priority:
            self._priority_changed(priority, by)

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

    def comment_rating(self, comment: str) -> None:
        """Take the client's words about the rating that they gave: once for each closing."""
        if not comment or self.rated_cycle in {0, self.commented_cycle}:
            raise NothingToRate
        self._rating_commented(self.rated_cycle, comment)

    def deliver(self, message_id: UUID, place: Place, pieces: list[int] | None = None) -> None:
        """Note where a message stands before the other side; the same place again is no news."""
        said = self.conversation.messages.get(message_id)
        if said is not None and said.way is not Way.NOTE and said.copy != place:
            self._message_delivered(message_id, place, pieces)

    def fail_delivery(self, message_id: UUID, reason: str) -> None:
        """Note that a message will not arrive."""
        if message_id in self.conversation.undelivered:
            self._delivery_failed(message_id, reason)

    def _must_be_open(self) -> None:
        if self.status is not Status.OPEN:
            raise TicketIsClosed

    @event(MessageReceived)
    def _message_received(
        self,
        message_id: UUID,
        content: Content,
        place: Place | None,
        reply_to: UUID | None,
        quote: str,
    ) -> None:
        self.conversation.add(message_id, Way.IN, None, content, place)
        self.conversation.hear(self.at)

    @event(MessageSent)
    def _message_sent(  # noqa: PLR0913 - the fields of the event
        self,
        message_id: UUID,
        by: UUID,
        content: Content,
        place: Place | None,
        reply_to: UUID | None,
        quote: str,
    ) -> None:
        self.conversation.add(message_id, Way.OUT, by, content, place)
        self.conversation.answered_at = self.at

    @event(NoteAdded)
    def _note_added(
        self, message_id: UUID, by: UUID, content: Content, place: Place | None
    ) -> None:
        self.conversation.add(message_id, Way.NOTE, by, content, place)

    @event(MessageEdited)
    def _message_edited(
        self, message_id: UUID, version: int, content: Content, piece: int | None
    ) -> None:
        said = self.conversation.said(message_id)
        said.version = version
        said.digests[_name(piece)] = digest(content)

    @event(MessageWithdrawn)
    def _message_withdrawn(self, message_id: UUID, by: UUID | None) -> None:
        self.conversation.said(message_id).withdrawn = True

    @event(ReactionChanged)
    def _reaction_changed(self, message_id: UUID, by: UUID | None, emoji: list[str]) -> None:
        self.conversation.said(message_id).reactions[str(by or "")] = emoji

    @event(MessageDelivered)
    def _message_delivered(self, message_id: UUID, place: Place, pieces: list[int] | None) -> None:
        self.conversation.undelivered.discard(message_id)
        said = self.conversation.said(message_id)
        said.copy, said.pieces = place, pieces or []

    @event(DeliveryFailed)
    def _delivery_failed(self, message_id: UUID, reason: str) -> None:
        self.conversation.undelivered.discard(message_id)

    @event(ClaimAttempted)
    def _claim_attempted(self, by: UUID, outcome: str, holder_id: UUID) -> None:
        pass

    @event(Claimed)
    def _claimed(self, by: UUID) -> None:
        self.holder_id = by

    @event(Transferred)
    def _transferred(self, from_id: UUID | None, to_id: UUID, by: UUID | None, reason: str) -> None:
        self.holder_id = to_id

    @event(Released)
    def _released(self, from_id: UUID, by: UUID | None, reason: str) -> None:
        self.holder_id = None

    @event(Tagged)
    def _tagged(self, tag: str, by: UUID | None) -> None:
        self.tags = [*self.tags, tag]

    @event(Untagged)
    def _untagged(self, tag: str, by: UUID | None) -> None:
        self.tags = [one for one in self.tags if one != tag]

    @event(PriorityChanged)
    def _priority_changed(self, priority: str, by: UUID | None) -> None:
        self.priority = Priority(priority)

    @event(Closed)
    def _closed(self, by: UUID | None, by_client: bool, cycle: int) -> None:  # noqa: FBT001
        self.status = Status.CLOSED
        self.closed_at = self.at

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

    @event(RatingCommented)
    def _rating_commented(self, cycle: int, comment: str) -> None:
        self.commented_cycle = cycle


def _name(piece: int | None) -> str:
    return "" if piece is None else str(piece)
