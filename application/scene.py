"""A scene: one event of a ticket with everybody whom it may concern, and letters to them."""

from collections.abc import AsyncIterator, Iterator
from uuid import UUID

from application.letters import (
    FailureNotice,
    Question,
    Reply,
    TicketCard,
    TicketPost,
    TicketSeen,
    TransferNotice,
)
from application.ports import Letter, Past
from domain.clients import Client
from domain.events import Recorded, owner_of
from domain.messages import Content, Place
from domain.staff import Person
from domain.threads import Thread, thread_of
from domain.tickets import Status, Ticket
from domain.workspaces import BotRole, Workspace


class Scene:
    """One event of a ticket with everybody whom it may concern, as of that event."""

    def __init__(  # noqa: PLR0913 - the people and places of one scene
        self,
        happened: Recorded,
        past: Past,
        workspace: Workspace,
        ticket: Ticket,
        thread: Thread,
        client: Client,
    ) -> None:
        self.position = happened.position
        self.event = happened.event
        self.past = past
        self.workspace = workspace
        self.ticket = ticket
        self.thread = thread
        self.client = client
        self.manager_bot = workspace.bots[BotRole.MANAGER]
        self.client_bot = workspace.bots[BotRole.CLIENT]

    @classmethod
    async def of(cls, happened: Recorded, past: Past) -> "Scene | None":
        """None: no ticket's event, or no thread yet, or the company no longer has both bots."""
        event = happened.event
        owner = owner_of(event)
        if owner not in {Ticket, Thread}:
            return None
        workspace = await past.get(Workspace, event.workspace_id)
        if workspace is None or len(workspace.bots) < len(BotRole):
            return None
        stream = event.originator_id
        thread_id = stream if owner is Thread else thread_of(stream)
        thread = await past.get(Thread, thread_id)
        ticket = await past.get(Ticket, thread.ticket_id) if thread else None
        client = await past.get(Client, ticket.client_id) if ticket else None
        if thread is None or ticket is None or client is None:
            return None
        return cls(happened, past, workspace, ticket, thread, client)

    def has_moved_on(self) -> bool:
        """Whether the ticket is no longer as it was when it was opened."""
        return self.ticket.holder_id is not None or self.ticket.status is Status.CLOSED

    def wants_card(self) -> bool:
        """Whether the thread is there and has no card yet."""
        return self.thread.root_id is not None and self.thread.card is None

    async def _seen(self) -> TicketSeen:
        holder_id = self.ticket.holder_id
        holder = await self.past.get(Person, holder_id) if holder_id else None
        return TicketSeen(
            ticket_id=self.ticket.id,
            number=self.ticket.number,
            topic=self.ticket.topic,
            status=self.ticket.status,
            holder=holder.name if holder else None,
            stars=self.ticket.stars,
            manager_bot=self.workspace.usernames[self.manager_bot],
        )

    async def post(self) -> Letter:
        """The ticket's post in the channel."""
        said = TicketPost(await self._seen())
        return self._from_manager_bot(
            self.workspace.channel_id or 0, said, f"post:{self.ticket.id}", report="post"
        )

    async def group_post(self) -> Letter:
        """The ticket's post in the group, where no discussion has opened."""
        said = TicketPost(await self._seen())
        return self._from_manager_bot(
            self.workspace.group_id or 0, said, f"group-post:{self.ticket.id}", report="group_post"
        )

    async def card(self) -> Letter:
        """The card with the buttons, in the thread."""
        said = TicketCard(await self._seen(), self.thread.root_id or 0)
        return self._from_manager_bot(
            self.thread.group_id or 0, said, f"card:{self.ticket.id}", report="card"
        )

    async def corrections(self) -> list[Letter]:
        """Bring the post and the card up to date, as far as they are there."""
        seen = await self._seen()
        letters: list[Letter] = []
        thread, id = self.thread, self.ticket.id
        if thread.post_id is not None and thread.channel_id is not None:
            said: object = TicketPost(seen, thread.post_id)
            key = f"post:{id}:{self.position}"
            letters.append(self._from_manager_bot(thread.channel_id, said, key, f"post:{id}"))
        if thread.card is not None:
            said = TicketCard(seen, thread.root_id or 0, thread.card.message_id)
            key = f"card:{id}:{self.position}"
            letters.append(self._from_manager_bot(thread.card.chat_id, said, key, f"card:{id}"))
        return letters

    async def everything_said(self) -> AsyncIterator[Letter]:
        """The questions that waited for the thread; then what has changed meanwhile."""
        for event in await self.past.history(self.ticket.id):
            if isinstance(event, Ticket.MessageReceived):
                for letter in self.question(event.message_id, event.content, event.place):
                    yield letter
        if self.has_moved_on():
            for letter in await self.corrections():
                yield letter

    def question(self, id: UUID, content: Content, place: Place | None) -> Iterator[Letter]:
        """Once the thread is there; what was said before follows when it opens."""
        if self.thread.root_id is not None:
            yield Letter(
                workspace_id=self.workspace.id,
                bot_id=self.client_bot,
                chat_id=self.thread.group_id or 0,
                language=self.workspace.language,
                said=Question(content, place, self.thread.root_id),
                key=f"message:{id}",
                report={"kind": "message", "ticket": str(self.ticket.id), "message": str(id)},
            )

    def reply(self, id: UUID, content: Content, place: Place | None) -> Letter:
        """A manager's answer, for the client."""
        report = {"kind": "message", "ticket": str(self.ticket.id), "message": str(id)}
        said = Reply(self.ticket.number, content, place)
        return self.to_client(said, f"message:{id}", report)

    async def failure(self, id: UUID, reason: str) -> AsyncIterator[Letter]:
        """Only an answer's failure is told: a question that fails has nowhere to be told."""
        if self.thread.root_id is None:
            return
        for event in await self.past.history(self.ticket.id):
            if isinstance(event, Ticket.MessageSent) and event.message_id == id:
                said = FailureNotice(reason, self.thread.root_id)
                yield self._from_manager_bot(self.thread.group_id or 0, said, f"failed:{id}")

    async def transfer_notice(self, to_id: UUID) -> list[Letter]:
        """Tells a manager that the ticket is theirs now."""
        person = await self.past.get(Person, to_id)
        if person is None or person.telegram_id is None:
            return []
        said = TransferNotice(self.ticket.number)
        key = f"transferred:{self.ticket.id}:{self.position}"
        return [self._from_manager_bot(person.telegram_id, said, key)]

    def to_client(self, said: object, key: str, report: dict[str, str] | None = None) -> Letter:
        """A letter that the client bot sends to the client."""
        return Letter(
            workspace_id=self.workspace.id,
            bot_id=self.client_bot,
            chat_id=self.client.telegram_id,
            language=self.client.language,
            said=said,
            key=key,
            report=report,
        )

    def _from_manager_bot(
        self, chat_id: int, said: object, key: str, latest: str | None = None, report: str = ""
    ) -> Letter:
        return Letter(
            workspace_id=self.workspace.id,
            bot_id=self.manager_bot,
            chat_id=chat_id,
            language=self.workspace.language,
            said=said,
            key=key,
            latest=latest,
            report={"kind": report, "ticket": str(self.ticket.id)} if report else None,
        )
