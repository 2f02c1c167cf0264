"""What can be done about invitations to the staff."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid5

from typing_extensions import override

from application.desk import Answer, Command, Draft
from domain.invitations import Invitation
from domain.staff import Person, Role
from domain.workspaces import Workspace


def invitation_id(workspace_id: UUID, digest: str) -> UUID:
    """The id of the invitation whose code has this digest (hexadecimal SHA-256)."""
    return uuid5(workspace_id, f"invitation:{digest}")


def accepted_by(workspace_id: UUID, digest: str) -> UUID:
    """The id of whoever joins by the invitation whose code has this digest."""
    return uuid5(invitation_id(workspace_id, digest), "person")


@dataclass(frozen=True, kw_only=True)
class InvitationCommand(Command):
    """An order about one invitation, known by the digest of its code."""

    digest: str

    @property
    @override
    def subject(self) -> UUID:
        return invitation_id(self.workspace_id, self.digest)


@dataclass(frozen=True, kw_only=True)
class InviteStaff(InvitationCommand):
    """Let whoever has the link become a member of the staff, once."""

    roles: tuple[Role, ...]
    expires_at: datetime = field(metadata={"incidental": True})
    by: UUID | None = None

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        await draft.look(Workspace, self.workspace_id)
        draft.add(
            Invitation(
                id=self.subject,
                workspace_id=self.workspace_id,
                timestamp=draft.at,
                roles=[str(role) for role in self.roles],
                expires_at=self.expires_at,
                by=self.by,
            )
        )
        return {"invitation": str(self.subject), "expires_at": self.expires_at.isoformat()}


@dataclass(frozen=True, kw_only=True)
class AcceptInvitation(InvitationCommand):
    """Join the staff by a link."""

    name: str
    telegram_id: int
    username: str | None = None

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        invitation = await draft.get(Invitation, self.subject)
        person_id = accepted_by(self.workspace_id, self.digest)
        invitation.accept(person_id)
        draft.add(
            Person(
                id=person_id,
                workspace_id=self.workspace_id,
                timestamp=draft.at,
                name=self.name,
                roles=invitation.roles,
                telegram_id=self.telegram_id,
                username=self.username,
            )
        )
        return {"person": str(person_id)}


@dataclass(frozen=True, kw_only=True)
class RevokeInvitation(Command):
    """Take an invitation back."""

    invitation_id: UUID
    by: UUID | None = None

    @property
    @override
    def subject(self) -> UUID:
        return self.invitation_id

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        (await draft.get(Invitation, self.invitation_id)).revoke(self.by)
        return {}
