"""The upload corpus (R-02): nothing executes, keeps metadata, or kills more than its copy."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rembug.lib.images.jpeg import is_bare
from rembug.lib.images.outcome import Photo, Reason, Refusal
from rembug.lib.images.process import Darkroom
from rembug.lib.images.tests import corpus

MOST_MB = 512


@pytest.fixture(scope="module")
def darkroom() -> Iterator[Darkroom]:
    with Darkroom() as room:
        yield room


def taken(outcome: Photo | Refusal) -> Photo:
    assert isinstance(outcome, Photo), outcome
    return outcome


CARRIERS: dict[str, Callable[[], bytes]] = {
    "jpeg then zip": lambda: corpus.encoded(corpus.scene()) + corpus.zipped(),
    "jpeg then html": lambda: corpus.encoded(corpus.scene()) + b"<html>" + corpus.SCRIPT,
    "jpeg then phar": lambda: corpus.encoded(corpus.scene()) + corpus.PHP,
    "jpeg with html comment": lambda: corpus.jpeg_with_comment(b"--><html>" + corpus.SCRIPT),
    "jpeg with php comment": lambda: corpus.jpeg_with_comment(corpus.PHP),
    "jpeg with exif, gps and script": lambda: corpus.encoded(
        corpus.scene(), exif=corpus.exif_with_everything()
    ),
    "jpeg with xmp": lambda: corpus.encoded(corpus.scene(), xmp=corpus.xmp()),
    "jpeg with icc text": lambda: corpus.encoded(corpus.scene(), icc_profile=corpus.icc_with_text()),
    "png with every text": corpus.png_with_text,
    "png then zip": lambda: corpus.encoded(corpus.scene(), "PNG") + corpus.zipped(),
    "webp with exif and xmp": lambda: corpus.encoded(
        corpus.scene(), "WEBP", exif=corpus.exif_with_everything(), xmp=corpus.xmp()
    ),
    "heic with exif and xmp": lambda: corpus.encoded(
        corpus.scene(), "HEIF", exif=corpus.exif_with_everything(), xmp=corpus.xmp()
    ),
    "moving webp": lambda: corpus.moving("WEBP", 12),
    "moving png": lambda: corpus.moving("PNG", 12),
    "cmyk": lambda: corpus.encoded(corpus.scene().convert("CMYK")),
}


@pytest.mark.parametrize("name", CARRIERS)
def test_what_a_photo_carries_besides_its_picture_is_gone(name: str, darkroom: Darkroom) -> None:
    photo = taken(darkroom.develop(CARRIERS[name]()))
    assert len(photo.renditions) == 3
    for rendition in photo.renditions:
        jpeg = rendition.jpeg
        assert is_bare(jpeg)
        for planted in (
            corpus.CANARY,
            b"script",
            b"<?php",
            b"<html",
            b"PK\x03\x04",
            b"Exif\0",
            b"http://ns",
            b"ICC_PRO",
        ):
            assert planted not in jpeg
    assert photo.peak_mb < MOST_MB


NOT_PHOTOS: dict[str, tuple[Callable[[], bytes], Reason]] = {
    "nothing": (lambda: b"", Reason.EMPTY),
    "svg with script": (
        lambda: b"<svg xmlns='http://www.w3.org/2000/svg'>" + corpus.SCRIPT + b"</svg>",
        Reason.WRONG_TYPE,
    ),
    "html": (lambda: b"<html>" + corpus.SCRIPT, Reason.WRONG_TYPE),
    "zip": (corpus.zipped, Reason.WRONG_TYPE),
    "script": (lambda: corpus.PHP, Reason.WRONG_TYPE),
    "gif": (lambda: corpus.gif(3), Reason.WRONG_TYPE),
    "tiff": (lambda: corpus.encoded(corpus.scene(), "TIFF"), Reason.WRONG_TYPE),
    "avif": (lambda: b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf", Reason.WRONG_TYPE),
    "65k by 65k of one pixel": (lambda: corpus.png_that_claims(65_000, 65_000), Reason.TOO_MANY_PIXELS),
    "just over 40 megapixels": (lambda: corpus.png_that_claims(8000, 5001), Reason.TOO_MANY_PIXELS),
    "claims more than it holds": (lambda: corpus.png_that_claims(4000, 4000), Reason.DAMAGED),
    "one pixel": (lambda: corpus.png_that_claims(1, 1), Reason.TOO_SMALL),
    "half a jpeg": (lambda: half(corpus.encoded(corpus.scene())), Reason.DAMAGED),
    "half a png": (lambda: half(corpus.encoded(corpus.scene(), "PNG")), Reason.DAMAGED),
    "half a webp": (lambda: half(corpus.encoded(corpus.scene(), "WEBP")), Reason.DAMAGED),
    "half a heic": (lambda: half(corpus.encoded(corpus.scene(), "HEIF")), Reason.DAMAGED),
    "only a jpeg's first bytes": (lambda: b"\xff\xd8\xff" + b"A" * 500, Reason.DAMAGED),
    "only a heic's first bytes": (lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"A" * 500, Reason.DAMAGED),
    "over 10 MB": (lambda: b"\xff\xd8\xff" + bytes(10 * 1024 * 1024), Reason.TOO_LARGE),
}


def half(data: bytes) -> bytes:
    return data[: len(data) // 2]


@pytest.mark.parametrize("name", NOT_PHOTOS)
def test_what_is_no_photo_is_refused_with_its_reason(name: str, darkroom: Darkroom) -> None:
    make, reason = NOT_PHOTOS[name]
    outcome = darkroom.develop(make())
    assert isinstance(outcome, Refusal)
    assert outcome.reason is reason
    assert outcome.message_key == f"photo.{reason.value}"
    assert outcome.remedy("id") != outcome.remedy("en")


def test_a_wrong_name_does_not_matter_because_names_are_never_asked(darkroom: Darkroom) -> None:
    """`../../x`, a right-to-left mark, NUL, `.jpg` on a PNG: the sender's name has no way in."""
    first, second = (taken(darkroom.develop(corpus.encoded(corpus.scene(), "PNG"))) for _ in range(2))
    assert first.key != second.key
    assert first.sha256 == second.sha256
    for rendition in first.renditions:
        assert re.fullmatch(r"[0-9a-f]{32}-(1600|800|240)\.jpg", first.file_name(rendition))


