"""Invitations: who was asked to join the staff, and what became of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString, NamedTuple
from uuid import UUID

from domain.events import Recorded
from domain.invitations import Invitation
from projections.projection import Fold, Page, ReadModel, Rows, Table


class InvitationRow(NamedTuple):
    """An invitation; it is open until it was accepted, revoked, or expires."""

    invitation_id: UUID
    roles: list[str]
    issued_at: datetime
    expires_at: datetime
    by: UUID | None
    person_id: UUID | None
    accepted_at: datetime | None
    revoked_at: datetime | None

    @property
    def cursor(self) -> tuple[datetime, UUID]:
        """What a page after this row gets as `after`."""
        return self.issued_at, self.invitation_id


@dataclass(slots=True)
class StoredInvitation:
    """What the table of invitations keeps."""

    workspace_id: UUID
    invitation_id: UUID
    roles: list[str]
    issued_at: datetime
    expires_at: datetime
    by: UUID | None
    person_id: UUID | None = None
    accepted_at: datetime | None = None
    revoked_at: datetime | None = None


INVITATIONS = Table(
    "invitations",
    StoredInvitation,
    ("workspace_id", "invitation_id"),
    ("(workspace_id, issued_at, invitation_id)",),
)

fold = Fold()


@fold.on(Invitation.Issued)
def _issued(_: Recorded, event: Invitation.Issued, rows: Rows) -> None:
    place = (event.workspace_id, event.originator_id, event.roles)
    rows.put(INVITATIONS, StoredInvitation(*place, event.timestamp, event.expires_at, event.by))


def _change(event: Invitation.Event, rows: Rows) -> StoredInvitation:
    invitation = rows.change(INVITATIONS, event.workspace_id, event.originator_id)
    if invitation is None:
        raise LookupError(f"the invitation {event.originator_id} was never issued")
    return invitation


@fold.on(Invitation.Accepted, reads=[INVITATIONS])
def _accepted(_: Recorded, event: Invitation.Accepted, rows: Rows) -> None:
    invitation = _change(event, rows)
    invitation.person_id, invitation.accepted_at = event.person_id, event.timestamp


@fold.on(Invitation.Revoked, reads=[INVITATIONS])
def _revoked(_: Recorded, event: Invitation.Revoked, rows: Rows) -> None:
    _change(event, rows).revoked_at = event.timestamp


class Invitations(ReadModel):
    """The invitations of every workspace."""

    name = "invitations"
    version = 1
    tables = (INVITATIONS,)
    fold = fold

    async def page(
        self, workspace_id: UUID, *, first: int = 50, after: tuple[datetime, UUID] | None = None
    ) -> Page[InvitationRow]:
        """Invitations, the newest first; `after` is the `cursor` of the last row seen."""
        question: LiteralString = """
            SELECT invitation_id, roles, issued_at, expires_at, by, person_id, accepted_at,
                   revoked_at
              FROM read.invitations WHERE workspace_id = %(workspace_id)s"""
        if after is not None:
            question += " AND (issued_at, invitation_id) < (%(issued_at)s, %(invitation_id)s)"
        return await self._ask_page(
            InvitationRow,
            question + " ORDER BY issued_at DESC, invitation_id DESC LIMIT %(limit)s",
            first,
            workspace_id=workspace_id,
            issued_at=after[0] if after else None,
            invitation_id=after[1] if after else None,
        )
