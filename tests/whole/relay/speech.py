"""What managers say to clients, in every way that Telegram has.

Photos, voices and round videos are as Telegram's apps make them. All other files have the name of
their author wherever their format has room for it.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from infrastructure.rehearsal import PIXEL
from interfaces.sandbox.files import Upload
from interfaces.sandbox.messages import Message
from tests.metadata import documents, films, pictures, sounds
from tests.whole.relay.elsewhere import Elsewhere
from tests.whole.relay.spot import Saying, Spot

NEW = "Исправлено: "
FILES = {
    **{suffix: ("document", make()) for suffix, make in documents.MAKERS.items()},
    **{suffix: ("document", make()) for suffix, make in pictures.MAKERS.items()},
    **{suffix: ("audio", make()) for suffix, make in sounds.MAKERS.items()},
    **{suffix: ("video", films.MAKERS[suffix]()) for suffix in ("mp4", "mkv", "webm")},
}
"""By suffix: the kind as which it is sent, and the bytes."""


def files() -> list[Saying]:
    """Every format, and the kinds that Telegram's apps make themselves."""
    return [
        *(Saying(f"a {suffix}", partial(_file, suffix)) for suffix in FILES),
        *(Saying(kind, partial(_media, kind)) for kind in ("photo", "voice", "live_photo")),
        *(Saying(kind, partial(_media, kind), kind) for kind in ("video_note", "sticker")),
        Saying("animation", lambda s, m: s.sends(m, "animation", FILES["mp4"][1], "a.mp4")),
        Saying("song", _song),
        Saying("album of photos", partial(_album, [("photo", PIXEL)] * 3), pieces=3),
        Saying("album of films", partial(_album, [("photo", PIXEL), FILES["mp4"]]), pieces=2),
        Saying("album of files", partial(_album, [FILES["pdf"], FILES["jpg"]]), pieces=2),
    ]


def words() -> list[Saying]:
    """Texts and everything else without a file."""
    return [
        Saying("text", lambda s, m: s.says(f"Ответ {m}")),
        Saying("mentions", _mentioning),
        Saying("quoting the client", _quoting_the_client),
        Saying("quoting the card", _quoting_the_card),
        Saying("via a bot", lambda s, m: s.says(f"Нашёл {m}", via=s.elsewhere.bot)),
        Saying("rewritten", _rewriting),
        Saying("rewritten to tell", _rewriting_to_tell),
        Saying("another file", _putting_another_file),
        Saying("location", _content(location={"latitude": 55.75, "longitude": 37.62}), "location"),
        Saying("dice", _content(dice={"emoji": "🎯", "value": 5}), "dice"),
        Saying("venue", _venue),
        Saying("contact", lambda s, m: s.says(content=contact("+74950000000", f"Склад {m}"))),
        Saying("poll", lambda s, m: s.says(content=poll(f"Удобно? {m}"))),
    ]


def forwards() -> list[Saying]:
    """What others have said elsewhere."""
    made = (
        Elsewhere.words_of_somebody,
        Elsewhere.photo_of_somebody,
        Elsewhere.photo_of_somebody_shy,
        Elsewhere.post,
        Elsewhere.photo_of_a_bot,
    )
    return [Saying(f"forward of {one.__name__}", partial(_forward, one)) for one in made]


def contact(number: str, name: str, **more: Any) -> dict[str, Any]:
    """The content of a contact card."""
    return {"contact": {"phone_number": number, "first_name": name, **more}}


def poll(question: str) -> dict[str, Any]:
    """The content of a poll."""
    return {"poll": {"question": question, "options": ["Да", "Нет"]}}


def _file(suffix: str, spot: Spot, mark: str) -> None:
    kind, data = FILES[suffix]
    spot.sends(f"Файл {mark}", kind, data, f"файл.{suffix}")


def _media(kind: str, spot: Spot, mark: str) -> None:
    spot.sends("" if kind in {"video_note", "sticker"} else f"Вот {mark}", kind)


def _song(spot: Spot, mark: str) -> None:
    about = {"performer": spot.manager.name, "title": spot.manager.username}
    spot.sends(f"Песня {mark}", "audio", FILES["mp3"][1], "песня.mp3", attributes=about)


def _album(items: list[tuple[str, bytes]], spot: Spot, mark: str) -> None:
    album = str(spot.world.random.getrandbits(60))
    for kind, data in items:
        spot.sends(f"Альбом {mark}", kind, data, album=album)


def _mentioning(spot: Spot, mark: str) -> None:
    text = f"Это сделает коллега {mark}"
    account = {"type": "text_link", "offset": 0, "length": 3}
    entities = [
        {"type": "text_mention", "offset": 12, "length": 7, "user": spot.colleague.as_json()},
        {**account, "url": f"tg://user?id={spot.colleague.id}"},
    ]
    spot.says(text, entities=entities)


def _quoting_the_client(spot: Spot, mark: str) -> None:
    spot.says(f"Об этом: {mark}", reply_to=spot.question.id, quote=spot.question.text[:8])


def _quoting_the_card(spot: Spot, mark: str) -> None:
    spot.says(f"Это я {mark}", reply_to=spot.card.id, quote=spot.manager.first_name)


def _rewriting(spot: Spot, mark: str) -> None:
    spot.edits(spot.says(f"Ответ {mark}"), f"{NEW}{mark}")


def _rewriting_to_tell(spot: Spot, mark: str) -> None:
    spot.edits(spot.says(f"Ответ {mark}"), f"{mark} {spot.manager.name}")


def _putting_another_file(spot: Spot, mark: str) -> None:
    kind, data = FILES["docx"]
    said = spot.says(f"Счёт {mark}", media=(kind, Upload("счёт.txt", "", mark.encode())))
    spot.edits(said, f"{NEW}{mark}", media=(kind, Upload("счёт.docx", "", data)))


def _venue(spot: Spot, mark: str) -> None:
    place = {"latitude": 55.75, "longitude": 37.62}
    spot.says(content={"venue": {"location": place, "title": f"Склад {mark}", "address": "1"}})


def _content(**content: Any) -> Callable[[Spot, str], object]:
    return lambda spot, _mark: spot.says(content=content)


def _forward(make: Callable[[Elsewhere, str], Message], spot: Spot, mark: str) -> None:
    spot.forwards(make(spot.elsewhere, mark))
