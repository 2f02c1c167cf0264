"""A company that helps its clients, and the people around it."""

import re
from dataclasses import dataclass, field
from typing import Any

from infrastructure.stage import Stage
from infrastructure.town import Company
from interfaces.sandbox import people
from interfaces.sandbox.chats import Chat
from interfaces.sandbox.messages import Message
from interfaces.sandbox.users import User
from interfaces.sandbox.world import World
from tests.helpdesk.talks import Talk, eventually
from tests.helpdesk.tickets import Ticket

MANAGERS = ("Анна", "Борис", "Вера")
ACCEPTED = re.compile(r"Обращение №(\d+) .*принято")
TICKET = """query ($number: Int!) { ticket(number: $number)
  { id number status holder { name } stars postId groupId rootId } }"""
ROSTER = "query ($position: BigInt) { roster(minPosition: $position) { nodes { name } } }"
THREAD = """query ($id: ID!) { thread(ticketId: $id) { nodes { %s } } }"""


@dataclass(repr=False)
class Client:
    """Somebody who writes to the client bot."""

    desk: "Desk"
    talk: Talk

    @property
    def user(self) -> User:
        return self.talk.user

    def writes(self, text: str = "", **more: Any) -> Message:
        return self.talk.says(text, **more)

    async def hears(self, text: str, after: int = 0) -> Message:
        return await self.talk.hears(text, after)

    async def asks(self, question: str) -> Ticket:
        """A question that opens a ticket."""
        return await self.desk.ticket(await self.opens(self.writes(question)))

    async def opens(self, said: Message) -> int:
        """The number of the ticket that was opened after this."""
        accepted = await self.hears("принято", said.id)
        found = ACCEPTED.search(accepted.text)
        assert found, accepted.text
        return int(found[1])


@dataclass(repr=False)
class Manager:
    """Somebody who answers, in the group and in the private chat with the manager bot."""

    desk: "Desk"
    group: Talk
    office: Talk

    @property
    def user(self) -> User:
        return self.group.user

    def comments(self, ticket: Ticket, text: str = "", **more: Any) -> Message:
        """Write in the discussion of a ticket, or reply to a message there."""
        return self.group.says(text, **(ticket.where | more))

    async def presses(self, ticket: Ticket, label: str) -> str:
        return await self.group.presses(label, ticket.card)

    async def opens(self, ticket: Ticket, label: str) -> None:
        """Go from the card into the private chat, where the bot asks on."""
        payload = await self.group.follows(label, ticket.card)
        people.start(self.desk.world, self.user, self.desk.company.managers_bot, payload)

    async def is_told(self, message: Message, text: str) -> Message:
        """The bot's reply to a message of one's own in the group."""

        def look() -> Message | None:
            told = (one for one in self.group.heard(text) if one.reply_to is message)
            return next(told, None)

        return await self.group.until(look, f"{text} in reply to «{message.text}»")


@dataclass(repr=False)
class Desk:
    """One company with its phones."""

    stage: Stage
    company: Company
    clients: list[Client] = field(default_factory=list[Client])

    @classmethod
    async def opened(cls, stage: Stage, surface: str) -> "Desk":
        names = enumerate(MANAGERS, 100 * len(stage.companies))
        staff = [stage.world.user(name, username=f"staff{n}") for n, name in names]
        return cls(stage, await stage.found("Ромашка", staff, surface))

    async def retire(self) -> None:
        """Let the bots go; nothing that they said was against the rules of the Bot API."""
        bots = {self.company.clients_bot.id, self.company.managers_bot.id}
        for bot_id in bots:
            await self.company.graph.order("disconnectBot", botId=bot_id)
        wrong = [one.as_json() for one in self.world.journal.violations if one.bot_id in bots]
        assert wrong == []

    @property
    def world(self) -> World:
        return self.stage.world

    def client(self, name: str, **about: Any) -> Client:
        user = self.world.user(name, **about)
        talk = Talk(self.world, user, self.world.private(self.company.clients_bot, user))
        self.clients.append(Client(self, talk))
        return self.clients[-1]

    def manager(self, name: str = "Анна") -> Manager:
        return self.as_manager(next(one for one in self.company.managers if one.first_name == name))

    def as_manager(self, user: User) -> Manager:
        """Anybody with a phone, as if they worked here."""
        office = self.world.private(self.company.managers_bot, user)
        group = Talk(self.world, user, self.company.group)
        return Manager(self, group, Talk(self.world, user, office))

    async def owned_by(self, user: User) -> None:
        """Let somebody lead the company, who then has the settings bot."""
        about = {"name": user.first_name, "telegramId": user.id, "username": user.username}
        roles = ["OWNER", "ADMIN", "MANAGER"]
        joined = await self.company.graph.order("joinStaff", roles=roles, **about)
        await self.ask(ROSTER, position=joined["position"])  # waits until it is known

    async def ticket(self, number: int) -> Ticket:
        """The ticket with this number, as soon as its card stands before the staff."""
        return await self.ticket_in(self.company.group, number)

    async def ticket_in(self, group: Chat, number: int, since: int = 0) -> Ticket:
        """The same in a group, where its discussion began after the message `since`."""

        async def look() -> Ticket | None:
            told = await self.told(number)
            if told is None or told["groupId"] != group.id or (told["rootId"] or 0) <= since:
                return None
            mark = told["id"].replace("-", "")
            fresh = (one for one in group.messages.values() if one.id > since)
            cards = [one for one in fresh if mark in str(one.markup)]
            if not cards:
                return None
            post = self.company.channel.messages.get(told["postId"])
            return Ticket(told["id"], number, group, told["rootId"], cards[-1], post)

        return await eventually(look, f"the card of №{number}")

    async def told(self, number: int) -> dict[str, Any] | None:
        """What the API knows of a ticket."""
        ticket: dict[str, Any] | None = (await self.ask(TICKET, number=number))["ticket"]
        return ticket

    async def thread(self, ticket: Ticket, fields: str) -> list[dict[str, Any]]:
        """The correspondence as the API keeps it."""
        told = await self.ask(THREAD % fields, id=ticket.id)
        return list(told["thread"]["nodes"])

    async def thread_until(self, ticket: Ticket, fields: str, last: dict[str, Any]) -> None:
        """Wait until the newest message of the correspondence reads so."""

        async def look() -> bool | None:
            nodes = await self.thread(ticket, fields)
            return nodes[-1] == last or None

        await eventually(look, f"{last} in {await self.thread(ticket, fields)}")

    async def ask(self, document: str, **variables: object) -> dict[str, Any]:
        return await self.company.graph.ask(document, **variables)

    async def order(self, mutation: str, **fields: object) -> None:
        await self.company.graph.order(mutation, **fields)
