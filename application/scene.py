"""A scene: one event of a ticket with everybody whom it may concern, and letters to them."""

from uuid import UUID

from application.letters import (
    Spot,
    TicketCard,
    TicketPost,
    TicketSeen,
)
from application.ports import Letter, Past
from application.surfaces import SURFACES
from domain.bots import NEEDED, BotRole
from domain.clients import Client
from domain.conversations import Said, Way
from domain.cycles import Status
from domain.events import Recorded, owner_of
from domain.messages import Place
from domain.settings import Rules, Settings, settings_of
from domain.staff import Person
from domain.surfaces import Surface
from domain.threads import Thread, thread_of
from domain.tickets import Ticket
from domain.workspaces import Workspace

SHOWN = (
    Client.Renamed,
    Client.Blocked,
    Client.Unblocked,
    Client.BecameUnreachable,
    Client.BecameReachable,
)
"""What the staff sees of a client; all else about clients concerns no thread."""


class Scene:
    """A ticket with everybody whom one event may concern, as of that event."""

    def __init__(  # noqa: PLR0913 - the people and places of one scene
        self,
        happened: Recorded,
        past: Past,
        workspace: Workspace,
        ticket: Ticket,
        thread: Thread,
        client: Client,
        rules: Rules,
    ) -> None:
        self.position = happened.position
        self.event = happened.event
        self.owner = owner_of(happened.event)
        self.past = past
        self.workspace = workspace
        self.ticket = ticket
        self.thread = thread
        self.client = client
        self.rules = rules
        self.surface = SURFACES[thread.surface]
        self.manager_bot = workspace.bots[BotRole.MANAGER]
        self.client_bot = workspace.bots[BotRole.CLIENT]

    @classmethod
    async def all_of(cls, happened: Recorded, past: Past) -> "list[Scene]":
        """One for a ticket's event, one for each open ticket of a client whom the event is about.

        None as long as there is no thread, or the company no longer has both bots.
        """
        event = happened.event
        match owner_of(event):
            case kind if kind is Ticket:
                threads = [thread_of(event.originator_id)]
            case kind if kind is Thread:
                threads = [event.originator_id]
            case kind if kind is Client and isinstance(event, SHOWN):
                client = await past.get(Client, event.originator_id)
                threads = [thread_of(id) for id in client.tickets] if client else []
            case _:
                return []
        scenes = [await cls._of(happened, past, id) for id in threads]
        return [one for one in scenes if one is not None and one.is_concerned()]

    @classmethod
    async def _of(cls, happened: Recorded, past: Past, thread_id: UUID) -> "Scene | None":
        workspace_id = happened.event.workspace_id
        workspace = await past.get(Workspace, workspace_id)
        if workspace is None or not workspace.bots.keys() >= NEEDED:
            return None
        thread = await past.get(Thread, thread_id)
        ticket = await past.get(Ticket, thread.ticket_id) if thread else None
        client = await past.get(Client, ticket.client_id) if ticket else None
        if thread is None or ticket is None or client is None:
            return None
        settings = await past.get(Settings, settings_of(workspace_id))
        rules = settings.rules if settings else Rules()
        return cls(happened, past, workspace, ticket, thread, client, rules)

    def is_concerned(self) -> bool:
        """What a client does or suffers concerns only their tickets that are open."""
        return self.owner is not Client or self.ticket.status is Status.OPEN

    def has_moved_on(self) -> bool:
        """Whether the ticket is no longer as it was when it was opened."""
        return self.ticket.holder_id is not None or self.ticket.status is Status.CLOSED

    def wants_card(self) -> bool:
        """Whether the thread is there and has no card yet."""
        return self.thread.root_id is not None and self.thread.card is None

    async def seen(self) -> TicketSeen:
        """The ticket as the staff sees it."""
        ticket, client = self.ticket, self.client
        return TicketSeen(
            ticket_id=ticket.id,
            number=ticket.number,
            topic=ticket.topic,
            status=ticket.status,
            holder=await self.holder(),
            stars=ticket.stars,
            manager_bot=self.workspace.usernames[self.manager_bot],
            client=client.name + (f" @{client.username}" if client.username else ""),
            priority=ticket.priority,
            tags=ticket.tags,
            blocked=client.blocked,
            reachable=client.reachable,
        )

    async def holder(self) -> str | None:
        """The name of whoever answers for the ticket."""
        holder_id = self.ticket.holder_id
        holder = await self.past.get(Person, holder_id) if holder_id else None
        return holder.name if holder else None

    async def beginning(self) -> Letter:
        """The ticket's post, or its topic."""
        chat_id, said, report = self.surface.begin(self.workspace, await self.seen())
        return self.to_staff(chat_id, said, self.key(report), report=report)

    async def group_post(self) -> Letter:
        """The ticket's post in the group, where no discussion has opened."""
        said = TicketPost(await self.seen())
        key = self.key("group-post")
        return self.to_staff(self.workspace.group_id or 0, said, key, report="group_post")

    async def card(self) -> Letter:
        """The card with the buttons, in the thread."""
        said = TicketCard(await self.seen(), self.spot())
        return self.to_staff(self.thread.group_id or 0, said, self.key("card"), report="card")

    async def corrections(self) -> list[Letter]:
        """Bring what the ticket stands as and its card up to date, as far as they are there."""
        seen = await self.seen()
        letters: list[Letter] = []
        thread, id = self.thread, self.ticket.id
        standing = self.surface.bring_up_to_date(thread, seen)
        if standing is not None:
            key = f"post:{id}:{self.position}"
            letters.append(self.to_staff(standing.chat_id, standing.said, key, f"post:{id}"))
        if thread.card is not None:
            said = TicketCard(seen, self.spot(), thread.card.message_id)
            key = f"card:{id}:{self.position}"
            letters.append(self.to_staff(thread.card.chat_id, said, key, f"card:{id}"))
        return letters

    def spot(self, reply_to: int | None = None, quote: str = "") -> Spot:
        """Where something is said in the thread, which is there."""
        thread = self.thread
        return Spot(thread.root_id or 0, thread.surface is Surface.FORUM, reply_to, quote)

    def number_in_group(self, id: UUID | None) -> int | None:
        """The number of a message before the staff: of a manager's own, of a client's copy."""
        place = self._place(id, Way.IN)
        return place.message_id if place and place.chat_id == self.thread.group_id else None

    def number_with_client(self, id: UUID | None) -> int | None:
        """The number of a message in the client's chat: of their own, of an answer's copy."""
        place = self._place(id, Way.OUT)
        return place.message_id if place and place.chat_id == self.client.telegram_id else None

    def _place(self, id: UUID | None, copied: Way) -> Place | None:
        said = self.said(id)
        if said is None:
            return None
        return said.copy if said.way is copied else said.place

    def said(self, id: UUID | None) -> Said | None:
        """What the ticket remembers of a message."""
        return self.ticket.conversation.messages.get(id) if id else None

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

    def to_staff(  # noqa: PLR0913 - what a letter is
        self,
        chat_id: int,
        said: object,
        key: str,
        latest: str | None = None,
        report: str = "",
        language: str | None = None,
    ) -> Letter:
        """A letter that the manager bot sends, into the company's own chats or to one manager."""
        return Letter(
            workspace_id=self.workspace.id,
            bot_id=self.manager_bot,
            chat_id=chat_id,
            language=language or self.workspace.language,
            said=said,
            key=key,
            latest=latest,
            report={"kind": report, "ticket": str(self.ticket.id)} if report else None,
        )

    def key(self, what: str, id: UUID | None = None) -> str:
        """The same for ever, other in each place that a ticket has been given."""
        turn = self.thread.turn
        return f"{what}:{id or self.ticket.id}" + (f":{turn}" if turn > 1 else "")

    def message_report(self, id: UUID) -> dict[str, str]:
        """What is recorded when a message has arrived."""
        return {"kind": "message", "ticket": str(self.ticket.id), "message": str(id)}
