"""Each stay of a deal on a search stage is one offer, and the offer follows its deal."""

from collections.abc import Awaitable, Callable

import pytest

from application.announcements import Announcements
from application.deals import ChangeDeal, DeleteDeal, RenameDeal
from application.offers import PublishOffer
from application.order_letters import OfferCard, OfferUnplaced
from application.pipelines import EndOffering, RetireStage
from application.publishing import Publishing
from domain.contests import Reason
from domain.offers import Offer, offer_of
from domain.workspaces import Workspace
from tests.facts import Fact
from tests.firm import Firm, firm
from tests.notebook import Page
from tests.sales import (
    CHAT,
    DEAL,
    IVAN,
    LOST,
    NEW,
    OTHER_CHAT,
    OTHER_DEAL,
    PETR,
    SALES,
    SEARCH,
    WORK,
)


async def with_offer() -> Firm:
    acme = await firm()
    await acme.deal()
    return acme


@pytest.mark.proves("S0-E8")
async def test_one_entry_is_one_offer_also_when_the_policies_run_twice() -> None:
    acme = await with_offer()
    before = list(acme.log.entries)
    for entry in before:
        for policy in (Publishing(), Announcements()):
            for consequence in await policy.react(entry, Page(acme.log, entry)):
                await acme._follow(consequence)
    await acme.rest()
    assert acme.log.entries == before
    assert len({letter.key for letter in acme.letters}) == 1
    for n in range(3):
        assert await acme.do(PublishOffer, f"late:{n}", deal_id=DEAL, entry=1)
    for entry in (0, 2):
        assert await acme.do(PublishOffer, deal_id=DEAL, entry=entry) == {}
    assert len(acme.happened(Offer.Published)) == 1


async def leave(acme: Firm) -> None:
    await acme.move(NEW)


async def lose(acme: Firm) -> None:
    await acme.move(LOST)


async def delete(acme: Firm) -> None:
    await acme.do(DeleteDeal, deal_id=DEAL)


async def retire(acme: Firm) -> None:
    await acme.do(RetireStage, pipeline_id=SALES, stage_id=SEARCH, successor_id=NEW)
    await acme.move(NEW)


@pytest.mark.proves("S0-E5")
@pytest.mark.parametrize("way", [leave, lose, delete, retire])
async def test_a_deal_that_goes_takes_its_offer_along(
    way: Callable[[Firm], Awaitable[None]],
) -> None:
    acme = await with_offer()
    await way(acme)
    assert (await acme.the_offer()).standing == "withdrawn"
    assert acme.told(CHAT, OfferCard)[-1].offer.standing == "withdrawn"
    answer = await acme.claim(IVAN)
    assert (answer["outcome"], answer["reason"], answer.get("winner")) == (
        "lost",
        "withdrawn",
        None,
    )
    assert (await acme.ask(IVAN))["reason"] == "withdrawn"
    assert acme.refused == []


@pytest.mark.proves("S0-E2", "P5")
@pytest.mark.parametrize("way", [leave, lose, delete])
async def test_a_press_that_comes_before_the_policy_is_too_late_already(
    way: Callable[[Firm], Awaitable[None]],
) -> None:
    acme = await with_offer()
    resting, acme.policies = acme.policies, []
    await way(acme)
    assert (await acme.the_offer()).standing == "open"
    assert (await acme.ask(PETR))["reason"] == "withdrawn"
    assert (await acme.claim(IVAN))["reason"] == "withdrawn"
    acme.policies = resting
    assert len(acme.happened(Offer.Withdrawn)) == 1
    assert acme.happened(Offer.Claimed, Offer.ContactDisclosed) == []


