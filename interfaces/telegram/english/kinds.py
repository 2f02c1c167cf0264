"""What messages are made of, in English: in the histories that clients and the staff read."""

from typing import Final

from interfaces.telegram.plurals import Plural

TEXTS: Final[dict[str, str | Plural]] = {
    "was_withdrawn": "message taken back",
    "kind_photo": "photo",
    "kind_video": "video",
    "kind_animation": "animation",
    "kind_audio": "audio",
    "kind_document": "file",
    "kind_voice": "voice message",
    "kind_video_note": "video message",
    "kind_live_photo": "live photo",
    "kind_sticker": "sticker",
    "kind_location": "location",
    "kind_venue": "place",
    "kind_contact": "contact",
    "kind_poll": "poll",
    "kind_dice": "dice",
    "kind_album": "album",
    "kind_unsupported": "not passed on",
}
