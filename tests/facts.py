"""Facts that stories begin and end with, told by what matters; the rest is everyday.

Some names stand for ids that depend on the workspace (`ACME`, `KLARA`, `NEW_TICKET`, …): whoever
records a fact or gives an order puts the real ones in.
"""

from dataclasses import MISSING
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

import msgspec

from application.canned_replies import reply_id
from application.clients import Profile, client_id
from application.invitations import invitation_id
from domain.aggregate import Aggregate
from domain.clients import Client
from domain.events import catalogue, decode
from domain.messages import Content, Place
from domain.settings import settings_of
from domain.staff import Person
from domain.threads import Thread, thread_of
from domain.tickets import Ticket
from domain.workspaces import Workspace

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
COMMAND = "tg:10:1"
HELLO = Content(text="My order has not come")

ANNA, BORIS, STRANGER, TICKET, OTHER_TICKET = (
    uuid5(NAMESPACE_OID, name) for name in ("Anna", "Boris", "stranger", "ticket", "other ticket")
)
THREAD = thread_of(TICKET)
MESSAGE = uuid5(TICKET, COMMAND)

ACME, KLARA, PAVEL, NEW_TICKET, NEW_THREAD, NEW_MESSAGE, SETTINGS, INVITATION, CANNED, HELD = (
    uuid5(NAMESPACE_OID, f"stands for {name}")
    for name in (
        "Acme",
        "Klara",
        "Pavel",
        "new ticket",
        "its thread",
        "its message",
        "Acme's settings",
        "an invitation",
        "a canned reply",
        "a message that is held",
    )
)
CODE = "ab" * 32
"""The digest of an invitation's code."""
PROFILE_OF_KLARA = Profile(bot_id=10, telegram_id=700, name="Klara", username="klara")
PROFILE_OF_PAVEL = Profile(bot_id=10, telegram_id=701, name="Pavel")
CHAT_OF_KLARA = Place(bot_id=10, chat_id=700, message_id=5)
COMMENT = Place(bot_id=20, chat_id=-200, message_id=7)

STREAMS: dict[str, UUID] = {
    "Workspace": ACME,
    "Settings": SETTINGS,
    "Person": ANNA,
    "Invitation": INVITATION,
    "CannedReply": CANNED,
    "Client": KLARA,
    "Ticket": TICKET,
    "Thread": THREAD,
}
EVERYDAY: dict[str, Any] = {
    "acts": [],
    "asked": "topic",
    "bot_id": 10,
    "by": ANNA,
    "by_client": False,
    "cause": "",
    "channel_id": -100,
    "client_id": KLARA,
    "content": HELLO,
    "code": "hello",
    "cycle": 1,
    "expires_at": NOON + timedelta(hours=72),
    "emoji": ["👍"],
    "from_id": ANNA,
    "group_id": -200,
    "holder_id": ANNA,
    "language": "ru",
    "message_id": MESSAGE,
    "name": "Anna",
    "person_id": ANNA,
    "priority": "high",
    "tag": "vip",
    "text": "Hello, {client}!",
    "number": 1,
    "outcome": "won",
    "place": None,
    "post_id": 3,
    "reason": "",
    "role": "client",
    "roles": ["manager"],
    "root_id": 4,
    "stars": 5,
    "telegram_id": 500,
    "ticket_id": TICKET,
    "to_id": BORIS,
    "topic": "",
    "topics": ["Delivery", "Payment"],
    "username": None,
    "comment": "",
}
_TOPICS = {event: topic for topic, event in catalogue().items()}
_NOT_TOLD = {"originator_id", "originator_version", "originator_topic", "workspace_id", "timestamp"}


class Fact:
    """Something that happened `on` an aggregate: by default to Acme, Anna, Klara or her ticket.

    It happened at noon, or so many `minutes` later.
    """

    def __init__(
        self,
        kind: type[Aggregate.Event],
        /,
        on: UUID | None = None,
        minutes: float = 0,
        **told: Any,
    ) -> None:
        self.at = NOON + timedelta(minutes=minutes)
        names = [name for name in kind.__dataclass_fields__ if name not in _NOT_TOLD]
        assert told.keys() <= set(names), f"{kind.__qualname__} has no {told.keys() - set(names)}"
        self.kind = kind
        self.on = on or STREAMS[kind.__qualname__.partition(".")[0]]
        defaults = {f.name: f.default for f in kind.__dataclass_fields__.values()}
        usual = {name: EVERYDAY.get(name, _default(defaults[name])) for name in names}
        self.told = {name: told.get(name, usual[name]) for name in names}

    def recorded(
        self, workspace_id: UUID, version: int, stream: UUID | None = None
    ) -> Aggregate.Event:
        """The event as the log gives it back, at a version of the fact's or another stream."""
        names = names_in(workspace_id)
        state = msgspec.json.encode(placed(self.told, names) | {"at": self.at})
        on = stream or names.get(self.on, self.on)
        return decode(_TOPICS[self.kind], state, workspace_id, on, version)


def _default(default: Any) -> Any:
    return None if default is MISSING else default


def names_in(workspace_id: UUID) -> dict[UUID, UUID]:
    """What the names that depend on the workspace stand for in this one."""
    new = uuid5(workspace_id, f"ticket:{COMMAND}")
    return {
        ACME: workspace_id,
        KLARA: client_id(workspace_id, 700),
        PAVEL: client_id(workspace_id, 701),
        NEW_TICKET: new,
        NEW_THREAD: thread_of(new),
        NEW_MESSAGE: uuid5(new, COMMAND),
        SETTINGS: settings_of(workspace_id),
        INVITATION: invitation_id(workspace_id, CODE),
        CANNED: reply_id(workspace_id, "hello"),
        HELD: uuid5(client_id(workspace_id, 700), COMMAND),
    }


def placed(told: dict[str, Any], names: dict[UUID, UUID]) -> dict[str, Any]:
    """The same fields with the ids that the names stand for."""
    return {
        field: names.get(value, value) if isinstance(value, UUID) else value
        for field, value in told.items()
    }


JOINED = (
    Fact(Person.Joined),
    Fact(Person.Joined, on=BORIS, name="Boris", telegram_id=501),
)
FOUNDED = Fact(Workspace.Founded, name="Acme")
READY = (
    FOUNDED,
    Fact(Workspace.BotConnected, bot_id=10, role="client", username="acme_bot"),
    Fact(Workspace.BotConnected, bot_id=20, role="manager", username="acme_staff_bot"),
    Fact(Workspace.ChannelLinked),
)
RUNNING = (*READY, Fact(Workspace.Started))
REGISTERED = Fact(Client.Registered, telegram_id=700, name="Klara", username="klara")
OPENED = (
    REGISTERED,
    Fact(Client.ConversationChosen),
    Fact(Ticket.Opened),
    Fact(Thread.Planned),
)
AT_WORK = (*RUNNING, *JOINED)
"""A running desk with Anna and Boris."""
WITH_TICKET = (*AT_WORK, *OPENED)
"""The same, and Klara has ticket 1."""
CLAIMED = (Fact(Ticket.ClaimAttempted), Fact(Ticket.Claimed))
CLOSED = (Fact(Ticket.Closed), Fact(Ticket.RatingAsked))
