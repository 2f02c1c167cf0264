"""Lists: pages of what is too long for one message, and the moments in them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

from interfaces.telegram.buttons import Outdated, Pressed
from interfaces.telegram.client.enums import Priority
from interfaces.telegram.colleagues import Colleague, labelled
from interfaces.telegram.marks import PRIORITIES
from interfaces.telegram.pages import Page
from interfaces.telegram.screens import Button

ROWS: Final = 6
"""Of one page."""
FURTHEST: Final = 250
"""The last page, counted from 0: whoever is further away is found by a search."""
EVERYTHING: Final = "all"
"""What the buttons of a list are about that is about nothing in particular."""
HOUR: Final = 60
DAY: Final = 24 * HOUR
MARKS: Final = {priority: PRIORITIES[priority.value.lower()] for priority in Priority}
Row = TypeVar("Row")


def cut(rows: Sequence[Row], number: int, size: int = ROWS) -> tuple[Sequence[Row], Page]:
    """One page of rows that are all there."""
    begin = number * size
    return rows[begin : begin + size], Page(number, len(rows) > begin + size)


def turns(page: Page, action: str, about: str) -> list[Button]:
    """The buttons that turn the pages of a list about something."""
    reachable = page._replace(more=page.more and page.number < FURTHEST)
    return reachable.buttons(lambda text, number: labelled(text, action, about, number))


def turned_to(about: Pressed) -> int:
    """The page that a button turns to; raises Outdated for one that no button has."""
    if about.value > FURTHEST:
        raise Outdated(about.value)
    return about.value


def waiting(me: Colleague, since: datetime | None) -> str:
    """For how long a client has been waiting; that they have been answered, if they do not."""
    if since is None:
        return me.say("answered")
    minutes = max(0, int((me.now - since).total_seconds() // 60))
    if minutes < HOUR:
        return me.say("waits_minutes", count=minutes)
    if minutes < DAY:
        return me.say("waits_hours", count=minutes // HOUR)
    return me.say("waits_days", count=minutes // DAY)


def moment(at: datetime, zone: str | None) -> str:
    """A moment on the company's clocks."""
    return at.astimezone(ZoneInfo(zone or "UTC")).strftime("%d.%m.%Y %H:%M")


def titled(number: int, topic: str) -> str:
    """How a ticket is called."""
    return f"№{number} «{topic}»" if topic else f"№{number}"


def hashed(tag: str) -> str:
    """A tag as Telegram finds it again: one word."""
    return f"#{tag.replace(' ', '_')}"
