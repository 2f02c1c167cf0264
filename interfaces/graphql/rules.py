"""Rules: the orders that set by which of them the company works."""

import strawberry

from application.settings import (
    Routing,
    ScheduleReport,
    SetHours,
    SetPresencePolicy,
    SetReopening,
    SetRoutingPolicy,
    SetSigning,
    SetTargets,
    SetTexts,
)
from interfaces.graphql.bounds import line, said
from interfaces.graphql.context import Info
from interfaces.graphql.payloads import CommandInput, CommandPayload, payload
from interfaces.graphql.refusals import BadText
from interfaces.graphql.settings import PresenceMode, ReportEvery, RoutingRule, TextKind

ZONE, INTERVAL, DAYS, INTERVALS, CLOCK, TEXT = 64, 11, 7, 10, 5, 1_000


@strawberry.input
class SetHoursInput(CommandInput):
    """Be there at these hours: an IANA zone, and each weekday's `HH:MM-HH:MM` from Monday."""

    zone: str
    week: list[list[str]]


@strawberry.input
class SetTargetsInput(CommandInput):
    """Want the first answer and the closing in so many minutes; null: whenever."""

    first_reaction: int | None = None
    closing: int | None = None


@strawberry.input
class TextInput:
    """What the company says in its own words; an empty text: in ours."""

    kind: TextKind
    text: str


@strawberry.input
class SetTextsInput(CommandInput):
    """Say these things in the company's own words; what is not told stays as it was."""

    texts: list[TextInput]


@strawberry.input
class ScheduleReportInput(CommandInput):
    """Want a report so often, at this time (`HH:MM`) of the company."""

    every: ReportEvery
    clock: str = "09:00"


@strawberry.input
class SetPresencePolicyInput(CommandInput):
    """Choose how it is known who is at work: `silence` in minutes, `answer` in seconds."""

    mode: PresenceMode
    silence: int = 15
    answer: int = 60


@strawberry.input
class SetRoutingPolicyInput(CommandInput):
    """Choose how new tickets find their manager."""

    rule: RoutingRule


@strawberry.input
class SetReopeningInput(CommandInput):
    """Let clients reopen a ticket for so many minutes (0: never), by a reply to it too or not."""

    within: int
    by_reply: bool


@strawberry.input
class SetSigningInput(CommandInput):
    """Allow managers to name themselves to clients, or not."""

    allowed: bool


@strawberry.type
class RuleMutations:
    """What an admin decides about how the company works."""

    @strawberry.mutation
    async def set_hours(self, info: Info, input: SetHoursInput) -> CommandPayload:
        """Be there for clients at these hours."""
        order = info.context.order(input.command_id)
        if len(input.week) != DAYS or any(len(day) > INTERVALS for day in input.week):
            raise BadText(f"a week has {DAYS} days of up to {INTERVALS} intervals")
        week = tuple(tuple(line(one, "an interval", INTERVAL) for one in day) for day in input.week)
        command = SetHours(**order, zone=line(input.zone, "zone", ZONE, least=1), week=week)
        return payload(await info.context.execute(command))

    @strawberry.mutation
    async def set_targets(self, info: Info, input: SetTargetsInput) -> CommandPayload:
        """Want the first answer and the closing in so many minutes."""
        order = info.context.order(input.command_id)
        command = SetTargets(**order, first_reaction=input.first_reaction, closing=input.closing)
        return payload(await info.context.execute(command))

    @strawberry.mutation
    async def set_texts(self, info: Info, input: SetTextsInput) -> CommandPayload:
        """Say some things in the company's own words."""
        order = info.context.order(input.command_id)
        texts = {one.kind.value: said(one.text, "a text", TEXT) for one in input.texts}
        if len(texts) < len(input.texts):
            raise BadText("texts are told once for each kind")
        return payload(await info.context.execute(SetTexts(**order, texts=texts)))

    @strawberry.mutation
    async def schedule_report(self, info: Info, input: ScheduleReportInput) -> CommandPayload:
        """Want a report every day, week or month, or never."""
        order = info.context.order(input.command_id)
        clock = line(input.clock, "clock", CLOCK)
        command = ScheduleReport(**order, every=input.every.value, clock=clock)
        return payload(await info.context.execute(command))

    @strawberry.mutation
    async def set_presence_policy(
        self, info: Info, input: SetPresencePolicyInput
    ) -> CommandPayload:
        """Choose how it is known who is at work."""
        order = info.context.order(input.command_id)
        command = SetPresencePolicy(
            **order, mode=input.mode.value, silence=input.silence, answer=input.answer
        )
        return payload(await info.context.execute(command))

    @strawberry.mutation
    async def set_routing_policy(self, info: Info, input: SetRoutingPolicyInput) -> CommandPayload:
        """Choose how new tickets find their manager."""
        order = info.context.order(input.command_id)
        command = SetRoutingPolicy(**order, rule=Routing(input.rule.value))
        return payload(await info.context.execute(command))

    @strawberry.mutation
    async def set_reopening(self, info: Info, input: SetReopeningInput) -> CommandPayload:
        """Choose how long and how clients may reopen their tickets."""
        order = info.context.order(input.command_id)
        command = SetReopening(**order, within=input.within, by_reply=input.by_reply)
        return payload(await info.context.execute(command))

    @strawberry.mutation
    async def set_signing(self, info: Info, input: SetSigningInput) -> CommandPayload:
        """Allow managers to name themselves to clients, or not."""
        order = info.context.order(input.command_id)
        command = SetSigning(**order, allowed=input.allowed)
        return payload(await info.context.execute(command))
