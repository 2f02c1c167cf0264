"""Files: bytes under a stable unique id, and a file id of its own for every bot."""

import base64
import hashlib
import struct
from dataclasses import dataclass
from typing import Final

from interfaces.sandbox.wire import ApiError, bad_request

UPLOAD_LIMIT: Final = 50 * 1024 * 1024
PHOTO_LIMIT: Final = 10 * 1024 * 1024
DOWNLOAD_LIMIT: Final = 20 * 1024 * 1024

FOLDERS: Final = {
    "photo": "photos",
    "document": "documents",
    "voice": "voice",
    "video": "videos",
    "audio": "music",
    "animation": "animations",
    "video_note": "video_notes",
    "sticker": "stickers",
}
EXTENSIONS: Final = {
    "photo": "jpg",
    "voice": "oga",
    "video": "mp4",
    "audio": "mp3",
    "animation": "mp4",
    "video_note": "mp4",
    "sticker": "webp",
}


@dataclass(slots=True, frozen=True)
class Upload:
    """A file as it came in a request."""

    name: str
    mime: str
    data: bytes


@dataclass(slots=True, frozen=True)
class StoredFile:
    """A file that Telegram keeps; `path` is its place in the download address."""

    unique_id: str
    kind: str
    data: bytes
    name: str
    mime: str
    path: str

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.data)


class Files:
    """All files of a world; the same bytes of the same kind are kept once."""

    def __init__(self) -> None:
        self._by_unique_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def keep(self, kind: str, upload: Upload) -> StoredFile:
        """Store an upload; refuses what is empty or too large (413)."""
        limit = PHOTO_LIMIT if kind == "photo" else UPLOAD_LIMIT
        if len(upload.data) > UPLOAD_LIMIT:
            raise ApiError(413, "Request Entity Too Large")
        if len(upload.data) > limit:
            raise bad_request("file is too big")
        if not upload.data:
            raise bad_request("file must be non-empty")
        digest = hashlib.blake2b(upload.data, digest_size=9, key=kind.encode()).digest()
        unique_id = "AQ" + base64.urlsafe_b64encode(digest).decode().rstrip("=")
        stored = self._by_unique_id.get(unique_id)
        if stored is None:
            _, dot, extension = upload.name.rpartition(".")
            ending = EXTENSIONS.get(kind) or (extension if dot else "bin")
            path = f"{FOLDERS.get(kind, 'documents')}/file_{len(self._by_path)}.{ending}"
            stored = StoredFile(unique_id, kind, upload.data, upload.name, upload.mime, path)
            self._by_unique_id[unique_id] = stored
            self._by_path[path] = stored
        return stored

    def by_file_id(self, bot_id: int, file_id: str) -> StoredFile:
        """The file behind a file id, which only its own bot may use."""
        try:
            padded = file_id[4:] + "=" * (-len(file_id[4:]) % 4)
            owner, _, unique_id = base64.urlsafe_b64decode(padded).decode().partition(":")
            stored = self._by_unique_id.get(unique_id) if owner == str(bot_id) else None
        except ValueError:
            stored = None
        if stored is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return stored

    def by_unique_id(self, unique_id: str) -> StoredFile | None:
        """The file under its stable id."""
        return self._by_unique_id.get(unique_id)

    def by_path(self, path: str) -> StoredFile | None:
        """The file under its download path."""
        return self._by_path.get(path)


def file_id_of(bot_id: int, stored: StoredFile) -> str:
    """How this bot, and no other, names the file."""
    inside = f"{bot_id}:{stored.unique_id}".encode()
    return "BQAC" + base64.urlsafe_b64encode(inside).decode().rstrip("=")


def picture_size(data: bytes) -> tuple[int, int]:
    """Width and height of a PNG, GIF or JPEG; 800 x 600 when it is none of them."""
    if data[:8] == b"\x89PNG\r\n\x1a\n" and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return int(width), int(height)
    if data[:4] == b"GIF8" and len(data) >= 10:
        width, height = struct.unpack("<HH", data[6:10])
        return int(width), int(height)
    if data[:2] == b"\xff\xd8":
        return _jpeg_size(data) or (800, 600)
    return 800, 600


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    place = 2
    while place + 9 < len(data) and data[place] == 0xFF:
        marker = data[place + 1]
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            return int(width), int(height)
        place += 2 + int(struct.unpack(">H", data[place + 2 : place + 4])[0])
    return None
