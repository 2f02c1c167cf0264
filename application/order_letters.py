"""What is said about offers and deals, before any words: to chats, executors and managers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.contests import Reason
from domain.offers import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferSeen:
    """An offer as a chat sees it; `executor` has the order, if the company lets it be told.

    `decides_at`: the fair window ends then. `bot` is the username of the executors' bot.
    """

    offer_id: UUID
    number: int
    card: str
    standing: Standing
    bot: str
    executor: str | None = None
    decides_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OfferCard:
    """The card of an offer with its buttons, or without when it is over; an edit of `edits`."""

    offer: OfferSeen
    edits: int | None = None


@dataclass(frozen=True, slots=True)
class OrderTaken:
    """The order has found its executor, in the chat, in reply to its card."""

    number: int
    executor: str | None
    reply_to: int | None


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody to be called: a name and numbers (E.164)."""

    name: str
    phones: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderSeen:
    """An order as its executor, or who asks for the phone, sees it; `details` are label and value."""  # noqa: E501 - one sentence

    offer_id: UUID
    number: int
    card: str
    parties: Sequence[Party]
    details: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ContactTold:
    """Whom to call about an offer, for somebody who asked."""

    order: OrderSeen


@dataclass(frozen=True, slots=True)
class ContactForgone:
    """What somebody asked for before they started the bot cannot be told any more."""

    number: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class OrderWon:
    """The order is yours, for its executor."""

    order: OrderSeen


@dataclass(frozen=True, slots=True)
class OrderLost:
    """Somebody else has the order, for whoever waited for it in a fair window."""

    number: int
    reason: Reason
    winner: str | None


@dataclass(frozen=True, slots=True)
class OrderRevoked:
    """The company took the order away, for its executor."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DealSeen:
    """A deal as it is named to a manager."""

    deal_id: UUID
    number: int
    title: str


@dataclass(frozen=True, slots=True)
class ExecutorFound:
    """Who does the work, for the manager: `told` is name, username, phone, telegram_id as known."""

    deal: DealSeen
    told: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class OrderPending:
    """The executor has the order, but the deal lacks something and stays where it is."""

    deal: DealSeen
    missing: str


@dataclass(frozen=True, slots=True)
class OrderReturned:
    """The executor gave the order back."""

    deal: DealSeen
    executor: str
    reason: str


@dataclass(frozen=True, slots=True)
class OfferIgnored:
    """Nobody has claimed for so many minutes; `expired`: and nobody can any more."""

    deal: DealSeen
    minutes: int
    expired: bool


@dataclass(frozen=True, slots=True)
class OfferUnplaced:
    """A deal looks for an executor, and there is no executors' chat to show it in."""

    deal: DealSeen


@dataclass(frozen=True, slots=True)
class DealGiven:
    """The deal is yours now."""

    deal: DealSeen
    by: str | None


@dataclass(frozen=True, slots=True)
class SlotGiven:
    """You sit in this slot now: its deals are yours."""

    slot: str


@dataclass(frozen=True, slots=True)
class DealFollowed:
    """A linked deal came to `outcome`, so that this one stands on `stage` now."""

    deal: DealSeen
    stage: str
    linked: DealSeen
    outcome: str


@dataclass(frozen=True, slots=True)
class OutcomeHeld:
    """A linked deal came to `outcome`; this one lacks these fields, or was over already."""

    deal: DealSeen
    linked: DealSeen
    outcome: str
    missing: Sequence[str]


@dataclass(frozen=True, slots=True)
class LinkFailed:
    """No deal could begin in the other pipeline: it would lack these fields."""

    deal: DealSeen
    pipeline: str
    missing: Sequence[str]


@dataclass(frozen=True, slots=True)
class BatchDone:
    """The deals of a retired stage were moved; so many were not."""

    stage: str
    moved: int
    skipped: int
