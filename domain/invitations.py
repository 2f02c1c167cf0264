"""An invitation: a link that makes one person a member of the staff, once."""

from datetime import datetime
from uuid import UUID

from eventsourcing.domain import event

from domain.aggregate import Aggregate, Refused


class InvitationIsOver(Refused):
    """This invitation was used, taken back or is too old; ask for a new one."""


class Invitation(Aggregate):
    """Known by the hash of its code; the code itself is only in the link."""

    class Issued(Aggregate.Created):
        """A leader invites somebody to do what these roles allow."""

        roles: list[str]
        expires_at: datetime
        by: UUID | None

    class Accepted(Aggregate.Event):
        """Somebody used the link and became this member of the staff."""

        person_id: UUID

    class Revoked(Aggregate.Event):
        """The invitation was taken back."""

        by: UUID | None

    @event(Issued)
    def __init__(  # noqa: PLR0913 - the fields of the event
        self,
        id: UUID,
        workspace_id: UUID,
        timestamp: datetime,
        roles: list[str],
        expires_at: datetime,
        by: UUID | None,
    ) -> None:
        self._id = id
        self.workspace_id = workspace_id
        self.at = timestamp
        self.roles = roles
        self.expires_at = expires_at
        self.by = by
        self.person_id: UUID | None = None
        self.revoked = False

    def accept(self, person_id: UUID) -> None:
        """Let one person in."""
        if self.person_id is not None or self.revoked or self.at >= self.expires_at:
            raise InvitationIsOver
        self._accepted(person_id)

    def revoke(self, by: UUID | None) -> None:
        """Let nobody in any more."""
        if self.person_id is None and not self.revoked:
            self._revoked(by)

    @event(Accepted)
    def _accepted(self, person_id: UUID) -> None:
        self.person_id = person_id

    @event(Revoked)
    def _revoked(self, by: UUID | None) -> None:
        self.revoked = True
