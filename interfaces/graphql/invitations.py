# pyright: reportAssignmentType=false
# a field shows rows of a read model as its type of the API
"""Invitations: links by which people join the staff, each once."""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final
from uuid import UUID

import strawberry

from application.invitations import (
    AcceptInvitation,
    InviteStaff,
    RevokeInvitation,
    accepted_by,
)
from interfaces.graphql.bounds import line, page_size, said, uuid_of
from interfaces.graphql.connections import Connection, Cursors, Slice
from interfaces.graphql.context import Context, Info
from interfaces.graphql.payloads import CommandInput, CommandPayload, payload, reached
from interfaces.graphql.refusals import BadText, Declined
from interfaces.graphql.scalars import BigInt
from interfaces.graphql.staff import NAME, Person, Role, person_of, roles_of, username_of
from interfaces.graphql.workspaces import BotRole, workspace_of
from projections.invitations import InvitationRow
from projections.roster import PersonRow

CURSORS = Cursors[tuple[datetime, UUID]]("invitations", tuple[datetime, UUID])
LONGEST: Final = 24 * 31  # hours
CODE: Final = 100


class AlreadyStaff(Declined):
    """You work here already; there is nothing to accept."""


class NoManagerBot(Declined):
    """Connect a manager bot first; the invitation is a link to it."""


async def _by(info: Info, row: strawberry.Parent[InvitationRow]) -> PersonRow | None:
    return await person_of(info, row.by)


async def _person(info: Info, row: strawberry.Parent[InvitationRow]) -> PersonRow | None:
    return await person_of(info, row.person_id)


@strawberry.type
class Invitation:
    """An invitation of `by` (null: an admin's key), good until used, revoked or expired."""

    invitation_id: strawberry.ID = strawberry.field(name="id")
    roles: list[Role]
    issued_at: datetime
    expires_at: datetime
    by: Person | None = strawberry.field(resolver=_by, graphql_type=Person | None)
    person: Person | None = strawberry.field(
        resolver=_person, graphql_type=Person | None, description="Who joined by it."
    )
    accepted_at: datetime | None
    revoked_at: datetime | None


@strawberry.input
class InviteStaffInput(CommandInput):
    """Let whoever has the link become a member of the staff, once, within so many hours."""

    roles: list[Role] = strawberry.field(default_factory=lambda: [Role.MANAGER])
    hours: int = 72


@strawberry.input
class AcceptInvitationInput(CommandInput):
    """Join the staff by the code of a link, as the Telegram account that used it."""

    code: str
    telegram_id: BigInt
    name: str
    username: str | None = None


@strawberry.input
class RevokeInvitationInput(CommandInput):
    """Let nobody in by an invitation any more."""

    invitation_id: strawberry.ID


@strawberry.type
class InviteStaffPayload(CommandPayload):
    """The invitation; its code is in the link, and nowhere else."""

    invitation_id: strawberry.ID
    code: str
    link: str
    expires_at: datetime


@strawberry.type
class AcceptInvitationPayload(CommandPayload):
    """Who joined, and which company."""

    person_id: strawberry.ID
    name: str


@strawberry.type
class InvitationQueries:
    """Questions about invitations."""

    @strawberry.field(graphql_type=Connection[Invitation])
    async def invitations(
        self,
        info: Info,
        first: int = 50,
        after: str | None = None,
        min_position: BigInt | None = None,
    ) -> Slice[InvitationRow]:
        """Whom the company has invited, the newest first."""
        context, model = info.context, info.context.models.invitations
        await context.wait_for(min_position)
        key = CURSORS.decode(after)
        page = await model.page(context.workspace_id, first=page_size(first), after=key)
        return context.slice(model, page, CURSORS)


@strawberry.type
class InvitationMutations:
    """How people join the staff by themselves."""

    @strawberry.mutation
    async def invite_staff(self, info: Info, input: InviteStaffInput) -> InviteStaffPayload:
        """Make a link by which one person may join the staff; a repeat gives the same one."""
        context = info.context
        context.require_leader()
        order, roles = context.order(input.command_id), roles_of(input.roles)
        link = await _link(context)
        code = context.parts.keys.invitation(context.workspace_id, input.command_id)
        command = InviteStaff(
            **order,
            digest=digest(code),
            roles=roles,
            expires_at=order["at"] + timedelta(hours=_hours(input.hours)),
            by=context.by,
        )
        done = await context.execute(command)
        return InviteStaffPayload(
            position=reached(done),
            replayed=done.replayed,
            invitation_id=strawberry.ID(str(done.answer["invitation"])),
            code=code,
            link=link + code,
            expires_at=datetime.fromisoformat(str(done.answer["expires_at"])),
        )

    @strawberry.mutation
    async def accept_invitation(
        self, info: Info, input: AcceptInvitationInput
    ) -> AcceptInvitationPayload:
        """Make the Telegram account that used a link a member of the staff."""
        context = info.context
        hashed = digest(line(input.code, "code", CODE, least=1))
        command = AcceptInvitation(
            **context.order(input.command_id),
            digest=hashed,
            name=said(input.name, "name", NAME),
            telegram_id=input.telegram_id,
            username=username_of(input.username),
        )
        await _must_be_new(context, input.telegram_id, hashed)
        done = await context.execute(command)
        return AcceptInvitationPayload(
            position=reached(done),
            replayed=done.replayed,
            person_id=strawberry.ID(str(done.answer["person"])),
            name=(await workspace_of(context)).name,
        )

    @strawberry.mutation
    async def revoke_invitation(self, info: Info, input: RevokeInvitationInput) -> CommandPayload:
        """Take an invitation back; one that was used stays as it is."""
        context = info.context
        context.require_leader()
        command = RevokeInvitation(
            **context.order(input.command_id),
            invitation_id=uuid_of(input.invitation_id),
            by=context.by,
        )
        return payload(await context.execute(command))


def digest(code: str) -> str:
    """What is recorded of a code: its SHA-256 in hexadecimal."""
    return sha256(code.encode()).hexdigest()


async def _link(context: Context) -> str:
    """The beginning of the company's links; see https://core.telegram.org/bots/features#deep-linking."""
    bots = (await workspace_of(context)).bots
    username = next((bot.username for bot in bots if bot.role == BotRole.MANAGER), None)
    if username is None:
        raise NoManagerBot
    return f"https://t.me/{username}?start=i_"


async def _must_be_new(context: Context, telegram_id: int, hashed: str) -> None:
    """Refuse somebody who works here, unless by this same invitation: a repeat."""
    roster = context.models.roster
    await context.caught_up(roster)
    known = await roster.by_telegram(context.workspace_id, telegram_id)
    joined = accepted_by(context.workspace_id, hashed)
    if known is not None and known.working and known.person_id != joined:
        raise AlreadyStaff


def _hours(hours: int) -> int:
    if not 1 <= hours <= LONGEST:
        raise BadText(f"an invitation is good for 1 to {LONGEST} hours")
    return hours
