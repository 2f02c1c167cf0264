"""What can be done about executors: who they are, and what they may."""

from dataclasses import dataclass
from uuid import UUID

from typing_extensions import override

from application.desk import Answer, Command, Draft
from application.phones import e164
from domain.executors import Admission, Executor, executor_of
from domain.staff import Person
from domain.workspaces import Workspace

__all__ = ["Admission"]


def executor_id(workspace_id: UUID, telegram_id: int) -> UUID:
    """The executor's id: one for each Telegram account in a workspace."""
    return executor_of(workspace_id, telegram_id)


@dataclass(frozen=True, kw_only=True)
class Account:
    """Somebody who pressed or wrote, as Telegram describes them: `name` is the full name."""

    telegram_id: int
    name: str
    username: str | None = None
    language: str = "ru"


async def greeted(draft: Draft, workspace_id: UUID, account: Account) -> Executor:
    """The executor behind an account, registered or renamed if that is news."""
    id = executor_of(workspace_id, account.telegram_id)
    known = await draft.find(Executor, id)
    if known is not None:
        known.rename(account.name, account.username)
        return known
    return draft.add(
        Executor(
            id=id,
            workspace_id=workspace_id,
            timestamp=draft.at,
            telegram_id=account.telegram_id,
            name=account.name,
            username=account.username,
            language=account.language,
        )
    )


@dataclass(frozen=True, kw_only=True)
class ExecutorCommand(Command):
    """An order about one executor, who is known."""

    executor_id: UUID

    @property
    @override
    def subject(self) -> UUID:
        return self.executor_id

    async def executor(self, draft: Draft) -> Executor:
        """The executor that the order is about."""
        return await draft.get(Executor, self.executor_id)


@dataclass(frozen=True, kw_only=True)
class MarkExecutorUnreachable(ExecutorCommand):
    """Know that Telegram no longer lets us write to an executor."""

    reason: str

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        (await self.executor(draft)).become_unreachable(self.reason)
        return {}


@dataclass(frozen=True, kw_only=True)
class ChooseExecutorLanguage(ExecutorCommand):
    """Speak to an executor in this language."""

    language: str

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        (await self.executor(draft)).choose_language(self.language)
        return {}


@dataclass(frozen=True, kw_only=True)
class SharePhone(ExecutorCommand):
    """Know the number that an executor told."""

    phone: str

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        language = (await draft.look(Workspace, self.workspace_id)).language
        (await self.executor(draft)).share_phone(e164(self.phone, language))
        return {}


@dataclass(frozen=True, kw_only=True)
class SetSkills(ExecutorCommand):
    """Know that an executor can do exactly this."""

    skills: tuple[str, ...]
    by: UUID | None = None

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        told = [known(skill) for skill in self.skills if skill.strip()]
        (await self.executor(draft)).set_skills(list(dict.fromkeys(told)), self.by)
        return {}


@dataclass(frozen=True, kw_only=True)
class SetAdmission(ExecutorCommand):
    """Let an executor claim, or not."""

    admission: Admission
    reason: str = ""
    by: UUID | None = None

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        (await self.executor(draft)).set_admission(self.admission, self.reason, self.by)
        return {}


@dataclass(frozen=True, kw_only=True)
class LinkExecutor(ExecutorCommand):
    """Know that an executor is a member of the staff; None: of nobody."""

    person_id: UUID | None
    by: UUID | None = None

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        if self.person_id is not None:
            (await draft.look(Person, self.person_id)).must_work_here()
        (await self.executor(draft)).link_person(self.person_id, self.by)
        return {}


def known(skill: str) -> str:
    """A skill as it is compared: however it was written."""
    return " ".join(skill.split()).casefold()
