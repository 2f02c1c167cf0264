"""An owner before the settings bot, served by a gateway that asks an API of few words."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest_asyncio

from infrastructure.bots import INSTALLATION
from interfaces.sandbox import people
from interfaces.sandbox.bots import Bot
from interfaces.sandbox.chats import Chat
from interfaces.sandbox.messages import Message
from interfaces.sandbox.users import User
from interfaces.telegram.owners.buttons import data
from tests.postgres_fixture import Databases
from tests.telegram.api import Api, Asked, Json, eventually
from tests.telegram.conftest import Desk, served_by_gateway, standing

ROMASHKA = UUID("0b9d2a4e-5a0f-4a3e-8d5c-2f3b1c4d5e6f")
ANNA = "11111111-1111-4111-8111-1111aaaaaaaa"
BORIS = "22222222-2222-4222-8222-2222bbbbbbbb"
DONE: Json = {"position": None}
LED: Json = {
    "workspaceId": str(ROMASHKA),
    "name": "Ромашка",
    "role": "OWNER",
    "running": False,
}
SETTINGS: Json = {
    "zone": None,
    "week": [["00:00-24:00"]] * 7,
    "firstReaction": None,
    "closing": None,
    "texts": [],
    "reportEvery": "NEVER",
    "reportAt": "09:00",
    "presence": "MANUAL",
    "silence": 15,
    "answer": 60,
    "routing": "FIRST_ANSWER",
    "reopenWithin": 10080,
    "reopenByReply": True,
    "signing": False,
}
BOTS: list[Json] = [
    {"id": 71, "role": "CLIENT", "username": "romashka_bot"},
    {"id": 72, "role": "MANAGER", "username": "romashka_staff_bot"},
]


def desk_seen(*lacks: str, settings: Json | None = None, **about: Any) -> Json:
    """The company as the API tells it: with everything, unless told otherwise."""
    company: Json = {
        "name": "Ромашка",
        "language": "ru",
        "running": False,
        "surface": "CHANNEL",
        "channelId": -1001,
        "groupId": -1002,
        "topics": [],
        "bots": BOTS,
        "executorsChats": [],
        "readiness": [{"lack": lack, "hinders": "EXECUTOR" not in lack} for lack in lacks],
        "openNow": True,
        "settings": {**SETTINGS, **(settings or {})},
        **about,
    }
    return {"data": {"workspace": company}}


def member(id_: str, name: str, *roles: str, held: int = 0, working: bool = True) -> Json:
    return {
        "id": id_,
        "name": name,
        "username": None,
        "telegramId": 1,
        "roles": list(roles),
        "working": working,
        "openTickets": held,
        "presence": "HERE",
    }


def members(*nodes: Json) -> Json:
    last = {"hasNextPage": False, "endCursor": None}
    return {"data": {"roster": {"nodes": list(nodes), "pageInfo": last}}}


@dataclass
class Office:
    """The owner's talk with the settings bot."""

    desk: Desk
    bot: Bot
    owner: User

    @property
    def api(self) -> Api:
        return self.desk.api

    @property
    def talk(self) -> Chat:
        return self.desk.world.private(self.bot, self.owner)

    @property
    def last(self) -> Message:
        """The newest message of the bot."""
        return [message for message in self.talk.messages.values() if message.by_bot][-1]

    def says(self, text: str = "", **more: Any) -> Message:
        return self.desk.says(self.owner, self.talk, text, **more)

    async def hears(self, words: str) -> Message:
        """A message of the bot that has these words in it, now or soon."""
        return await self.desk.hears(self.talk, words)

    async def presses(self, action: str, *about: str | int, on: UUID = ROMASHKA) -> str:
        """A press of any button, as anybody can make it up; the words of the answer."""
        data_ = data(action, on, *about)
        markup: Json = {"inline_keyboard": [[{"text": "?", "callback_data": data_}]]}
        message = self.last
        message.old_markups.append(markup)
        return await self.desk.presses(self.owner, message, data_)

    async def finds(self, label: str) -> Json:
        """The button with this label on one of the bot's messages, now or soon."""

        def found() -> list[Json]:
            shown = [m.markup or {} for m in self.talk.messages.values() if m.by_bot]
            rows = [row for each in shown for row in each.get("inline_keyboard", [])]
            return [button for row in rows for button in row if label in button["text"]]

        await eventually(found)
        return found()[-1]

    def labels(self) -> list[str]:
        """What stands on the buttons of the newest message."""
        rows = (self.last.markup or {}).get("inline_keyboard", [])
        return [button["text"] for row in rows for button in row]

    async def asked(self, operation: str) -> Asked:
        """The last call of an operation."""
        return (await self.api.wait(operation))[-1]

    async def quiet(self) -> None:
        """Every press that was answered has been handled to its end."""
        await self.desk.settled("inbox")


def answer(**values: Any) -> list[Json | int]:
    """What the API says whenever it is asked: the fields of `data`."""
    return [{"data": values}]


@dataclass
class Hall:
    """A settings bot that owners may start; `met` counts them."""

    desk: Desk
    bot: Bot
    met: int = 0

    def enters(self) -> Office:
        """A new owner starts the bot; the API knows one whole company of theirs, and only that."""
        self.met += 1
        owner = self.desk.world.user("Анна", username=f"anna{self.met}")
        api = self.desk.api
        api.asked.clear()
        api.script.clear()
        api.script["MyWorkspaces"] = answer(myWorkspaces=[LED])
        api.script["ChosenLanguage"] = answer(me={"language": None})
        api.script["DeskSeen"] = [desk_seen()]
        api.script["Members"] = [members(member(ANNA, "Анна", "OWNER", "ADMIN", "MANAGER"))]
        people.start(self.desk.world, owner, self.bot)
        return Office(self.desk, self.bot, owner)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def hall(databases: Databases) -> AsyncIterator[Hall]:
    """A settings bot that the tests of a module share, served."""
    name = databases.create()
    async with standing(databases.of(name)) as desk:
        bot = desk.world.bot("50000003:settings-secret", "desk_settings_bot")
        await desk.connect_bot(bot, "settings", workspace_id=INSTALLATION)
        async with served_by_gateway(desk):
            yield Hall(desk, bot)
    databases.drop(name)


@pytest_asyncio.fixture(loop_scope="module")
async def office(hall: Hall) -> AsyncIterator[Office]:
    """An owner who has started the settings bot and sees their company."""
    office = hall.enters()
    await office.hears("Ромашка")
    yield office
    await office.quiet()
    assert [entry.as_json() for entry in hall.desk.world.journal.violations] == []
