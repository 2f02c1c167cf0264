"""What can be set about the rules by which a company works."""

from dataclasses import dataclass
from uuid import UUID

from typing_extensions import override

from application.desk import Answer, Command, Draft, NotFound
from domain.settings import Routing, Rules, Settings, settings_of
from domain.workspaces import Workspace


async def rules_of(draft: Draft, workspace_id: UUID) -> Rules:
    """The rules in force, to be read."""
    try:
        return (await draft.look(Settings, settings_of(workspace_id))).rules
    except NotFound:
        return Rules()


@dataclass(frozen=True, kw_only=True)
class SettingsCommand(Command):
    """An order about the rules of the company."""

    @property
    @override
    def subject(self) -> UUID:
        return settings_of(self.workspace_id)

    async def settings(self, draft: Draft) -> Settings:
        """The settings, begun if nothing was set before."""
        await draft.look(Workspace, self.workspace_id)
        known = await draft.find(Settings, self.subject)
        return known or draft.add(
            Settings(id=self.subject, workspace_id=self.workspace_id, timestamp=draft.at)
        )


@dataclass(frozen=True, kw_only=True)
class SetHours(SettingsCommand):
    """Be there for clients at these hours."""

    zone: str
    week: tuple[tuple[str, ...], ...]

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        settings = await self.settings(draft)
        settings.set_hours(self.zone, [list(day) for day in self.week])
        return {}


@dataclass(frozen=True, kw_only=True)
class SetTargets(SettingsCommand):
    """Want the first answer and the closing in so many minutes."""

    first_reaction: int | None
    closing: int | None

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        (await self.settings(draft)).set_targets(self.first_reaction, self.closing)
        return {}


@dataclass(frozen=True, kw_only=True)
class SetTexts(SettingsCommand):
    """Say these things in the company's own words; what is not told stays as it was."""

    texts: dict[str, str]

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        settings = await self.settings(draft)
        settings.set_texts({**settings.rules.texts, **self.texts})
        return {}


@dataclass(frozen=True, kw_only=True)
class ScheduleReport(SettingsCommand):
    """Want a report every day, week or month, or never."""

    every: str
    clock: str

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        (await self.settings(draft)).schedule_report(self.every, self.clock)
        return {}


@dataclass(frozen=True, kw_only=True)
class SetPresencePolicy(SettingsCommand):
    """Choose how it is known who is at work."""

    mode: str
    silence: int
    answer: int

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        (await self.settings(draft)).set_presence_policy(self.mode, self.silence, self.answer)
        return {}


@dataclass(frozen=True, kw_only=True)
class SetRoutingPolicy(SettingsCommand):
    """Choose how new tickets find their manager."""

    rule: Routing

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        (await self.settings(draft)).set_routing_policy(self.rule)
        return {}


@dataclass(frozen=True, kw_only=True)
class SetReopening(SettingsCommand):
    """Choose how long and how clients may reopen their tickets."""

    within: int
    by_reply: bool

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        (await self.settings(draft)).set_reopening(self.within, by_reply=self.by_reply)
        return {}


@dataclass(frozen=True, kw_only=True)
class SetSigning(SettingsCommand):
    """Allow managers to name themselves to clients, or not."""

    allowed: bool

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        (await self.settings(draft)).set_signing(allowed=self.allowed)
        return {}
