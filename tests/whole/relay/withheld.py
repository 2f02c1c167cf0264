"""What managers say that no client may read: words that tell who they are, and notes."""

from interfaces.sandbox.files import Upload
from tests.whole.relay.canaries import phone
from tests.whole.relay.elsewhere import PHOTO
from tests.whole.relay.speech import contact, poll
from tests.whole.relay.spot import Saying, Spot


def telling() -> list[Saying]:
    """Words that say who their author is: the staff keeps them, and the author is told."""
    return [
        Saying("name", lambda s, m: s.says(f"{m} С уважением, {s.manager.first_name}")),
        Saying("surname", lambda s, m: s.says(f"{m} {s.manager.last_name}")),
        Saying("login", lambda s, m: s.says(f"Пишите @{s.manager.username} {m}")),
        Saying("number", lambda s, m: s.says(f"Мой номер {s.manager.id} {m}")),
        Saying("caption", lambda s, m: s.says(f"{s.manager.name} {m}", media=PHOTO)),
        Saying("link", _linking),
        Saying("file name", _naming_a_file),
        Saying("card of oneself", _giving_oneself),
        Saying("poll about oneself", lambda s, m: s.says(content=poll(f"{s.manager.name}? {m}"))),
    ]


def notes() -> list[Saying]:
    """Words for the staff only."""
    return [
        Saying("note", lambda s, m: s.says(f"// {s.manager.name} {m}")),
        Saying("note by a command", lambda s, m: s.says(f"/note {s.colleague.name} {m}")),
        Saying("note with a file", lambda s, m: s.says(f"//{s.colleague.name} {m}", media=PHOTO)),
        Saying("among the staff", _answering_a_note),
    ]


def _linking(spot: Spot, mark: str) -> None:
    link = {"type": "text_link", "offset": 0, "length": 5}
    spot.says(f"здесь {mark}", entities=[{**link, "url": f"https://t.me/{spot.manager.username}"}])


def _naming_a_file(spot: Spot, mark: str) -> None:
    name = f"{spot.manager.last_name}.txt"
    spot.says(f"Файл {mark}", media=("document", Upload(name, "text/plain", mark.encode())))


def _giving_oneself(spot: Spot, mark: str) -> None:
    me = spot.manager
    spot.says(content=contact(phone(me), f"{me.first_name} {mark}", user_id=me.id))


def _answering_a_note(spot: Spot, mark: str) -> None:
    note = spot.says(f"// {mark}")
    spot.says(f"{spot.manager.name} {mark}", reply_to=note.id)
