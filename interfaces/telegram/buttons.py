"""Buttons under messages: what is pressed comes back as `c1:<action>:<about>[:<value>[:<mark>]]`.

Nothing in it is secret or signed: whoever presses is asked for their rights by the API. The digit
is the version; old buttons live for ever, and those that nobody understands are answered.
"""

from hashlib import blake2b
from typing import NamedTuple
from uuid import UUID

VERSION = "c1"
LONGEST = 64  # bytes, by Telegram


class Outdated(ValueError):
    """What was pressed, opened or replied to says nothing any more."""


class Pressed(NamedTuple):
    """What a button says: the action, an id or a topic's mark, and perhaps a number and a mark."""

    action: str
    about: str
    value: int
    mark: str = ""

    @property
    def id(self) -> str:
        """The id that the button is about; raises Outdated if it is about none."""
        return id_in(self.about)

    @property
    def ticket_id(self) -> str:
        """The ticket's id; raises Outdated if the button is not about a ticket."""
        return self.id


def button(text: str, action: str, ticket_id: UUID, value: int | None = None) -> dict[str, str]:
    """An inline button about a ticket, in Bot API form."""
    return {"text": text, "callback_data": data(action, ticket_id.hex, value)}


def mark_of(text: str) -> str:
    """A short name for a text, as long as it reads the same: 16 hexadecimal digits."""
    return blake2b(text.encode(), digest_size=8).hexdigest()


def id_in(text: str) -> str:
    """An id that was written without dashes; raises Outdated for anything else."""
    try:
        return str(UUID(hex=text))
    except ValueError:
        raise Outdated(text) from None


def data(action: str, about: str, value: int | None = None, mark: str = "") -> str:
    """The text behind a button; raises ValueError if Telegram would refuse it."""
    if mark and value is None:
        value = 0
    parts = [VERSION, action, about, *([] if value is None else [str(value)])]
    return fitting(":".join([*parts, mark] if mark else parts))


def fitting(text: str) -> str:
    """The text behind a button, if Telegram takes it; raises ValueError."""
    if len(text.encode()) > LONGEST:
        raise ValueError(f"more than {LONGEST} bytes: {text}")
    return text


def pressed(text: str | None) -> Pressed | None:
    """What the button said; None for a foreign or outdated one."""
    version, *parts = (text or "").split(":")
    if version != VERSION or len(parts) not in {2, 3, 4}:
        return None
    action, about, *rest = parts
    value, mark = (*rest, *("0", "")[len(rest) :])
    if not (value.isascii() and value.isdigit() and len(value) <= len("12345")):
        return None
    return Pressed(action, about, int(value), mark)
