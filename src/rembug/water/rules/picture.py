"""The map of probable depth at one hour, and the card of the coming days, as PNG."""

import io
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from rembug.water.rules.land import Bools, Floats

WIDTH = 720
GROUND, EDGE, SEA, NEAR = (251, 248, 242), (130, 122, 107), (188, 205, 214), (226, 232, 222)
INK, QUIET, INDIGO = (27, 36, 48), (86, 98, 114), (31, 58, 104)
DEPTHS = (  # up to so many centimetres, and the colour of the depth scale
    (15, (207, 227, 238)),
    (30, (156, 199, 223)),
    (50, (95, 163, 203)),
    (80, (47, 125, 176)),
    (110, (21, 90, 138)),
    (10_000, (10, 53, 96)),
)
MAYBE, LIKELY = 0.1, 0.5
CARD = (1200, 630)


@dataclass(frozen=True, slots=True)
class Ground:
    """What the map is drawn from: centimetres, NaN where unknown, infinite onset where the sea never comes."""

    z_cm: Floats
    onset_cm: Floats
    sea: Bools
    sd_cm: float
    box: tuple[float, float, float, float]  # west, south, east, north


def wet_chance(onset_cm: Floats, level_cm: float, spread_cm: float) -> Floats:
    """Return the probability that each cell is under water (an approximation of the normal curve, error below 1e-3)."""
    x = (level_cm - onset_cm) / max(spread_cm, 0.1)
    finite = np.clip(np.nan_to_num(x, nan=-9.0, neginf=-9.0), -9.0, 9.0)
    return np.asarray(1.0 / (1.0 + np.exp(-1.5976 * finite - 0.07056 * finite**3)), float)


def depth_map(
    ground: Ground, level_cm: float, sigma_cm: float, rings: Iterable[Sequence[tuple[float, float]]]
) -> bytes:
    """Return the map at one sea level with its standard error; `rings`: outlines of areas in degrees."""
    spread = math.hypot(sigma_cm, ground.sd_cm)
    chance = wet_chance(ground.onset_cm, level_cm, spread)
    depth = np.nan_to_num(level_cm - ground.z_cm)
    picture = np.empty((*depth.shape, 3), np.uint8)
    picture[:] = GROUND
    picture[(chance >= MAYBE) & (chance < LIKELY)] = NEAR
    wet = chance >= LIKELY
    below = 0
    for upto, colour in DEPTHS:
        picture[wet & (depth > below) & (depth <= upto)] = colour
        below = upto
    picture[ground.sea] = SEA
    return _png(_outlined(picture, ground.box, rings))


def named_map(
    ground: Ground,
    rings: Iterable[Sequence[tuple[float, float]]],
    names: Iterable[tuple[float, float, str]],
) -> bytes:
    """Return the bare map with outlines and names (longitude, latitude, words) to find one's place by."""
    picture = np.empty((*ground.z_cm.shape, 3), np.uint8)
    picture[:] = GROUND
    picture[ground.sea] = SEA
    image = _outlined(picture, ground.box, rings)
    west, south, east, north = ground.box
    draw = ImageDraw.Draw(image)
    for lon, lat, name in names:
        at = ((lon - west) * image.width / (east - west), (north - lat) * image.height / (north - south))
        draw.multiline_text(
            at,
            name.replace(" ", "\n", 1),
            fill=INK,
            font=_font(25),
            anchor="mm",
            align="center",
            stroke_width=4,
            stroke_fill=GROUND,
        )
    return _png(image)


def change_map(
    before_cm: Floats, after_cm: Floats, ground: Ground, rings: Iterable[Sequence[tuple[float, float]]]
) -> bytes:
    """Return where water is new, stays, or stays away (centimetres of depth before and after)."""
    was, is_now = np.nan_to_num(before_cm) >= 3, np.nan_to_num(after_cm) >= 3
    picture = np.empty((*before_cm.shape, 3), np.uint8)
    picture[:] = GROUND
    picture[was & is_now] = DEPTHS[1][1]
    picture[~was & is_now] = DEPTHS[4][1]
    picture[was & ~is_now] = (168, 210, 180)
    picture[ground.sea] = SEA
    return _png(_outlined(picture, ground.box, rings))


def height_of(ground: Ground) -> int:
    """Return how many pixels high a map of this ground is."""
    rows, columns = ground.z_cm.shape
    return int(WIDTH * rows / columns)


def _outlined(
    picture: npt.NDArray[np.uint8],
    box: tuple[float, float, float, float],
    rings: Iterable[Sequence[tuple[float, float]]],
) -> Image.Image:
    rows, columns = picture.shape[:2]
    image = Image.fromarray(picture).resize((WIDTH, round(WIDTH * rows / columns)), Image.Resampling.NEAREST)
    west, south, east, north = box
    across, down = image.width / (east - west), image.height / (north - south)
    draw = ImageDraw.Draw(image)
    for ring in rings:
        draw.line([((x - west) * across, (north - y) * down) for x, y in ring], fill=EDGE, width=1)
    return image


def card(title: str, lines: Sequence[str], foot: str, bars: Sequence[tuple[str, float]]) -> bytes:
    """Return the share card: one sentence, a bar of chance for each day, where it comes from."""
    title, foot = _plain(title), _plain(foot)
    image = Image.new("RGB", CARD, GROUND)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, CARD[0], 16), fill=INDIGO)
    _wrapped(draw, title, (64, 56), 54, INK, 1072)
    at = 200
    for line in lines[:2]:
        draw.text((64, at), _plain(line), fill=QUIET, font=_font(32))
        at += 44
    wide = 1072 // max(len(bars), 1)
    for place, (label, share) in enumerate(bars):
        left, height = 64 + place * wide, round(150 * share)
        draw.rectangle((left, 500 - 150, left + wide - 24, 500), fill=(237, 230, 214))
        draw.rectangle((left, 500 - height, left + wide - 24, 500), fill=INDIGO)
        draw.text((left, 508), label, fill=INK, font=_font(26))
    draw.text((64, 574), foot, fill=QUIET, font=_font(26))
    return _png(image)


def _plain(words: str) -> str:
    """Return words in letters that Pillow's own font has."""
    return words.replace("–", "-").replace("−", "-").replace("…", "...")


def _wrapped(
    draw: ImageDraw.ImageDraw, text: str, at: tuple[int, int], size: int, ink: tuple[int, int, int], room: int
) -> None:
    font, lines = _font(size), [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if draw.textlength(longer, font=font) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    draw.multiline_text(at, "\n".join(lines[:2]), fill=ink, font=font, spacing=8)


def _font(size: int) -> ImageFont.ImageFont | ImageFont.FreeTypeFont:
    return ImageFont.load_default(size)


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()
