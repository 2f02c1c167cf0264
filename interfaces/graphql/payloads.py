"""What every command is given and answers."""

import strawberry

from application.desk import Done
from interfaces.graphql.scalars import BigInt


@strawberry.input
class CommandInput:
    """An order; the same id with the same content gets the first answer again."""

    command_id: str


@strawberry.type
class CommandPayload:
    """What happened: the position of the last event (null: nothing), or that it was a repeat."""

    position: BigInt | None
    replayed: bool


@strawberry.type
class TicketPayload(CommandPayload):
    """What happened to a ticket."""

    number: int


def reached(done: Done) -> BigInt | None:
    """The position of the last event of a command."""
    return None if done.position is None else BigInt(done.position)


def payload(done: Done) -> CommandPayload:
    """The plain payload."""
    return CommandPayload(position=reached(done), replayed=done.replayed)


def ticket_payload(done: Done) -> TicketPayload:
    """The payload of a command about a ticket."""
    return TicketPayload(position=reached(done), replayed=done.replayed, number=number_of(done))


def number_of(done: Done) -> int:
    """The number of the ticket that a command was about."""
    return int(done.answer["number"] or 0)
