"""A file is sent under its own name, as far as one can see it, or under a neutral one."""

import pytest

from tests.metadata import pictures, sounds
from tests.metadata.conftest import Cleaning


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ("Смета 2026.txt", "Смета 2026.txt"),
        ("смета.pdf.exe", "смета.pdf.exe"),
        ("Али\u0306на.TXT", "Али\u0306на.TXT"),
        ("Дом 916.txt", "Дом 916.txt"),
        ("/home/anna_p/смета.txt", "смета.txt"),
        ("C:\\Users\\anna_p\\смета.txt", "смета.txt"),
        ("смета\u202efdp.exe", "сметаfdp.exe"),
        ("a\0\r\nb.txt", "ab.txt"),
        ("..", "document"),
        ("../..", "document"),
        (" .txt ", "txt"),
        ("", "document"),
        (None, "document"),
        ("я" * 300 + ".txt", "я" * 116 + ".txt"),
    ],
)
def test_a_name_is_what_one_sees_of_it(given: str | None, sent: str, clean: Cleaning) -> None:
    assert clean(b"text", given)[1] == sent


def test_a_neutral_name_fits_what_the_file_is(clean: Cleaning) -> None:
    assert clean(pictures.jpeg(), None)[1] == "document.jpg"
    assert clean(pictures.jpeg(), None, "photo")[1] == "photo.jpg"
    assert clean(pictures.jpeg(), "photo_of_me.jpg", "photo")[1] == "photo.jpg"
    assert clean(sounds.opus(), "AUD-Анна.ogg", "voice")[1] == "voice.ogg"
    assert clean(sounds.mp3(), None, "audio")[1] == "audio.mp3"
