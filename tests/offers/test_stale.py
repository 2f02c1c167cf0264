"""Buttons of old messages do nothing: they answer what is so now.

A company goes any way that people and clocks can take it; after each step every order that an old
message could still give is given.
"""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from application.deals import ChangeDeal, DeleteDeal, MoveDeal
from application.desk import Command, Refused
from application.executors import Account
from application.offers import EscalateOffer, ExpireOffer
from application.orders import DecideOffer, GiveBackOrder, RevokeOrder
from application.pipelines import Act, RequireFields, Step
from application.settling import SettleOrder
from domain.contests import Reason
from domain.deals import Deal, DealHasMoved, DealIsDeleted
from domain.offers import Offer, OfferIsNotClaimed, OrderIsNotYours, Standing
from tests.firm import Firm, firm
from tests.noticing import noticed
from tests.sales import CREW, DEAL, LOST, NEW, SALES, SEARCH, STAGES, WORK

OUTSIDER = Account(telegram_id=999, name="Old Button")
SAID = {
    Standing.CLAIMED: Reason.TAKEN,
    Standing.WITHDRAWN: Reason.WITHDRAWN,
    Standing.EXPIRED: Reason.EXPIRED,
    Standing.GIVEN_BACK: Reason.GIVEN_BACK,
    Standing.REVOKED: Reason.GIVEN_BACK,
}
one_of_the_crew = st.sampled_from(CREW)


