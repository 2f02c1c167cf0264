"""The desk carries out commands: it lets the domain decide and records what happened."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from hashlib import blake2b
from typing import NamedTuple, TypeAlias
from uuid import UUID

import msgspec

from application.draft import Draft, NotFound, Shelf
from application.ports import Busy, Conflict, EventLog, IdReused, OutcomeUnknown, Save
from domain.aggregate import Aggregate, Refused

__all__ = [
    "Answer",
    "Busy",
    "Command",
    "CommandIdReused",
    "Desk",
    "Done",
    "Draft",
    "NotFound",
    "OutcomeUnknown",
    "Refused",
    "SomebodyWasQuicker",
]

Answer: TypeAlias = Mapping[str, str | int | bool | None]

ATTEMPTS = 25
BREATH = 0.001  # seconds longer after each loss: who has won here just now is the quickest again


class CommandIdReused(Refused):
    """This command id was used for another command; choose a new one."""


class SomebodyWasQuicker(Refused):
    """Others changed the same thing again and again; look at it and try once more."""


@dataclass(frozen=True, kw_only=True)
class Command(ABC):
    """An order to change something, named in the imperative.

    The same `command_id` (1 to 200 characters) with the same content gets the first answer again.
    `actor` is who gave the order (`person:<id>`, `client:<id>`, `admin`, `policy:<name>`), `at`
    when, `cause` the position of the event that led to it.
    """

    workspace_id: UUID
    command_id: str
    actor: str
    at: datetime
    cause: int | None = None

    @property
    @abstractmethod
    def subject(self) -> UUID:
        """The aggregate that the order is about; orders about the same one take turns."""

    @abstractmethod
    async def carry_out(self, draft: Draft) -> Answer:
        """Get aggregates from the draft and let them decide."""

    def fingerprint(self) -> bytes:
        """The same for every retry of the order, another one for any other order.

        A field with the metadata `incidental` is only what was known when the order was given: a
        retry that knows more or less is the same order.
        """
        told = self.__dict__
        order = [type(self).__name__, self.actor, *(told[name] for name in _content(type(self)))]
        return blake2b(msgspec.json.encode(order), digest_size=16).digest()


class Done(NamedTuple):
    """How a command was answered, and the position of its last event (None: nothing happened)."""

    answer: Answer
    position: int | None
    replayed: bool


class Outcome(msgspec.Struct, omit_defaults=True):
    """What the log remembers of a command: its answer, or the refusal and what that named."""

    answer: dict[str, str | int | bool | None] | None = None
    refused: str | None = None
    named: tuple[str, ...] = ()


_encode = msgspec.json.Encoder().encode
_outcome = msgspec.json.Decoder(Outcome)


class Desk:
    """Runs any number of commands at a time in one process; any number of processes may run."""

    def __init__(self, log: EventLog, *, remembered: int = 20_000) -> None:
        self._log = log
        self._shelf = Shelf(log, room=remembered)

    async def execute(self, command: Command) -> Done:
        """Carry out the command; if somebody was quicker, look again and decide anew.

        Raises the domain's Refused, `Busy` (nothing happened) or `OutcomeUnknown` (ask again with
        the same command id).
        """
        async with self._shelf.turn((command.workspace_id.int, command.subject.int)):
            for losses in range(ATTEMPTS):
                try:
                    return await self._attempt(command)
                except Conflict:
                    await asyncio.sleep(BREATH * losses)
        raise SomebodyWasQuicker

    async def rehearse(self, command: Command) -> Answer:
        """How the command would be answered now, or refused; nothing is recorded."""
        async with Draft(self._shelf, command.workspace_id, command.at) as draft:
            try:
                return await command.carry_out(draft)
            except Conflict:
                raise SomebodyWasQuicker from None
            finally:
                draft.keep(recorded=False)

    async def _attempt(self, command: Command) -> Done:
        async with Draft(self._shelf, command.workspace_id, command.at) as draft:
            refusal: Refused | None = None
            events: list[Aggregate.Event] = []
            try:
                outcome = Outcome(answer=dict(await command.carry_out(draft)))
                events = draft.events()
            except Refused as refused:
                refusal = refused
                outcome = Outcome(refused=type(refused).__name__, named=refused.named)
            save = _save(command, outcome, events, draft)
            try:
                stored = await self._log.append(save)
            except IdReused:
                raise CommandIdReused from None
            except Conflict:
                draft.forget()
                raise
            draft.keep(recorded=refusal is None and not stored.replayed)
        if stored.replayed:
            outcome = _outcome.decode(stored.outcome)
            if outcome.refused is not None:
                raise _refusals()[outcome.refused](*outcome.named)
        elif refusal is not None:
            raise refusal
        return Done(outcome.answer or {}, stored.position, stored.replayed)


def _save(command: Command, outcome: Outcome, events: list[Aggregate.Event], draft: Draft) -> Save:
    return Save(
        workspace_id=command.workspace_id,
        command_id=command.command_id,
        fingerprint=command.fingerprint(),
        outcome=_encode(outcome).decode(),
        actor=command.actor,
        cause=command.cause,
        events=events,
        seen=draft.seen(events),
        number=draft.number if events else None,
        series=draft.series,
    )


@cache
def _content(kind: type[Command]) -> tuple[str, ...]:
    incidental = {"command_id", "actor", "at", "cause"}
    return tuple(
        field.name
        for field in fields(kind)
        if field.name not in incidental and not field.metadata.get("incidental")
    )


def _refusals() -> dict[str, type[Refused]]:
    def below(kind: type[Refused]) -> Iterator[type[Refused]]:
        yield kind
        for child in kind.__subclasses__():
            yield from below(child)

    return {kind.__name__: kind for kind in below(Refused)}
