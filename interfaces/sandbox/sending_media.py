"""Sending media: uploads, file ids of the bot's own, and albums."""

from typing import Final

from interfaces.sandbox.call import Call, Handler, Handlers
from interfaces.sandbox.files import PHOTO_LIMIT, StoredFile
from interfaces.sandbox.formatting import parsed, with_detected
from interfaces.sandbox.media import CAPTIONED, KINDS, Media, described, named_upload
from interfaces.sandbox.sending import CAPTION_LIMIT, captioned, posted
from interfaces.sandbox.wire import ApiError, Json, as_objects, bad_request, utf16_length

ALBUM_KINDS: Final = frozenset({"photo", "video", "document", "audio", "live_photo"})
APART: Final = frozenset({"document", "audio"})
ALIKE: Final = frozenset({"document", "animation", "video"})
ADDRESSES: Final = ("http://", "https://")


def media_asked(call: Call, kind: str, asked: str, fields: Json) -> Media:
    """Media for `attach://…`, or for a file id of this bot; a live photo has a still one too."""
    stored = _file_asked(call, kind, asked)
    still = None
    if kind == "live_photo":
        if stored.size > PHOTO_LIMIT:
            raise bad_request("file is too big")
        still = _file_asked(call, "photo", str(fields.get("photo") or ""))
    return described(kind, stored, fields, still)


def _file_asked(call: Call, kind: str, asked: str) -> StoredFile:
    if not asked:
        raise bad_request(f"there is no {kind} in the request")
    if asked.startswith(ADDRESSES):
        raise bad_request("failed to get HTTP URL content")
    if asked.startswith("attach://"):
        upload = call.uploads.get(asked.removeprefix("attach://"))
        if upload is None:
            raise bad_request(f"there is no file {asked!r} in the request")
        return call.world.files.keep(
            kind, named_upload(kind, upload.name, upload.data, upload.mime)
        )
    stored = call.world.files.by_file_id(call.bot.id, asked)
    if stored.kind != kind and not {stored.kind, kind} <= ALIKE:
        raise bad_request(f"can't use file of type {stored.kind.title()} as {kind.title()}")
    return stored


def _sends(kind: str) -> Handler:
    def send(call: Call) -> object:
        chat = call.destination()
        content = captioned(call) if kind in CAPTIONED else {}
        media = media_asked(call, kind, call.text(kind), call.fields)
        return posted(call, content, media, chat=chat).as_json(call.bot.id)

    return send


def send_media_group(call: Call) -> object:
    chat = call.destination()
    items = as_objects(call.fields.get("media"))
    if not 2 <= len(items) <= 10:
        raise ApiError(400, "Bad Request: group send failed: 2 to 10 items are expected")
    kinds = {str(item.get("type")) for item in items}
    if not kinds <= ALBUM_KINDS or (len(kinds) > 1 and kinds & APART):
        raise bad_request("can't mix these kinds of media in one album")
    pieces = [
        (item_caption(item), media_asked(call, str(item["type"]), str(item.get("media")), item))
        for item in items
    ]
    call.spend(chat, len(pieces))
    album = str(call.world.random.getrandbits(60))
    return [
        posted(call, content, media, chat=chat, album=album, cost=0).as_json(call.bot.id)
        for content, media in pieces
    ]


def item_caption(item: Json) -> Json:
    """The caption of one InputMedia."""
    text, entities = parsed(str(item.get("caption") or ""), item.get("parse_mode"))
    entities = as_objects(item.get("caption_entities")) or entities
    if utf16_length(text) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    content: Json = {"caption": text} if text else {}
    if text and (found := with_detected(text, entities)):
        content["caption_entities"] = found
    if item.get("has_spoiler"):
        content["has_media_spoiler"] = True
    return content


SENDING_MEDIA: Handlers = {
    **{f"send{kind.replace('_', '')}": _sends(kind) for kind in KINDS},
    "sendmediagroup": send_media_group,
}
