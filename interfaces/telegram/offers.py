"""Offers in words: the card that a chat sees, and what executors are told of their orders."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from application.order_letters import (
    ContactForgone,
    ContactTold,
    OfferCard,
    OfferSeen,
    OrderLost,
    OrderRevoked,
    OrderSeen,
    OrderTaken,
    OrderWon,
)
from interfaces.telegram.buttons import button
from interfaces.telegram.calls import NO_PREVIEW, Params, Wording
from interfaces.telegram.formatting import TEXT_LIMIT, Entities, cut, disarmed, shown, units
from interfaces.telegram.words import words


def card(said: OfferCard, language: str) -> Wording:
    """What everybody in the chat may read, with two buttons while somebody is looked for."""
    offer = said.offer
    heading = words(language, "offer", number=offer.number)
    text, entities = _laid_out(heading, disarmed(offer.card), *_standing(offer, language))
    params: Params = {
        "text": text,
        "entities": entities,
        "link_preview_options": NO_PREVIEW,
        "reply_markup": {"inline_keyboard": _buttons(offer, language)},
    }
    if said.edits is not None:
        return Wording("editMessageText", {**params, "message_id": said.edits})
    return Wording("sendMessage", params)


def _buttons(offer: OfferSeen, language: str) -> list[list[dict[str, str]]]:
    if offer.standing != "open":
        return []
    return [
        [button(words(language, "get_phone"), "contact", offer.offer_id)],
        [button(words(language, "claim_offer"), "claim", offer.offer_id)],
    ]


def _standing(offer: OfferSeen, language: str) -> tuple[str, Entities]:
    """The last line of a card; a moment is shown on the reader's own clock."""
    if offer.standing == "claimed":
        if offer.executor is None:
            return words(language, "offer_claimed_by_somebody"), []
        return words(language, "offer_claimed", name=disarmed(offer.executor)), []
    if offer.standing != "open":
        return words(language, f"offer_{offer.standing}"), []
    if offer.decides_at is None:
        return "", []
    at = f"{offer.decides_at:%H:%M:%S} UTC"
    line = words(language, "offer_contested", at=at)
    moment: dict[str, str | int] = {
        "type": "date_time",
        "offset": units(line[: line.index(at)]),
        "length": units(at),
        "unix_time": int(offer.decides_at.timestamp()),
        "date_time_format": "T",
    }
    return line, [moment]


def _taken(said: OrderTaken, language: str) -> Wording:
    if said.executor is None:
        text = words(language, "order_taken_by_somebody", number=said.number)
    else:
        name = disarmed(said.executor)
        text = words(language, "order_taken", number=said.number, name=name)
    if said.reply_to is None:
        return Wording("sendMessage", {"text": text})
    replied = {"message_id": said.reply_to, "allow_sending_without_reply": True}
    return Wording("sendMessage", {"text": text, "reply_parameters": replied})


def _contact_told(said: ContactTold, language: str) -> Wording:
    heading = words(language, "contact_told", number=said.order.number)
    return _of_order(heading, said.order, words(language, "contact_advice"), language)


def _won(said: OrderWon, language: str) -> Wording:
    heading = words(language, "order_won", number=said.order.number)
    told = _of_order(heading, said.order, words(language, "order_advice"), language)
    giving = [button(words(language, "give_back"), "giveback", said.order.offer_id)]
    markup = {"reply_markup": {"inline_keyboard": [giving]}}
    return Wording(told.method, told.params | markup)


def _of_order(heading: str, order: OrderSeen, advice: str, language: str) -> Wording:
    """The card, and what only one person may read, which is left whole."""
    parties = [(one.name, one.phones) for one in order.parties]
    details = [f"{label}: {shown(value)}" for label, value in order.details]
    private = [*(called(*party, language) for party in parties), *details]
    last = "\n".join([*private, "", advice])
    text, entities = _laid_out(heading, shown(order.card), last, [])
    params: Params = {"text": text, "entities": entities, "link_preview_options": NO_PREVIEW}
    return Wording("sendMessage", params)


def called(name: str, phones: Sequence[str], language: str) -> str:
    """Somebody with their phones, in one line."""
    return f"{shown(name)}: {', '.join(phones) or words(language, 'no_phone')}"


def _lost(said: OrderLost, language: str) -> Wording:
    lines = [
        words(language, "offer", number=said.number),
        words(language, f"claim_{said.reason}"),
    ]
    if said.winner is not None:
        lines.append(words(language, "order_went_to", name=shown(said.winner)))
    return Wording("sendMessage", {"text": "\n".join(lines)})


def _forgone(said: ContactForgone, language: str) -> Wording:
    number = words(language, "offer", number=said.number)
    return Wording("sendMessage", {"text": f"{number}\n{words(language, f'claim_{said.reason}')}"})


def _revoked(said: OrderRevoked, language: str) -> Wording:
    text = words(language, "order_revoked", number=said.number)
    if said.reason:
        text = f"{text}\n{words(language, 'because', reason=shown(said.reason))}"
    return Wording("sendMessage", {"text": text})


def _laid_out(heading: str, text: str, last: str, marks: Entities) -> tuple[str, Entities]:
    """A text between a bold heading and its last lines, with their entities; cut where too long."""
    rest = f"\n\n{last}" if last else ""
    room = TEXT_LIMIT - units(f"{heading}\n\n")
    body = cut(text, max(room - units(rest), 0))
    start = units(f"{heading}\n{body}\n\n")
    moved = [{**mark, "offset": int(mark["offset"]) + start} for mark in marks]
    bold: dict[str, str | int] = {"type": "bold", "offset": 0, "length": units(heading)}
    return cut(f"{heading}\n{body}{rest}", TEXT_LIMIT), [bold, *moved]


WORDINGS: Final[Mapping[type[object], Callable[[Any, str], Wording]]] = {
    OfferCard: card,
    OrderTaken: _taken,
    ContactTold: _contact_told,
    ContactForgone: _forgone,
    OrderWon: _won,
    OrderLost: _lost,
    OrderRevoked: _revoked,
}
"""What executors read, by what is said."""
