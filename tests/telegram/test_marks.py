"""Marks of files in letters, and paths that Telegram names."""

import pytest

from infrastructure.enclosures import Enclosure, enclosures_in, is_safe


@pytest.mark.parametrize(
    ("path", "safe"),
    [
        ("documents/file_1.pdf", True),
        ("documents/договор №7.pdf", True),
        ("../bot1:x/getMe", False),
        ("documents/../../x", False),
        ("/etc/passwd", False),
        ("documents//x", False),
        ("documents\\..\\x", False),
        ("a\nb", False),
        ("", False),
    ],
)
def test_a_path_stays_below_the_bots_files(path: str, safe: bool) -> None:
    assert is_safe(path) is safe


def test_marks_are_found_wherever_they_stand() -> None:
    file = {"bot_id": 7, "file_id": "a", "name": None, "kind": "photo", "clean": True}
    params = {"chat_id": 1, "media": [{"media": {"$file": file}}, {"media": "b"}], "x": {"y": 2}}
    assert list(enclosures_in(params)) == [Enclosure(7, "a", "photo", clean=True)]
    assert list(enclosures_in({"photo": {"$file": file}, "caption": "$file"})) == [
        Enclosure(7, "a", "photo", clean=True)
    ]
