"""A company that sells: two pipelines, fields, a search stage, set up over the API."""

from functools import partial
from typing import Any

from tests.graphql.company import Company

DEAL = """query($id: ID, $n: Int, $at: BigInt) { deal(id: $id, number: $n, minPosition: $at) {
  id number title kind reason deleted stage { name } pipeline { name } fields { key label value }
  slot { name person { name } } responsible { name username isExecutor } executor { name }
  contacts { name phones email } origin { number } links { number } offer { number } } }"""


class Sales:
    """The pipeline «Sales» of a company with its stages by name, and orders about its deals."""

    def __init__(self, company: Company) -> None:
        self.company = company
        self.stages: dict[str, str] = {}
        self.pipeline = self.lead("definePipeline", "pipelineId", name="Sales")["pipelineId"]
        for name, kind in (("New", "OPEN"), ("Search", "OPEN"), ("Work", "OPEN")):
            self.stages[name] = self.adds(self.pipeline, name, kind)
        self.stages["Won"] = self.adds(self.pipeline, "Won", "WON")
        self.stages["Lost"] = self.adds(self.pipeline, "Lost", "LOST")
        self.define("budget", "Бюджет", "MONEY")
        self.define("address", "Адрес")

    def adds(self, pipeline: str, name: str, kind: str = "OPEN", **more: Any) -> str:
        """A stage; returns its id."""
        told = {"pipelineId": pipeline, "name": name, "kind": kind, **more}
        stage: str = self.lead("addStage", "stageId", **told)["stageId"]
        return stage

    def define(self, key: str, label: str, kind: str = "TEXT", **more: Any) -> None:
        told = {"pipelineId": self.pipeline, "key": key, "label": label, "kind": kind, **more}
        self.lead("defineField", "position", **told)

    def require(self, stage: str, *keys: str) -> None:
        told = {"pipelineId": self.pipeline, "stageId": self.stages[stage], "keys": keys}
        self.lead("requireFields", "position", **told)

    def lead(self, name: str, answer: str = "position", /, **told: Any) -> dict[str, Any]:
        """With the key of an admin."""
        return self.company.order(self.company.admin, name, answer, **told)

    def manage(self, who: int, name: str, answer: str = "number", /, **told: Any) -> dict[str, Any]:
        return self.company.order(partial(self.company.manager, who), name, answer, **told)

    def deal(self, who: int | None = None, title: str = "A roof", **more: Any) -> str:
        """A new deal, of an admin's key or a manager; returns its id."""
        told = {"pipelineId": self.pipeline, "title": title, **more}
        ask = self.lead if who is None else partial(self.manage, who)
        deal: str = ask("createDeal", "dealId", **told)["dealId"]
        return deal

    def move(self, deal: str, stage: str, who: int | None = None, **more: Any) -> dict[str, Any]:
        told = {"dealId": deal, "stageId": self.stages[stage], **more}
        ask = self.lead if who is None else partial(self.manage, who)
        return ask("moveDeal", "number position replayed", **told)

    def seen(self, deal: str, who: int | None = None) -> Any:
        """The deal as somebody sees it now, None if they do not."""
        company, told = self.company, {"id": deal, "at": self.company.service.head()}
        ask = company.admin if who is None else partial(company.manager, who)
        return ask(DEAL, **told)["deal"]

    def listed(self, who: int | None = None, **filter: Any) -> list[int]:
        """The numbers of the deals that somebody finds."""
        company = self.company
        ask = company.admin if who is None else partial(company.manager, who)
        query = """query($f: DealFilter, $at: BigInt) {
          deals(filter: $f, minPosition: $at) { nodes { number } } }"""
        found = ask(query, f=filter, at=company.service.head())["deals"]["nodes"]
        return [row["number"] for row in found]
