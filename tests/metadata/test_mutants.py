"""With one rule less, the search finds the word: so the search really searches."""

import re
from types import ModuleType
from typing import Any

import pytest

from infrastructure.metadata import (
    boxes,
    gif,
    items,
    jpeg,
    markup,
    matroska,
    office,
    office_rules,
    pdf,
    png,
    profiles,
    riff,
    rtf,
    sounds,
    texts,
    tiff,
    tracks,
)
from tests.metadata import documents
from tests.metadata.canary import reveals
from tests.metadata.conftest import Cleaning
from tests.metadata.test_bad_files import MAKERS

NOWHERE = re.compile("(?!)")


def nothing(*_: object) -> None:
    """No text is found."""


def nowhere(*_: object) -> int:
    """No tag is found."""
    return 0


def no_stretch(*_: object) -> tuple[()]:
    """No samples are found."""
    return ()


MUTANTS: list[tuple[str, ModuleType, str, Any]] = [
    ("jpg", jpeg, "COMMENT", 0),
    ("jpg", jpeg, "nameless", bytes),
    ("png", png, "KEPT", png.KEPT | {b"zTXt"}),
    ("gif", gif, "LOOPS", (*gif.LOOPS, b"XMP DataXMP")),
    ("webp", riff, "WEBP_KEPT", riff.WEBP_KEPT | {b"XMP "}),
    ("wav", riff, "PLAYED", riff.PLAYED | {b"bext"}),
    ("tiff", tiff, "KEPT", tiff.KEPT | {315}),
    ("avif", items, "DESCRIPTIONS", items.DESCRIPTIONS - {b"Exif"}),
    ("avif", profiles, "_head_of_text", nothing),
    ("mp4", boxes, "FREED", boxes.FREED - {b"udta"}),
    ("mp4", tracks, "PLAYED", tracks.PLAYED | {b"meta"}),
    ("mp4", boxes, "samples", no_stretch),
    ("mkv", matroska, "VOIDED", matroska.VOIDED - {0x1941A469}),
    ("webm", matroska, "PROGRAMS", frozenset()),
    ("mp3", sounds, "_tag_before", nowhere),
    ("flac", sounds, "FLAC_KEPT", sounds.FLAC_KEPT | {6}),
    ("rtf", rtf, "SHOWN", re.compile(b"(?s).*")),
    ("rtf", rtf, "PICTURES", dict.fromkeys(rtf.PICTURES, texts.clean_text)),
    ("svg", texts, "DESCRIPTIONS", ()),
    ("docx", office_rules, "RULES", {}),
    ("xlsx", office_rules, "RULES", office_rules.RULES | {"comments": office_rules.OTHER}),
    ("pptx", office_rules, "RULES", office_rules.RULES | {"authorLst": office_rules.OTHER}),
    ("odt", office_rules, "RULES", office_rules.RULES | {"document-content": office_rules.OTHER}),
    ("docx", markup, "LOCAL_PATH", NOWHERE),
    ("xlsx", office_rules, "ALWAYS", frozenset()),
    ("xlsx", office, "PRINTER", "never"),
]


@pytest.mark.parametrize(
    ("suffix", "module", "name", "broken"),
    MUTANTS,
    ids=[f"{suffix}-{name}" for suffix, _, name, _ in MUTANTS],
)
def test_a_broken_rule_is_noticed(
    suffix: str,
    module: ModuleType,
    name: str,
    broken: Any,
    clean: Cleaning,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, name, broken)
    assert reveals(clean(MAKERS[suffix](), f"a.{suffix}")[0])


@pytest.mark.parametrize("name", ["DESCRIPTIONS", "PICTURES"])
def test_a_broken_rule_for_pdf_is_noticed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not reveals(pdf.cleaned_pdf(documents.pdf()))
    monkeypatch.setattr(pdf, name, frozenset[str]())
    assert reveals(pdf.cleaned_pdf(documents.pdf()))
