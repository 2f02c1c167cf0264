"""A company on the stage: who sells, who takes orders, and the deals between them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID, uuid4

from infrastructure.fair import SEARCH, Fair, open_fair
from infrastructure.phones import buttons
from infrastructure.postgres import Role, connect
from infrastructure.stage import Stage
from interfaces.sandbox.messages import Message
from tests.executors.shop import PHONE, Shop
from tests.helpdesk.talks import eventually
from tests.office.sales import ROSTER, Sales, Seller

__all__ = ["PHONE", "SEARCH"]

DEAL = """query ($id: ID!) { deal(id: $id) { number title kind reason stage { name } deleted
  responsible { name username isExecutor } executor { name username phone telegramId }
  slot { name person { name } } fields { key value } links { id number kind stage { name } }
  offer { standing settled problem entry attempts } history { nodes { what text } } } }"""
OFFERS = "query ($id: ID!) { offers(dealId: $id) { nodes { id entry standing } } }"
DUE = """UPDATE ledger.timer SET due_at = now() WHERE (workspace_id, command_id) = (
  SELECT workspace_id, command_id FROM ledger.timer
   WHERE done_at IS NULL AND due_at > now() + interval '20 s' AND content->>'offer_id' = %s
   ORDER BY due_at LIMIT 1)"""


@dataclass(repr=False)
class Market(Shop):
    """A company with one of its pipelines, called `title`; Anna leads it."""

    stage: Stage = field(kw_only=True)
    anna: Seller = field(kw_only=True)
    title: str = "Заказы"

    @classmethod
    async def founded(cls, stage: Stage) -> "Market":
        shop = await Shop.opened(stage)
        [person] = (await shop.ask(ROSTER))["roster"]["nodes"]
        anna = Seller(person["id"], shop.office)
        return cls(stage, shop.company, shop.fair, stage=stage, anna=anna)

    async def under(self, **offering: Any) -> "Market":
        """The same company with another pipeline, whose deals are offered by these rules."""
        title = f"Заказы {uuid4().hex[:6]}"
        return replace(self, fair=await open_fair(self.company, title, **offering), title=title)

    async def laid(
        self, name: str, stages: Mapping[str, str], fields: Mapping[str, str] | None = None
    ) -> Fair:
        """A pipeline where nobody looks for executors: kinds by stage, kinds by label of fields."""
        about = {"pipelineId": str(uuid4())}
        await self.order("definePipeline", **about, name=f"{name} {uuid4().hex[:6]}")
        ids = {stage: str(uuid4()) for stage in stages}
        for stage, kind in stages.items():
            await self.order("addStage", **about, stageId=ids[stage], name=stage, kind=kind)
        for key, kind in (fields or {}).items():
            await self.order("defineField", **about, key=key, label=key.title(), kind=kind)
        return Fair(self.company, about["pipelineId"], ids)

    @property
    def sales(self) -> Sales:
        """The staff's side of this pipeline."""
        return Sales(self.stage, self.company, self.fair, self.anna)

    async def seller(self, name: str) -> Seller:
        """Somebody new on the staff, whom the manager bot may write to."""
        seller = await self.sales.seller(name)
        await seller.shown("/start")
        return seller

    async def deal(
        self, title: str, seller: Seller | None = None, stage: str = SEARCH, **more: Any
    ) -> str:
        """A deal of a client with a phone, unless something else is told; it is offered."""
        client = {"name": "Заказчик", "phones": [PHONE]}
        return await self.begun(self.fair, title, seller, stage, **{"contact": client, **more})

    async def offered(self, title: str, seller: Seller | None = None, **more: Any) -> Message:
        """The card of a new deal."""
        await self.deal(title, seller, **more)
        return await self.card(title)

    async def begun(
        self,
        fair: Fair,
        title: str,
        seller: Seller | None = None,
        stage: str | None = None,
        **more: Any,
    ) -> str:
        """A new deal in a pipeline, as soon as it is known; on its first stage if none is told."""
        fields = [{"key": key, "value": value} for key, value in more.pop("fields", {}).items()]
        done = await self.company.graph.order(
            "createDeal",
            "dealId",
            pipelineId=fair.pipeline_id,
            stageId=fair.stages[stage] if stage else None,
            title=title,
            fields=fields,
            responsibleId=seller.id if seller else None,
            **more,
        )
        deal = str(done["dealId"])
        await self.until_asked(DEAL, lambda told: told["deal"], id=deal)
        return deal

    async def told(self, deal_id: str) -> dict[str, Any]:
        """What the API tells of a deal."""
        return dict((await self.ask(DEAL, id=deal_id))["deal"])

    async def until(self, deal_id: str, stage: str) -> dict[str, Any]:
        """What the API tells of a deal, as soon as it stands there."""

        async def look() -> dict[str, Any] | None:
            told = await self.told(deal_id)
            return told if told["stage"]["name"] == stage else None

        return await eventually(look, f"a deal on {stage}")

    async def offers_of(self, deal_id: str) -> list[dict[str, Any]]:
        """Every offer of a deal, the newest first."""
        return list((await self.ask(OFFERS, id=deal_id))["offers"]["nodes"])

    async def passes(self, card: Message) -> None:
        """Let the time come for what is planned next for the order of a card."""
        offer_id = id_of(card)
        async with await connect(self.stage.dsn, Role.OWNER, name="hurry") as connection:

            async def hurry() -> bool | None:
                return (await connection.execute(DUE, (offer_id,))).rowcount == 1 or None

            await eventually(hurry, "a timer")


def id_of(card: Message) -> str:
    """The offer whose card it is."""
    return str(UUID(buttons(card)[0].split(":")[2]))
