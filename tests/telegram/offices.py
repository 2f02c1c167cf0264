"""The private office in tests: what is said there, shown and pressed."""

from typing import Any
from uuid import UUID

from interfaces.sandbox.messages import Message
from tests.telegram.api import eventually
from tests.telegram.conftest import Desk
from tests.telegram.keyboards import data_of
from tests.telegram.office_answers import TICKET

HEX = UUID(TICKET).hex


async def shown(desk: Desk, text: str, **more: Any) -> Message:
    """What the bot answers Anna in private."""
    said = desk.says(desk.anna, desk.office, text, **more)

    def answers() -> list[Message]:
        return [m for m in desk.office.messages.values() if m.by_bot and m.id > said.id]

    await eventually(answers)
    return answers()[0]


async def turned(desk: Desk, message: Message, button: str) -> str:
    """What the press of a button answers, when the screen has changed."""
    before = message.content, message.markup
    told = await desk.presses(desk.anna, message, data_of(message, button))
    await eventually(lambda: (message.content, message.markup) != before)
    return told
