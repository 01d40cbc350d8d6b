"""Rasters as small bytes: centimetres in 16 bits, compressed."""

import zlib

import numpy as np
import numpy.typing as npt

UNKNOWN, NEVER = -32768, 32767
Floats = npt.NDArray[np.float64]


def pack_cm(metres: Floats) -> bytes:
    """Return metres as compressed centimetres; NaN is unknown, infinity never."""
    cm = np.round(np.nan_to_num(metres, nan=0.0, posinf=0.0) * 100)
    cm = np.where(np.isnan(metres), UNKNOWN, np.where(np.isposinf(metres), NEVER, np.clip(cm, -32000, 32000)))
    return zlib.compress(cm.astype("<i2").tobytes(), 6)


def unpack_cm(data: bytes, rows: int, columns: int) -> Floats:
    """Return centimetres again, with NaN and infinity."""
    cm = np.frombuffer(zlib.decompress(data), "<i2").reshape(rows, columns).astype(float)
    return np.where(cm == UNKNOWN, np.nan, np.where(cm == NEVER, np.inf, cm))


def pack_flags(flags: npt.NDArray[np.bool_]) -> bytes:
    """Return flags as compressed bytes."""
    return zlib.compress(flags.astype(np.uint8).tobytes(), 6)


def unpack_flags(data: bytes, rows: int, columns: int) -> npt.NDArray[np.bool_]:
    """Return the flags again."""
    return np.frombuffer(zlib.decompress(data), np.uint8).reshape(rows, columns).astype(bool)
