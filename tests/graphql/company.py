"""A company that uses the API over HTTP, with people of known names."""

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Self
from uuid import uuid4

import httpx

ANNA, BORIS, STRANGER = 501, 502, 599  # Telegram accounts of the staff
CAROL, DAVE = 901, 902  # and of clients
EVE, FRANK = 951, 952  # and of executors
CHANNEL, GROUP, EXECUTORS = -100111, -100222, -100333
NUMBERS = itertools.count(10_000)
RUNNING = """mutation($t: String!, $r: BotRole!, $id: String!) {
  connectBot(input: {commandId: $id, token: $t, role: $r}) { botId username position replayed } }"""
OPENED = """mutation($id: String!, $p: ProfileInput!, $topic: String! = "") {
  openTicket(input: {commandId: $id, topic: $topic, profile: $p}) {
    ticketId number position replayed } }"""


class GraphQLRefused(Exception):
    """The answer had errors."""

    def __init__(self, errors: list[dict[str, Any]]) -> None:
        super().__init__(errors)
        self.code: str = errors[0]["extensions"]["code"]
        self.message: str = errors[0]["message"]
        self.named: list[str] = errors[0]["extensions"].get("named", [])


@dataclass
class Service:
    """The address of the API, and the operator's key."""

    address: str
    operator_key: str
    town: Any
    http: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        self.http = httpx.Client(base_url=self.address, timeout=10)

    def post(
        self, key: str | None, body: Any, telegram: int | None = None, workspace: str | None = None
    ) -> httpx.Response:
        headers = {} if key is None else {"authorization": f"Bearer {key}"}
        if telegram is not None:
            headers["x-telegram-user"] = str(telegram)
        if workspace is not None:
            headers["x-workspace"] = workspace
        return self.http.post("/graphql", json=body, headers=headers)

    def ask(
        self,
        key: str | None,
        query: str,
        telegram: int | None = None,
        workspace: str | None = None,
        /,
        **variables: Any,
    ) -> dict[str, Any]:
        """The data of the answer; raises GraphQLRefused."""
        body = {"query": query, "variables": variables}
        told = self.post(key, body, telegram, workspace).json()
        if told.get("errors"):
            raise GraphQLRefused(told["errors"])
        data: dict[str, Any] = told["data"]
        return data

    def settings_key(self) -> str:
        """The key of the settings bot."""
        import asyncio

        from infrastructure.bots import INSTALLATION

        issuing = self.town.keys.bot(INSTALLATION, 99, "settings", "tests")
        key: str = asyncio.run_coroutine_threadsafe(issuing, self.town.loop).result(5)
        return key

    def head(self) -> int:
        return int(self.http.get("/health/ready").json()["head"])


