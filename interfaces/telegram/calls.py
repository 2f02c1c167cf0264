"""Calls of the Bot API as the outbox keeps them, and the forms in which a message can be sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, TypeAlias
from uuid import UUID

from application.letters import Spot
from application.messages import Content, Piece

Params: TypeAlias = dict[str, Any]

NO_PREVIEW: Final = {"is_disabled": True}
METHODS: Final = {
    "photo": ("sendPhoto", "photo"),
    "video": ("sendVideo", "video"),
    "animation": ("sendAnimation", "animation"),
    "audio": ("sendAudio", "audio"),
    "document": ("sendDocument", "document"),
    "voice": ("sendVoice", "voice"),
    "video_note": ("sendVideoNote", "video_note"),
    "live_photo": ("sendVideo", "video"),
    "sticker": ("sendSticker", "sticker"),
}
"""By kind: the method that sends a file of it, and the parameter that names the file."""
DETAILS: Final = {
    "location": ("sendLocation", ("latitude", "longitude", "horizontal_accuracy")),
    "venue": ("sendVenue", ("latitude", "longitude", "title", "address", "foursquare_id")),
    "contact": ("sendContact", ("phone_number", "first_name", "last_name", "vcard")),
}
CAPTIONED: Final = frozenset(METHODS) - {"video_note", "sticker"}
TELLING: Final = frozenset({"document", "audio", "video", "animation"})
"""Kinds whose files are as somebody made them, with what they tell of their author."""


@dataclass(frozen=True, slots=True)
class Otherwise:
    """The same thing said another way, perhaps by another bot of the company.

    `params` name the chat, as those of the call do.
    """

    bot_id: int
    method: str
    params: Params


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
    otherwise: Otherwise | None = None


class Wording(NamedTuple):
    """A method and its parameters but the chat; `otherwise` names its bot (0: the same one)."""

    method: str
    params: Params
    otherwise: tuple[int, str, Params] | None = None


def in_spot(spot: Spot) -> Params:
    """The parameters that put a message into a thread."""
    params: Params = {"message_thread_id": spot.root_id} if spot.is_topic else {}
    if not spot.is_topic or spot.reply_to is not None:
        quote = {"quote": spot.quote} if spot.quote and spot.reply_to else {}
        params["reply_parameters"] = {
            "message_id": spot.reply_to or spot.root_id,
            "allow_sending_without_reply": spot.reply_to in {None, spot.root_id},
            **quote,
        }
    return params


def at_root(spot: Spot) -> Params:
    """The same, in reply to nothing but the thread."""
    return in_spot(Spot(spot.root_id, spot.is_topic))


def file_of(one: Content | Piece, bot_id: int, *, clean: bool) -> Params:
    """A file that some bot of the company has received: sent as it is, or made anew."""
    return {
        "$file": {
            "bot_id": bot_id,
            "file_id": one.file_id,
            "name": one.file_name,
            "kind": str(one.kind),
            "clean": clean,
        }
    }


def made_anew(
    content: Content, file: Params | None, captioned: Params, worded: Params
) -> tuple[str, Params]:
    """The method and parameters that say a content again, without copying a message."""
    kind = str(content.kind)
    if kind in METHODS and file is not None:
        method, name = METHODS[kind]
        return method, {name: file, **(captioned if kind in CAPTIONED else {})}
    if kind in DETAILS:
        method, names = DETAILS[kind]
        return method, {name: content.details[name] for name in names if name in content.details}
    if kind == "poll":
        options = content.details.get("options")
        texts = options if isinstance(options, list) else []
        asked = {"question": content.details.get("question", "")}
        return "sendPoll", {**asked, "options": [{"text": text} for text in texts]}
    if kind == "dice":
        thrown = (content.details.get(name, "") for name in ("emoji", "value"))
        return "sendMessage", {"text": "{} {}".format(*thrown).strip() or "🎲"}
    return "sendMessage", worded
