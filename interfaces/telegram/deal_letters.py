"""Deals in words: what the staff is told of them, each with a button that opens the deal."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from application.order_letters import (
    BatchDone,
    DealFollowed,
    DealGiven,
    DealSeen,
    ExecutorFound,
    LinkFailed,
    OfferIgnored,
    OfferUnplaced,
    OrderPending,
    OrderReturned,
    OutcomeHeld,
    SlotGiven,
)
from interfaces.telegram.buttons import button
from interfaces.telegram.calls import NO_PREVIEW, Wording
from interfaces.telegram.formatting import TEXT_LIMIT, cut, disarmed
from interfaces.telegram.words import words


def _about(deal: DealSeen, text: str, language: str) -> Wording:
    opening = button(words(language, "open_deal"), "deal", deal.deal_id)
    return Wording(
        "sendMessage",
        {
            "text": cut(text, TEXT_LIMIT),
            "link_preview_options": NO_PREVIEW,
            "reply_markup": {"inline_keyboard": [[opening]]},
        },
    )


def _named(deal: DealSeen, language: str) -> str:
    return words(language, "deal", number=deal.number, title=disarmed(deal.title))


def _executor_found(said: ExecutorFound, language: str) -> Wording:
    marks = {"name": "{}", "username": "@{}", "phone": "{}", "telegram_id": "id {}"}
    told = [mark.format(said.told[name]) for name, mark in marks.items() if said.told.get(name)]
    head = words(language, "executor_found", deal=_named(said.deal, language))
    return _about(said.deal, f"{head}\n{' · '.join(told)}", language)


def _pending(said: OrderPending, language: str) -> Wording:
    told = {"deal": _named(said.deal, language), "missing": said.missing}
    return _about(said.deal, words(language, "order_pending", **told), language)


def _returned(said: OrderReturned, language: str) -> Wording:
    told = {"deal": _named(said.deal, language), "executor": disarmed(said.executor)}
    lines = [words(language, "order_returned", **told)]
    if said.reason:
        lines.append(words(language, "because", reason=disarmed(said.reason)))
    return _about(said.deal, "\n".join(lines), language)


def _ignored(said: OfferIgnored, language: str) -> Wording:
    deal = _named(said.deal, language)
    lines = [words(language, "offer_ignored", deal=deal, count=said.minutes)]
    if said.expired:
        lines.append(words(language, "offer_over"))
    return _about(said.deal, "\n".join(lines), language)


def _unplaced(said: OfferUnplaced, language: str) -> Wording:
    text = words(language, "offer_unplaced", deal=_named(said.deal, language))
    return _about(said.deal, text, language)


def _given(said: DealGiven, language: str) -> Wording:
    deal = _named(said.deal, language)
    if said.by is None:
        return _about(said.deal, words(language, "deal_given", deal=deal), language)
    return _about(said.deal, words(language, "deal_given_by", deal=deal, by=said.by), language)


def _slot_given(said: SlotGiven, language: str) -> Wording:
    return Wording("sendMessage", {"text": words(language, "slot_given", slot=said.slot)})


def _followed(said: DealFollowed, language: str) -> Wording:
    told = {"stage": said.stage, **_linked(said, language)}
    return _about(said.deal, words(language, "deal_followed", **told), language)


def _held(said: OutcomeHeld, language: str) -> Wording:
    told = {"missing": ", ".join(said.missing), **_linked(said, language)}
    key = "outcome_held" if said.missing else "outcome_too_late"
    return _about(said.deal, words(language, key, **told), language)


def _linked(said: DealFollowed | OutcomeHeld, language: str) -> dict[str, str]:
    deal, linked = _named(said.deal, language), _named(said.linked, language)
    return {"deal": deal, "linked": linked, "outcome": said.outcome}


def _link_failed(said: LinkFailed, language: str) -> Wording:
    told = {"pipeline": said.pipeline, "missing": ", ".join(said.missing)}
    text = words(language, "link_failed", deal=_named(said.deal, language), **told)
    return _about(said.deal, text, language)


def _batch_done(said: BatchDone, language: str) -> Wording:
    lines = [words(language, "batch_done", stage=said.stage, count=said.moved)]
    if said.skipped:
        lines.append(words(language, "batch_skipped", count=said.skipped))
    return Wording("sendMessage", {"text": "\n".join(lines)})


WORDINGS: Final[Mapping[type[object], Callable[[Any, str], Wording]]] = {
    ExecutorFound: _executor_found,
    OrderPending: _pending,
    OrderReturned: _returned,
    OfferIgnored: _ignored,
    OfferUnplaced: _unplaced,
    DealGiven: _given,
    SlotGiven: _slot_given,
    DealFollowed: _followed,
    OutcomeHeld: _held,
    LinkFailed: _link_failed,
    BatchDone: _batch_done,
}
"""What the staff reads, by what is said."""
