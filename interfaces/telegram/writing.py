"""Writing: a text in the making, with its entities."""

from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from aiogram.types import MessageEntity

from interfaces.telegram.formatting import units

SHORT: Final = "dt"
"""Telegram's form of a date_time: a short date and time, as the reader's device writes them."""


class Writing:
    """A text with bold parts and moments; `zone` is an IANA name, of the company.

    A moment is shown in the reader's own time; in the company's (or in UTC) where an old Telegram
    does not know how.
    """

    def __init__(self, zone: str | None = None) -> None:
        self._zone = ZoneInfo(zone) if zone else None
        self.text = ""
        self.entities: list[MessageEntity] = []

    def plain(self, text: str) -> "Writing":
        """Go on in plain text."""
        self.text += text
        return self

    def bold(self, text: str) -> "Writing":
        """Go on in bold."""
        return self._mark(text, type="bold")

    def moment(self, at: datetime) -> "Writing":
        """Go on with a date and time."""
        shown = at.astimezone(self._zone or UTC).strftime("%d.%m.%Y %H:%M")
        text = shown if self._zone else f"{shown} UTC"
        return self._mark(
            text, type="date_time", unix_time=int(at.timestamp()), date_time_format=SHORT
        )

    def _mark(self, text: str, **about: str | int) -> "Writing":
        place = {"offset": units(self.text), "length": units(text)}
        self.entities.append(MessageEntity.model_validate({**about, **place}))
        self.text += text
        return self
