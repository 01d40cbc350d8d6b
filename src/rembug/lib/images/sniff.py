"""Which kind of picture the first bytes promise. No decoder is touched here."""

from enum import StrEnum


class Kind(StrEnum):
    """The four kinds that phones make; the value is Pillow's name of the only decoder that may open it."""

    JPEG = "JPEG"
    PNG = "PNG"
    WEBP = "WEBP"
    HEIC = "HEIF"


HEAD_BYTES = 64
_HEVC_BRANDS = {b"heic", b"heix", b"heim", b"heis"}
_STILL_BRANDS = _HEVC_BRANDS | {b"mif1", b"msf1"}


def sniff(head: bytes) -> Kind | None:
    """Return the kind that the first `HEAD_BYTES` bytes show; None for all else (also SVG, GIF, AVIF)."""
    if head.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Kind.WEBP
    return Kind.HEIC if _is_heic(head) else None


def _is_heic(head: bytes) -> bool:
    """ISO 14496-12 `ftyp` box: size, name, major brand, version, compatible brands."""
    if head[4:8] != b"ftyp" or head[8:12] not in _STILL_BRANDS:
        return False
    end = min(int.from_bytes(head[:4], "big"), len(head))
    compatible = {head[at : at + 4] for at in range(16, end - 3, 4)}
    return bool(_HEVC_BRANDS & (compatible | {head[8:12]}))
