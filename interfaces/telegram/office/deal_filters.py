"""Filters of deals: which ones a list shows. A button carries its whole filter; nothing is kept."""

from base64 import b32decode, b32encode
from binascii import Error
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from interfaces.telegram.buttons import LONGEST, Outdated, data, mark_of
from interfaces.telegram.client.enums import Role, StageKind
from interfaces.telegram.client.input_types import DealFilter
from interfaces.telegram.client.pipelines import (
    Pipelines,
    PipelinesPipelines,
    PipelinesPipelinesStages,
)

MINE, FREE, EVERY = "m", "u", "a"
"""Whose deals: one's own, nobody's, all that one may see."""
TODAY, WEEK, MONTH = "t", "w", "n"
PERIODS: Final = {TODAY: 1, WEEK: 7, MONTH: 30}
"""Days until today."""
DAY: Final = "%y%m%d"
LAST_PAGE: Final = 999
MARK: Final = 6
DIGITS: Final = 15
ROOM: Final = LONGEST - len(data("deals", "", LAST_PAGE))
LEADERS: Final = frozenset({Role.OWNER, Role.ADMIN})


class Place(NamedTuple):
    """A pipeline, or one of its stages."""

    pipeline: PipelinesPipelines
    stage: PipelinesPipelinesStages | None = None

    @property
    def mark(self) -> str:
        """What a filter calls it."""
        return mark_of((self.stage or self.pipeline).id)[:MARK]

    @property
    def name(self) -> str:
        """What people call it."""
        name = self.pipeline.name
        return f"{name} › {self.stage.name}" if self.stage else name


class Wanted(NamedTuple):
    """Whose deals are shown, where they stand, when they were opened, and what is in them.

    `place` is the mark of a pipeline or stage, `days` a period's letter or its first and last day.
    Open deals alone, unless a stage, a phone or a text says more.
    """

    scope: str = MINE
    place: str = ""
    days: str = ""
    phone: str = ""
    text: str = ""

    @property
    def code(self) -> str:
        """The filter as a button has it; a text that does not fit is cut."""
        phone = "".join(filter(str.isdigit, self.phone))[-DIGITS:]
        head = f"{self.scope},{self.place},{self.days},{phone},"
        text = " ".join(self.text.replace(":", " ").split()).encode()
        return head + text[: ROOM - len(head)].decode("utf-8", "ignore").strip()

    @property
    def link(self) -> str:
        """The filter as the link of a question has it."""
        return b32encode(self.code.encode()).decode().rstrip("=")

    @property
    def narrows(self) -> bool:
        """Whether it is more than a choice of whose."""
        return any(self[1:])


def wanted_in(code: str) -> Wanted:
    """The filter that a button has; raises Outdated."""
    parts = code.split(",", 4)
    if len(parts) != len(Wanted._fields) or parts[0] not in {MINE, FREE, EVERY}:
        raise Outdated(code)
    return Wanted(*parts)


def linked_in(about: str) -> Wanted:
    """The filter in the link of a question; raises Outdated."""
    try:
        return wanted_in(b32decode(about + "=" * (-len(about) % 8)).decode())
    except (Error, UnicodeDecodeError):
        raise Outdated(about) from None


def fitting(wanted: Wanted) -> Wanted:
    """The filter as it is after it was a button."""
    return wanted_in(wanted.code)


def leads(roles: Sequence[Role]) -> bool:
    """Whether somebody with these roles sees the deals of others, too."""
    return not LEADERS.isdisjoint(roles)


def places(known: Pipelines) -> list[Place]:
    """Every pipeline, each before its stages."""
    return [
        place
        for pipeline in known.pipelines
        for place in (Place(pipeline), *(Place(pipeline, stage) for stage in pipeline.stages))
    ]


def placed(wanted: Wanted, known: Pipelines) -> Place | None:
    """Where the deals stand that are wanted; None: anywhere. Raises Outdated."""
    if not wanted.place:
        return None
    found = next((place for place in places(known) if place.mark == wanted.place), None)
    if found is None:
        raise Outdated(wanted.place)
    return found


def days_of(wanted: Wanted, today: date) -> tuple[date, date] | None:
    """The first and the last day; None: any. Raises Outdated."""
    if not wanted.days:
        return None
    if wanted.days in PERIODS:
        return today - timedelta(days=PERIODS[wanted.days] - 1), today
    half = len(wanted.days) // 2
    try:
        first, last = (_day(text) for text in (wanted.days[:half], wanted.days[half:]))
    except ValueError:
        raise Outdated(wanted.days) from None
    return first, last


def between(first: date, last: date) -> str:
    """The days of a filter from the first to the last."""
    return f"{first:{DAY}}{last:{DAY}}"


def _day(text: str) -> date:
    return datetime.strptime(text, DAY).date()  # noqa: DTZ007 - a day has no zone


def today_of(known: Pipelines, now: datetime) -> date:
    """Which day it is on the company's clocks."""
    return now.astimezone(_zone(known)).date()


def _zone(known: Pipelines) -> ZoneInfo:
    return ZoneInfo(known.me.workspace.settings.zone or "UTC")


def asked(wanted: Wanted, known: Pipelines, now: datetime) -> DealFilter:
    """The filter as the API takes it."""
    told: dict[str, Any] = {}
    if wanted.scope == MINE:
        told["mine"] = True
    elif wanted.scope == FREE:
        told["unassigned"] = True
    place = placed(wanted, known)
    if place is not None and place.stage is not None:
        told["stageId"] = place.stage.id
    elif place is not None:
        told["pipelineId"] = place.pipeline.id
    if not (wanted.phone or wanted.text or "stageId" in told):
        told["kind"] = StageKind.OPEN
    days = days_of(wanted, today_of(known, now))
    if days is not None:
        first, after = days[0], days[1] + timedelta(days=1)
        told["openedFrom"] = datetime.combine(first, time.min, _zone(known))
        told["openedTo"] = datetime.combine(after, time.min, _zone(known))
    if wanted.phone:
        told["phone"] = wanted.phone
    if wanted.text:
        told["text"] = wanted.text
    return DealFilter.model_validate(told)
