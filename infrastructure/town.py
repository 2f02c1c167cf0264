"""A town in the sandbox: companies that use Ledgerdesk, set up through its API as anybody would."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import uuid4

import aiohttp

from interfaces.sandbox.bots import Bot
from interfaces.sandbox.chats import CHANNEL, Chat
from interfaces.sandbox.members import ADMINISTRATOR, MEMBER
from interfaces.sandbox.membership import set_member
from interfaces.sandbox.users import User
from interfaces.sandbox.world import World

SETUP = 120.0  # seconds to wait for an API that is starting
CHANNEL_SURFACE: Final = "CHANNEL"
FORUM_SURFACE: Final = "FORUM"


class AnswerHasErrors(Exception):
    """GraphQL refused; the message lists what it said."""


class Graph:
    """The API as a program with a key uses it."""

    def __init__(self, session: aiohttp.ClientSession, url: str, key: str) -> None:
        self._session = session
        self._url = url
        self.key = key

    def with_key(self, key: str) -> "Graph":
        """The same API for the owner of another key."""
        return Graph(self._session, self._url, key)

    async def ask(self, document: str, **variables: object) -> dict[str, Any]:
        """The data of the answer; raises AnswerHasErrors."""
        async with self._session.post(
            self._url,
            json={"query": document, "variables": variables},
            headers={"Authorization": f"Bearer {self.key}"},
        ) as reply:
            body = await reply.json()
        if body.get("errors"):
            raise AnswerHasErrors("; ".join(error["message"] for error in body["errors"]))
        return dict(body["data"])

    async def order(
        self, mutation: str, returns: str = "position", /, **fields: object
    ) -> dict[str, Any]:
        """Carry out one mutation under a new command id."""
        kind = mutation[0].upper() + mutation[1:]
        document = (
            f"mutation ($input: {kind}Input!) {{ {mutation}(input: $input) {{ {returns} }} }}"
        )
        data = await self.ask(document, input={"commandId": str(uuid4()), **fields})
        return dict(data[mutation])


@dataclass(repr=False)
class Company:
    """One workspace with its bots, its chats and its people."""

    name: str
    workspace_id: str
    graph: Graph
    channel: Chat
    group: Chat
    clients_bot: Bot
    managers_bot: Bot
    executors_bot: Bot
    executors_chat: Chat
    managers: list[User] = field(default_factory=list[User])


async def found_company(  # noqa: PLR0913 - what a company is made of
    world: World,
    operator: Graph,
    name: str,
    number: int,
    managers: Sequence[User],
    surface: str = CHANNEL_SURFACE,
    executors: Sequence[User] = (),
) -> Company:
    """A company ready to take tickets and to show orders: all that a settings bot would ask for.

    `surface` says where its tickets stand: CHANNEL, FORUM or GROUP.
    """
    channel = world.chat(f"{name}: заявки", kind=CHANNEL, owner=managers[0])
    with_channel = surface == CHANNEL_SURFACE
    group = world.chat(
        f"{name}: обсуждение",
        owner=managers[0],
        linked=channel if with_channel else None,
        forum=surface == FORUM_SURFACE,
    )
    clients_bot = world.new_bot(name, f"demo{number}_help_bot")
    managers_bot = world.new_bot(f"{name} · стол", f"demo{number}_desk_bot")
    for chat in (channel, group):
        set_member(world, chat, managers_bot.user, ADMINISTRATOR)
        for manager in managers[1:]:
            set_member(world, chat, manager, MEMBER)
    set_member(world, group, clients_bot.user, ADMINISTRATOR)
    executors_bot = world.new_bot(f"{name} · заказы", f"demo{number}_orders_bot")
    executors_chat = world.chat(f"{name}: заказы", owner=managers[0])
    for member in (executors_bot.user, *executors):
        set_member(world, executors_chat, member, MEMBER)

    founded = await operator.order("foundWorkspace", "workspaceId adminKey", name=name)
    graph = operator.with_key(founded["adminKey"])
    await graph.order("connectBot", token=clients_bot.token, role="CLIENT")
    await graph.order("connectBot", token=managers_bot.token, role="MANAGER")
    await graph.order("linkExecutorsChat", chatId=executors_chat.id, title=executors_chat.title)
    await graph.order("connectBot", token=executors_bot.token, role="EXECUTOR")
    if with_channel:
        await graph.order("linkChannel", channelId=channel.id, groupId=group.id)
    else:
        await graph.order("linkGroup", groupId=group.id, surface=surface)
    for one in managers:
        about = {"telegramId": one.id, "username": one.username}
        await graph.order("joinStaff", name=one.first_name, **about)
    await graph.order("startDesk")
    return Company(
        name,
        founded["workspaceId"],
        graph,
        channel,
        group,
        clients_bot,
        managers_bot,
        executors_bot,
        executors_chat,
        [*managers],
    )


async def api_is_ready(session: aiohttp.ClientSession, root: str) -> None:
    """Wait for the API to answer; raises TimeoutError after two minutes."""
    async with asyncio.timeout(SETUP):
        while True:
            try:
                async with session.get(f"{root}/health/ready") as reply:
                    if reply.status == 200:  # noqa: PLR2004 - HTTP's own number
                        return
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.05)