def test_broken_bytes_anywhere_give_a_photo_or_a_reason(darkroom: Darkroom) -> None:
    whole = corpus.encoded(corpus.scene(96, 96), exif=corpus.exif_with_everything())
    for at in range(3, len(whole), max(1, len(whole) // 25)):
        assert isinstance(darkroom.develop(whole[:at] + b"\xff\x00\x41" + whole[at + 3 :]), Photo | Refusal)


@pytest.mark.slow
def test_a_gif_of_ten_thousand_frames_costs_nothing(darkroom: Darkroom) -> None:
    outcome = darkroom.develop(corpus.gif(10_000))
    assert isinstance(outcome, Refusal)
    assert outcome.reason in {Reason.WRONG_TYPE, Reason.TOO_LARGE}


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["WEBP", "PNG"])
def test_of_a_thousand_frames_the_first_is_taken(kind: str, darkroom: Darkroom) -> None:
    photo = taken(darkroom.develop(corpus.moving(kind, 1000)))
    assert (photo.renditions[0].width, photo.renditions[0].height) == (64, 64)
    assert photo.peak_mb < MOST_MB


LARGE: dict[str, Callable[[], bytes]] = {
    "bomb of equal pixels": lambda: corpus.png_that_claims(6300, 6300, bytes((6300 * 3 + 1) * 6300)),
    "large jpeg": lambda: corpus.encoded(corpus.largest(), quality=60),
    "large progressive jpeg": lambda: corpus.encoded(corpus.largest(), quality=60, progressive=True),
    "large cmyk jpeg": lambda: corpus.encoded(corpus.largest().convert("CMYK"), quality=60),
    "large webp": lambda: corpus.encoded(corpus.largest(), "WEBP", quality=40, method=0),
    "large heic": lambda: corpus.encoded(corpus.largest(), "HEIF", quality=30),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", LARGE)
def test_the_largest_photos_stay_within_512_mb(name: str, darkroom: Darkroom) -> None:
    outcome = darkroom.develop(LARGE[name]())
    if isinstance(outcome, Refusal):
        assert outcome.reason is Reason.TOO_HEAVY
    else:
        assert outcome.peak_mb < MOST_MB
    assert isinstance(darkroom.develop(corpus.encoded(corpus.scene())), Photo)


@pytest.mark.slow
def test_a_photo_that_never_ends_is_ended(darkroom: Darkroom) -> None:
    outcome = darkroom.develop(corpus.jpeg_of_many_scans(4000))
    assert isinstance(outcome, Photo | Refusal)
    assert isinstance(darkroom.develop(corpus.encoded(corpus.scene())), Photo)


def test_nothing_of_the_corpus_leaves_a_file(
    darkroom: Darkroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for make in CARRIERS.values():
        darkroom.develop(make())
    assert list(tmp_path.iterdir()) == []
