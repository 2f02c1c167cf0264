"""The staff: who works here, and the admin's orders about them."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid5

import strawberry

from application.staff import ChangeRoles, JoinStaff, LeaveStaff, LinkTelegram
from application.staff import Role as StaffRole
from interfaces.graphql.bounds import line, page_size, some_uuid, uuid_of
from interfaces.graphql.connections import Connection, Cursors, Slice
from interfaces.graphql.context import Info
from interfaces.graphql.payloads import CommandInput, CommandPayload, payload, reached
from interfaces.graphql.presences import Presence
from interfaces.graphql.refusals import BadText
from interfaces.graphql.scalars import BigInt
from projections.roster import PersonRow

CURSORS = Cursors[tuple[datetime, UUID]]("roster", tuple[datetime, UUID])
NAME, USERNAME = 200, 64


@strawberry.enum
class Role(StrEnum):
    """What a person may do in their workspace."""

    OWNER = "owner"
    ADMIN = "admin"
    MANAGER = "manager"


@strawberry.type
class Person:
    """A member of the staff; `openTickets` counts what they hold now.

    `presence` is what they said last of themselves, at `presenceSince`; `language` what they chose.
    """

    person_id: strawberry.ID = strawberry.field(name="id")
    name: str
    roles: list[Role]
    telegram_id: BigInt | None
    username: str | None
    working: bool
    presence: Presence
    presence_since: datetime
    language: str | None
    load: int = strawberry.field(name="openTickets")


@strawberry.input
class JoinStaffInput(CommandInput):
    """Make somebody a member of the staff; without `personId` the server chooses one."""

    person_id: strawberry.ID | None = None
    name: str
    roles: list[Role] = strawberry.field(default_factory=lambda: [Role.MANAGER])
    telegram_id: BigInt | None = None
    username: str | None = None


@strawberry.input
class ChangeRolesInput(CommandInput):
    """Let a person do exactly what these roles allow."""

    person_id: strawberry.ID
    roles: list[Role]


@strawberry.input
class LinkTelegramInput(CommandInput):
    """Know a person by their Telegram account."""

    person_id: strawberry.ID
    telegram_id: BigInt
    username: str | None = None


@strawberry.input
class LeaveStaffInput(CommandInput):
    """End a person's work here."""

    person_id: strawberry.ID


@strawberry.type
class JoinStaffPayload(CommandPayload):
    """Who joined."""

    person_id: strawberry.ID


@strawberry.type
class StaffQueries:
    """Questions about the staff."""

    @strawberry.field(graphql_type=Connection[Person])
    async def roster(
        self,
        info: Info,
        first: int = 50,
        after: str | None = None,
        min_position: BigInt | None = None,
    ) -> Slice[PersonRow]:
        """Who works or worked here, in the order of joining."""
        context, model = info.context, info.context.models.roster
        await context.wait_for(min_position)
        after_key = CURSORS.decode(after)
        page = await model.page(context.workspace_id, first=page_size(first), after=after_key)
        return context.slice(model, page, CURSORS)


@strawberry.type
class StaffMutations:
    """What an admin can do about the staff."""

    @strawberry.mutation
    async def join_staff(self, info: Info, input: JoinStaffInput) -> JoinStaffPayload:
        """Make somebody a member of the staff."""
        order = info.context.order(input.command_id)
        person_id = some_uuid(input.person_id) or uuid5(
            info.context.workspace_id, f"person:{input.command_id}"
        )
        done = await info.context.execute(
            JoinStaff(
                **order,
                person_id=person_id,
                name=line(input.name, "name", NAME, least=1),
                roles=roles_of(input.roles),
                telegram_id=input.telegram_id,
                username=username_of(input.username),
            )
        )
        return JoinStaffPayload(
            position=reached(done), replayed=done.replayed, person_id=strawberry.ID(str(person_id))
        )

    @strawberry.mutation
    async def change_roles(self, info: Info, input: ChangeRolesInput) -> CommandPayload:
        """Let a person do exactly what these roles allow."""
        order = info.context.order(input.command_id)
        person_id = uuid_of(input.person_id)
        command = ChangeRoles(**order, person_id=person_id, roles=roles_of(input.roles))
        return payload(await info.context.execute(command))

    @strawberry.mutation
    async def link_telegram(self, info: Info, input: LinkTelegramInput) -> CommandPayload:
        """Know a person by their Telegram account."""
        order = info.context.order(input.command_id)
        command = LinkTelegram(
            **order,
            person_id=uuid_of(input.person_id),
            telegram_id=input.telegram_id,
            username=username_of(input.username),
        )
        return payload(await info.context.execute(command))

    @strawberry.mutation
    async def leave_staff(self, info: Info, input: LeaveStaffInput) -> CommandPayload:
        """End a person's work here."""
        order = info.context.order(input.command_id)
        command = LeaveStaff(**order, person_id=uuid_of(input.person_id))
        return payload(await info.context.execute(command))


async def person_of(info: Info, id: UUID | None) -> PersonRow | None:
    """The person behind an id of a row, if there is one."""
    return None if id is None else await info.context.loaders.persons.load(id)


def roles_of(roles: Sequence[Role]) -> tuple[StaffRole, ...]:
    """One or more roles, each once; raises BadText."""
    if not roles or len(set(roles)) < len(roles):
        raise BadText("roles are one or more, each once")
    return tuple(StaffRole(role.value) for role in roles)


def username_of(username: str | None) -> str | None:
    """A username of Telegram, if one is told; raises BadText."""
    return None if username is None else line(username, "username", USERNAME)
