"""Announcements: what happens to offers is told in executors' chats, and to whom it concerns."""

from collections.abc import Sequence
from typing import ClassVar
from uuid import UUID

from typing_extensions import override

from application.letters import Withdrawal
from application.offer_scene import OfferScene
from application.order_letters import (
    ContactForgone,
    ContactTold,
    ExecutorFound,
    OfferIgnored,
    OfferUnplaced,
    OrderLost,
    OrderPending,
    OrderReturned,
    OrderRevoked,
    OrderTaken,
    OrderWon,
)
from application.policy import Consequence, Policy
from application.ports import Letter, Past
from domain.contests import Outcome, Reason
from domain.events import Recorded, owner_of
from domain.executors import Executor
from domain.offering import Act
from domain.offers import Card, Offer, Standing
from domain.workspaces import BotRole, Workspace


class Announcements(Policy):
    """Letters about offers."""

    name: ClassVar[str] = "announcements"

    @override
    async def react(self, happened: Recorded, past: Past) -> Sequence[Consequence]:
        event = happened.event
        if isinstance(event, Executor.ContactForgone):
            return await _forgone(happened, past, event.originator_id, event.offer_id)
        if _opens_a_chat(event):
            return await _shown_now(happened, past)
        if owner_of(event) is not Offer:
            return ()
        scene = await OfferScene.of(happened, past, event.originator_id)
        if scene is None:
            return ()
        return [*await _in_chats(scene), *await _to_people(scene)]


async def _forgone(
    happened: Recorded, past: Past, executor_id: UUID, offer_id: UUID
) -> Sequence[Letter]:
    scene = await OfferScene.of(happened, past, offer_id)
    if scene is None or not isinstance(happened.event, Executor.ContactForgone):
        return ()
    said = ContactForgone(scene.offer.number, Reason(happened.event.reason))
    return await scene.to_executor(executor_id, said, f"forgone:{offer_id}:{scene.position}")


def _opens_a_chat(event: object) -> bool:
    """Whether offers that nobody could see until now can be shown."""
    match event:
        case Workspace.ExecutorsChatLinked():
            return True
        case Workspace.BotConnected(role=BotRole.EXECUTOR):
            return True
        case _:
            return False


async def _shown_now(happened: Recorded, past: Past) -> Sequence[Letter]:
    letters: list[Letter] = []
    for offer_id in await past.open_offers():
        scene = await OfferScene.of(happened, past, offer_id)
        if scene is None or scene.offer.standing is not Standing.OPEN or scene.chat_id is None:
            continue
        if all(card.bot_id != scene.bot_id for card in scene.offer.cards):
            card = scene.new_card(await scene.seen(), scene.chat_id)
            letters += [card] if card else []
    return letters


async def _in_chats(scene: OfferScene) -> Sequence[Letter]:
    match scene.event:
        case Offer.Published():
            return await _published(scene)
        case Offer.CardShown() as event:
            return await _caught_up(scene, event)
        case Offer.Claimed():
            return await _claimed(scene)
        case Offer.Escalated() as event:
            return await _escalated(scene, event)
        case (
            Offer.Revised()
            | Offer.Withdrawn()
            | Offer.Expired()
            | Offer.GivenBack()
            | Offer.Revoked()
            | Offer.Contested()
            | Offer.Unclaimed()
        ):
            return scene.corrections(await scene.seen())
        case _:
            return []


async def _to_people(scene: OfferScene) -> Sequence[Letter]:
    offer, event = scene.offer, scene.event
    match event:
        case Offer.ContactDisclosed(to_id=id):
            order, has = await scene.order(), id == offer.executor_id
            won = has and offer.standing is Standing.CLAIMED
            said = OrderWon(order) if won else ContactTold(order)
            return await scene.to_executor(id, said, f"contact:{offer.id}:{scene.position}")
        case Offer.ClaimAttempted() if _waited(offer, event):
            return await _lost(scene, event)
        case Offer.Revoked(executor_id=id, reason=reason):
            said = OrderRevoked(offer.number, reason)
            return await scene.to_executor(id, said, f"revoked:{offer.id}")
        case _:
            return await _to_manager(scene)


async def _to_manager(scene: OfferScene) -> Sequence[Letter]:
    deal, offering = scene.deal_seen(), scene.offer.offering
    match scene.event:
        case Offer.SettlingFailed(reason=missing):
            return await scene.to_manager(OrderPending(deal, missing), "pending")
        case Offer.GivenBack(by=by, reason=reason):
            name = await scene.name_of(by) or ""
            return await scene.to_manager(OrderReturned(deal, name, reason), "given-back")
        case Offer.Escalated(step=step, act=Act.MANAGER):
            said = OfferIgnored(deal, offering.ladder[step].after, expired=False)
            return await scene.to_manager(said, "ignored")
        case Offer.Expired():
            said = OfferIgnored(deal, offering.expires, expired=True)
            return await scene.to_manager(said, "expired")
        case _:
            return []


