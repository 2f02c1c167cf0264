"""An offer: one stay of a deal on a search stage, until somebody takes it or it ends."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID, uuid5

from eventsourcing.domain import event

from domain.aggregate import Aggregate, Refused
from domain.contests import Attempt, Contender, Outcome, Reason
from domain.offering import Act, Offering

EARLIEST: Final = datetime.min.replace(tzinfo=UTC)
OVER: Final[Mapping[str, Reason]] = {
    "withdrawn": Reason.WITHDRAWN,
    "expired": Reason.EXPIRED,
    "given_back": Reason.GIVEN_BACK,
    "revoked": Reason.GIVEN_BACK,
}


class Standing(StrEnum):
    """Where an offer stands."""

    OPEN = "open"
    CLAIMED = "claimed"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    GIVEN_BACK = "given_back"
    REVOKED = "revoked"


class OrderIsNotYours(Refused):
    """You do not have this order; look at your orders again."""


class OfferIsNotClaimed(Refused):
    """Nobody has this order; look at it again."""


@dataclass(frozen=True, slots=True)
class Card:
    """A card of the offer in a chat, under a bot's message."""

    bot_id: int
    chat_id: int
    message_id: int


class Offer(Aggregate):
    """What is offered: `card` is what everybody in the chat may read.

    The rules are those of the moment of publication. Every attempt is recorded, whoever made it
    and however it ended.
    """

    class Published(Aggregate.Created):
        """A deal looks for somebody who does it; `entry` is which of the deal's stays this is."""

        deal_id: UUID
        number: int
        entry: int
        stage_id: UUID
        card: str
        skill: str
        offering: Offering

    class Revised(Aggregate.Event):
        """The card reads otherwise, or another skill is needed."""

        card: str
        skill: str = ""

    class CardShown(Aggregate.Event):
        """A card stands in a chat, with its buttons."""

        bot_id: int
        chat_id: int
        message_id: int

    class ContactDisclosed(Aggregate.Event):
        """An executor is told whom to call; `again`: not for the first time."""

        to_id: UUID
        again: bool

    class ContactRefused(Aggregate.Event):
        """An executor was not told whom to call."""

        to_id: UUID
        reason: str

    class ClaimAttempted(Aggregate.Event):
        """Somebody pressed: how it ended for them, why, and who has the order after that."""

        by: UUID
        outcome: str
        reason: str
        winner_id: UUID | None

    class Contested(Aggregate.Event):
        """The first has pressed; others may until then, and who waited longest wins."""

        until: datetime

    class Claimed(Aggregate.Event):
        """An executor has the order."""

        by: UUID

    class Unclaimed(Aggregate.Event):
        """The window is over, and nobody who pressed may have the order: it is open again."""

    class Escalated(Aggregate.Event):
        """Nobody claimed for a while: what is done about it; `step` counts from 0."""

        step: int
        act: str
        chat_id: int | None

    class Withdrawn(Aggregate.Event):
        """The deal no longer looks for anybody."""

        reason: str

    class Expired(Aggregate.Event):
        """Nobody wanted the order in time."""

    class GivenBack(Aggregate.Event):
        """The executor cannot do it after all."""

        by: UUID
        reason: str

    class Revoked(Aggregate.Event):
        """The company took the order away from its executor."""

        executor_id: UUID
        by: UUID | None
        reason: str

    class Settled(Aggregate.Event):
        """The deal knows its executor and stands where claimed deals stand."""

    class SettlingFailed(Aggregate.Event):
        """The executor has the order, but the deal could not be brought up to date yet."""

        reason: str

    @event(Published)
    def __init__(  # noqa: PLR0913 - the fields of the event
        self,
        id: UUID,
        workspace_id: UUID,
        timestamp: datetime,
        deal_id: UUID,
        number: int,
        entry: int,
        stage_id: UUID,
        card: str,
        skill: str,
        offering: Offering,
    ) -> None:
        self._id = id
        self.workspace_id = workspace_id
        self.at = timestamp
        self.deal_id = deal_id
        self.number = number
        self.entry = entry
        self.stage_id = stage_id
        self.card = card
        self.skill = skill
        self.offering = offering
        self.published_at = timestamp
        self.standing = Standing.OPEN
        self.cards: list[Card] = []
        self.disclosed: set[UUID] = set()
        self.waiting: dict[UUID, datetime] = {}
        self.decides_at: datetime | None = None
        self.executor_id: UUID | None = None
        self.steps: set[int] = set()
        self.settled = True
        self.problem = ""

    def revise(self, card: str, skill: str) -> None:
        """Show another card, and want another skill, while nobody has the order."""
        if self.standing is Standing.OPEN and (card, skill) != (self.card, self.skill):
            self._revised(card, skill)

    def show(self, bot_id: int, chat_id: int, message_id: int) -> None:
        """Know where a card stands."""
        if Card(bot_id, chat_id, message_id) not in self.cards:
            self._card_shown(bot_id, chat_id, message_id)

    def silence(self, to_id: UUID, reason: Reason) -> Reason:
        """Why an executor is not told whom to call; who has the order is told in any case."""
        if self.standing is Standing.CLAIMED and to_id == self.executor_id:
            return Reason.NONE
        return reason if self.standing is Standing.OPEN else self._ended()

    def disclose(self, to_id: UUID, reason: Reason) -> Reason:
        """Tell an executor whom to call, unless there is a reason not to; both are recorded."""
        why = self.silence(to_id, reason)
        if why is Reason.NONE:
            self._contact_disclosed(to_id, to_id in self.disclosed)
        else:
            self._contact_refused(to_id, why)
        return why

    def claim(self, by: UUID, hindrance: Reason) -> Attempt:
        """Let the first who may have the order; the attempt of everybody is recorded."""
        attempt = self._attempt(by, hindrance)
        self._claim_attempted(by, attempt.outcome, attempt.reason, attempt.winner_id)
        if attempt.outcome is Outcome.WON:
            self._claimed(by)
        if attempt.outcome is Outcome.WAITING and self.decides_at is None:
            self._contested(self.at + timedelta(seconds=self.offering.window))
        return attempt

    def _attempt(self, by: UUID, hindrance: Reason) -> Attempt:
        if self.standing is Standing.CLAIMED and self.executor_id == by:
            return Attempt(Outcome.REPEATED, winner_id=by)
        if self.standing is not Standing.OPEN:
            taken = self.standing is Standing.CLAIMED
            return Attempt(Outcome.LOST, self._ended(), self.executor_id if taken else None)
        if by in self.waiting:
            return Attempt(Outcome.REPEATED)
        if hindrance is not Reason.NONE:
            return Attempt(Outcome.REFUSED, hindrance)
        if self.offering.window:
            return Attempt(Outcome.WAITING)
        return Attempt(Outcome.WON, winner_id=by)

    def decide(self, contenders: Mapping[UUID, Contender]) -> UUID | None:
        """End the fair window: of those who pressed the one who waited longest for an order wins.

        Nobody is worse off for a slow line: among equals who pressed first. Before its end nothing
        happens; if nobody may have the order any more, it is open again.
        """
        if self.decides_at is None or self.at < self.decides_at:
            return None
        waiting = {one: contenders[one] for one in self.waiting}
        able = [one for one, known in waiting.items() if known.hindrance is Reason.NONE]
        if not able:
            for one, known in waiting.items():
                self._claim_attempted(one, Outcome.REFUSED, known.hindrance, None)
            self._unclaimed()
            return None
        winner = min(able, key=lambda one: waiting[one].won_at or EARLIEST)
        self._claimed(winner)
        for one, known in waiting.items():
            if one != winner:
                reason = known.hindrance or Reason.WAITED_LESS
                self._claim_attempted(one, Outcome.LOST, reason, winner)
        return winner

    def escalate(self, step: int) -> None:
        """Do what is planned for the time when nobody has claimed, once."""
        if self.standing is Standing.OPEN and step not in self.steps:
            planned = self.offering.ladder[step]
            self._escalated(step, planned.act, planned.chat_id)

    def withdraw(self, reason: str) -> None:
        """Offer this no longer, if nobody has it; whoever waits for it has lost."""
        if self.standing is Standing.OPEN:
            for one in self.waiting:
                self._claim_attempted(one, Outcome.LOST, Reason.WITHDRAWN, None)
            self._withdrawn(reason)

    def expire(self) -> None:
        """End, if nobody has it and nobody is about to."""
        if self.standing is Standing.OPEN and self.decides_at is None:
            self._expired()

    def give_back(self, by: UUID, reason: str) -> None:
        """Let the executor be rid of it."""
        if self.standing is Standing.GIVEN_BACK and by == self.executor_id:
            return
        if self.standing is not Standing.CLAIMED or by != self.executor_id:
            raise OrderIsNotYours
        self._given_back(by, reason)

    def revoke(self, by: UUID | None, reason: str) -> None:
        """Take it away from the executor."""
        if self.standing is Standing.REVOKED:
            return
        if self.standing is not Standing.CLAIMED or self.executor_id is None:
            raise OfferIsNotClaimed
        self._revoked(self.executor_id, by, reason)

    def settle(self) -> None:
        """Know that the deal is as it should be after the claim."""
        if not self.settled:
            self._settled()

    def fail_settling(self, reason: str) -> None:
        """Know why the deal is not as it should be yet."""
        if not self.settled and reason != self.problem:
            self._settling_failed(reason)

    def _ended(self) -> Reason:
        return OVER.get(self.standing, Reason.TAKEN)

    @event(Revised)
    def _revised(self, card: str, skill: str = "") -> None:
        self.card, self.skill = card, skill

    @event(CardShown)
    def _card_shown(self, bot_id: int, chat_id: int, message_id: int) -> None:
        self.cards = [*self.cards, Card(bot_id, chat_id, message_id)]

    @event(ContactDisclosed)
    def _contact_disclosed(self, to_id: UUID, again: bool) -> None:  # noqa: FBT001
        self.disclosed.add(to_id)

    @event(ContactRefused)
    def _contact_refused(self, to_id: UUID, reason: str) -> None:
        pass

    @event(ClaimAttempted)
    def _claim_attempted(self, by: UUID, outcome: str, reason: str, winner_id: UUID | None) -> None:
        if outcome == Outcome.WAITING:
            self.waiting[by] = self.at

    @event(Contested)
    def _contested(self, until: datetime) -> None:
        self.decides_at = until

    @event(Claimed)
    def _claimed(self, by: UUID) -> None:
        self.standing = Standing.CLAIMED
        self.executor_id = by
        self.waiting, self.decides_at = {}, None
        self.settled = False

    @event(Unclaimed)
    def _unclaimed(self) -> None:
        self.waiting, self.decides_at = {}, None

    @event(Escalated)
    def _escalated(self, step: int, act: str, chat_id: int | None) -> None:
        self.steps.add(step)
        if act == Act.REPEAT:
            self.cards = []

    @event(Withdrawn)
    def _withdrawn(self, reason: str) -> None:
        self.standing = Standing.WITHDRAWN
        self.waiting, self.decides_at = {}, None

    @event(Expired)
    def _expired(self) -> None:
        self.standing = Standing.EXPIRED

    @event(GivenBack)
    def _given_back(self, by: UUID, reason: str) -> None:
        self.standing = Standing.GIVEN_BACK

    @event(Revoked)
    def _revoked(self, executor_id: UUID, by: UUID | None, reason: str) -> None:
        self.standing = Standing.REVOKED

    @event(Settled)
    def _settled(self) -> None:
        self.settled, self.problem = True, ""

    @event(SettlingFailed)
    def _settling_failed(self, reason: str) -> None:
        self.problem = reason


def offer_of(deal_id: UUID, entry: int) -> UUID:
    """The id of the offer that a deal's stay on a search stage is: one for each entry."""
    return uuid5(deal_id, f"offer:{entry}")
