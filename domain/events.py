"""The catalogue of all events: each by its topic, to bytes and back.

A topic is the event's qualified name and class version, `Ticket.Opened#1`: independent of modules,
forever in the log. Bytes are JSON of the event's own fields and `at`; ids, version and workspace
are columns of the log. An event with `class_version = 2` brings `upcast_v1_v2(state)`, a static
method that changes the stored dict; a new field needs only a default.
"""

import dataclasses
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, NamedTuple, get_type_hints
from uuid import UUID

import msgspec
from eventsourcing.utils import get_topic

from domain.aggregate import Aggregate
from domain.batches import Batch
from domain.canned_replies import CannedReply
from domain.clients import Client
from domain.contacts import Contact
from domain.deals import Deal
from domain.executors import Executor
from domain.invitations import Invitation
from domain.offers import Offer
from domain.pipelines import Pipeline
from domain.settings import Settings
from domain.slots import Slot
from domain.staff import Person
from domain.threads import Thread
from domain.tickets import Ticket
from domain.workspaces import Workspace

AGGREGATES: tuple[type[Aggregate], ...] = (
    Workspace,
    Settings,
    Person,
    Invitation,
    Client,
    Ticket,
    Thread,
    CannedReply,
    Pipeline,
    Contact,
    Slot,
    Deal,
    Executor,
    Offer,
    Batch,
)
IN_COLUMNS = {"originator_id", "originator_version", "originator_topic", "workspace_id"}


class UnknownTopic(Exception):
    """The log holds an event that this release does not know; a newer one wrote it."""


class Recorded(NamedTuple):
    """An event with its place in the log and what the log knows of the command behind it."""

    position: int
    recorded_at: datetime
    event: Aggregate.Event
    command_id: str = ""
    actor: str = ""
    cause: int | None = None


class _Kind(NamedTuple):
    owner: type[Aggregate]
    event: type[Aggregate.Event]
    version: int
    fields: tuple[str, ...]
    decoder: msgspec.json.Decoder[Any]
    struct: type[msgspec.Struct]
    originator_topic: str | None


def _kinds() -> Iterator[tuple[str, _Kind]]:
    for aggregate in AGGREGATES:
        for event in vars(aggregate).values():
            if not (isinstance(event, type) and issubclass(event, Aggregate.Event)):
                continue
            if event.__name__ in ("Event", "Created"):
                continue
            hints = get_type_hints(event)
            declared = [f for f in dataclasses.fields(event) if f.name not in IN_COLUMNS]
            struct = msgspec.defstruct(
                event.__name__,
                [
                    (f.name, hints[f.name])
                    if f.default is dataclasses.MISSING
                    else (f.name, hints[f.name], f.default)
                    for f in declared
                ],
                rename={"timestamp": "at"},
                kw_only=True,
            )
            created = issubclass(event, Aggregate.Created)
            yield (
                event.__qualname__,
                _Kind(
                    aggregate,
                    event,
                    getattr(event, "class_version", 1),
                    tuple(f.name for f in declared),
                    msgspec.json.Decoder(struct),
                    struct,
                    get_topic(aggregate) if created else None,
                ),
            )


_KINDS = dict(_kinds())
_TOPICS = {kind.event: f"{name}#{kind.version}" for name, kind in _KINDS.items()}
_OWNERS = {kind.event: kind.owner for kind in _KINDS.values()}
_FIELDS = {
    kind.event: tuple((f, "at" if f == "timestamp" else f) for f in kind.fields)
    for kind in _KINDS.values()
}
_encoder = msgspec.json.Encoder()


def catalogue() -> dict[str, type[Aggregate.Event]]:
    """Every event by its present topic."""
    return {topic: event for event, topic in _TOPICS.items()}


def topic_of(event: Aggregate.Event) -> str:
    """The name under which the log keeps this kind of event."""
    return _TOPICS[type(event)]


def owner_of(event: Aggregate.Event) -> type[Aggregate]:
    """The class of the aggregate to which it happened."""
    return _OWNERS[type(event)]


def encode(event: Aggregate.Event) -> bytes:
    """JSON of the event's own fields."""
    told = event.__dict__
    return _encoder.encode({name: told[field] for field, name in _FIELDS[type(event)]})


def decode(
    topic: str, state: bytes, workspace_id: UUID, originator_id: UUID, version: int
) -> Aggregate.Event:
    """The event that was recorded; `UnknownTopic` or msgspec's errors when it cannot be read."""
    name, _, recorded = topic.partition("#")
    kind = _KINDS.get(name)
    if kind is None or int(recorded) > kind.version:
        raise UnknownTopic(topic)
    if int(recorded) < kind.version:
        told = _upcast(kind, int(recorded), state)
    else:
        told = kind.decoder.decode(state)
    event: Aggregate.Event = object.__new__(kind.event)
    values: dict[str, Any] = vars(event)
    values["originator_id"] = originator_id
    values["originator_version"] = version
    values["workspace_id"] = workspace_id
    for field in kind.fields:
        values[field] = getattr(told, field)
    if kind.originator_topic is not None:
        values["originator_topic"] = kind.originator_topic
    return event


def _upcast(kind: _Kind, recorded: int, state: bytes) -> msgspec.Struct:
    told: dict[str, Any] = msgspec.json.decode(state)
    for version in range(recorded, kind.version):
        step: Callable[[dict[str, Any]], None] = getattr(
            kind.event, f"upcast_v{version}_v{version + 1}"
        )
        step(told)
    return msgspec.convert(told, kind.struct)


def fold(aggregate: Aggregate | None, event: Aggregate.Event) -> Aggregate:
    """The aggregate after the event; events out of their order raise `OriginatorVersionError`."""
    after: Aggregate | None = event.mutate(aggregate)
    assert after is not None  # noqa: S101 - no event of ours ends an aggregate
    return after
