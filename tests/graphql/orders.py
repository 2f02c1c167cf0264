"""A company that gives orders away over the API; what policies would do, a test does itself."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from application.desk import Command
from application.offers import PublishOffer, WithdrawOffer
from application.settling import SettleOrder
from domain.offers import offer_of
from tests.graphql.company import Company
from tests.graphql.sales import Sales

CLIENT = {"name": "Ольга", "phones": ["+79161234567"]}


class Orders:
    """Deals of a search stage, and executors who press."""

    def __init__(self, company: Company, **offering: Any) -> None:
        self.company = company
        company.shows_orders()
        self.sales = Sales(company)
        self.search = self.sales.stages["Search"]
        rules = {
            "claimedStageId": self.sales.stages["Work"], "disclosed": ["address"], **offering,
        }  # fmt: skip
        told = {"pipelineId": self.sales.pipeline, "stageId": self.search, "offering": rules}
        self.sales.lead("setOffering", "position", **told)

    def carry_out(self, command: type[Command], **told: Any) -> None:
        """What a policy would do by itself."""
        town = self.company.service.town
        order = command(
            workspace_id=UUID(self.company.workspace_id),
            command_id=uuid4().hex,
            actor="policy:publishing",
            at=town.parts.now(),
            **told,
        )
        asyncio.run_coroutine_threadsafe(town.parts.desk.execute(order), town.loop).result(5)

    def offer(self, who: int | None = None, title: str = "A wardrobe", **more: Any) -> str:
        """A deal of an admin's key or a manager that is offered; returns the offer's id."""
        told = {"stageId": self.search, "contact": CLIENT, **more}
        deal = UUID(self.sales.deal(who, title, **told))
        self.carry_out(PublishOffer, deal_id=deal, entry=1)
        return str(offer_of(deal, 1))

    def withdraw(self, offer: str) -> None:
        self.carry_out(WithdrawOffer, offer_id=UUID(offer), reason="moved")

    def settle(self, offer: str) -> None:
        self.carry_out(SettleOrder, offer_id=UUID(offer))

    def press(self, who: int, mutation: str, answer: str, /, **told: Any) -> dict[str, Any]:
        """What the executors' bot asks for somebody who has pressed."""
        profile = {"name": f"Executor {who}", "username": f"executor{who}", "language": "en"}
        ask = partial(self.company.executor, who)
        return self.company.order(ask, mutation, answer, profile=profile, **told)

    def claim(self, who: int, offer: str, **more: Any) -> dict[str, Any]:
        answer = "number outcome reason limit winnerName decidesAt start language position replayed"
        return self.press(who, "claimOffer", answer, offerId=offer, **more)

    def request(self, who: int, offer: str) -> dict[str, Any]:
        answer = "number reason limit start language replayed"
        return self.press(who, "requestContact", answer, offerId=offer)

    def start(self, who: int) -> dict[str, Any]:
        return self.press(who, "startExecutor", "wanted position")

    def asks(self, ask: Callable[..., dict[str, Any]], query: str, **told: Any) -> dict[str, Any]:
        """A question that waits until all that has happened is known."""
        return ask(query, at=self.company.service.head(), **told)
