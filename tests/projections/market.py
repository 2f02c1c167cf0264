"""A market of companies whose deals, offers and batches are decided by the real aggregates."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import timedelta
from random import Random
from typing import TypeVar
from uuid import UUID

from domain.aggregate import Aggregate, Refused
from domain.batches import Batch
from domain.contacts import Contact
from domain.contests import Contender, Reason
from domain.deals import Deal
from domain.executors import Admission, Executor, executor_of
from domain.fields import Field, FieldKind
from domain.links import LinkRule
from domain.offering import Act, Offering, Step
from domain.offers import Offer, offer_of
from domain.stages import StageKind
from tests.projections.companies import KINDS, Company, found
from tests.projections.facts import NOON
from tests.projections.town import Save, save

A = TypeVar("A", bound=Aggregate)


class Market:
    """Companies with deals; `live` goes on for ever."""

    def __init__(self, seed: int, companies: int = 2) -> None:
        self.random = Random(seed)
        self.now = NOON
        self.companies = [found(self.id, self.now) for _ in range(companies)]

    def id(self) -> UUID:
        return UUID(int=self.random.getrandbits(128), version=4)

    def live(self) -> Iterator[Save]:
        for company in self.companies:
            yield save(company.id, *company.pipelines, *company.slots)
        while True:
            self.now += timedelta(seconds=self.random.randint(1, 60))
            company = self.random.choice(self.companies)
            changed = self.happen(company)
            if any(one.pending_events for one in changed):
                yield save(company.id, *changed)

    def happen(self, company: Company) -> list[Aggregate]:
        if len(company.deals) < 3 or self.random.random() < 0.1:
            return self.open(company)
        happening = self.random.choice(
            [
                self.run,
                self.run,
                self.claim,
                self.claim,
                self.rule,
                self.know,
                self.sit,
                self.pass_on,
            ]
        )
        changed: list[Aggregate] = []
        with suppress(Refused):
            happening(company, changed)
        return changed

    def open(self, company: Company) -> list[Aggregate]:
        n = len(company.deals) + 1
        contact = Contact(self.id(), company.id, self.now, f"Klara {n}", [f"+7916{n:07}"])
        telegram_id = 1000 + n
        executor = Executor(
            executor_of(company.id, telegram_id),
            company.id,
            self.now,
            telegram_id,
            "Oleg",
            None,
            "ru",
        )
        pipeline = self.random.choice(company.pipelines)
        told = {"phone": f"8 (905) {n:03}-44-55", "note": "Кухня"}
        contacts = [one.id for one in self.random.sample(company.contacts, min(n - 1, 2))]
        deal = Deal(
            self.id(), company.id, self.now, n, pipeline.id, pipeline.first().id, f"Deal {n}", told,
            self.random.choice(company.slots).id, [contact.id, *contacts], None, None, None, [],
        )  # fmt: skip
        company.contacts.append(contact)
        company.executors.append(executor)
        company.deals.append(deal)
        return [contact, executor, deal]

    def run(self, company: Company, changed: list[Aggregate]) -> None:
        """Something happens to a deal."""
        deal = self.among(company.deals, changed)
        contact, slot = self.random.choice(company.contacts), self.random.choice(company.slots)
        pipeline = next(one for one in company.pipelines if one.id == deal.pipeline_id)
        stage = self.random.choice(pipeline.active())
        match self.random.randint(0, 10):
            case 0 | 1 | 2:
                deal.move(stage.id, stage.kind, "price", None)
            case 3:
                deal.rename(f"Renamed {self.now:%H%M%S}", None)
            case 4:
                values = {"note": self.random.choice(["", "дом"]), "phone": "+7 905 111-22-33"}
                deal.change_fields(values, None)
            case 5:
                deal.link_contact(contact.id, None)
            case 6:
                deal.unlink_contact((deal.contacts or [contact.id])[-1], None)
            case 7:
                deal.change_responsible(slot.id, None)
            case 8:
                deal.comment("слово", None)
                deal.link(self.random.choice(company.deals).id, self.id())
            case 9:
                deal.fail_link(self.id(), ["note"])
                deal.hold_outcome(self.id(), stage.id, ["note"])
                deal.find_executor(company.executors[0].id, self.id(), {"name": "Oleg"})
                if self.random.random() < 0.5:
                    deal.lose_executor(company.executors[0].id, "ill")
            case _:
                deal.delete(None)

    def claim(self, company: Company, changed: list[Aggregate]) -> None:
        """Somebody tries to get an order, or nobody does."""
        if not company.offers or self.random.random() < 0.3:
            self.offer(company, changed)
            return
        offer = self.among(company.offers[-4:], changed)
        executor = self.among(company.executors, changed)
        match self.random.randint(0, 12):
            case 0 | 1 | 2 | 3 | 4:
                offer.claim(
                    executor.id, self.random.choice([Reason.NONE, Reason.NONE, Reason.BARRED])
                )
            case 5 | 6:
                self.decide(offer)
            case 7:
                if not offer.disclose(executor.id, Reason.NONE):
                    executor.see_contact(offer.id)
            case 8:
                offer.show(30, -500, self.random.randint(1, 1000))
                offer.revise(f"Card {self.now:%H%M%S}", "")
                offer.escalate(0)
            case 9:
                self.random.choice([offer.expire, lambda: offer.withdraw("moved")])()
            case 10:
                offer.give_back(offer.executor_id or executor.id, "ill")
            case 11:
                offer.revoke(None, "late")
            case _:
                offer.fail_settling("the deal was deleted")
                offer.settle()

    def offer(self, company: Company, changed: list[Aggregate]) -> None:
        deal = self.random.choice(company.deals)
        rules = Offering(
            claimed_stage_id=self.id(),
            window=self.random.choice([0, 60]),
            ladder=[Step(5, Act.REPEAT)],
        )
        told = (deal.id, deal.number, len(company.offers) + 1, deal.stage_id, "Card", "", rules)
        made = Offer(offer_of(deal.id, told[2]), company.id, self.now, *told)
        company.offers.append(made)
        changed.append(made)

    def decide(self, offer: Offer) -> None:
        hindrance = self.random.choice([Reason.NONE, Reason.TOO_MANY])
        offer.at += timedelta(minutes=1)
        offer.decide({one: Contender(None, hindrance) for one in offer.waiting})

    def rule(self, company: Company, changed: list[Aggregate]) -> None:
        """The company works otherwise."""
        pipeline = self.among(company.pipelines, changed)
        other = next(one for one in company.pipelines if one is not pipeline)
        stages = pipeline.active()
        first, second, *_ = stages
        match self.random.randint(0, 6):
            case 0:
                pipeline.add_stage(self.id(), f"{self.now:%H%M%S}", StageKind.OPEN, second.id)
            case 1:
                pipeline.rename(f"{self.now:%H%M%S}")
                pipeline.rename_stage(second.id, f"{self.now:%H%M%S}")
            case 2 if len(stages) > len(KINDS):
                pipeline.retire_stage(second.id, first.id)
            case 3:
                pipeline.retire_field("note")
                pipeline.define_field(Field("note", "Note", FieldKind.CHOICE, ["a", "b"]))
            case 4:
                pipeline.require(second.id, ["phone"])
            case 5:
                to = other.first().id
                rule = LinkRule(self.id(), second.id, other.id, to, {str(to): first.id}, ["phone"])
                pipeline.set_link(rule)
                if self.random.random() < 0.5:
                    pipeline.remove_link(rule.id)
            case _:
                pipeline.offer_on(first.id, Offering(claimed_stage_id=second.id))
                if self.random.random() < 0.5:
                    pipeline.end_offering(first.id)

    def know(self, company: Company, changed: list[Aggregate]) -> None:
        """Somebody is known better."""
        contact = self.among(company.contacts, changed)
        executor = self.among(company.executors, changed)
        contact.rename(f"Klara {self.now:%H%M%S}", None)
        contact.change_phones([f"+7917{self.random.randint(0, 9_999_999):07}"], None)
        contact.change_email(f"{self.now:%H%M%S}@example.com", None)
        executor.rename(f"Oleg {self.now:%H%M%S}", "oleg")
        executor.share_phone("+79051112233")
        executor.choose_language("en")
        executor.link_person(self.id(), None)
        executor.set_skills(["tiles"], None)
        executor.set_admission(self.random.choice(list(Admission)), "", None)
        executor.start()
        if self.random.random() < 0.3:
            executor.become_unreachable("blocked")
        executor.want_contact(contact.id)
        executor.forgo_contact(contact.id, Reason.EXPIRED)
        executor.take(self.random.choice(company.deals).id)
        if self.random.random() < 0.5:
            executor.leave(executor.orders[0], Reason.GIVEN_BACK)

    def sit(self, company: Company, changed: list[Aggregate]) -> None:
        """Somebody else takes a seat."""
        slot = self.among(company.slots, changed)
        slot.bind(self.id(), None)
        slot.rename(f"Seat {self.now:%H%M%S}", None)

    def pass_on(self, company: Company, changed: list[Aggregate]) -> None:
        """A batch goes on."""
        if not company.batches or self.random.random() < 0.3:
            made = Batch(self.id(), company.id, self.now, self.id(), self.id(), self.id(), 10, None)
            company.batches.append(made)
            changed.append(made)
            return
        batch = self.among(company.batches, changed)
        batch.settle(batch.moved + 5, {str(self.id()): "FieldsMissing: Phone"})
        self.random.choice(
            [lambda: batch.pause(None), lambda: batch.resume(None), batch.complete]
        )()

    def among(self, ones: Sequence[A], changed: list[Aggregate]) -> A:
        one = self.random.choice(ones)
        one.at = self.now
        changed.append(one)
        return one
