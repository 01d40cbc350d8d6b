"""A citizen's good photo: upright, clean, in three sizes, with its private note."""

import hashlib
import io
import math
from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from rembug.lib.images.outcome import CameraNote, Photo, Refusal
from rembug.lib.images.phash import hamming
from rembug.lib.images.process import Darkroom
from rembug.lib.images.tests import corpus

JAKARTA = ZoneInfo("Asia/Jakarta")


@pytest.fixture(scope="module")
def darkroom() -> Iterator[Darkroom]:
    with Darkroom() as room:
        yield room


def develop(room: Darkroom, data: bytes) -> Photo:
    photo = room.develop(data)
    assert not isinstance(photo, Refusal), photo
    return photo


def picture(photo: Photo, index: int = 0) -> Image.Image:
    return Image.open(io.BytesIO(photo.renditions[index].jpeg))


def test_a_photo_of_a_phone_comes_in_three_sizes_that_are_light_to_load(darkroom: Darkroom) -> None:
    data = corpus.encoded(corpus.scene(2304, 1728), quality=88)
    photo = develop(darkroom, data)
    assert [(r.width, r.height) for r in photo.renditions] == [(1600, 1200), (800, 600), (240, 180)]
    assert len(photo.renditions[0].jpeg) <= 300_000
    assert photo.sha256 == hashlib.sha256(data).hexdigest()
    assert photo.kind == "JPEG"


def test_even_a_noisy_photo_stays_under_300_kb(darkroom: Darkroom) -> None:
    noise = Image.effect_noise((1700, 1300), 40).convert("RGB")
    assert len(develop(darkroom, corpus.encoded(noise, quality=85)).renditions[0].jpeg) <= 300_000


def test_a_small_photo_is_never_enlarged(darkroom: Darkroom) -> None:
    photo = develop(darkroom, corpus.encoded(corpus.scene(300, 200), "PNG"))
    assert [(r.width, r.height) for r in photo.renditions] == [(300, 200), (300, 200), (240, 160)]


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "HEIF"])
def test_a_photo_taken_sideways_is_turned_upright(kind: str, orientation: int, darkroom: Darkroom) -> None:
    upright = Image.new("RGB", (120, 80), "blue")
    upright.paste("red", (0, 0, 60, 40))
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}.get(orientation)
    stored = upright if undo is None else upright.transpose(Image.Transpose(undo))
    seen = picture(
        develop(darkroom, corpus.encoded(stored, kind, exif=corpus.exif_with_everything(orientation)))
    )
    assert seen.size == (120, 80)
    red, _, blue = seen.getpixel((20, 15))  # type: ignore[misc]  # an RGB picture
    assert red > 180 > 90 > blue


MODES = ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"]


@pytest.mark.parametrize("mode", MODES)
def test_every_kind_of_pixels_is_shown_as_it_was(mode: str, darkroom: Darkroom) -> None:
    half = Image.new("L", (64, 64), 0)
    half.paste(255, (32, 0, 64, 64))
    source = (
        half.convert("I").point(lambda v: v * 257).convert("I;16") if mode == "I;16" else half.convert(mode)
    )
    seen = picture(develop(darkroom, corpus.encoded(source, "PNG"))).convert("L")
    assert seen.getpixel((10, 30)) < 30  # type: ignore[operator]  # one grey value
    assert seen.getpixel((54, 30)) > 225  # type: ignore[operator]


def test_grey_of_sixteen_bits_keeps_its_middle(darkroom: Darkroom) -> None:
    middle = Image.new("I", (64, 64), 128 * 257).convert("I;16")
    grey = picture(develop(darkroom, corpus.encoded(middle, "PNG"))).convert("L").getpixel((30, 30))
    assert grey == pytest.approx(128, abs=3)


def test_what_is_transparent_becomes_white(darkroom: Darkroom) -> None:
    clear = Image.new("RGBA", (64, 64), (0, 0, 0, 0))
    assert picture(develop(darkroom, corpus.encoded(clear, "PNG"))).getpixel((30, 30)) == (255, 255, 255)
    palette = Image.new("RGB", (64, 64), "navy").quantize(4)
    index = palette.getpixel((5, 5))
    seen = picture(develop(darkroom, corpus.encoded(palette, "PNG", transparency=index)))
    assert seen.getpixel((5, 5)) == (255, 255, 255)


def test_cmyk_keeps_its_colours(darkroom: Darkroom) -> None:
    red = Image.new("RGB", (64, 64), "red").convert("CMYK")
    seen = picture(develop(darkroom, corpus.encoded(red))).getpixel((30, 30))
    assert seen[0] > 200 > 60 > seen[2]  # type: ignore[index]  # an RGB pixel


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "PNG", "HEIF"])
def test_time_and_place_are_read_before_they_are_dropped(kind: str, darkroom: Darkroom) -> None:
    photo = develop(darkroom, corpus.encoded(corpus.scene(), kind, exif=corpus.exif_with_everything()))
    note = photo.camera
    assert note.taken_at(JAKARTA) == datetime(2025, 12, 3, 22, 31, 7, tzinfo=UTC)
    assert note.gps is not None
    assert (note.gps.lon, note.gps.lat) == pytest.approx((109.67, -6.875))
    assert note.gps.accuracy_m == pytest.approx(8.5)
    assert note.gps.at == datetime(2025, 12, 3, 22, 31, 5, tzinfo=UTC)
    assert dict(picture(photo).getexif()) == {}
    assert set(picture(photo).info) <= {
        "jfif",
        "jfif_version",
        "jfif_unit",
        "jfif_density",
        "progressive",
        "progression",
    }


def test_a_camera_without_a_zone_is_taken_at_its_word_in_the_citys_zone() -> None:
    note = CameraNote(taken_local=datetime(2025, 12, 4, 5, 31))  # noqa: DTZ001  # a camera's wall clock
    assert note.taken_at(JAKARTA) == datetime(2025, 12, 3, 22, 31, tzinfo=UTC)
    assert CameraNote().taken_at(JAKARTA) is None


def test_a_reused_photo_is_recognised_after_shrinking_and_a_different_one_is_not(darkroom: Darkroom) -> None:
    hashes = []
    for seed in range(12):
        scene = corpus.scene(900, 675, seed)
        first = develop(darkroom, corpus.encoded(scene, quality=90)).phash
        brighter = scene.resize((500, 375)).point(lambda v: min(255, int(v * 1.15)))
        again = develop(darkroom, corpus.encoded(brighter, quality=45)).phash
        assert first is not None
        assert again is not None
        assert hamming(first, again) <= 8
        hashes.append(first)
    others = [hamming(a, b) for at, a in enumerate(hashes) for b in hashes[:at]]
    assert min(others) > 12
    assert math.isclose(sum(others) / len(others), 32, abs_tol=3)


def test_a_black_night_has_no_fingerprint(darkroom: Darkroom) -> None:
    assert develop(darkroom, corpus.encoded(Image.new("RGB", (400, 300), (6, 6, 9)))).phash is None