@dataclass
class Company:
    """A workspace with its keys; bots' keys are taken from where the gateway finds them."""

    service: Service
    workspace_id: str
    admin_key: str
    client_key: str = ""
    manager_key: str = ""
    executor_key: str = ""
    client_bot: int = 0
    manager_bot: int = 0
    anna: str = ""
    boris: str = ""

    @classmethod
    @contextmanager
    def founded(cls, service: Service, name: str) -> Iterator[Self]:
        told = service.ask(
            service.operator_key,
            """mutation($id: String!, $name: String!) { foundWorkspace(
                 input: {commandId: $id, name: $name}) { workspaceId adminKey } }""",
            id=cls.new(),
            name=name,
        )["foundWorkspace"]
        made = cls(service, told["workspaceId"], told["adminKey"])
        made.client_bot = made.connect_bot("CLIENT")
        made.manager_bot = made.connect_bot("MANAGER")
        made.client_key = made.bot_key(made.client_bot)
        made.manager_key = made.bot_key(made.manager_bot)
        made.admin(
            f'mutation {{ linkChannel(input: {{commandId: "{cls.new()}", channelId: {CHANNEL},'
            f" groupId: {GROUP}}}) {{ position }} }}"
        )
        made.admin(f'mutation {{ startDesk(input: {{commandId: "{cls.new()}"}}) {{ position }} }}')
        made.anna = made.hire("Anna", ANNA)
        made.boris = made.hire("Boris", BORIS)
        yield made

    @staticmethod
    def new() -> str:
        return uuid4().hex

    def connect_bot(self, role: str) -> int:
        number = next(NUMBERS)
        told = self.admin(RUNNING, t=f"{number}:good{'x' * 31}", r=role, id=self.new())
        return int(told["connectBot"]["botId"])

    def bot_key(self, bot_id: int) -> str:
        """As the gateway reads it."""
        import asyncio

        from infrastructure.bots import BotAccounts
        from infrastructure.postgres import Role, pool
        from infrastructure.token_box import TokenBox
        from tests.graphql.conftest import SECRET

        async def read() -> str:
            async with pool(self.service.town.dsn, Role.GATEWAY, name="t", max_size=1) as reads:
                accounts = await BotAccounts(reads, TokenBox.of(SECRET)).all()
            return next(a.service_key for a in accounts if a.bot_id == bot_id)

        return asyncio.run(read())

    def hire(self, name: str, telegram: int, roles: str = "[MANAGER]") -> str:
        told = self.admin(
            f"""mutation($id: String!, $name: String!, $tg: BigInt!) {{ joinStaff(input: {{
                  commandId: $id, name: $name, telegramId: $tg, roles: {roles} }})
                  {{ personId position }} }}""",
            id=self.new(),
            name=name,
            tg=telegram,
        )
        return str(told["joinStaff"]["personId"])

    def admin(self, query: str, **variables: Any) -> dict[str, Any]:
        return self.service.ask(self.admin_key, query, **variables)

    def manager(self, telegram: int, query: str, **variables: Any) -> dict[str, Any]:
        return self.service.ask(self.manager_key, query, telegram, **variables)

    def client(self, telegram: int, query: str, **variables: Any) -> dict[str, Any]:
        return self.service.ask(self.client_key, query, telegram, **variables)

    def shows_orders(self) -> None:
        """Connect the executors' bot, and link the chat where it shows orders."""
        self.executor_key = self.bot_key(self.connect_bot("EXECUTOR"))
        chat = {"chatId": EXECUTORS, "title": "Masters"}
        self.order(self.admin, "linkExecutorsChat", "position", **chat)

    def executor(self, telegram: int, query: str, **variables: Any) -> dict[str, Any]:
        return self.service.ask(self.executor_key, query, telegram, **variables)

    def leader(self, telegram: int, query: str, **variables: Any) -> dict[str, Any]:
        """By the settings bot, in this company."""
        key = self.service.settings_key()
        return self.service.ask(key, query, telegram, self.workspace_id, **variables)

    def bot(self, query: str, **variables: Any) -> dict[str, Any]:
        return self.service.ask(self.manager_key, query, **variables)

    def order(
        self, asking: Callable[..., dict[str, Any]], name: str, answer: str, /, **input: Any
    ) -> dict[str, Any]:
        """A mutation by its name; `asking` sends it, for example `partial(acme.manager, ANNA)`."""
        kind = f"{name[0].upper()}{name[1:]}Input"
        query = f"mutation($i: {kind}!) {{ {name}(input: $i) {{ {answer} }} }}"
        told: dict[str, Any] = asking(query, i={"commandId": self.new(), **input})[name]
        return told

    def opens(self, telegram: int = CAROL, topic: str = "") -> dict[str, Any]:
        told = self.client(
            telegram, OPENED, id=self.new(), p={"name": f"Client {telegram}"}, topic=topic
        )
        ticket: dict[str, Any] = told["openTicket"]
        return ticket

    def invites(self, roles: str = "[MANAGER]", command: str = "") -> dict[str, Any]:
        told = self.admin(
            f"""mutation($id: String!) {{ inviteStaff(input: {{commandId: $id, roles: {roles}}}) {{
                  invitationId code link expiresAt position replayed }} }}""",
            id=command or self.new(),
        )
        invitation: dict[str, Any] = told["inviteStaff"]
        return invitation

    def saves(self, code: str, text: str, *acts: str) -> int:
        """A canned reply; returns the position."""
        told = self.admin(
            """mutation($id: String!, $code: String!, $text: String!, $acts: [String!]!) {
                 saveCannedReply(input: {commandId: $id, code: $code, text: $text, acts: $acts}) {
                   position } }""",
            id=self.new(),
            code=code,
            text=text,
            acts=acts,
        )
        return int(told["saveCannedReply"]["position"])

    def writes(self, telegram: int, text: str, **more: Any) -> dict[str, Any]:
        told = self.client(
            telegram,
            """mutation($input: PostMessageInput!) { postMessage(input: $input) {
                 ticketId number opened messageId kept position replayed } }""",
            input={
                "commandId": self.new(),
                "content": {"text": text},
                "profile": {"name": f"Client {telegram}"},
                **more,
            },
        )
        posted: dict[str, Any] = told["postMessage"]
        return posted

    def claims(self, telegram: int, ticket_id: str, command_id: str = "") -> dict[str, Any]:
        told = self.manager(
            telegram,
            """mutation($id: String!, $t: ID!) { claimTicket(input: {commandId: $id, ticketId: $t})
                 { outcome number position replayed holder { id name } } }""",
            id=command_id or self.new(),
            t=ticket_id,
        )
        claimed: dict[str, Any] = told["claimTicket"]
        return claimed