class Company(RuleBasedStateMachine):
    """One deal, with everything that may become of it."""

    acme: Firm

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.run = self.runner.run
        self.stood = {SEARCH}

    def teardown(self) -> None:
        self.runner.close()

    @initialize(window=st.sampled_from([0, 10]), wanted=st.sampled_from([(), ("flat",)]))
    def begin(self, window: int, wanted: tuple[str, ...]) -> None:
        async def begun() -> Firm:
            acme = await firm()
            await acme.do(RequireFields, pipeline_id=SALES, stage_id=WORK, keys=wanted)
            ladder = [Step(15, Act.REPEAT)]
            rules = {"window": window, "ladder": ladder, "expires": 30, "expired_stage_id": NEW}
            await acme.offer_by(**rules)
            await acme.deal()
            await acme.start(OUTSIDER)
            return acme

        self.acme = self.run(begun())

    def deleted(self) -> bool:
        return self.run(self.acme.the_deal()).deleted

    @property
    def was_over(self) -> bool:
        return self.acme.happened(Deal.Won, Deal.Lost, Deal.Deleted) != []

    @property
    def offers(self) -> list[Offer]:
        ids = [one.originator_id for one in self.acme.happened(Offer.Published)]
        return [self.run(self.acme.get(Offer, id)) for id in ids]

    @precondition(lambda self: not self.deleted())
    @rule(stage=st.sampled_from([*STAGES, SEARCH, SEARCH]))
    def move(self, stage: UUID) -> None:
        self.outcome_of(MoveDeal, deal_id=DEAL, stage_id=stage)
        self.run(self.acme.rest())
        self.stood.add(stage)
        self.press_every_old_button()

    @rule(who=one_of_the_crew)
    def claim(self, who: Account) -> None:
        self.run(self.acme.claim(who, self.offers[-1].id))
        self.press_every_old_button()

    @rule(minutes=st.sampled_from([1, 16, 31]))
    def wait(self, minutes: int) -> None:
        self.run(self.acme.wait(minutes=minutes))
        self.press_every_old_button()

    @precondition(lambda self: self.offers[-1].standing is Standing.CLAIMED)
    @rule(ways=st.sampled_from([GiveBackOrder, RevokeOrder]))
    def bring_back(self, ways: type[Command]) -> None:
        offer = self.offers[-1]
        told = {"executor_id": offer.executor_id} if ways is GiveBackOrder else {}
        self.outcome_of(ways, offer_id=offer.id, **told)
        self.run(self.acme.rest())
        self.press_every_old_button()

    @precondition(lambda self: not self.deleted())
    @rule(flat=st.sampled_from(["", "5"]))
    def tell(self, flat: str) -> None:
        self.run(self.acme.do(ChangeDeal, deal_id=DEAL, fields={"flat": flat}))
        self.press_every_old_button()

    @rule(sure=st.integers(0, 5))
    def delete(self, sure: int) -> None:
        if not sure:
            self.run(self.acme.do(DeleteDeal, deal_id=DEAL))
            self.press_every_old_button()

    def all_agree(self) -> None:
        """The deal, its offers and their executors say the same."""
        deal, offers = self.run(self.acme.the_deal()), self.offers
        taken = [one for one in offers if one.standing is Standing.CLAIMED]
        assert [one.entry for one in offers if one.standing is Standing.OPEN] in ([], [deal.entry])
        assert [one.id for one in taken] == ([deal.offer_id] if deal.offer_id else [])
        assert [one.executor_id for one in taken] == ([deal.executor_id] if taken else [])
        if deal.is_open and deal.stage_id == SEARCH:
            latest = offers[-1]
            assert latest.entry == deal.entry
            waits = latest.standing is Standing.CLAIMED and not latest.settled
            assert waits or latest.standing in {Standing.OPEN, Standing.EXPIRED}
        for account in CREW:
            executor = self.run(self.acme.executor(account))
            held = [one.id for one in taken if one.executor_id == executor.id]
            assert executor.orders in (held, [])
            assert executor.orders == held or self.was_over
        assert self.acme.refused == []

    def press_every_old_button(self) -> None:
        self.all_agree()
        before = self.seen()
        deal = self.run(self.acme.the_deal())
        for offer in self.offers:
            if offer.standing is not Standing.OPEN or offer.entry != deal.entry:
                self.press_buttons_of(offer)
            self.strike(offer)
        self.move_from_old_cards()
        self.run(self.acme.rest())
        assert self.seen() == before

    def seen(self) -> Any:
        """How everything stands: all but the records of who tried what."""
        deal = self.run(self.acme.the_deal())
        orders = [tuple(self.run(self.acme.executor(one)).orders) for one in (*CREW, OUTSIDER)]
        offers = [
            (one.standing, one.executor_id, one.settled, sorted(one.steps)) for one in self.offers
        ]
        return deal.version, offers, orders

    def press_buttons_of(self, offer: Offer) -> None:
        """The answer says what has become of it."""
        claimed = self.run(self.acme.claim(OUTSIDER, offer.id))
        asked = self.run(self.acme.ask(OUTSIDER, offer.id))
        assert (claimed["outcome"], claimed["reason"]) == ("lost", SAID[offer.standing])
        assert asked["reason"] == SAID[offer.standing]
        taken = offer.standing is Standing.CLAIMED
        assert claimed.get("winner") == (str(offer.executor_id) if taken else None)
        gone = {"executor_id": self.acme.id_of(OUTSIDER)}
        assert self.outcome_of(GiveBackOrder, offer_id=offer.id, **gone) is OrderIsNotYours
        if offer.standing is not Standing.CLAIMED:
            why = self.outcome_of(RevokeOrder, offer_id=offer.id)
            assert why is (None if offer.standing is Standing.REVOKED else OfferIsNotClaimed)

    def strike(self, offer: Offer) -> None:
        """Clocks that were set for an offer strike once more, in the moment they were set to."""
        times = {"at": self.acme.now - timedelta(minutes=40), "offer_id": offer.id}
        self.outcome_of(DecideOffer, **times)
        if offer.standing is not Standing.OPEN:
            self.outcome_of(ExpireOffer, **times)
            self.outcome_of(EscalateOffer, step=0, **times)
            self.outcome_of(SettleOrder, **times)

    def move_from_old_cards(self) -> None:
        deal = self.run(self.acme.the_deal())
        for old in self.stood - {deal.stage_id}:
            for to in (LOST, NEW, SEARCH):
                if to != deal.stage_id:
                    why = self.outcome_of(MoveDeal, deal_id=DEAL, from_id=old, stage_id=to)
                    assert why is (DealIsDeleted if deal.deleted else DealHasMoved)

    def outcome_of(self, kind: type[Command], **told: Any) -> type[Refused] | None:
        """Why a command was refused, if it was."""
        try:
            self.run(self.acme.tell(kind, **told))
        except Refused as refused:
            return type(refused)
        return None


def every_way() -> None:
    run_state_machine_as_test(
        Company,
        settings=settings(
            max_examples=12,
            stateful_step_count=12,
            derandomize=True,
            deadline=None,
            report_multiple_bugs=False,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.proves("P5", "S0-16", "S0-E2")
def test_old_buttons_do_nothing_and_say_what_is_so_now() -> None:
    every_way()


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        ("_ended", lambda _: Reason.TAKEN),
        ("expire", lambda offer: offer._expired()),
        ("escalate", lambda offer, step: offer._escalated(step, "repeat", None)),
        ("withdraw", lambda *_: None),
    ],
)
def test_an_offer_that_forgets_that_it_is_over_is_noticed(
    name: str, broken: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Offer, name, broken)
    with noticed(KeyError, IndexError):
        every_way()
