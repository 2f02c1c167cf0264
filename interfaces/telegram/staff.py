"""The staff in private with the manager bot: who waits, what is mine, one ticket by its link."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import Message

from interfaces.telegram.buttons import data
from interfaces.telegram.client.enums import TicketStatus
from interfaces.telegram.saying import say
from interfaces.telegram.turn import Turn, language_of
from interfaces.telegram.words import words

OFFERED = 8
SUPERGROUP = -1_000_000_000_000


class Staff:
    """Handlers of the manager bot; the clock tells how long a client has been waiting."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now

    def router(self) -> Router:
        """Private commands; any other message is told what there is."""
        router = Router(name="staff")
        router.message.filter(F.chat.type == ChatType.PRIVATE, F.from_user.is_bot.is_(False))
        router.message.register(start, CommandStart())
        router.message.register(self.queue, Command("queue"))
        router.message.register(mine, Command("my"))
        router.message.register(hint)
        return router

    async def queue(self, message: Message, turn: Turn) -> None:
        """Who waits for an answer, longest first; unclaimed tickets may be claimed at once."""
        user = message.from_user
        if user is None:
            return
        language = language_of(user)
        waiting = (await turn.acting_for(user).queue()).queue.nodes
        if not waiting:
            await say(message, words(language, "queue_empty"))
            return
        lines = [words(language, "queue_head")]
        buttons: list[dict[str, str]] = []
        for item in waiting:
            holder = item.holder.name if item.holder else words(language, "nobody")
            lines.append(
                words(
                    language,
                    "queue_line",
                    number=item.number,
                    topic=item.topic or "—",
                    client=item.client_name,
                    minutes=self._minutes(item.waiting_since),
                    holder=holder,
                )
            )
            if item.holder is None and len(buttons) < OFFERED:
                text = words(language, "claim_number", number=item.number)
                about = item.ticket_id.replace("-", "")
                buttons.append({"text": text, "callback_data": data("claim", about)})
        await say(message, "\n".join(lines), rows=[buttons[:4], buttons[4:]])

    def _minutes(self, since: datetime | None) -> int:
        return 0 if since is None else max(0, int((self._now() - since).total_seconds() // 60))


async def start(message: Message, command: CommandObject, turn: Turn) -> None:
    """A member of the staff opens the bot, perhaps by the link in a ticket's post."""
    user = message.from_user
    if user is None:
        return
    language, api = language_of(user), turn.acting_for(user)
    person = (await api.myself()).me.person
    if person is None:
        await say(message, words(language, "stranger", telegram_id=user.id))
        return
    ticket_id = _linked(command.args)
    if ticket_id is None:
        await say(message, words(language, "manager_greeting", name=person.name))
        return
    ticket = (await api.ticket_seen(str(ticket_id))).ticket
    if ticket is None:
        await say(message, words(language, "NotFound"))
        return
    if ticket.status is TicketStatus.CLOSED:
        standing = words(language, "standing_closed")
    elif ticket.holder is None:
        standing = words(language, "standing_unclaimed")
    else:
        standing = words(language, "standing_claimed", holder=ticket.holder.name)
    text = words(
        language,
        "ticket_seen",
        number=ticket.number,
        topic=ticket.topic,
        client=ticket.client.name,
        standing=standing,
    )
    link = thread_link(ticket.group_id, ticket.root_id)
    rows = [[{"text": words(language, "open_thread"), "url": link}]] if link else []
    await say(message, text, rows=rows)


async def mine(message: Message, turn: Turn) -> None:
    """The open tickets that the manager holds, each with the way to its discussion."""
    user = message.from_user
    if user is None:
        return
    language, api = language_of(user), turn.acting_for(user)
    person = (await api.myself()).me.person
    held = (await api.held_tickets(person.id)).tickets.nodes if person else []
    if not held:
        await say(message, words(language, "my_empty"))
        return
    lines, buttons = [words(language, "my_head")], list[dict[str, str]]()
    for ticket in held:
        topic = ticket.topic or "—"
        about = {"number": ticket.number, "topic": topic, "client": ticket.client.name}
        lines.append(words(language, "my_line", **about))
        link = thread_link(ticket.group_id, ticket.root_id)
        if link and len(buttons) < OFFERED:
            buttons.append({"text": f"№{ticket.number}", "url": link})
    await say(message, "\n".join(lines), rows=[buttons[:4], buttons[4:]])


async def hint(message: Message) -> None:
    """Anything else."""
    await say(message, words(language_of(message.from_user), "manager_hint"))


def thread_link(group_id: int | None, root_id: int | None) -> str | None:
    """The address of a discussion in a supergroup."""
    if group_id is None or root_id is None or group_id > SUPERGROUP:
        return None
    return f"https://t.me/c/{SUPERGROUP - group_id}/{root_id}?thread={root_id}"


def _linked(args: str | None) -> UUID | None:
    try:
        return UUID(hex=(args or "").removeprefix("t_"))
    except ValueError:
        return None
