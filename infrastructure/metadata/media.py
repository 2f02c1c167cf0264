"""Formats that hold no files of other formats, by how their bytes begin."""

import re
from typing import Final, NamedTuple

from infrastructure.metadata.boxes import clean_boxes
from infrastructure.metadata.data import Cleaner, Data
from infrastructure.metadata.gif import clean_gif
from infrastructure.metadata.jpeg import clean_jpeg
from infrastructure.metadata.matroska import clean_matroska
from infrastructure.metadata.png import clean_png
from infrastructure.metadata.riff import clean_riff, clean_webp
from infrastructure.metadata.rtf import clean_rtf
from infrastructure.metadata.sounds import clean_asf, clean_flac, clean_mpeg, clean_ogg
from infrastructure.metadata.texts import clean_text
from infrastructure.metadata.tiff import clean_tiff

HEAD: Final = 1024


class Format(NamedTuple):
    """A format: how it begins, how its files are called, the usual way first, what cleans it."""

    beginning: re.Pattern[bytes]
    suffixes: tuple[str, ...]
    clean: Cleaner
    claimed: bool = True
    """Whether a file that is called so must begin so."""


def beginning(pattern: bytes) -> re.Pattern[bytes]:
    """A pattern for the first bytes of a file."""
    return re.compile(pattern, re.DOTALL | re.IGNORECASE)


MEDIA: Final = (
    Format(beginning(rb"\xff\xd8\xff"), ("jpg", "jpeg"), clean_jpeg),
    Format(beginning(rb"\x89PNG\r\n\x1a\n"), ("png", "apng"), clean_png),
    Format(beginning(rb"GIF8[79]a"), ("gif",), clean_gif),
    Format(beginning(rb"RIFF....WEBP"), ("webp",), clean_webp),
    Format(beginning(rb"RIF[FX]....WAVE"), ("wav",), clean_riff),
    Format(beginning(rb"RIFF....AVI "), ("avi",), clean_riff),
    Format(beginning(rb"FORM....AIF[FC]"), ("aiff", "aif", "aifc"), clean_riff),
    Format(beginning(rb"II\*\0|MM\0\*|II\+\0|MM\0\+"), ("tif", "tiff", "dng"), clean_tiff),
    Format(
        beginning(rb"....ftyp(?:heic|heix|hevc|mif1|msf1|avif|avis)"),
        ("heic", "heif", "avif"),
        clean_boxes,
    ),
    Format(beginning(rb"....(?:ftypm4a|ftypm4b)"), ("m4a", "m4b"), clean_boxes),
    Format(
        beginning(rb"....(?:ftyp|moov|mdat|wide|free|skip|pnot)"),
        ("mp4", "m4v", "mov", "qt", "3gp", "m4a"),
        clean_boxes,
    ),
    Format(beginning(rb"\0\0\0\x0c(?:JXL |jP  )\r\n\x87\n"), ("jxl", "jp2"), clean_boxes),
    Format(beginning(rb"\x1aE\xdf\xa3"), ("mkv", "webm", "mka"), clean_matroska),
    Format(beginning(rb"fLaC"), ("flac",), clean_flac),
    Format(beginning(rb"OggS"), ("ogg", "oga", "opus", "ogv", "spx"), clean_ogg),
    Format(beginning(rb"0&\xb2u\x8ef\xcf\x11"), ("wma", "wmv", "asf"), clean_asf),
    Format(
        beginning(rb"ID3|\xff[\xe2-\xfd\xff]|MAC |MPCK|MP\+|wvpk"),
        ("mp3", "aac", "ape", "mpc", "wv"),
        clean_mpeg,
        claimed=False,
    ),
    Format(beginning(rb"\{\\rtf"), ("rtf", "doc"), clean_rtf, claimed=False),
    Format(
        beginning(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|!doctype|html|head|svg|!--|meta)"),
        ("html", "htm", "svg", "xml", "xhtml", "doc", "xls", "fodt", "fods"),
        clean_text,
        claimed=False,
    ),
)


def format_among(formats: tuple[Format, ...], data: Data) -> Format | None:
    """The format that the bytes show."""
    head = data[:HEAD]
    return next((one for one in formats if one.beginning.match(head)), None)
