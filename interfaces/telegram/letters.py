"""Words letters: what policies want said becomes a call of the Bot API in the reader's language.

Texts leave with entities, never with a parse mode, so that nothing in them is markup by accident.
"""

from functools import singledispatch

from application.letters import (
    AnswerShown,
    Correction,
    FailureNotice,
    OutOfHoursNotice,
    Question,
    RatingNotice,
    RatingRequest,
    ReachNotice,
    Reaction,
    ReadinessNotice,
    ReopenedNotice,
    Reply,
    TicketCard,
    TicketPost,
    TicketTopic,
    TransferNotice,
    Withdrawal,
)
from application.ports import Letter
from interfaces.telegram import deal_letters, offers, passing, standing
from interfaces.telegram.buttons import button
from interfaces.telegram.calls import NO_PREVIEW, Call, Otherwise, Params, Wording, in_spot
from interfaces.telegram.formatting import disarmed
from interfaces.telegram.marks import STARS
from interfaces.telegram.words import words


def worded(letter: Letter) -> Call:
    """The letter as a call of the Bot API."""
    method, params, other = _say(letter.said, letter.language)
    chat: Params = {"chat_id": letter.chat_id}
    otherwise = (
        None if other is None else Otherwise(other[0] or letter.bot_id, other[1], chat | other[2])
    )
    return Call(
        workspace_id=letter.workspace_id,
        bot_id=letter.bot_id,
        chat_id=letter.chat_id,
        method=method,
        params=chat | params,
        key=letter.key,
        latest=letter.latest,
        report=letter.report,
        otherwise=otherwise,
    )


@singledispatch
def _say(said: object, language: str) -> Wording:
    raise TypeError(f"no words for {type(said).__name__} in {language}")


_say.register(Question, passing.question)
_say.register(Reply, passing.reply)
_say.register(AnswerShown, passing.answer_shown)
_say.register(Correction, passing.correction)
_say.register(TicketPost, standing.post)
_say.register(TicketTopic, standing.topic)
_say.register(TicketCard, standing.card)
for said, wording in {**offers.WORDINGS, **deal_letters.WORDINGS}.items():
    _say.register(said, wording)


@_say.register
def _(said: Withdrawal, _language: str) -> Wording:
    return Wording("deleteMessages", {"message_ids": list(said.message_ids)})


@_say.register
def _(said: Reaction, _language: str) -> Wording:
    emoji = [{"type": "emoji", "emoji": said.emoji}] if said.emoji else []
    return Wording("setMessageReaction", {"message_id": said.message_id, "reaction": emoji})


@_say.register
def _(said: RatingRequest, language: str) -> Wording:
    stars = [
        button(f"{n}★", "rate", said.ticket_id, said.cycle * 10 + n) for n in range(1, STARS + 1)
    ]
    again = [button(words(language, "reopen"), "reopen", said.ticket_id, said.cycle)]
    asked = said.text or words(language, "rate_ask")
    text = words(language, "rate_please", number=said.number, ask=asked)
    return Wording("sendMessage", {"text": text, "reply_markup": _keyboard(stars, again)})


@_say.register
def _(said: RatingNotice, language: str) -> Wording:
    told = {"stars": "★" * said.stars, "comment": disarmed(said.comment)}
    params: Params = {
        "text": words(language, "rating_comment", **told),
        "link_preview_options": NO_PREVIEW,
    }
    return Wording("sendMessage", params | in_spot(said.spot))


@_say.register
def _(said: ReopenedNotice, language: str) -> Wording:
    return Wording("sendMessage", {"text": words(language, "reopened", number=said.number)})


@_say.register
def _(said: OutOfHoursNotice, language: str) -> Wording:
    lines = [said.text or words(language, "out_of_hours")]
    if said.opening is not None:
        day = words(language, f"day_{said.opening.weekday()}")
        lines.append(words(language, "opening", day=day, at=f"{said.opening:%H:%M}"))
    return Wording("sendMessage", {"text": "\n".join(lines)})


@_say.register
def _(said: TransferNotice, language: str) -> Wording:
    ticket = said.ticket
    about = {"number": ticket.number, "topic": ticket.topic or "—", "client": ticket.client}
    text = words(language, "transferred_to_you", **about)
    if said.reason:
        text = f"{text}\n{words(language, 'because', reason=said.reason)}"
    url = f"https://t.me/{ticket.manager_bot}?start=t_{ticket.ticket_id.hex}"
    opening = [{"text": words(language, "open_ticket"), "url": url}]
    return Wording("sendMessage", {"text": text, "reply_markup": _keyboard(opening)})


@_say.register
def _(said: FailureNotice, language: str) -> Wording:
    text = words(language, "not_delivered", reason=_reason(said.reason, language))
    return Wording("sendMessage", {"text": text, **in_spot(said.spot)})


@_say.register
def _(said: ReachNotice, language: str) -> Wording:
    text = words(language, "client_is_back" if said.reachable else "client_is_out_of_reach")
    return Wording("sendMessage", {"text": text, **in_spot(said.spot)})


@_say.register
def _(said: ReadinessNotice, language: str) -> Wording:
    if not said.lacks:
        return Wording("sendMessage", {"text": words(language, "desk_is_whole", name=said.name)})
    lines = [words(language, "desk_is_broken", name=said.name)]
    lines += [f"• {words(language, f'lack_{lack}')}" for lack in said.lacks]
    home = {
        "text": words(language, "to_settings"),
        "callback_data": f"s1:home:{said.workspace_id.hex}",
    }
    markup = {"reply_markup": _keyboard([home])} if said.mendable else {}
    return Wording("sendMessage", {"text": "\n".join(lines), **markup})


def _reason(told: str, language: str) -> str:
    """Why a message did not arrive: in our words where we know it, else in Telegram's."""
    known = {
        "bot was blocked": "failure_blocked",
        "user is deactivated": "failure_deactivated",
        "file_too_big": "failure_file_too_big",
        "file_not_cleanable": "failure_file_not_cleanable",
        "file_gone": "failure_file_gone",
    }
    return next((words(language, key) for part, key in known.items() if part in told), told)


def _keyboard(*rows: list[dict[str, str]]) -> Params:
    return {"inline_keyboard": list(rows)}
