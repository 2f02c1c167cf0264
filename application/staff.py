"""What can be done about the staff."""

from dataclasses import dataclass
from uuid import UUID

from typing_extensions import override

from application.desk import Answer, Command, Draft
from domain.staff import Person, PersonExists, Presence, Role
from domain.workspaces import Workspace


@dataclass(frozen=True, kw_only=True)
class StaffCommand(Command):
    """An order about one person."""

    person_id: UUID

    @property
    @override
    def subject(self) -> UUID:
        return self.person_id


@dataclass(frozen=True, kw_only=True)
class JoinStaff(StaffCommand):
    """Make somebody a member of the staff."""

    name: str
    roles: tuple[Role, ...]
    telegram_id: int | None = None
    username: str | None = None

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        await draft.look(Workspace, self.workspace_id)
        if await draft.find(Person, self.person_id) is not None:
            raise PersonExists
        draft.add(
            Person(
                id=self.person_id,
                workspace_id=self.workspace_id,
                timestamp=draft.at,
                name=self.name,
                roles=[str(role) for role in self.roles],
                telegram_id=self.telegram_id,
                username=self.username,
            )
        )
        return {}


@dataclass(frozen=True, kw_only=True)
class ChangeRoles(StaffCommand):
    """Let a person do exactly what these roles allow."""

    roles: tuple[Role, ...]

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        person = await draft.get(Person, self.person_id)
        person.change_roles([str(role) for role in self.roles])
        return {}


@dataclass(frozen=True, kw_only=True)
class LinkTelegram(StaffCommand):
    """Know a person by their Telegram account."""

    telegram_id: int
    username: str | None = None

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        (await draft.get(Person, self.person_id)).link_telegram(self.telegram_id, self.username)
        return {}


@dataclass(frozen=True, kw_only=True)
class ChooseStaffLanguage(StaffCommand):
    """Speak to a member of the staff in this language."""

    language: str

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        (await draft.get(Person, self.person_id)).choose_language(self.language)
        return {}


@dataclass(frozen=True, kw_only=True)
class StatePresence(StaffCommand):
    """Say whether one is at work."""

    presence: Presence

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        (await draft.get(Person, self.person_id)).state_presence(self.presence)
        return {}


@dataclass(frozen=True, kw_only=True)
class LeaveStaff(StaffCommand):
    """End a person's work here."""

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        (await draft.get(Person, self.person_id)).leave()
        return {}
