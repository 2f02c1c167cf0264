"""Pictures, sounds and films lose every word about their author and keep what they show."""

import io
from collections.abc import Callable
from typing import Any, cast

import pytest
from PIL import Image, ImageCms, ImageOps, ImageSequence

from infrastructure.metadata import NotCleanable
from tests.metadata import films, pictures, sounds
from tests.metadata.canary import CANARY, reveals
from tests.metadata.conftest import Cleaning


def pixels(data: bytes) -> list[tuple[tuple[int, int], bytes]]:
    """Size and pixels of each frame as a viewer shows it: the right way up."""
    with Image.open(io.BytesIO(data)) as picture:
        frames = [ImageOps.exif_transpose(one.copy()) for one in ImageSequence.Iterator(picture)]
    return [(frame.size, frame.convert("RGB").tobytes()) for frame in frames]


def profile(data: bytes) -> Any:
    """What a colour profile says of itself."""
    return cast("Any", ImageCms.ImageCmsProfile(io.BytesIO(data))).profile


@pytest.mark.proves("P20")
@pytest.mark.parametrize(
    ("suffix", "make"), [*pictures.MAKERS.items(), *sounds.MAKERS.items(), *films.MAKERS.items()]
)
def test_no_field_of_a_picture_sound_or_film_names_its_author(
    suffix: str, make: Callable[[], bytes], clean: Cleaning
) -> None:
    made = make()
    assert reveals(made)
    data, name = clean(made, f"отчёт.{suffix}")
    assert not reveals(data)
    assert name == f"отчёт.{suffix}"


@pytest.mark.parametrize(("suffix", "make"), pictures.MAKERS.items())
def test_a_picture_looks_as_before(suffix: str, make: Callable[[], bytes], clean: Cleaning) -> None:
    made = make()
    data, _ = clean(made, f"a.{suffix}")
    assert pixels(data) == pixels(made)


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "avif", "tiff"])
def test_a_colour_profile_keeps_its_colours_and_loses_its_name(
    suffix: str, clean: Cleaning
) -> None:
    data, _ = clean(pictures.MAKERS[suffix](), f"a.{suffix}")
    with Image.open(io.BytesIO(data)) as picture:
        kept = profile(picture.info["icc_profile"])
    given = profile(pictures.profile())
    assert kept.red_primary == given.red_primary
    assert CANARY in str(given.profile_description)
    assert CANARY not in str(kept.profile_description)


def test_a_picture_with_no_words_stays_byte_for_byte_as_it_is(clean: Cleaning) -> None:
    for kind, suffix in (("PNG", "png"), ("GIF", "gif"), ("WEBP", "webp"), ("JPEG", "jpg")):
        plain = pictures.saved(kind)
        assert clean(plain, f"a.{suffix}")[0] == plain


@pytest.mark.parametrize(("suffix", "heard"), sounds.HEARD.items())
def test_a_sound_sounds_as_before(suffix: str, heard: bytes, clean: Cleaning) -> None:
    data, _ = clean(sounds.MAKERS[suffix](), f"a.{suffix}", "audio")
    assert heard in data


@pytest.mark.parametrize("suffix", films.MAKERS)
def test_a_film_plays_as_before_at_the_same_places(suffix: str, clean: Cleaning) -> None:
    made = films.MAKERS[suffix]()
    data, _ = clean(made, f"a.{suffix}", "video")
    assert data.index(films.SAMPLES) == made.index(films.SAMPLES)
    assert len(data) == len(made)


def test_a_raw_photo_is_refused_because_it_cannot_be_developed_without_its_notes(
    clean: Cleaning,
) -> None:
    made = pictures.exif().removeprefix(b"Exif\0\0")
    with pytest.raises(NotCleanable, match="raw photo"):
        clean(made, "IMG_0001.tif")