async def _published(scene: OfferScene) -> Sequence[Letter]:
    chat_id = scene.chat_id
    card = scene.new_card(await scene.seen(), chat_id) if chat_id is not None else None
    if card is not None:
        return [card]
    return await scene.to_manager(OfferUnplaced(scene.deal_seen()), "unplaced")


async def _caught_up(scene: OfferScene, event: Offer.CardShown) -> Sequence[Letter]:
    """What has changed since the card was on its way, if anything."""
    card, offer = Card(event.bot_id, event.chat_id, event.message_id), scene.offer
    begun = (await scene.past.history(offer.id))[0]
    same = isinstance(begun, Offer.Published) and begun.card == offer.card
    if same and offer.standing is Standing.OPEN and offer.decides_at is None:
        return []
    letters = scene.corrections(await scene.seen(), [card])
    if offer.standing is Standing.CLAIMED:
        letters.append(await _taken(scene, card))
    return letters


async def _claimed(scene: OfferScene) -> Sequence[Letter]:
    offer = scene.offer
    corrections = scene.corrections(await scene.seen())
    taken = [await _taken(scene, card) for card in offer.cards]
    executor = await scene.past.get(Executor, offer.executor_id) if offer.executor_id else None
    if executor is None:
        return [*corrections, *taken]
    told = executor.told(offer.offering.sent)
    return [
        *corrections,
        *taken,
        *await scene.to_manager(ExecutorFound(scene.deal_seen(), told), "claimed"),
    ]


async def _taken(scene: OfferScene, card: Card) -> Letter:
    name = (await scene.seen()).executor
    said = OrderTaken(scene.offer.number, name, card.message_id)
    key = f"taken:{scene.offer.id}:{card.chat_id}:{card.message_id}"
    return scene.in_chat(card.chat_id, said, key)


async def _escalated(scene: OfferScene, event: Offer.Escalated) -> Sequence[Letter]:
    """Once more in the same chats, in the place of the old card; or in another chat, too."""
    if event.act == Act.MANAGER:
        return []
    seen, step = await scene.seen(), event.step + 1
    if event.act == Act.CHAT and event.chat_id is not None:
        card = scene.new_card(seen, event.chat_id, step)
        return [card] if card else []
    shown = _shown_before(await scene.past.history(scene.offer.id))
    gone = [
        scene.in_chat(one.chat_id, Withdrawal([one.message_id]), _gone(scene, one)) for one in shown
    ]
    first = [scene.chat_id] if scene.chat_id is not None else []
    chats = dict.fromkeys([one.chat_id for one in shown] or first)
    cards = [scene.new_card(seen, chat_id, step) for chat_id in chats]
    return [*gone, *(card for card in cards if card)]


def _gone(scene: OfferScene, card: Card) -> str:
    return f"offer-gone:{scene.offer.id}:{card.chat_id}:{card.message_id}"


def _shown_before(history: Sequence[object]) -> list[Card]:
    """The cards that stood when the last event, a repetition, took them away."""
    cards: list[Card] = []
    for event in history[:-1]:
        match event:
            case Offer.CardShown(bot_id=bot_id, chat_id=chat_id, message_id=message_id):
                cards.append(Card(bot_id, chat_id, message_id))
            case Offer.Escalated(act=Act.REPEAT):
                cards.clear()
            case _:
                pass
    return cards


def _waited(offer: Offer, event: Offer.ClaimAttempted) -> bool:
    """Whether this is how a wait for the decision has ended: others are answered as they press."""
    match event.outcome, event.reason:
        case Outcome.WAITING | Outcome.REPEATED, _:
            return False
        case Outcome.LOST, Reason.TAKEN | Reason.EXPIRED | Reason.GIVEN_BACK:
            return False
        case Outcome.LOST, reason if reason != Reason.WITHDRAWN:
            return True
        case _:
            return event.by in offer.waiting


async def _lost(scene: OfferScene, event: Offer.ClaimAttempted) -> Sequence[Letter]:
    winner = (await scene.seen()).executor
    said = OrderLost(scene.offer.number, Reason(event.reason), winner)
    key = f"lost:{scene.offer.id}:{event.by}:{scene.position}"
    return await scene.to_executor(event.by, said, key)
