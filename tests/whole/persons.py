"""Persons with phones: they read what bots say, reply to questions and press what is offered."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from infrastructure.phones import Phones
from infrastructure.stage import Stage
from interfaces.sandbox import people
from interfaces.sandbox.bots import Bot
from interfaces.sandbox.chats import Chat
from interfaces.sandbox.messages import Message
from interfaces.sandbox.users import User
from interfaces.telegram.owners.buttons import data


@dataclass
class Person:
    """Somebody who knows nothing but what they see."""

    stage: Stage
    phones: Phones
    user: User

    def opens(self, bot: Bot, payload: str = "") -> Chat:
        people.start(self.stage.world, self.user, bot, payload)
        return self.talk(bot)

    def talk(self, bot: Bot) -> Chat:
        return self.stage.world.private(bot, self.user)

    def says(self, chat: Chat, text: str, **more: Any) -> Message:
        return people.say(self.stage.world, self.user, chat, text, **more)

    async def reads(self, chat: Chat, text: str) -> Message:
        return await self.phones.arrival(chat, text)

    async def answers(self, chat: Chat, question: str, text: str) -> Message:
        """A reply to a question, as Telegram's own reply box makes it."""
        asked = await self.reads(chat, question)
        return self.says(chat, text, reply_to=asked.id)

    async def finds(self, chat: Chat, label: str) -> tuple[Message, dict[str, str]]:
        """The newest button with this label, and the message under which it stands."""

        def look() -> tuple[Message, dict[str, str]] | None:
            for message in reversed(chat.messages.values()):
                for row in (message.markup or {}).get("inline_keyboard", ()):
                    for button in row:
                        if label in button["text"]:
                            return message, button
            return None

        return await self.phones.until(look, f"the button {label}")

    async def presses(self, chat: Chat, label: str) -> str:
        """What the press of a button answers."""
        message, button = await self.finds(chat, label)
        return await self._press(message, button["callback_data"])

    async def forges(self, chat: Chat, company: UUID, action: str, *about: str | int) -> str:
        """What the press of a button answers that the settings bot never showed."""
        told = data(action, company, *about)
        message = [each for each in chat.messages.values() if each.by_bot][-1]
        message.old_markups.append({"inline_keyboard": [[{"text": "?", "callback_data": told}]]})
        return await self._press(message, told)

    async def _press(self, message: Message, data_: str) -> str:
        press = people.click(self.stage.world, self.user, message.chat, message.id, data=data_)
        return await self.phones.answer(press)


def person(stage: Stage, name: str) -> Person:
    """Somebody new."""
    user = stage.world.user(name, username=name.lower())
    return Person(stage, Phones(stage.world), user)