@pytest.mark.proves("S0-E5")
async def test_a_deal_that_comes_again_is_offered_anew_and_the_old_buttons_are_dead() -> None:
    acme = await with_offer()
    await acme.move(NEW)
    await acme.move(SEARCH)
    assert (await acme.the_offer(3)).standing == "open"
    assert (await acme.claim(IVAN))["reason"] == "withdrawn"
    assert (await acme.claim(PETR, offer_of(DEAL, 3)))["outcome"] == "won"
    assert (await acme.the_deal()).executor_id == acme.id_of(PETR)


@pytest.mark.proves("S0-E5")
async def test_the_card_says_what_is_known_now() -> None:
    acme = await with_offer()
    await acme.do(RenameDeal, deal_id=DEAL, title="Lamps")
    await acme.do(ChangeDeal, deal_id=DEAL, fields={"address": "Lenina 1"})
    await acme.do(ChangeDeal, deal_id=DEAL, fields={"address": "Lenina 1"})
    cards = [one.offer.card for one in acme.told(CHAT, OfferCard)]
    assert cards == ["Sockets", "Lamps", "Lamps\nAddress: Lenina 1"]
    await acme.move(NEW)
    await acme.do(RenameDeal, deal_id=DEAL, title="Cables")
    assert (await acme.the_offer()).card == "Lamps\nAddress: Lenina 1"


async def test_a_deal_that_is_moved_back_to_the_search_is_taken_from_its_executor() -> None:
    acme = await with_offer()
    await acme.claim(IVAN)
    await acme.move(SEARCH)
    assert (await acme.the_offer()).standing == "revoked"
    assert (await acme.executor(IVAN)).orders == []
    deal = await acme.the_deal()
    assert (deal.stage_id, deal.entry, deal.executor_id) == (SEARCH, 3, None)
    assert (await acme.the_offer(3)).standing == "open"
    assert len(acme.happened(Offer.Published)) == 2


async def test_no_other_deals_are_offered_when_the_offering_ends() -> None:
    acme = await with_offer()
    await acme.do(EndOffering, pipeline_id=SALES, stage_id=SEARCH)
    assert (await acme.claim(IVAN))["outcome"] == "won"
    await acme.move(SEARCH)
    assert len(acme.happened(Offer.Published)) == 1


async def test_rules_are_those_of_the_publication() -> None:
    acme = await with_offer()
    await acme.offer_by(allow_listed=True, claimed_stage_id=NEW)
    assert (await acme.claim(IVAN))["outcome"] == "won"
    assert (await acme.the_deal()).stage_id == WORK
    await acme.move(SEARCH)
    answer = await acme.claim(IVAN, offer_of(DEAL, 3))
    assert (answer["outcome"], answer["reason"]) == ("refused", Reason.NOT_ALLOWED)


async def test_offers_go_to_the_chat_of_their_rules_or_to_the_first() -> None:
    acme = await with_offer()
    await acme.offer_by(chat_id=OTHER_CHAT)
    await acme.deal(deal_id=OTHER_DEAL)
    chats = [letter.chat_id for letter in acme.letters if isinstance(letter.said, OfferCard)]
    assert chats == [CHAT, OTHER_CHAT]


@pytest.mark.parametrize("first", ["chat", "bot"])
async def test_where_nobody_can_see_it_the_leaders_are_told_until_there_is_a_chat(
    first: str,
) -> None:
    acme = await firm()
    await acme.note(
        Fact(Workspace.ExecutorsChatUnlinked, chat_id=CHAT),
        Fact(Workspace.ExecutorsChatUnlinked, chat_id=OTHER_CHAT),
        Fact(Workspace.BotDisconnected, bot_id=30),
    )
    await acme.deal()
    assert [type(one) for one in acme.told(502)] == [OfferUnplaced]
    connected = Fact(Workspace.BotConnected, bot_id=31, role="executor", username="new_bot")
    linked = Fact(Workspace.ExecutorsChatLinked, chat_id=CHAT, title="Orders")
    await acme.note(*((linked, connected) if first == "chat" else (connected, linked)))
    assert [one.offer.bot for one in acme.told(CHAT, OfferCard)] == ["new_bot"]
