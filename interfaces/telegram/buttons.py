"""Buttons under messages: what is pressed comes back as `c1:<action>:<about>[:<value>]`.

Nothing in it is secret or signed: whoever presses is asked for their rights by the API. The digit
is the version; old buttons live for ever, and those that nobody understands are answered.
"""

from hashlib import blake2b
from typing import NamedTuple
from uuid import UUID

VERSION = "c1"
LONGEST = 64  # bytes, by Telegram


class Pressed(NamedTuple):
    """What a button says: the action, the ticket's id or a topic's mark, and perhaps a number."""

    action: str
    about: str
    value: int

    @property
    def ticket_id(self) -> str:
        """The ticket's id; raises ValueError if the button is not about a ticket."""
        return str(UUID(hex=self.about))


def button(text: str, action: str, ticket_id: UUID, value: int | None = None) -> dict[str, str]:
    """An inline button about a ticket, in Bot API form."""
    return {"text": text, "callback_data": data(action, ticket_id.hex, value)}


def topic_button(topic: str) -> dict[str, str]:
    """An inline button that opens a ticket about a topic."""
    return {"text": topic, "callback_data": data("topic", topic_mark(topic))}


def topic_mark(topic: str) -> str:
    """A short name for a topic, the same as long as the topic reads the same."""
    return blake2b(topic.encode(), digest_size=8).hexdigest()


def data(action: str, about: str, value: int | None = None) -> str:
    """The text behind a button; raises ValueError if Telegram would refuse it."""
    parts = [VERSION, action, about] + ([] if value is None else [str(value)])
    text = ":".join(parts)
    if len(text.encode()) > LONGEST:
        raise ValueError(f"more than {LONGEST} bytes: {text}")
    return text


def pressed(text: str | None) -> Pressed | None:
    """What the button said; None for a foreign or outdated one."""
    version, *parts = (text or "").split(":")
    if version != VERSION or len(parts) not in {2, 3}:
        return None
    action, about, *value = parts
    if value and not (value[0].isascii() and value[0].isdigit() and len(value[0]) <= len("12345")):
        return None
    return Pressed(action, about, int(value[0]) if value else 0)
