"""A firm that sells: what it is told, and everything that follows from that, to the end.

Commands go to the real desk, twice, and what follows is what the real policies say; the log is a
notebook, and the clock stands still until somebody waits. Each firm has Anna and Boris, who manage,
Olga, who leads, a pipeline, two executors' chats and four executors.
"""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from heapq import heappop, heappush
from typing import Any, TypeVar
from uuid import UUID, uuid4

import pytest

from application.announcements import Announcements
from application.deal_news import DealNews
from application.deals import CreateDeal, MoveDeal
from application.desk import Answer, Command, Desk, Refused
from application.disclosures import RequestContact, StartExecutor
from application.executors import Account, executor_id
from application.linking import Linking
from application.offers import ShowOffer
from application.orders import ClaimOffer
from application.pipelines import (
    AddStage,
    DefineField,
    DefinePipeline,
    Offering,
    SetOffering,
)
from application.policy import Policy, Timer
from application.ports import Letter, Save
from application.publishing import Publishing
from domain.aggregate import Aggregate
from domain.deals import Deal
from domain.events import fold
from domain.executors import Executor
from domain.offers import Offer, offer_of
from domain.slots import Slot
from tests.facts import NOON, Fact, names_in
from tests.ledger import order, record
from tests.notebook import Notebook, Page
from tests.sales import CREW, DEAL, FIELDS, FOUNDED, OPEN, SALES, SEARCH, STAGES

A = TypeVar("A", bound=Aggregate)


