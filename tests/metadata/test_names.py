"""A file is sent under its own name, unless the name tells who sent it."""

import pytest

from tests.metadata import documents, pictures, sounds
from tests.metadata.conftest import Cleaning

ANNA = ("Анна", "Алёна Петрова-Smith", "@anna_p", "+7 (916) 123-45-67", "100500", "Я")


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ("Смета 2026.txt", "Смета 2026.txt"),
        ("смета.pdf.exe", "смета.pdf.exe"),
        ("Договор Анна.txt", "document.txt"),
        ("аНН_а!.TXT", "document.txt"),
        ("Алена.txt", "document.txt"),
        ("Алё\u200bна.txt", "document.txt"),
        ("Али\u0306на.TXT", "Али\u0306на.TXT"),
        ("p-smith.txt", "document.txt"),
        ("petrova.txt", "petrova.txt"),
        ("петрова.txt", "document.txt"),
        ("8 (916) 123-45-67.txt", "document.txt"),
        ("Дом 916.txt", "Дом 916.txt"),
        ("отчёт ＡＮＮＡ＿Ｐ.txt", "document.txt"),
        ("89161234567.txt", "document.txt"),
        ("79161234567.txt", "document.txt"),
        ("скан-100500", "document"),
        ("a.anna_p", "document"),
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
def test_a_name_without_the_sender(given: str | None, sent: str, clean: Cleaning) -> None:
    assert clean(b"text", given, revealing=ANNA)[1] == sent


def test_a_neutral_name_fits_what_the_file_is(clean: Cleaning) -> None:
    cases = {
        ("Анна.png", "document"): "document.jpg",
        ("Анна.jpeg", "document"): "document.jpeg",
        (None, "photo"): "photo.jpg",
        ("photo_of_me.jpg", "photo"): "photo.jpg",
    }
    for (given, kind), sent in cases.items():
        assert clean(pictures.jpeg(), given, kind, ANNA)[1] == sent
    assert clean(sounds.opus(), "AUD-Анна.ogg", "voice")[1] == "voice.ogg"
    assert clean(sounds.mp3(), "Анна.mp3", "audio", ANNA)[1] == "audio.mp3"
    assert clean(documents.docx(), "Анна.docx", revealing=ANNA)[1] == "document.docx"
