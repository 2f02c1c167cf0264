"""A deal: what somebody wants to buy, on its way through a pipeline."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from eventsourcing.domain import event

from domain.aggregate import Aggregate, Refused
from domain.stages import StageKind

LONGEST_TITLE: Final = 200
LONGEST_COMMENT: Final = 4000
CONTACTS: Final = 20
LENT: Final = "claim"
"""Why a deal went to the slot of an executor who is on the staff; it comes back from there."""
RETURNED: Final = "returned"
"""Why a deal came back from there."""


class DealExists(Refused):
    """There is a deal with this id already; choose another id."""


class DealHasMoved(Refused):
    """The deal stands on another stage by now; look at it again."""


class DealIsDeleted(Refused):
    """This deal was deleted; nothing can be done with it any more."""


class BadText(Refused):
    """A title has 1 to 200 signs, a comment 1 to 4000."""


class TooManyContacts(Refused):
    """A deal has at most 20 contacts; take one away first."""


class Deal(Aggregate):
    """Numbered from 1 within its workspace; the contact that was linked first is the main one.

    `slot_id` is the seat of whoever is responsible in the company, `executor_id` who does the
    work (of the offer `offer_id`); one who is on the staff has it `lent` by a slot, or by nobody's.
    `entry` counts how often the deal came to a stage. `trail` of a move are the link rules that led
    to it; a move of a person has none.
    """

    class Opened(Aggregate.Created):
        """Somebody wants something."""

        number: int
        pipeline_id: UUID
        stage_id: UUID
        title: str
        fields: dict[str, str]
        slot_id: UUID | None
        contacts: list[UUID]
        by: UUID | None
        origin_id: UUID | None
        rule_id: UUID | None
        trail: list[UUID]
        imported: bool = False

    class Renamed(Aggregate.Event):
        """The deal is called so from now on."""

        title: str
        by: UUID | None

    class FieldsChanged(Aggregate.Event):
        """More is known, or other things; an empty value takes one away."""

        fields: dict[str, str]
        by: UUID | None

    class MovedToStage(Aggregate.Event):
        """The deal stands elsewhere in its pipeline."""

        from_id: UUID
        to_id: UUID
        by: UUID | None
        trail: list[UUID]

    class Won(Aggregate.Event):
        """The deal has succeeded."""

        by: UUID | None

    class Lost(Aggregate.Event):
        """The deal has failed."""

        reason: str
        by: UUID | None

    class Resumed(Aggregate.Event):
        """The deal was over, and goes on."""

        by: UUID | None

    class ContactLinked(Aggregate.Event):
        """Somebody has to do with the deal."""

        contact_id: UUID
        by: UUID | None

    class ContactUnlinked(Aggregate.Event):
        """Somebody has nothing to do with the deal any more."""

        contact_id: UUID
        by: UUID | None

    class ResponsibleChanged(Aggregate.Event):
        """The deal belongs to another slot, or to none."""

        from_id: UUID | None
        to_id: UUID | None
        by: UUID | None
        cause: str = ""

    class ExecutorFound(Aggregate.Event):
        """An executor does the work: what the deal learns of them, as far as the company wants."""

        executor_id: UUID
        offer_id: UUID
        told: dict[str, str]

    class ExecutorLeft(Aggregate.Event):
        """The executor does not do the work after all."""

        executor_id: UUID
        reason: str

    class CommentAdded(Aggregate.Event):
        """Somebody of the staff noted something."""

        text: str
        by: UUID | None

    class Linked(Aggregate.Event):
        """A rule made another deal that follows from this one."""

        deal_id: UUID
        rule_id: UUID

    class LinkFailed(Aggregate.Event):
        """A rule could not make a deal: it would lack these fields."""

        rule_id: UUID
        missing: list[str]

    class OutcomeHeld(Aggregate.Event):
        """A linked deal came to its outcome, and this one could not follow.

        It lacks the fields in `missing`, or (none are missing) it was over already.
        """

        deal_id: UUID
        stage_id: UUID
        missing: list[str]

    class Deleted(Aggregate.Event):
        """The deal was a mistake."""

        by: UUID | None

    @event(Opened)
    def __init__(  # noqa: PLR0913 - the fields of the event
        self,
        id: UUID,
        workspace_id: UUID,
        timestamp: datetime,
        number: int,
        pipeline_id: UUID,
        stage_id: UUID,
        title: str,
        fields: dict[str, str],
        slot_id: UUID | None,
        contacts: list[UUID],
        by: UUID | None,
        origin_id: UUID | None,
        rule_id: UUID | None,
        trail: list[UUID],
        imported: bool = False,  # noqa: FBT001, FBT002 - a field of the event
    ) -> None:
        self._id = id
        self.workspace_id = workspace_id
        self.at = timestamp
        self.number = number
        self.pipeline_id = pipeline_id
        self.stage_id = stage_id
        self.title = title
        self.fields = dict(fields)
        self.slot_id = slot_id
        self.contacts = list(contacts)
        self.origin_id = origin_id
        self.rule_id = rule_id
        self.trail = list(trail)
        self.kind = StageKind.OPEN
        self.reason = ""
        self.entry = 1
        self.executor_id: UUID | None = None
        self.executor: dict[str, str] = {}
        self.offer_id: UUID | None = None
        self.lent = False
        self.lent_by: UUID | None = None
        self.links: dict[UUID, UUID] = {}
        self.failed_links: dict[UUID, list[str]] = {}
        self.held_outcomes: dict[UUID, UUID] = {}
        self.deleted = False

    def rename(self, title: str, by: UUID | None) -> None:
        """Call the deal so."""
        self.must_be_there()
        must_be_title(title)
        if title != self.title:
            self._renamed(title, by)

    def change_fields(self, fields: Mapping[str, str], by: UUID | None) -> None:
        """Know these values; the same ones are no news."""
        self.must_be_there()
        news = {key: value for key, value in fields.items() if value != self.fields.get(key, "")}
        if news:
            self._fields_changed(news, by)

    def move(  # noqa: PLR0913 - what a move is
        self,
        to_id: UUID,
        kind: StageKind,
        reason: str,
        by: UUID | None,
        trail: Sequence[UUID] = (),
        *,
        again: bool = False,
    ) -> None:
        """Go to a stage; where the deal stands is no news, unless it comes there `again`."""
        self.must_be_there()
        if to_id != self.stage_id or again:
            self._moved_to_stage(self.stage_id, to_id, by, list(trail))
            self.become(kind, reason, by)

    def become(self, kind: StageKind, reason: str, by: UUID | None) -> None:
        """Be open, won or lost, as the stage is where the deal has come."""
        match kind:
            case StageKind.WON if self.kind is not StageKind.WON:
                self._won(by)
            case StageKind.LOST if (self.kind, self.reason) != (StageKind.LOST, reason):
                self._lost(reason, by)
            case StageKind.OPEN if self.kind is not StageKind.OPEN:
                self._resumed(by)
            case _:
                pass

    def must_stand_on(self, stage_id: UUID | None) -> None:
        """Refuse for whoever believes that the deal stands elsewhere; None: who does not say."""
        if stage_id not in {None, self.stage_id}:
            raise DealHasMoved

    def link_contact(self, contact_id: UUID, by: UUID | None) -> None:
        """Know that somebody has to do with the deal."""
        self.must_be_there()
        if contact_id in self.contacts:
            return
        if len(self.contacts) >= CONTACTS:
            raise TooManyContacts
        self._contact_linked(contact_id, by)

    def unlink_contact(self, contact_id: UUID, by: UUID | None) -> None:
        """Know that somebody has nothing to do with it."""
        self.must_be_there()
        if contact_id in self.contacts:
            self._contact_unlinked(contact_id, by)

    def change_responsible(self, slot_id: UUID | None, by: UUID | None, cause: str = "") -> None:
        """Give the deal to a slot."""
        self.must_be_there()
        if slot_id != self.slot_id:
            self._responsible_changed(self.slot_id, slot_id, by, cause)

    def find_executor(self, executor_id: UUID, offer_id: UUID, told: dict[str, str]) -> None:
        """Know who does the work."""
        self.must_be_there()
        if (executor_id, offer_id) != (self.executor_id, self.offer_id):
            self._executor_found(executor_id, offer_id, told)

    def lose_executor(self, executor_id: UUID, reason: str) -> None:
        """Know that somebody does the work no longer, if they did."""
        if executor_id == self.executor_id:
            self._executor_left(executor_id, reason)

    def comment(self, text: str, by: UUID | None) -> None:
        """Note something for the staff."""
        self.must_be_there()
        if not 0 < len(text.strip()) <= LONGEST_COMMENT:
            raise BadText
        self._comment_added(text, by)

    def link(self, deal_id: UUID, rule_id: UUID) -> None:
        """Know which deal a rule has made of this one."""
        if self.links.get(rule_id) != deal_id:
            self._linked(deal_id, rule_id)

    def fail_link(self, rule_id: UUID, missing: list[str]) -> None:
        """Know that a rule could not make a deal."""
        if self.failed_links.get(rule_id) != missing:
            self._link_failed(rule_id, missing)

    def hold_outcome(self, deal_id: UUID, stage_id: UUID, missing: list[str]) -> None:
        """Know that a linked deal has come to its outcome, without going along."""
        if not missing or self.held_outcomes.get(deal_id) != stage_id:
            self._outcome_held(deal_id, stage_id, missing)

    def delete(self, by: UUID | None) -> None:
        """Be a mistake."""
        if not self.deleted:
            self._deleted(by)

    def must_be_there(self) -> None:
        """Refuse for a deal that was deleted."""
        if self.deleted:
            raise DealIsDeleted

    @property
    def is_open(self) -> bool:
        """Whether there is still something to do."""
        return self.kind is StageKind.OPEN and not self.deleted

    @event(Renamed)
    def _renamed(self, title: str, by: UUID | None) -> None:
        self.title = title

    @event(FieldsChanged)
    def _fields_changed(self, fields: dict[str, str], by: UUID | None) -> None:
        merged = {**self.fields, **fields}
        self.fields = {key: value for key, value in merged.items() if value}

    @event(MovedToStage)
    def _moved_to_stage(
        self, from_id: UUID, to_id: UUID, by: UUID | None, trail: list[UUID]
    ) -> None:
        self.stage_id = to_id
        self.failed_links, self.held_outcomes = {}, {}
        self.trail = trail
        self.entry += 1

    @event(Won)
    def _won(self, by: UUID | None) -> None:
        self.kind, self.reason = StageKind.WON, ""

    @event(Lost)
    def _lost(self, reason: str, by: UUID | None) -> None:
        self.kind, self.reason = StageKind.LOST, reason

    @event(Resumed)
    def _resumed(self, by: UUID | None) -> None:
        self.kind, self.reason = StageKind.OPEN, ""

    @event(ContactLinked)
    def _contact_linked(self, contact_id: UUID, by: UUID | None) -> None:
        self.contacts = [*self.contacts, contact_id]

    @event(ContactUnlinked)
    def _contact_unlinked(self, contact_id: UUID, by: UUID | None) -> None:
        self.contacts = [one for one in self.contacts if one != contact_id]

    @event(ResponsibleChanged)
    def _responsible_changed(
        self, from_id: UUID | None, to_id: UUID | None, by: UUID | None, cause: str = ""
    ) -> None:
        self.lent = cause == LENT
        self.lent_by = from_id if self.lent else None
        self.slot_id = to_id

    @event(ExecutorFound)
    def _executor_found(self, executor_id: UUID, offer_id: UUID, told: dict[str, str]) -> None:
        self.executor_id, self.offer_id, self.executor = executor_id, offer_id, told

    @event(ExecutorLeft)
    def _executor_left(self, executor_id: UUID, reason: str) -> None:
        self.executor_id, self.offer_id, self.executor = None, None, {}

    @event(CommentAdded)
    def _comment_added(self, text: str, by: UUID | None) -> None:
        pass

    @event(Linked)
    def _linked(self, deal_id: UUID, rule_id: UUID) -> None:
        self.links[rule_id] = deal_id
        self.failed_links.pop(rule_id, None)

    @event(LinkFailed)
    def _link_failed(self, rule_id: UUID, missing: list[str]) -> None:
        self.failed_links[rule_id] = missing

    @event(OutcomeHeld)
    def _outcome_held(self, deal_id: UUID, stage_id: UUID, missing: list[str]) -> None:
        if missing:
            self.held_outcomes[deal_id] = stage_id

    @event(Deleted)
    def _deleted(self, by: UUID | None) -> None:
        self.deleted = True


def must_be_title(title: str) -> None:
    """Refuse what a deal cannot be called."""
    if not 0 < len(title.strip()) <= LONGEST_TITLE:
        raise BadText
