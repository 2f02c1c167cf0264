"""The fair of a town: a pipeline whose deals look for executors, set up as an admin would."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from uuid import uuid4

from infrastructure.town import Company

STAGES: Final = {
    "Новая": "OPEN",
    "Поиск исполнителя": "OPEN",
    "В работе": "OPEN",
    "Успешно": "WON",
    "Отказ": "LOST",
}
FIELDS: Final = {
    "work": ("Работы", "TEXT"),
    "address": ("Адрес", "TEXT"),
    "pay": ("Оплата", "MONEY"),
    "due": ("Срок", "DATE"),
}
SEARCH, CLAIMED = "Поиск исполнителя", "В работе"


@dataclass(frozen=True, repr=False)
class Fair:
    """One pipeline of a company with its search stage; `stages` are ids by name."""

    company: Company
    pipeline_id: str
    stages: Mapping[str, str] = field(default_factory=dict[str, str])

    async def deal(self, title: str, phone: str, stage: str = SEARCH, **fields: str) -> str:
        """A new deal of a client with this phone; returns its id."""
        told = await self.company.graph.order(
            "createDeal",
            "dealId",
            pipelineId=self.pipeline_id,
            stageId=self.stages[stage],
            title=title,
            fields=[{"key": key, "value": value} for key, value in fields.items()],
            contact={"name": "Заказчик", "phones": [phone]},
        )
        return str(told["dealId"])

    async def move(self, deal_id: str, stage: str, **more: object) -> None:
        """Let a deal stand on another stage."""
        await self.company.graph.order(
            "moveDeal", dealId=deal_id, stageId=self.stages[stage], **more
        )


async def open_fair(company: Company, name: str = "Заказы", **offering: object) -> Fair:
    """A pipeline with a search stage; `offering` are other rules than the usual ones."""
    pipeline_id = str(uuid4())
    order = company.graph.order
    await order("definePipeline", pipelineId=pipeline_id, name=name)
    stages = {name: str(uuid4()) for name in STAGES}
    for stage, id in stages.items():
        await order("addStage", pipelineId=pipeline_id, stageId=id, name=stage, kind=STAGES[stage])
    for key, (label, kind) in FIELDS.items():
        await order("defineField", pipelineId=pipeline_id, key=key, label=label, kind=kind)
    rules = {"claimedStageId": stages[CLAIMED], "disclosed": ["address"], **offering}
    await order("setOffering", pipelineId=pipeline_id, stageId=stages[SEARCH], offering=rules)
    return Fair(company, pipeline_id, stages)
