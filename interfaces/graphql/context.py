"""What a request has at hand: who asks, the desk, the read models, loaders of its own."""

from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime
from functools import cached_property
from typing import Any, TypeAlias, TypedDict, TypeVar
from uuid import UUID

import strawberry

from application.clients import client_id
from application.desk import Command, Done, NotFound
from application.executors import executor_id
from interfaces.graphql.bounds import line, position_of
from interfaces.graphql.connections import Cursors, S, Slice
from interfaces.graphql.loaders import Loaders
from interfaces.graphql.parts import Parts
from interfaces.graphql.principals import STRANGER, Principal, Who
from interfaces.graphql.refusals import NotAllowed, NotStaff, NotYet
from interfaces.graphql.watching import Watch
from projections import freshness
from projections.models import MODELS, Models
from projections.projection import Page, ReadModel
from projections.roster import LEADERS, PersonRow

Headers: TypeAlias = Iterable[tuple[bytes, bytes]]
R = TypeVar("R")
PATIENCE = 2.0  # seconds to wait for a position
LONGEST_ID = 200  # characters of a command id


class Order(TypedDict):
    """What every command is told."""

    workspace_id: UUID
    command_id: str
    actor: str
    at: datetime


class Context:
    """One request, or one websocket (`live`)."""

    def __init__(
        self, parts: Parts, principal: Principal = STRANGER, *, live: bool = False
    ) -> None:
        self.parts = parts
        self.principal = principal
        self.live = live
        self.connection_params: dict[str, Any] | None = None
        self.headers: Headers = ()
        self.person: PersonRow | None = None
        self.watch = Watch(self.identify)

    @cached_property
    def loaders(self) -> Loaders:
        """Rows asked for by id, in batches."""
        return Loaders(self.workspace_id, self.models, self.caught_up)

    @property
    def models(self) -> Models:
        """The read models."""
        return self.parts.models

    @property
    def workspace_id(self) -> UUID:
        """The workspace of the key, never of the input; of the settings bot, its user's."""
        if self.principal.workspace_id is None:
            raise NotAllowed
        return self.principal.workspace_id

    @property
    def bot_id(self) -> int:
        """The bot whose key it is."""
        key = self.principal.key
        if key is None or key.bot_id is None:
            raise NotAllowed
        return key.bot_id

    @property
    def client_id(self) -> UUID | None:
        """The client for whom the client bot acts; None if somebody else asks."""
        if self.principal.who is not Who.CLIENT or self.principal.telegram_id is None:
            return None
        return client_id(self.workspace_id, self.principal.telegram_id)

    async def identify(self) -> None:
        """Know the working member of the staff for whom a bot acts; raises NotStaff or NotYet.

        The settings bot acts for leaders only, and says of a workspace that is not there what it
        says of one where its user does not lead.
        """
        telegram_id = self.principal.telegram_id
        if self.principal.who not in {Who.MANAGER, Who.ADMIN} or telegram_id is None:
            return
        roster = self.models.roster

        async def working() -> PersonRow | None:
            if self.principal.who is Who.ADMIN:
                return await roster.leader(self.workspace_id, telegram_id)
            found = await roster.by_telegram(self.workspace_id, telegram_id)
            return found if found is not None and found.working else None

        self.person = await self.found(roster, working)
        if self.person is None:
            raise NotStaff

    @property
    def executor_id(self) -> UUID | None:
        """The executor for whom the executors' bot acts; None if somebody else asks."""
        if self.principal.who is not Who.EXECUTOR or self.principal.telegram_id is None:
            return None
        return executor_id(self.workspace_id, self.principal.telegram_id)

    @property
    def by(self) -> UUID | None:
        """The member of the staff who acts; None if a client, an admin's key or a bot does."""
        return self.person.person_id if self.person else None

    def manager(self) -> UUID:
        """The manager who acts; raises NotStaff if nobody does."""
        if self.person is None:
            raise NotStaff
        return self.person.person_id

    def require_leader(self) -> None:
        """Raise NotAllowed unless an owner or admin acts: with the key of one, or through a bot."""
        keyed = self.principal.who is Who.ADMIN
        if not keyed and (self.person is None or LEADERS.isdisjoint(self.person.roles)):
            raise NotAllowed

    async def identify_leader(self) -> None:
        """Know the owner or admin for whom the executors' bot acts; raises NotAllowed or NotYet.

        Whoever leads the company is asked for nothing else by that bot.
        """
        telegram_id = self.principal.telegram_id
        if self.principal.who is Who.EXECUTOR and telegram_id is not None:
            roster = self.models.roster
            self.person = await self.found(
                roster, lambda: roster.leader(self.workspace_id, telegram_id)
            )
        self.require_leader()

    def order(self, command_id: str, workspace_id: UUID | None = None) -> Order:
        """What every command of this caller is told."""
        return Order(
            workspace_id=workspace_id or self.workspace_id,
            command_id=line(command_id, "commandId", LONGEST_ID, least=1),
            actor=self._actor(),
            at=self.parts.now(),
        )

    async def execute(self, command: Command) -> Done:
        """Let the desk carry out a command."""
        return await self.parts.desk.execute(command)

    async def wait_for(self, position: int | None) -> None:
        """Wait until the read models have come to the position; raises NotYet."""
        wanted = position_of(position)
        if wanted is None:
            return
        try:
            await self.parts.freshness.reached(wanted, MODELS, within=PATIENCE)
        except freshness.NotYet:
            raise NotYet from None

    async def caught_up(self, model: ReadModel) -> bool:
        """Wait, not for long, for the model to come where the log ends now: whether it did."""
        head = await self.parts.audit.head()
        try:
            await self.parts.freshness.reached(head, [model.name], within=PATIENCE)
        except freshness.NotYet:
            return False
        return True

    async def found(
        self, model: ReadModel, question: Callable[[], Awaitable[R | None]]
    ) -> R | None:
        """The model's answer; None only if there is none in all that the log holds now.

        Raises NotYet when the model, which has no answer, is late.
        """
        answer = await question()
        if answer is None:
            whole = await self.caught_up(model)
            answer = await question()
            if answer is None and not whole:
                raise NotYet
        return answer

    async def holds(self, ticket_id: UUID) -> None:
        """Raise NotFound unless the caller may see the ticket."""
        ticket = await self.loaders.tickets.load(ticket_id)
        if ticket is None or self.client_id not in (None, ticket.client_id):
            raise NotFound

    def slice(self, model: ReadModel, page: Page[S], cursors: Cursors[Any]) -> Slice[S]:
        """A page of the model's rows as a connection."""

        async def reached() -> int:
            return (await self.parts.freshness.positions()).get(model.name, 0)

        return Slice(page.rows, page.more, cursors.of, reached)

    def _actor(self) -> str:
        if self.person is not None:
            return f"person:{self.person.person_id}"
        match self.principal.who:
            case Who.CLIENT:
                return f"client:{self.client_id}"
            case Who.EXECUTOR:
                return f"executor:{self.executor_id}"
            case Who.FOUNDER:
                return f"telegram:{self.principal.telegram_id}"
            case Who.CLIENT_BOT | Who.MANAGER_BOT | Who.EXECUTOR_BOT | Who.SETTINGS_BOT:
                return f"bot:{self.bot_id}"
            case who:
                return who.value


Info: TypeAlias = strawberry.Info[Context, None]
