"""Check from outside that a JPEG of the darkroom is bare: pictures only, no place for words. No decoder."""

_START, _END, _SCAN, _JFIF = 0xD8, 0xD9, 0xDA, 0xE0
# Tables and frames: quantisation, Huffman, baseline and progressive frame, restart interval.
_BARE = {0xDB, 0xC4, 0xC0, 0xC2, 0xDD, _SCAN}
_JFIF_SIZE = 16


def is_bare(jpeg: bytes) -> bool:
    """Return whether the file holds tables and scans only and ends with its end mark (ITU-T T.81, annex B).

    The decoding side might have been taken over, so its word that the metadata is gone is not enough.
    """
    if jpeg[:2] != bytes((0xFF, _START)):
        return False
    at = 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF:
        marker, size = jpeg[at + 1], int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if not _is_harmless(marker, size, jpeg[at + 4 : at + 9]):
            return False
        at += 2 + size
        if marker == _SCAN:
            at = _end_of_scan(jpeg, at)
    return jpeg[at:] == bytes((0xFF, _END))


def _is_harmless(marker: int, size: int, first: bytes) -> bool:
    if marker == _JFIF:
        return size == _JFIF_SIZE and first == b"JFIF\0"
    return marker in _BARE and size >= 2


def _end_of_scan(jpeg: bytes, at: int) -> int:
    """Return where the next marker stands: inside a scan 0xFF is followed by 0 or by a restart mark."""
    while (at := jpeg.find(b"\xff", at)) >= 0:
        follower = jpeg[at + 1] if at + 1 < len(jpeg) else 0
        if follower != 0 and not 0xD0 <= follower <= 0xD7:
            return at
        at += 2
    return len(jpeg)
