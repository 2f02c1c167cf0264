"""What one person does and sees on the phone in one chat."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from infrastructure.phones import NothingCame, Phones
from interfaces.sandbox import people
from interfaces.sandbox.chats import Chat
from interfaces.sandbox.messages import Message
from interfaces.sandbox.users import User
from interfaces.sandbox.world import World
from tests.telegram.keyboards import rows_of

T = TypeVar("T")

PATIENCE = 30.0  # seconds until a story has failed


async def eventually(look: Callable[[], Awaitable[T | None]], what: str) -> T:
    """What the look finds, as soon as it finds something; raises NothingCame."""
    try:
        async with asyncio.timeout(PATIENCE):
            while (found := await look()) is None:
                await asyncio.sleep(0.02)
            return found
    except TimeoutError:
        raise NothingCame(what) from None


@dataclass(repr=False)
class Talk:
    """A chat as one person has it on their phone."""

    world: World
    user: User
    chat: Chat

    @property
    def phones(self) -> Phones:
        return Phones(self.world, PATIENCE)

    def says(self, text: str = "", **more: Any) -> Message:
        return people.say(self.world, self.user, self.chat, text, **more)

    def edits(self, message: Message, text: str) -> None:
        people.edit(self.world, self.user, self.chat, message.id, text)

    def reacts(self, message: Message, emoji: str | None) -> None:
        people.react(self.world, self.user, self.chat, message.id, emoji)

    def heard(self, text: str = "", after: int = 0) -> list[Message]:
        """What bots have said, and not taken back, with these words in it."""
        return [
            one
            for one in self.chat.messages.values()
            if one.by_bot and not one.deleted and one.id > after and text in one.text
        ]

    async def hears(self, text: str, after: int = 0) -> Message:
        """The newest message of a bot with these words, as soon as there is one."""
        return await self.until(lambda: next(reversed(self.heard(text, after)), None), text)

    async def asks(self, command: str, text: str) -> Message:
        """Say something to a bot and read its answer."""
        return await self.hears(text, self.says(command).id)

    async def answers(self, question: str, text: str) -> Message:
        """Reply to a bot's question, as Telegram's own reply box does; returns what was said."""
        asked = await self.hears(question)
        return self.says(text, reply_to=asked.id)

    async def sees(self, message: Message, text: str) -> Message:
        """Wait until a message that is there says this."""
        return await self.until(lambda: message if text in message.text else None, text)

    async def loses(self, message: Message) -> None:
        """Wait until a message has gone."""
        await self.until(lambda: message.deleted or None, f"{message.text} to go")

    async def finds(self, label: str, on: Message | None = None) -> tuple[Message, dict[str, str]]:
        """The newest button with this label, in the chat or under one message."""

        def look() -> tuple[Message, dict[str, str]] | None:
            for message in [on] if on else reversed(self.chat.messages.values()):
                for row in rows_of(message):
                    for button in row:
                        if label in button["text"] and not message.deleted:
                            return message, button
            return None

        return await self.until(look, f"the button {label}")

    async def presses(self, label: str, on: Message | None = None) -> str:
        """Press a button as soon as it is there; returns what the bot answers to the press."""
        message, button = await self.finds(label, on)
        data = button["callback_data"]
        press = people.click(self.world, self.user, self.chat, message.id, data=data)
        return await self.phones.answer(press)

    async def follows(self, label: str, on: Message) -> str:
        """Press a button that opens a link; returns what stands behind its start=."""
        _, button = await self.finds(label, on)
        data = button["callback_data"]
        press = people.click(self.world, self.user, self.chat, on.id, data=data)
        answer = await press.wait_for_answer(PATIENCE)
        if answer is None or not answer.get("url"):
            raise NothingCame(f"a link behind {label}: {answer}")
        return str(answer["url"]).rpartition("start=")[2]

    async def until(self, look: Callable[[], T | None], what: str) -> T:
        """What the look finds; raises NothingCame with what bots have said last instead."""
        try:
            return await self.phones.until(look, what)
        except NothingCame:
            last = [one.text for one in self.heard()][-4:]
            raise NothingCame(f"«{what}»; the last words are {last}") from None
