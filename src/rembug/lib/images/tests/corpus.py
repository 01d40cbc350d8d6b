"""Photos and attacks, made on the spot; none is committed."""

import io
import struct
import zipfile
import zlib
from functools import cache
from typing import Any

import numpy as np
import pillow_heif
from PIL import Image, PngImagePlugin

CANARY = b"KANARI-7f3a"
SCRIPT = b"<script>alert('KANARI-7f3a')</script>"
PHP = b"<?php system('id'); __HALT_COMPILER(); /*KANARI-7f3a*/ ?>"

pillow_heif.register_heif_opener()


def scene(width: int = 640, height: int = 480, seed: int = 1) -> Image.Image:
    """Return a picture with shapes of many sizes, like a street: sums of smooth noise."""
    rng = np.random.default_rng(seed)
    total = np.zeros((height, width, 3))
    for cells in (3, 7, 15, 40):
        small = rng.normal(size=(cells, cells, 3)) * 60 / cells**0.5
        planes = [
            Image.fromarray(small[..., band].astype("float32")).resize(
                (width, height), Image.Resampling.BICUBIC
            )
            for band in range(3)
        ]
        total += np.stack([np.asarray(plane) for plane in planes], axis=-1)
    return Image.fromarray((total + 120).clip(0, 255).astype("uint8"))


@cache
def largest() -> Image.Image:
    """Return a picture of nearly 40 megapixels; enlarged, because the test's own time matters too."""
    return scene(1460, 1094).resize((7300, 5470), Image.Resampling.BILINEAR)


def encoded(picture: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    drawer = io.BytesIO()
    picture.save(drawer, kind, **options)
    return drawer.getvalue()


def exif_with_everything(orientation: int = 1) -> bytes:
    """Return an EXIF block with time, zone, place, and a script in each text field."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    for tag in (0x010E, 0x010F, 0x0110, 0x0131, 0x013B, 0x8298):
        exif[tag] = SCRIPT.decode()
    shot = exif.get_ifd(0x8769)
    shot[36867], shot[36881], shot[37510] = "2025:12:04 05:31:07", "+07:00", SCRIPT
    place = exif.get_ifd(0x8825)
    place.update({1: "S", 2: (6.0, 52.0, 30.0), 3: "E", 4: (109.0, 40.0, 12.0), 31: 8.5})
    place.update({29: "2025:12:03", 7: (22.0, 31.0, 5.0)})
    return exif.tobytes()


def xmp() -> bytes:
    return b'<x:xmpmeta xmlns:x="adobe:ns:meta/">' + SCRIPT + b"</x:xmpmeta>"


def icc_with_text() -> bytes:
    """Return a profile whose copyright holds the canary; a decoder need not believe it."""
    text = b"text\0\0\0\0" + SCRIPT + b"\0"
    body = struct.pack(">I", 1) + b"cprt" + struct.pack(">II", 144, len(text)) + text
    return struct.pack(">I", 128 + len(body)) + b"\0" * 32 + b"acsp" + b"\0" * 88 + body


def png_chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_that_claims(width: int, height: int, pixels: bytes = b"\0\0\0\0") -> bytes:
    """Return a PNG whose header promises a size that its few pixels do not have."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = png_chunk(b"IHDR", header) + png_chunk(b"IDAT", zlib.compress(pixels)) + png_chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def png_with_text() -> bytes:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", SCRIPT.decode())
    notes.add_text("Description", SCRIPT.decode() * 50, zip=True)
    notes.add_itxt("XML:com.adobe.xmp", xmp().decode())
    return encoded(scene(), "PNG", pnginfo=notes, icc_profile=icc_with_text(), exif=exif_with_everything())


def zipped() -> bytes:
    drawer = io.BytesIO()
    with zipfile.ZipFile(drawer, "w") as archive:
        archive.writestr("../../etc/kanari", CANARY)
    return drawer.getvalue()


def jpeg_with_comment(comment: bytes) -> bytes:
    return encoded(scene(), "JPEG", comment=comment)


def gif(frames: int) -> bytes:
    drawer = io.BytesIO()
    pages = [Image.new("P", (40, 40), shade % 250) for shade in range(frames)]
    pages[0].save(drawer, "GIF", save_all=True, append_images=pages[1:])
    return drawer.getvalue()


def moving(kind: str, frames: int) -> bytes:
    pages = [scene(64, 64, seed) for seed in range(frames)]
    return encoded(pages[0], kind, save_all=True, append_images=pages[1:])


def jpeg_of_many_scans(scans: int) -> bytes:
    """Return a progressive JPEG that makes a decoder go over the same large picture again and again."""
    jpeg = encoded(largest().crop((0, 0, 4000, 4000)), "JPEG", progressive=True, quality=30)
    last = jpeg.rfind(b"\xff\xda")
    return jpeg[:-2] + jpeg[last:-2] * scans + b"\xff\xd9"
