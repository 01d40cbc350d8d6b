"""Decode one photo and write it anew. Imports the decoders, so it may be imported in the darkroom only."""

import io
import json
import warnings
from typing import Any

import pillow_heif
from PIL import Image, ImageOps, JpegImagePlugin, MpoImagePlugin, PngImagePlugin, WebPImagePlugin

from rembug.lib.images import camera
from rembug.lib.images.outcome import MAX_PIXELS, MIN_SIDE, SIDES, Reason
from rembug.lib.images.phash import GRID, perceptual_hash
from rembug.lib.images.sniff import HEAD_BYTES, Kind, sniff

PLUGINS = (JpegImagePlugin, MpoImagePlugin, PngImagePlugin, WebPImagePlugin)
"""Named so that they load before the walls go up: afterwards no file can be opened."""

_ORIENTATION = 0x0112
_QUALITIES = (76, 66, 56, 44, 32, 20)
_MOST_BYTES = {1600: 300_000, 800: 110_000, 240: 20_000}
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class RefusedError(Exception):
    """The photo is not taken, for a reason that the sender can do something about."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


def prepare() -> None:
    """Load every decoder and encoder once and set their limits; later nothing more can be loaded."""
    pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)
    pillow_heif.options.DECODE_THREADS = 1
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    sample = Image.new("RGB", (MIN_SIDE, MIN_SIDE), "teal")
    for kind in (Kind.JPEG, Kind.PNG, Kind.WEBP):
        drawer = io.BytesIO()
        sample.save(drawer, kind.value)
        develop(drawer.getvalue())


def develop(data: bytes) -> tuple[dict[str, Any], bytes]:
    """Return the header (private note, hash, sizes) and the JPEGs of all sizes one after another.

    Raises RefusedError for a photo that must not be taken; the decoder's own errors pass through.
    """
    kind = sniff(data[:HEAD_BYTES])
    if kind is None:
        raise RefusedError(Reason.WRONG_TYPE)
    with _opened(data, kind) as picture:
        turn, note = _read_exif(picture)
        largest = _flat(_reduced(picture), turn)
    fingerprint = perceptual_hash(
        list(largest.convert("L").resize((GRID, GRID), Image.Resampling.BOX).tobytes())
    )
    sizes, blobs = [], []
    current = largest
    for side in SIDES:
        current = _fitted(current, side)
        blob = _encoded(current, _MOST_BYTES[side])
        sizes.append({"side": side, "width": current.width, "height": current.height, "bytes": len(blob)})
        blobs.append(blob)
    return {"kind": kind.value, "camera": note, "phash": fingerprint, "sizes": sizes}, b"".join(blobs)


def failure_reason(fault: BaseException) -> Reason:
    """Name what a decoder's error means for the sender."""
    if isinstance(fault, RefusedError):
        return fault.reason
    if isinstance(fault, Image.DecompressionBombError | Image.DecompressionBombWarning):
        return Reason.TOO_MANY_PIXELS
    return Reason.TOO_HEAVY if isinstance(fault, MemoryError) else Reason.DAMAGED


def to_bytes(header: dict[str, Any], body: bytes) -> bytes:
    """Return header and body as one piece for the pipe."""
    raw = json.dumps(header).encode()
    return len(raw).to_bytes(4, "big") + raw + body


def _opened(data: bytes, kind: Kind) -> Image.Image:
    # The sniffed kind alone may open it: otherwise thirty rare decoders would be within a stranger's reach.
    picture = Image.open(io.BytesIO(data), formats=[kind.value])
    if picture.width * picture.height > MAX_PIXELS:
        raise RefusedError(Reason.TOO_MANY_PIXELS)
    if min(picture.size) < MIN_SIDE:
        raise RefusedError(Reason.TOO_SMALL)
    return picture


def _read_exif(picture: Image.Image) -> tuple[Image.Transpose | None, dict[str, Any] | None]:
    try:
        exif = picture.getexif()
        note = camera.read_note(exif.get_ifd(camera.EXIF_IFD), exif.get_ifd(camera.GPS_IFD))
        return _TURNS.get(exif.get(_ORIENTATION, 1)), note
    except Exception:  # noqa: BLE001  # whatever a broken block raises, the photo itself may be fine
        return None, None


def _reduced(picture: Image.Image) -> Image.Image:
    """Decode the first frame, no larger than needed: a JPEG shrinks while decoding and saves memory."""
    wanted = _fit(picture.size, SIDES[0])
    picture.draft(None, wanted)
    picture.load()
    if picture.mode in {"P", "PA"} or picture.info.get("transparency") is not None:
        picture = picture.convert("RGBA")
    elif picture.mode.startswith("I"):
        # Sixteen grey bits: Pillow would cut them off at 255 instead of scaling.
        picture = picture.point(lambda value: value / 257).convert("L")
    return (
        picture if picture.size == wanted else picture.resize(wanted, _resampling(picture), reducing_gap=2.0)
    )


def _flat(picture: Image.Image, turn: Image.Transpose | None) -> Image.Image:
    """Return RGB pixels only, upright, on white; a new object without the info of the old one."""
    if turn is not None:
        picture = picture.transpose(turn)
    if picture.mode in {"RGBA", "LA", "RGBa", "La"}:
        picture = picture.convert("RGBA")
        ground = Image.new("RGB", picture.size, "white")
        ground.paste(picture, mask=picture.getchannel("A"))
        return ground
    clean = Image.new("RGB", picture.size)
    clean.paste(picture.convert("RGB"))
    return clean


def _fit(size: tuple[int, int], side: int) -> tuple[int, int]:
    factor = min(1.0, side / max(size))
    return max(1, round(size[0] * factor)), max(1, round(size[1] * factor))


def _fitted(picture: Image.Image, side: int) -> Image.Image:
    wanted = _fit(picture.size, side)
    return picture if picture.size == wanted else ImageOps.fit(picture, wanted, Image.Resampling.BICUBIC)


def _resampling(picture: Image.Image) -> Image.Resampling:
    return Image.Resampling.NEAREST if picture.mode == "1" else Image.Resampling.BICUBIC


def _encoded(picture: Image.Image, most_bytes: int) -> bytes:
    """Return a progressive JPEG, as good as fits; the last quality is taken even if it does not."""
    blob = b""
    for quality in _QUALITIES:
        drawer = io.BytesIO()
        picture.save(drawer, "JPEG", quality=quality, progressive=True)
        blob = drawer.getvalue()
        if len(blob) <= most_bytes:
            break
    return blob
