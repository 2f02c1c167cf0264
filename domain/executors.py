"""An executor: somebody independent who takes orders in a Telegram chat."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID, uuid5

from eventsourcing.domain import event

from domain.aggregate import Aggregate
from domain.contests import Reason
from domain.offering import Datum, Offering

HOUR: Final = timedelta(hours=1)
WANTED: Final = 20
"""Phones that are remembered for somebody who cannot be written to yet."""


class Admission(StrEnum):
    """What the company thinks of an executor."""

    NEUTRAL = "neutral"
    ALLOWED = "allowed"
    BARRED = "barred"


class Executor(Aggregate):
    """One for each Telegram account in a workspace.

    Reachable since they started the bot, until they stop it; `orders` are the offers that they
    have, `wanted` those whose phone waits until they can be written to.
    """

    class Registered(Aggregate.Created):
        """Somebody pressed for the first time, or started the bot."""

        telegram_id: int
        name: str
        username: str | None
        language: str

    class Renamed(Aggregate.Event):
        """The executor is called so in Telegram now."""

        name: str
        username: str | None

    class Started(Aggregate.Event):
        """The executor may be written to in private from now on."""

    class BecameUnreachable(Aggregate.Event):
        """Telegram no longer lets us write to the executor."""

        reason: str

    class LanguageChosen(Aggregate.Event):
        """The executor is spoken to in this language from now on."""

        language: str

    class PhoneShared(Aggregate.Event):
        """The executor told their number."""

        phone: str

    class SkillsSet(Aggregate.Event):
        """The company knows that the executor can do exactly this."""

        skills: list[str]
        by: UUID | None

    class AdmissionSet(Aggregate.Event):
        """The executor is on the list of those who may claim, or barred, or neither."""

        admission: str
        reason: str
        by: UUID | None

    class PersonLinked(Aggregate.Event):
        """The executor is this member of the staff, or nobody of it."""

        person_id: UUID | None
        by: UUID | None

    class ContactWanted(Aggregate.Event):
        """The executor asked for a phone before they could be written to."""

        offer_id: UUID

    class ContactForgone(Aggregate.Event):
        """What the executor had asked for cannot be told any more."""

        offer_id: UUID
        reason: str

    class ContactSeen(Aggregate.Event):
        """The executor was told whom to call about an offer, for the first time."""

        offer_id: UUID

    class OfferTaken(Aggregate.Event):
        """The executor has this order to do."""

        offer_id: UUID

    class OfferLeft(Aggregate.Event):
        """The executor has the order to do no longer: it is done, given back or revoked."""

        offer_id: UUID
        reason: str

    @event(Registered)
    def __init__(  # noqa: PLR0913 - the fields of the event
        self,
        id: UUID,
        workspace_id: UUID,
        timestamp: datetime,
        telegram_id: int,
        name: str,
        username: str | None,
        language: str,
    ) -> None:
        self._id = id
        self.workspace_id = workspace_id
        self.at = timestamp
        self.telegram_id = telegram_id
        self.name = name
        self.username = username
        self.language = language
        self.phone = ""
        self.skills: list[str] = []
        self.admission = Admission.NEUTRAL
        self.person_id: UUID | None = None
        self.reachable = False
        self.orders: list[UUID] = []
        self.wanted: list[UUID] = []
        self.seen: dict[UUID, datetime] = {}
        self.won_at: datetime | None = None
        self.gave_back_at: datetime | None = None

    def rename(self, name: str, username: str | None) -> None:
        """Know what the executor is called in Telegram."""
        if (name, username) != (self.name, self.username):
            self._renamed(name, username)

    def start(self) -> None:
        """Be there to be written to."""
        if not self.reachable:
            self._started()

    def become_unreachable(self, reason: str) -> None:
        """Know that Telegram no longer delivers."""
        if self.reachable:
            self._became_unreachable(reason)

    def choose_language(self, language: str) -> None:
        """Speak to the executor so."""
        if language != self.language:
            self._language_chosen(language)

    def share_phone(self, phone: str) -> None:
        """Know the executor's number."""
        if phone != self.phone:
            self._phone_shared(phone)

    def set_skills(self, skills: list[str], by: UUID | None) -> None:
        """Know what the executor can do."""
        if skills != self.skills:
            self._skills_set(skills, by)

    def set_admission(self, admission: Admission, reason: str, by: UUID | None) -> None:
        """Let the executor claim, or not."""
        if admission is not self.admission:
            self._admission_set(admission, reason, by)

    def link_person(self, person_id: UUID | None, by: UUID | None) -> None:
        """Know that the executor is somebody of the staff."""
        if person_id != self.person_id:
            self._person_linked(person_id, by)

    def want_contact(self, offer_id: UUID) -> None:
        """Remember that a phone was asked for."""
        if offer_id not in self.wanted:
            self._contact_wanted(offer_id)

    def forgo_contact(self, offer_id: UUID, reason: Reason) -> None:
        """No longer wait for a phone."""
        if offer_id in self.wanted:
            self._contact_forgone(offer_id, reason)

    def see_contact(self, offer_id: UUID) -> None:
        """Count a phone that the executor is told."""
        if offer_id not in self.seen or offer_id in self.wanted:
            self._contact_seen(offer_id)

    def take(self, offer_id: UUID) -> None:
        """Have an order to do."""
        if offer_id not in self.orders:
            self._offer_taken(offer_id)

    def leave(self, offer_id: UUID, reason: str) -> None:
        """Have the order to do no longer."""
        if offer_id in self.orders:
            self._offer_left(offer_id, reason)

    def hindrance(self, offering: Offering, skill: str, at: datetime, *, member: bool) -> Reason:
        """Why the executor may not claim by these rules at that moment; NONE: they may."""
        at_once, cool_down = offering.at_once, timedelta(minutes=offering.cool_down)
        hindrances = {
            Reason.NOT_MEMBER: not member,
            Reason.BARRED: self.admission is Admission.BARRED,
            Reason.NOT_ALLOWED: offering.allow_listed and self.admission is not Admission.ALLOWED,
            Reason.LACKS_SKILL: skill != "" and skill not in self.skills,
            Reason.TOO_MANY: 0 < at_once <= len(self.orders),
            Reason.COOLING_DOWN: self.gave_back_at is not None
            and at < self.gave_back_at + cool_down,
        }
        return next((reason for reason, hinders in hindrances.items() if hinders), Reason.NONE)

    def may_not_see(self, offering: Offering, offer_id: UUID, *, member: bool) -> Reason:
        """Why the executor is not told another phone now; NONE: they are."""
        if not member:
            return Reason.NOT_MEMBER
        if self.admission is Admission.BARRED:
            return Reason.BARRED
        if offering.allow_listed and self.admission is not Admission.ALLOWED:
            return Reason.NOT_ALLOWED
        lately = [id for id, at in self.seen.items() if at > self.at - HOUR]
        seen = 0 < offering.reveals <= len(lately) and offer_id not in lately
        if seen or (len(self.wanted) >= WANTED and offer_id not in self.wanted):
            return Reason.TOO_MANY_PHONES
        return Reason.NONE

    def told(self, sent: list[Datum]) -> dict[str, str]:
        """What a deal learns of the executor: never nothing, whatever they have told."""
        known = {
            Datum.NAME: self.name or f"id{self.telegram_id}",
            Datum.USERNAME: self.username or "",
            Datum.PHONE: self.phone,
            Datum.TELEGRAM_ID: str(self.telegram_id),
        }
        told = {datum.value: known[datum] for datum in sent if known[datum]}
        return told or {Datum.NAME.value: known[Datum.NAME]}

    @event(Renamed)
    def _renamed(self, name: str, username: str | None) -> None:
        self.name, self.username = name, username

    @event(Started)
    def _started(self) -> None:
        self.reachable = True

    @event(BecameUnreachable)
    def _became_unreachable(self, reason: str) -> None:
        self.reachable = False

    @event(LanguageChosen)
    def _language_chosen(self, language: str) -> None:
        self.language = language

    @event(PhoneShared)
    def _phone_shared(self, phone: str) -> None:
        self.phone = phone

    @event(SkillsSet)
    def _skills_set(self, skills: list[str], by: UUID | None) -> None:
        self.skills = skills

    @event(AdmissionSet)
    def _admission_set(self, admission: str, reason: str, by: UUID | None) -> None:
        self.admission = Admission(admission)

    @event(PersonLinked)
    def _person_linked(self, person_id: UUID | None, by: UUID | None) -> None:
        self.person_id = person_id

    @event(ContactWanted)
    def _contact_wanted(self, offer_id: UUID) -> None:
        self.wanted = [*self.wanted, offer_id]

    @event(ContactForgone)
    def _contact_forgone(self, offer_id: UUID, reason: str) -> None:
        self.wanted = [id for id in self.wanted if id != offer_id]

    @event(ContactSeen)
    def _contact_seen(self, offer_id: UUID) -> None:
        recent = {id: at for id, at in self.seen.items() if at > self.at - HOUR}
        self.seen = {**recent, offer_id: self.at}
        self.wanted = [id for id in self.wanted if id != offer_id]

    @event(OfferTaken)
    def _offer_taken(self, offer_id: UUID) -> None:
        self.orders = [*self.orders, offer_id]
        self.won_at = self.at

    @event(OfferLeft)
    def _offer_left(self, offer_id: UUID, reason: str) -> None:
        self.orders = [id for id in self.orders if id != offer_id]
        if reason == Reason.GIVEN_BACK:
            self.gave_back_at = self.at


def executor_of(workspace_id: UUID, telegram_id: int) -> UUID:
    """The executor's id: one for each Telegram account in a workspace."""
    return uuid5(workspace_id, f"executor:{telegram_id}")
