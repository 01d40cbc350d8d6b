"""The lot for second looks: anybody can check it, nobody can steer it."""

import hashlib

SCALE = 2**32


def is_drawn(code: str, share: float) -> bool:
    """Tell whether the lot falls on a case: by its number alone, so that anybody can check it, whatever its outcome."""
    lot = int.from_bytes(hashlib.sha256(f"inspection {code}".encode()).digest()[:4], "big")
    return lot < share * SCALE
