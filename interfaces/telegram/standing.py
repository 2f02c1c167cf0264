"""How a ticket stands before the staff: its post, its topic, and the card with its buttons."""

from typing import Final

from application.letters import TicketCard, TicketPost, TicketSeen, TicketTopic
from interfaces.telegram.buttons import button
from interfaces.telegram.calls import NO_PREVIEW, Params, Wording, in_spot
from interfaces.telegram.formatting import disarmed, units
from interfaces.telegram.marks import PRIORITIES, stars_of
from interfaces.telegram.words import words

TOPIC_NAME: Final = 128


def post(said: TicketPost, language: str) -> Wording:
    """Without a keyboard: Telegram opens no discussion under a post that has one."""
    ticket = said.ticket
    mark, number = PRIORITIES[ticket.priority], f"№{ticket.number}"
    title = f"{mark}{number} · {ticket.topic}" if ticket.topic else f"{mark}{number}"
    link = f"https://t.me/{ticket.manager_bot}?start=t_{ticket.ticket_id.hex}"
    entity = {"type": "text_link", "offset": units(mark), "length": units(number), "url": link}
    params: Params = {
        "text": "\n".join([title, *_lines(ticket, language)]),
        "entities": [entity],
        "link_preview_options": NO_PREVIEW,
    }
    if said.edits is not None:
        return Wording("editMessageText", {**params, "message_id": said.edits})
    return Wording("sendMessage", params)


def topic(said: TicketTopic, _language: str) -> Wording:
    """The name of a topic is all that its list shows."""
    ticket = said.ticket
    if ticket.status == "closed":
        mark = "✅ "
    else:
        mark = PRIORITIES[ticket.priority] or ("🟡 " if ticket.holder is None else "🟢 ")
    parts = [f"{mark}№{ticket.number}", ticket.topic, ticket.client, ticket.holder]
    name = " · ".join(part for part in parts if part)
    while units(name) > TOPIC_NAME:
        name = name[:-1]
    if said.edits is not None:
        return Wording("editForumTopic", {"message_thread_id": said.edits, "name": name})
    return Wording("createForumTopic", {"name": name})


def card(said: TicketCard, language: str) -> Wording:
    """Who asks, how the ticket stands, and what can be done about it."""
    ticket = said.ticket
    number = words(language, "ticket", number=ticket.number)
    title = f"{PRIORITIES[ticket.priority]}{number}"
    client = words(language, "card_client", client=disarmed(ticket.client))
    params: Params = {
        "text": "\n".join([title, client, *_lines(ticket, language)]),
        "reply_markup": {"inline_keyboard": _buttons(ticket, language)},
        "link_preview_options": NO_PREVIEW,
    }
    if said.edits is not None:
        return Wording("editMessageText", {**params, "message_id": said.edits})
    return Wording("sendMessage", {**params, **in_spot(said.spot)})


def _lines(ticket: TicketSeen, language: str) -> list[str]:
    lines = [_standing(ticket, language)]
    if ticket.tags:
        lines.append(" ".join(f"#{tag.replace(' ', '_')}" for tag in ticket.tags))
    if ticket.blocked:
        lines.append(words(language, "client_blocked"))
    if not ticket.reachable:
        lines.append(words(language, "client_unreachable"))
    return lines


def _standing(ticket: TicketSeen, language: str) -> str:
    if ticket.status == "closed":
        line = words(language, "standing_closed")
        holder = [ticket.holder] if ticket.holder else []
        stars = [stars_of(ticket.stars)] if ticket.stars else []
        return " · ".join([line, *holder, *stars])
    if ticket.holder is None:
        return words(language, "standing_unclaimed")
    return words(language, "standing_claimed", holder=ticket.holder)


def _buttons(ticket: TicketSeen, language: str) -> list[list[dict[str, str]]]:
    if ticket.status == "closed":
        rows = [["reopen", "note"]]
    else:
        first = "claim" if ticket.holder is None else "close"
        rows = [[first, "transfer"], ["reply", "note", "block"]]
    id = ticket.ticket_id
    return [[button(words(language, action), action, id) for action in row] for row in rows]
