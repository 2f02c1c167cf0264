"""People whose every field is a word that no client may ever read, and the search for it."""

import base64
from collections.abc import Iterator
from itertools import count

from interfaces.sandbox.users import User
from interfaces.sandbox.world import World
from tests.metadata.canary import CANARY, layers

CYRILLIC = "Зюйдфыв"
LATIN = "Zqxkvwj"
NUMBER = "70413010"
STEMS = (CYRILLIC, LATIN, NUMBER, CANARY)
"""Every canary has one of these in it; the last stands in the files of `tests.metadata`."""
NUMBERS = count(1000)


def unnamed(word: str) -> Iterator[bytes]:
    """The ways in which a word may stand in bytes, without regard to case."""
    for form in {word, word.lower(), word.upper()}:
        for text in (form, form.encode("unicode_escape").decode()):
            yield text.encode()
            yield text.encode("utf-16-le")
            yield text.encode("utf-16-be")
        yield form.encode().hex().encode()
        yield base64.b64encode(form.encode())[:10]


FORMS = {form.lower() for stem in STEMS for form in unnamed(stem)}


def canary(world: World) -> User:
    """A person with a unique canary in each field that Telegram knows."""
    number = next(NUMBERS)
    return world.user(
        f"{CYRILLIC}{number}",
        user_id=int(f"{NUMBER}{number}"),
        last_name=f"{LATIN}last{number}",
        username=f"{LATIN}user{number}",
    )


def phone(person: User) -> str:
    """The number of a person with canaries."""
    return f"+7{person.id}"


def canaries_in(data: bytes) -> list[bytes]:
    """What stands where a canary was found, in the bytes or in what is packed inside them."""
    found: list[bytes] = []
    for layer in layers(data):
        lowered = layer.lower()
        for form in FORMS:
            place = lowered.find(form)
            if place >= 0:
                found.append(layer[max(0, place - 60) : place + 60])
    return found
