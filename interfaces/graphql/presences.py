"""Presences: what the staff says of themselves: here, on a break, gone."""

from enum import StrEnum

import strawberry

from application.staff import Presence as StaffPresence
from application.staff import StatePresence
from interfaces.graphql.bounds import some_uuid
from interfaces.graphql.context import Info
from interfaces.graphql.payloads import CommandInput, CommandPayload, payload
from interfaces.graphql.principals import Who
from interfaces.graphql.refusals import BadRequest, NotAllowed


@strawberry.enum
class Presence(StrEnum):
    """What a person says of themselves; only those who are here are given new work."""

    HERE = "here"
    BREAK = "break"
    GONE = "gone"


@strawberry.input
class StatePresenceInput(CommandInput):
    """Say whether one is at work, or (an admin, with `personId`) whether somebody is."""

    presence: Presence
    person_id: strawberry.ID | None = None


@strawberry.type
class PresenceMutations:
    """Who is at work."""

    @strawberry.mutation
    async def state_presence(self, info: Info, input: StatePresenceInput) -> CommandPayload:
        """Know whether a person is at work."""
        context = info.context
        named = some_uuid(input.person_id)
        if context.principal.who is not Who.ADMIN and named not in {None, context.by}:
            raise NotAllowed
        person_id = named or context.by
        if person_id is None:
            raise BadRequest("An admin's key says whose presence it is: personId.")
        order = context.order(input.command_id)
        presence = StaffPresence(input.presence.value)
        command = StatePresence(**order, person_id=person_id, presence=presence)
        return payload(await context.execute(command))