class Firm:
    """One company; `letters` are all that were ever written."""

    def __init__(self, log: Notebook) -> None:
        self.workspace_id = uuid4()
        self.log = log
        self.desk = Desk(self.log)
        self.policies: list[Policy] = [Publishing(), Linking(), DealNews(), Announcements()]
        self.now = NOON
        self.letters: list[Letter] = []
        self.refused: list[Refused] = []
        self._timers: list[tuple[datetime, int, Command]] = []
        self._read = len(log.entries)
        self._orders = 0

    async def begin(self, offering: Offering | None = None) -> None:
        """Have people, chats, and a pipeline; deals on SEARCH are offered by these rules."""
        await record(self.log, self.workspace_id, FOUNDED)
        await self.do(DefinePipeline, pipeline_id=SALES, name="Sales")
        for id, (name, kind) in STAGES.items():
            await self.do(AddStage, pipeline_id=SALES, stage_id=id, name=name, kind=kind)
        for field in FIELDS:
            await self.do(DefineField, pipeline_id=SALES, field=field)
        if offering is not None:
            await self.do(SetOffering, pipeline_id=SALES, stage_id=SEARCH, offering=offering)

    async def note(self, *facts: Fact) -> None:
        """These things happened, too."""
        for fact in facts:
            on = names_in(self.workspace_id).get(fact.on, fact.on)
            known = await self.log.load(self.workspace_id, on)
            event = fact.recorded(self.workspace_id, len(known) + 1)
            id = f"fact:{len(self.log.saves)}"
            await self.log.append(Save(self.workspace_id, id, b"fact", "{}", "test", None, [event]))
        await self.rest()

    async def tell(self, kind: type[Command], command_id: str = "", /, **told: Any) -> Answer:
        """Somebody is told to do something now, and once more; what follows has to wait."""
        self._orders += 1
        id = command_id or f"order:{self._orders}"
        command = order(kind, self.workspace_id, id, **{"at": self.now} | told)
        try:
            done = await self.desk.execute(command)
        except Refused as refused:
            with pytest.raises(type(refused), match=f"^{re.escape(str(refused))}$"):
                await Desk(self.log).execute(command)
            raise
        assert await Desk(self.log).execute(command) == done._replace(replayed=True)
        return done.answer

    async def do(self, kind: type[Command], command_id: str = "", /, **told: Any) -> Answer:
        """Somebody is told to do something now, and everything follows that does."""
        answer = await self.tell(kind, command_id, **told)
        await self.rest()
        return answer

    async def rest(self) -> None:
        """Let everything follow that does, as the policies' runner would."""
        while self._read < len(self.log.entries):
            entry = self.log.entries[self._read]
            self._read += 1
            for policy in self.policies:
                for one in await policy.react(entry, Page(self.log, entry)):
                    await self._follow(one)

    async def _follow(self, consequence: Command | Letter | Timer) -> None:
        if isinstance(consequence, Letter):
            if all(letter.key != consequence.key for letter in self.letters):
                self.letters.append(consequence)
                await self._show(consequence)
        elif isinstance(consequence, Timer):
            self._orders += 1
            heappush(self._timers, (consequence.due_at, self._orders, consequence.command))
        else:
            await self._carry_out(consequence)

    async def _show(self, letter: Letter) -> None:
        """Cards are in their chats at once; a message's id is how many letters there were."""
        if letter.report is not None:
            place = {"bot_id": letter.bot_id, "chat_id": letter.chat_id}
            offer_id = UUID(letter.report["offer"])
            id = len(self.letters)
            await self.tell(ShowOffer, offer_id=offer_id, message_id=id, **place)

    async def _carry_out(self, command: Command) -> None:
        try:
            await self.desk.execute(command)
        except Refused as refused:
            self.refused.append(refused)

    async def wait(self, *, minutes: float = 0, seconds: float = 0) -> None:
        """Let time pass; what falls due meanwhile is carried out in its moment."""
        until = self.now + timedelta(minutes=minutes, seconds=seconds)
        while self._timers and self._timers[0][0] <= until:
            at, _, command = heappop(self._timers)
            self.now = max(self.now, at)
            await self._carry_out(command)
            await self.rest()
        self.now = until

    async def offer_by(self, **rules: Any) -> None:
        """Deals that come to SEARCH from now on are offered by these rules."""
        await self.offer_on(SEARCH, **rules)

    async def offer_on(self, stage_id: UUID, **rules: Any) -> None:
        told = {"stage_id": stage_id, "offering": replace(OPEN, **rules)}
        await self.do(SetOffering, pipeline_id=SALES, **told)

    async def deal(self, stage_id: UUID = SEARCH, deal_id: UUID = DEAL, **told: Any) -> Answer:
        """A new deal, of an admin's key unless somebody is named."""
        usual = {"pipeline_id": SALES, "title": "Sockets"} | told
        return await self.do(CreateDeal, deal_id=deal_id, stage_id=stage_id, **usual)

    async def move(self, stage_id: UUID, deal_id: UUID = DEAL, **told: Any) -> Answer:
        return await self.do(MoveDeal, deal_id=deal_id, stage_id=stage_id, **told)

    async def claim(self, account: Account, offer_id: UUID | None = None, **told: Any) -> Answer:
        """An executor presses «claim» under the first offer, unless another one is named."""
        usual = {"offer_id": offer_id or offer_of(DEAL, 1), "account": account}
        return await self.do(ClaimOffer, actor=f"executor:{account.name}", **usual | told)

    async def ask(self, account: Account, offer_id: UUID | None = None, **told: Any) -> Answer:
        """An executor presses for the phone."""
        usual = {"offer_id": offer_id or offer_of(DEAL, 1), "account": account}
        return await self.do(RequestContact, actor=f"executor:{account.name}", **usual | told)

    async def start(self, *accounts: Account) -> None:
        """Executors start the bot: they can be written to."""
        for one in accounts:
            await self.do(StartExecutor, account=one, telegram_id=one.telegram_id)

    async def get(self, kind: type[A], id: UUID) -> A:
        """An aggregate as the log has it now."""
        aggregate: Aggregate | None = None
        for event in await self.log.load(self.workspace_id, id):
            aggregate = fold(aggregate, event)
        assert isinstance(aggregate, kind)
        return aggregate

    async def the_deal(self, deal_id: UUID = DEAL) -> Deal:
        return await self.get(Deal, deal_id)

    async def the_offer(self, entry: int = 1, deal_id: UUID = DEAL) -> Offer:
        return await self.get(Offer, offer_of(deal_id, entry))

    async def executor(self, account: Account) -> Executor:
        return await self.get(Executor, self.id_of(account))

    async def responsible(self, deal_id: UUID = DEAL) -> UUID | None:
        """Who sits in the deal's slot."""
        slot_id = (await self.the_deal(deal_id)).slot_id
        return (await self.get(Slot, slot_id)).person_id if slot_id else None

    def id_of(self, account: Account) -> UUID:
        return executor_id(self.workspace_id, account.telegram_id)

    def happened(self, *kinds: type[Aggregate.Event]) -> list[Any]:
        """The events of these kinds so far, in order."""
        return [entry.event for entry in self.log.entries if isinstance(entry.event, kinds)]

    def told(self, telegram_id: int, *kinds: type[object]) -> list[Any]:
        """What was written to a chat of this kind, in order."""
        return [
            letter.said
            for letter in self.letters
            if letter.chat_id == telegram_id and isinstance(letter.said, kinds or object)
        ]


async def firm(offering: Offering | None = OPEN, log: Notebook | None = None) -> Firm:
    """A firm with four executors who have started the bot, beside others in the same log."""
    made = Firm(log or Notebook())
    await made.begin(offering)
    await made.start(*CREW)
    return made
