"""A person who works for a company: manager, admin or owner."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from eventsourcing.domain import event

from domain.aggregate import Aggregate, Refused


class Role(StrEnum):
    """What a person may do in their workspace."""

    OWNER = "owner"
    ADMIN = "admin"
    MANAGER = "manager"


class Presence(StrEnum):
    """What a person says of themselves; only those who are here are given new work."""

    HERE = "here"
    BREAK = "break"
    GONE = "gone"


class PersonExists(Refused):
    """There is somebody with this id already; choose another id, also for one who comes back."""


class PersonHasLeft(Refused):
    """This person no longer works here; choose a colleague."""


class NotAManager(Refused):
    """Only a manager of this workspace may do that; ask an admin for the role."""


class Person(Aggregate):
    """Somebody on the staff of one workspace."""

    class Joined(Aggregate.Created):
        """Somebody became a member of the staff."""

        name: str
        roles: list[str]
        telegram_id: int | None = None
        username: str | None = None

    class RolesChanged(Aggregate.Event):
        """The person may do other things from now on."""

        roles: list[str]

    class TelegramLinked(Aggregate.Event):
        """The person's Telegram account became known."""

        telegram_id: int
        username: str | None = None

    class LanguageChosen(Aggregate.Event):
        """The person is spoken to in this language from now on."""

        language: str

    class PresenceStated(Aggregate.Event):
        """The person said whether they are at work."""

        presence: str

    class Left(Aggregate.Event):
        """The person no longer works here."""

    @event(Joined)
    def __init__(  # noqa: PLR0913 - the fields of the event
        self,
        id: UUID,
        workspace_id: UUID,
        timestamp: datetime,
        name: str,
        roles: list[str],
        telegram_id: int | None = None,
        username: str | None = None,
    ) -> None:
        self._id = id
        self.workspace_id = workspace_id
        self.at = timestamp
        self.name = name
        self.roles = roles
        self.telegram_id = telegram_id
        self.username = username
        self.language: str | None = None
        self.presence = Presence.HERE
        self.working = True

    def change_roles(self, roles: list[str]) -> None:
        """Let the person do exactly what these roles allow."""
        self.must_work_here()
        if roles != self.roles:
            self._roles_changed(roles)

    def link_telegram(self, telegram_id: int, username: str | None) -> None:
        """Know the person by this Telegram account."""
        self.must_work_here()
        if (telegram_id, username) != (self.telegram_id, self.username):
            self._telegram_linked(telegram_id, username)

    def choose_language(self, language: str) -> None:
        """Speak to the person in this language."""
        self.must_work_here()
        if language != self.language:
            self._language_chosen(language)

    def state_presence(self, presence: Presence) -> None:
        """Know whether the person is at work."""
        self.must_work_here()
        if presence is not self.presence:
            self._presence_stated(presence)

    def leave(self) -> None:
        """End the person's work here."""
        if self.working:
            self._left()

    def must_work_here(self) -> None:
        """Refuse for somebody who has left."""
        if not self.working:
            raise PersonHasLeft

    def must_manage(self) -> None:
        """Refuse for anybody but a working manager."""
        self.must_work_here()
        if Role.MANAGER not in self.roles:
            raise NotAManager

    @event(RolesChanged)
    def _roles_changed(self, roles: list[str]) -> None:
        self.roles = roles

    @event(TelegramLinked)
    def _telegram_linked(self, telegram_id: int, username: str | None) -> None:
        self.telegram_id = telegram_id
        self.username = username

    @event(LanguageChosen)
    def _language_chosen(self, language: str) -> None:
        self.language = language

    @event(PresenceStated)
    def _presence_stated(self, presence: str) -> None:
        self.presence = Presence(presence)

    @event(Left)
    def _left(self) -> None:
        self.working = False
