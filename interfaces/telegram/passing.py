"""Passing on: what one side said, in words for the other; nothing of its author goes along.

A message is copied by a bot that sees both chats. What cannot be copied is made anew from its
file, without what the file tells of its author if it is a manager's.
"""

from application.letters import AnswerShown, Correction, Question, Reply
from application.messages import Content, Piece
from interfaces.telegram.calls import (
    CAPTIONED,
    NO_PREVIEW,
    TELLING,
    Params,
    Wording,
    at_root,
    file_of,
    in_spot,
    made_anew,
)
from interfaces.telegram.formatting import (
    CALLING,
    CAPTION_LIMIT,
    PERSONAL,
    TEXT_LIMIT,
    Entities,
    disarmed,
    headed,
    shown,
    without,
)
from interfaces.telegram.words import words


def question(said: Question, language: str) -> Wording:
    """What a client said, for the thread."""
    content, place, spot = said.content, said.place, said.spot
    again = said.other_bot or 0
    if content.kind == "unsupported":
        text = words(language, "unsupported_in_thread", kind=content.text)
        return Wording("sendMessage", {"text": text, **in_spot(spot)})
    if content.kind == "album":
        return _client_album(said)
    text, entities = disarmed(content.text), without(content.entities, CALLING)
    if content.kind == "text" or place is None:
        told: Params = {"text": text, "entities": entities, "link_preview_options": NO_PREVIEW}
        return Wording(
            "sendMessage", told | in_spot(spot), (again, "sendMessage", told | at_root(spot))
        )
    caption = {"caption": text, "caption_entities": entities} if text else {}
    file = file_of(content, place.bot_id, clean=False) if content.file_id else None
    method, params = made_anew(content, file, caption, {"text": text, "entities": entities})
    copy = {"from_chat_id": place.chat_id, "message_id": place.message_id}
    if content.kind in CAPTIONED:
        copy |= caption
    return Wording("copyMessage", copy | in_spot(spot), (again, method, params | at_root(spot)))


def _client_album(said: Question) -> Wording:
    bot_id = said.place.bot_id if said.place else said.other_bot or 0
    media = [
        _item(
            piece,
            file_of(piece, bot_id, clean=False),
            disarmed(piece.text),
            without(piece.entities, CALLING),
        )
        for piece in said.content.pieces
    ]
    otherwise = (said.other_bot or 0, "sendMediaGroup", {"media": media} | at_root(said.spot))
    return Wording("sendMediaGroup", {"media": media} | in_spot(said.spot), otherwise)


def reply(said: Reply, language: str) -> Wording:
    """What a manager said, for the client: a heading tells which ticket answers."""
    content, place = said.content, said.place
    answering = _answering(said)
    heading = words(language, "ticket", number=said.number)
    text, entities = _for_client(heading, content)
    if content.kind == "album":
        return _manager_album(said, heading)
    if content.kind == "text" or (place is None and not content.file_id):
        told: Params = {"text": text, "entities": entities}
        return Wording("sendMessage", told | answering, (0, "sendMessage", told))
    clean = content.kind in TELLING and not said.signed
    caption = {"caption": text, "caption_entities": entities}
    file = file_of(content, said.source_bot, clean=clean) if content.file_id else None
    method, params = made_anew(content, file, caption, {"text": text, "entities": entities})
    if clean or place is None:
        return Wording(method, params | answering)
    copy: Params = {"from_chat_id": place.chat_id, "message_id": place.message_id}
    if content.kind in CAPTIONED:
        copy |= caption
    return Wording("copyMessage", copy | answering, (0, method, params))


def _manager_album(said: Reply, heading: str) -> Wording:
    """Photos alone are copied; else made anew, the first item under the heading.

    Copies of captions would say what stands there by then, and nobody may have looked at that.
    """
    pieces, place = said.content.pieces, said.place
    media: list[Params] = []
    for n, piece in enumerate(pieces):
        text, entities = shown(piece.text), without(piece.entities, PERSONAL)
        if n == 0:
            text, entities = headed(heading, text, entities, CAPTION_LIMIT)
        clean = piece.kind in TELLING and not said.signed
        media.append(_item(piece, file_of(piece, said.source_bot, clean=clean), text, entities))
    anew = Wording("sendMediaGroup", {"media": media} | _answering(said))
    plain = all(piece.kind == "photo" and not piece.text for piece in pieces)
    if place is None or not plain:
        return anew
    numbers = sorted(piece.message_id for piece in pieces)
    copy = {"from_chat_id": place.chat_id, "message_ids": numbers, "remove_caption": True}
    return Wording("copyMessages", copy, (0, anew.method, anew.params))


def answer_shown(said: AnswerShown, language: str) -> Wording:
    """An answer that was given elsewhere, for the thread."""
    heading = words(language, "answer_shown", holder=said.holder)
    content = said.content
    text = content.text or words(language, "some_file")
    told, entities = headed(heading, shown(text), without(content.entities, PERSONAL), TEXT_LIMIT)
    params: Params = {"text": told, "entities": entities, "link_preview_options": NO_PREVIEW}
    return Wording("sendMessage", params | in_spot(said.spot))


def correction(said: Correction, language: str) -> Wording:
    """A new version, for the copy that stands on the other side."""
    content = said.content
    about = {"message_id": said.edits}
    if said.number is None:
        text, entities = disarmed(content.text), without(content.entities, CALLING)
    else:
        heading = words(language, "ticket", number=said.number)
        text, entities = _for_client(heading, content)
    if content.kind == "text":
        told = {"text": text, "entities": entities, "link_preview_options": NO_PREVIEW}
        return Wording("editMessageText", about | told)
    if said.replaced and content.file_id and content.kind in {"photo", *TELLING}:
        clean = said.number is not None and content.kind in TELLING
        file = file_of(content, said.source_bot, clean=clean)
        media = {"type": str(content.kind), "media": file}
        return Wording(
            "editMessageMedia",
            about | {"media": media | {"caption": text, "caption_entities": entities}},
        )
    told = {"caption": text, "caption_entities": entities}
    return Wording("editMessageCaption", about | told)


def _for_client(heading: str, content: Content) -> tuple[str, Entities]:
    limit = TEXT_LIMIT if content.kind == "text" else CAPTION_LIMIT
    return headed(heading, shown(content.text), without(content.entities, PERSONAL), limit)


def _answering(said: Reply) -> Params:
    if said.reply_to is None:
        return {}
    quote = {"quote": said.quote} if said.quote else {}
    answered = {"message_id": said.reply_to, "allow_sending_without_reply": True, **quote}
    return {"reply_parameters": answered}


def _item(piece: Piece, file: Params, text: str, entities: Entities) -> Params:
    item: Params = {"type": str(piece.kind), "media": file}
    return item | ({"caption": text, "caption_entities": entities} if text else {})
