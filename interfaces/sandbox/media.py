"""Media: a stored file as a photo, document, voice … of a message."""

from dataclasses import dataclass, field
from typing import Final

from interfaces.sandbox.files import StoredFile, Upload, file_id_of, picture_size
from interfaces.sandbox.wire import Json

KINDS: Final = (
    "photo",
    "document",
    "voice",
    "video",
    "audio",
    "animation",
    "video_note",
    "sticker",
    "live_photo",
)
MIMES: Final = {
    "photo": "image/jpeg",
    "voice": "audio/ogg",
    "video": "video/mp4",
    "audio": "audio/mpeg",
    "animation": "video/mp4",
    "video_note": "video/mp4",
    "sticker": "image/webp",
    "live_photo": "video/mp4",
}
ATTRIBUTES: Final = {
    "voice": ("duration",),
    "video": ("duration", "width", "height"),
    "audio": ("duration", "performer", "title"),
    "animation": ("duration", "width", "height"),
    "video_note": ("duration", "length"),
    "sticker": ("emoji",),
    "live_photo": ("duration", "width", "height"),
}
DEFAULTS: Final[dict[str, Json]] = {
    "voice": {"duration": 3},
    "video": {"duration": 5, "width": 640, "height": 360},
    "audio": {"duration": 60},
    "animation": {"duration": 2, "width": 320, "height": 240},
    "video_note": {"duration": 5, "length": 240},
    "live_photo": {"duration": 3, "width": 640, "height": 480},
    "sticker": {
        "type": "regular",
        "width": 512,
        "height": 512,
        "is_animated": False,
        "is_video": False,
    },
}
NAMED: Final = frozenset({"document", "video", "audio", "animation"})
CAPTIONED: Final = frozenset(
    {"photo", "document", "voice", "video", "audio", "animation", "live_photo"}
)


@dataclass(slots=True, frozen=True)
class Media:
    """A file and what it is shown as."""

    kind: str
    file: StoredFile
    attributes: Json = field(default_factory=dict[str, object])
    still: StoredFile | None = None
    """The photo of a live photo."""

    def as_json(self, bot_id: int) -> Json:
        """The fields this adds to a message as seen by a bot (0: by the page)."""
        file_id = file_id_of(bot_id, self.file) if bot_id else self.file.unique_id
        body: Json = {
            "file_id": file_id,
            "file_unique_id": self.file.unique_id,
            "file_size": self.file.size,
            **self.attributes,
        }
        if self.kind == "photo":
            return {"photo": [body]}
        if self.still is not None:
            shown = Media("photo", self.still, sized(self.still)).as_json(bot_id)
            return {"live_photo": body | shown, **shown}
        if self.kind == "animation":
            document = {
                name: body[name]
                for name in ("file_id", "file_unique_id", "file_size", "file_name", "mime_type")
            }
            return {"animation": body, "document": document}
        return {self.kind: body}


def sized(stored: StoredFile) -> Json:
    """Width and height of a picture."""
    width, height = picture_size(stored.data)
    return {"width": width, "height": height}


def described(
    kind: str, stored: StoredFile, fields: Json, still: StoredFile | None = None
) -> Media:
    """Media of a stored file with the attributes that the request gives."""
    if kind == "photo":
        return Media(kind, stored, sized(stored))
    attributes = dict(DEFAULTS.get(kind, {}))
    for name in ATTRIBUTES.get(kind, ()):
        if fields.get(name) is not None:
            attributes[name] = fields[name]
    if kind in NAMED:
        attributes["file_name"] = stored.name
    if kind not in {"video_note", "sticker"}:
        attributes["mime_type"] = stored.mime
    if kind == "sticker":
        attributes["is_animated"] = stored.name.endswith(".tgs")
        attributes["is_video"] = stored.name.endswith(".webm")
    return Media(kind, stored, attributes, still)


def named_upload(kind: str, name: str, data: bytes, mime: str = "") -> Upload:
    """An upload with the MIME type that Telegram gives to this kind."""
    guessed = MIMES.get(kind) or mime or "application/octet-stream"
    return Upload(name or f"{kind}.bin", guessed, data)
