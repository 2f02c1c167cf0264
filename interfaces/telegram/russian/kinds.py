"""What messages are made of, in Russian: in the histories that clients and the staff read."""

from typing import Final

from interfaces.telegram.plurals import Plural

TEXTS: Final[dict[str, str | Plural]] = {
    "was_withdrawn": "сообщение отозвано",
    "kind_photo": "фото",
    "kind_video": "видео",
    "kind_animation": "анимация",
    "kind_audio": "аудио",
    "kind_document": "файл",
    "kind_voice": "голосовое",
    "kind_video_note": "видеосообщение",
    "kind_live_photo": "живое фото",
    "kind_sticker": "стикер",
    "kind_location": "геопозиция",
    "kind_venue": "место",
    "kind_contact": "контакт",
    "kind_poll": "опрос",
    "kind_dice": "кубик",
    "kind_album": "альбом",
    "kind_unsupported": "не передаётся",
}
