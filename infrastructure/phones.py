"""What people see on their phones in the sandbox, and how long they look before they complain."""

import asyncio
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from infrastructure.town import Company
from interfaces.sandbox.callbacks import Callback
from interfaces.sandbox.chats import Chat
from interfaces.sandbox.messages import Message
from interfaces.sandbox.world import World

T = TypeVar("T")

GLANCE = 0.02  # seconds between two looks at a phone
PATIENCE = 45.0  # seconds until somebody complains that nothing comes


class NothingCame(Exception):
    """Somebody waited for something that did not come in time."""


def heard(chat: Chat, text: str) -> Iterator[Message]:
    """What bots have said in the chat with these words in it."""
    return (one for one in chat.messages.values() if one.by_bot and text in one.text)


def buttons(message: Message) -> list[str]:
    """What the buttons under a message say when they are pressed, in order; links say nothing."""
    markup: dict[str, Any] = message.markup or {}
    pressed = (
        each.get("callback_data") for row in markup.get("inline_keyboard", ()) for each in row
    )
    return [data for data in pressed if data]


def button(message: Message, action: str) -> str | None:
    """What the button for an action says; None while there is none."""
    return next((data for data in buttons(message) if f":{action}:" in data), None)


class Phones:
    """All phones of the town."""

    def __init__(self, world: World, patience: float = PATIENCE) -> None:
        self._world = world
        self._patience = patience

    async def arrival(self, chat: Chat, text: str) -> Message:
        """The first message of a bot with these words, as soon as it is there."""
        return await self.until(lambda: next(heard(chat, text), None), text)

    async def card(self, company: Company, question: str) -> Message:
        """The card in the thread under which the question stands."""
        thread = (await self.arrival(company.group, question)).thread
        return await self.until(
            lambda: next(
                (
                    one
                    for one in company.group.messages.values()
                    if one.thread == thread and buttons(one)
                ),
                None,
            ),
            f"card of {question}",
        )

    async def offer(self, chat: Chat, action: str) -> Message:
        """The first message with a button for this action, as soon as it is there."""
        return await self.until(
            lambda: next(
                (
                    one
                    for one in chat.messages.values()
                    if any(f":{action}:" in data for data in buttons(one))
                ),
                None,
            ),
            f"a button to {action}",
        )

    async def answer(self, press: Callback) -> str:
        """What the bot answers to a press."""
        answer = await press.wait_for_answer(self._patience)
        if answer is None:
            raise NothingCame(f"answer to a press of {press.person.first_name}")
        return str(answer.get("text") or "")

    async def until(self, look: Callable[[], T | None], what: str) -> T:
        """What the look finds, as soon as it finds something; raises NothingCame."""
        try:
            async with asyncio.timeout(self._patience):
                while (found := look()) is None:  # noqa: ASYNC110 - people look, nobody rings
                    await asyncio.sleep(GLANCE)
                return found
        except TimeoutError:
            raise NothingCame(what) from None
