"""Offerings: by which rules the deals of a search stage are offered to executors."""

from enum import StrEnum

import strawberry

from application.pipelines import Act, EndOffering, SetOffering
from application.pipelines import Datum as ExecutorDatum
from application.pipelines import Offering as StageOffering
from application.pipelines import Step as LadderStep
from interfaces.graphql.bounds import line, said, some_uuid, uuid_of
from interfaces.graphql.context import Info
from interfaces.graphql.fields import KEY, few
from interfaces.graphql.ownership import leading
from interfaces.graphql.payloads import CommandInput, CommandPayload, payload
from interfaces.graphql.scalars import BigInt

TEMPLATE = 3_000


@strawberry.enum
class Datum(StrEnum):
    """What the deal may learn of its executor."""

    NAME = "name"
    USERNAME = "username"
    PHONE = "phone"
    TELEGRAM_ID = "telegram_id"


@strawberry.enum
class StepAct(StrEnum):
    """What is done when nobody claims: the card once more, in another chat, or ask the manager."""

    REPEAT = "repeat"
    CHAT = "chat"
    MANAGER = "manager"


@strawberry.type
class Step:
    """So many minutes after the publication, while nobody has claimed: this."""

    after: int
    act: StepAct
    chat_id: BigInt | None


@strawberry.type
class Offering:
    """How deals of a stage are offered; claimed ones go to `claimedStageId`.

    Without a `chatId` in the main executors' chat. `template` is the card, with `{title}`,
    `{number}` and keys of fields in braces; empty: all that may be shown. `disclosed` are keys of
    fields told in private, with the phone; `sent` is what the deal learns of its executor.
    `skillField` names the field with the skill that is needed. An executor has at most `atOnce`
    orders, waits `coolDown` minutes after giving one back, and sees `reveals` phones an hour (0:
    any number). For `window` seconds from the first press presses are collected, and whoever waited
    longest for an order wins (0: who presses first). After `expires` minutes (0: never) the deal
    goes to `expiredStageId`.
    """

    claimed_stage_id: strawberry.ID
    chat_id: BigInt | None
    template: str
    disclosed: list[str]
    sent: list[Datum]
    tells_winner: bool
    skill_field: str
    allow_listed: bool
    at_once: int
    cool_down: int
    reveals: int
    window: int
    ladder: list[Step]
    expires: int
    expired_stage_id: strawberry.ID | None


@strawberry.input
class StepInput:
    """So many minutes after the publication, while nobody has claimed: this; CHAT has a chat."""

    after: int
    act: StepAct
    chat_id: BigInt | None = None


@strawberry.input
class OfferingInput:
    """All rules of an offering; what is left out is as it is at first."""

    claimed_stage_id: strawberry.ID
    chat_id: BigInt | None = None
    template: str = ""
    disclosed: list[str] = strawberry.field(default_factory=list[str])
    sent: list[Datum] = strawberry.field(default_factory=lambda: list(Datum))
    tells_winner: bool = True
    skill_field: str = ""
    allow_listed: bool = False
    at_once: int = 0
    cool_down: int = 0
    reveals: int = 20
    window: int = 0
    ladder: list[StepInput] = strawberry.field(default_factory=list[StepInput])
    expires: int = 0
    expired_stage_id: strawberry.ID | None = None


@strawberry.input
class SetOfferingInput(CommandInput):
    """Offer the deals on a stage to executors, by exactly these rules."""

    pipeline_id: strawberry.ID
    stage_id: strawberry.ID
    offering: OfferingInput


@strawberry.input
class EndOfferingInput(CommandInput):
    """Offer the deals on a stage no longer; offers that stand stay as they are."""

    pipeline_id: strawberry.ID
    stage_id: strawberry.ID


@strawberry.type
class OfferingMutations:
    """Which deals are offered to executors."""

    @strawberry.mutation
    async def set_offering(self, info: Info, input: SetOfferingInput) -> CommandPayload:
        """Offer the deals on a stage to executors."""
        context = info.context
        command = SetOffering(
            **leading(context, input.command_id),
            pipeline_id=uuid_of(input.pipeline_id),
            stage_id=uuid_of(input.stage_id),
            offering=_offering(input.offering),
        )
        return payload(await context.execute(command))

    @strawberry.mutation
    async def end_offering(self, info: Info, input: EndOfferingInput) -> CommandPayload:
        """Offer the deals on a stage no longer."""
        context = info.context
        command = EndOffering(
            **leading(context, input.command_id),
            pipeline_id=uuid_of(input.pipeline_id),
            stage_id=uuid_of(input.stage_id),
        )
        return payload(await context.execute(command))


def _offering(input: OfferingInput) -> StageOffering:
    return StageOffering(
        claimed_stage_id=uuid_of(input.claimed_stage_id),
        chat_id=input.chat_id,
        template=said(input.template, "template", TEMPLATE),
        disclosed=list(few(input.disclosed, "a key", KEY)),
        sent=[ExecutorDatum(datum.value) for datum in input.sent],
        tells_winner=input.tells_winner,
        skill_field=line(input.skill_field, "skillField", KEY),
        allow_listed=input.allow_listed,
        at_once=input.at_once,
        cool_down=input.cool_down,
        reveals=input.reveals,
        window=input.window,
        ladder=[LadderStep(one.after, Act(one.act.value), one.chat_id) for one in input.ladder],
        expires=input.expires,
        expired_stage_id=some_uuid(input.expired_stage_id),
    )
