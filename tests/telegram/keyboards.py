"""Keyboards under messages of bots, as people see them."""

from typing import Any

from interfaces.sandbox.messages import Message


def rows_of(message: Message) -> list[list[dict[str, Any]]]:
    """The inline buttons."""
    return (message.markup or {}).get("inline_keyboard", [])


def texts_of(message: Message) -> list[list[str]]:
    """What stands on the inline buttons."""
    return [[each["text"] for each in row] for row in rows_of(message)]


def data_of(message: Message, text: str) -> str:
    """What the button with this text in it says when it is pressed."""
    buttons = [each for row in rows_of(message) for each in row if text in each["text"]]
    [found] = buttons
    return str(found["callback_data"])
