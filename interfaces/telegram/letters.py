"""Words letters: what the relay wants said becomes a call of the Bot API in the reader's language.

Texts leave with entities, never with a parse mode, so that nothing in them is markup by accident.
Lengths and offsets are UTF-16 units, as Telegram counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import singledispatch
from typing import Any, TypeAlias
from uuid import UUID

from application.letters import (
    FailureNotice,
    Question,
    RatingRequest,
    ReopenedNotice,
    Reply,
    TicketCard,
    TicketPost,
    TicketSeen,
    TransferNotice,
)
from application.ports import Letter
from interfaces.telegram.buttons import button
from interfaces.telegram.words import words

Params: TypeAlias = dict[str, Any]
Entities: TypeAlias = list[dict[str, str | int]]

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
NO_PREVIEW = {"is_disabled": True}


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A letter in words: one call of the Bot API, with what the outbox must know about it."""

    workspace_id: UUID
    bot_id: int
    chat_id: int
    method: str
    params: Params
    key: str
    latest: str | None = None
    report: Mapping[str, str] | None = None


def worded(letter: Letter) -> Call:
    """The letter as a call of the Bot API."""
    method, params = _say(letter.said, letter.language)
    return Call(
        workspace_id=letter.workspace_id,
        bot_id=letter.bot_id,
        chat_id=letter.chat_id,
        method=method,
        params={"chat_id": letter.chat_id, **params},
        key=letter.key,
        latest=letter.latest,
        report=letter.report,
    )


def units(text: str) -> int:
    """The length of a text as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2


@singledispatch
def _say(said: object, language: str) -> tuple[str, Params]:
    raise TypeError(f"no words for {type(said).__name__} in {language}")


@_say.register
def _(said: TicketPost, language: str) -> tuple[str, Params]:
    """Without a keyboard: Telegram opens no discussion under a post that has one."""
    ticket = said.ticket
    number = f"№{ticket.number}"
    title = f"{number} · {ticket.topic}" if ticket.topic else number
    link = f"https://t.me/{ticket.manager_bot}?start=t_{ticket.ticket_id.hex}"
    entity = {"type": "text_link", "offset": 0, "length": units(number), "url": link}
    params: Params = {
        "text": f"{title}\n{_standing(ticket, language)}",
        "entities": [entity],
        "link_preview_options": NO_PREVIEW,
    }
    if said.edits is not None:
        return "editMessageText", {**params, "message_id": said.edits}
    return "sendMessage", params


@_say.register
def _(said: TicketCard, language: str) -> tuple[str, Params]:
    ticket = said.ticket
    number = words(language, "ticket", number=ticket.number)
    params: Params = {
        "text": f"{number}\n{_standing(ticket, language)}",
        "reply_markup": {"inline_keyboard": _card_buttons(ticket, language)},
    }
    if said.edits is not None:
        return "editMessageText", {**params, "message_id": said.edits}
    return "sendMessage", {**params, **_in_thread(said.root_id)}


@_say.register
def _(said: Question, language: str) -> tuple[str, Params]:
    place, content = said.place, said.content
    if content.kind == "unsupported":
        text = words(language, "unsupported_in_thread", kind=content.text)
        return "sendMessage", {"text": text, **_in_thread(said.root_id)}
    if place is None:
        return "sendMessage", {
            "text": content.text,
            "entities": content.entities,
            "link_preview_options": NO_PREVIEW,
            **_in_thread(said.root_id),
        }
    return "copyMessage", {
        "from_chat_id": place.chat_id,
        "message_id": place.message_id,
        **_in_thread(said.root_id),
    }


@_say.register
def _(said: Reply, language: str) -> tuple[str, Params]:
    """Entities that name a person are left out; a heading tells which ticket answers."""
    content = said.content
    heading = words(language, "ticket", number=said.number)
    limit = TEXT_LIMIT if content.kind == "text" else CAPTION_LIMIT
    text, entities = _headed(heading, content.text, content.entities, limit)
    if content.kind == "text" or said.place is None:
        return "sendMessage", {"text": text, "entities": entities}
    return "copyMessage", {
        "from_chat_id": said.place.chat_id,
        "message_id": said.place.message_id,
        "caption": text,
        "caption_entities": entities,
    }


@_say.register
def _(said: RatingRequest, language: str) -> tuple[str, Params]:
    stars = [button(str(n) + "★", "rate", said.ticket_id, n) for n in range(1, 6)]
    again = [button(words(language, "reopen"), "reopen", said.ticket_id)]
    return "sendMessage", {
        "text": words(language, "rate_please", number=said.number),
        "reply_markup": {"inline_keyboard": [stars, again]},
    }


@_say.register
def _(said: ReopenedNotice, language: str) -> tuple[str, Params]:
    return "sendMessage", {"text": words(language, "reopened", number=said.number)}


@_say.register
def _(said: TransferNotice, language: str) -> tuple[str, Params]:
    return "sendMessage", {"text": words(language, "transferred_to_you", number=said.number)}


@_say.register
def _(said: FailureNotice, language: str) -> tuple[str, Params]:
    text = words(language, "not_delivered", reason=said.reason)
    return "sendMessage", {"text": text, **_in_thread(said.root_id)}


def _standing(ticket: TicketSeen, language: str) -> str:
    if ticket.status == "closed":
        line = words(language, "standing_closed")
        holder = [ticket.holder] if ticket.holder else []
        stars = ["★" * ticket.stars + "☆" * (5 - ticket.stars)] if ticket.stars else []
        return " · ".join([line, *holder, *stars])
    if ticket.holder is None:
        return words(language, "standing_unclaimed")
    return words(language, "standing_claimed", holder=ticket.holder)


def _card_buttons(ticket: TicketSeen, language: str) -> list[list[dict[str, str]]]:
    if ticket.status == "closed":
        action = "reopen"
    else:
        action = "claim" if ticket.holder is None else "close"
    return [[button(words(language, action), action, ticket.ticket_id)]]


def _in_thread(root_id: int) -> Params:
    return {"reply_parameters": {"message_id": root_id, "allow_sending_without_reply": True}}


def _headed(heading: str, text: str, entities: Entities, limit: int) -> tuple[str, Entities]:
    kept = [entity for entity in entities if entity.get("type") != "text_mention"]
    if units(heading) + 1 + units(text) > limit:
        return text, kept
    shift = units(heading) + 1
    moved = [{**entity, "offset": int(entity["offset"]) + shift} for entity in kept]
    bold: dict[str, str | int] = {"type": "bold", "offset": 0, "length": units(heading)}
    return f"{heading}\n{text}".rstrip("\n"), [bold, *moved]
