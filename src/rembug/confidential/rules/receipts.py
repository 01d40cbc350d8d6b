"""The sixteen digits that a reporter keeps, and the two things that come out of them.

From the digits and the server's pepper one Argon2id run makes a seed; from the seed come the name under which the
matter is found (stored) and the reporter's private key (never stored). The salt is the same for all receipts of a
city, otherwise each try would have to run once for every matter.
"""

import hashlib
import hmac
import re
from dataclasses import dataclass
from uuid import UUID

from rembug.confidential.rules import seal, slow

DIGITS = 16


@dataclass(frozen=True, slots=True)
class Opened:
    """What a receipt opens: where the matter lies, and with which key it is read."""

    lookup: str
    private: bytes


def digits_for(pepper: str, once: UUID) -> str:
    """Return the digits of one form: the same form sent again has the same receipt, so a lost answer loses nothing.

    >>> len(digits_for("p", UUID(int=1)))
    16
    """
    digest = hmac.new(pepper.encode(), b"digits\x1f" + once.bytes, hashlib.sha256).digest()
    return f"{int.from_bytes(digest, 'big') % 10**DIGITS:0{DIGITS}d}"


def read(typed: str) -> str:
    """Return the digits as people type them, with blanks and hyphens; "" when they are not sixteen.

    >>> read("1234 5678-9012 3456")
    '1234567890123456'
    """
    bare = re.sub(r"[\s.-]", "", typed[:60])
    return bare if len(bare) == DIGITS and bare.isascii() and bare.isdecimal() else ""


def shown(digits: str) -> str:
    """Return the digits in groups of four."""
    return " ".join(digits[i : i + 4] for i in range(0, DIGITS, 4))


def opened(digits: str, pepper: str, city: str) -> Opened:
    """Run the slow function once and return both results, whether or not such a matter exists."""
    salt = hmac.new(pepper.encode(), f"salt\x1f{city}".encode(), hashlib.sha256).digest()[: slow.SALT_BYTES]
    seed = slow.stretch(f"{digits}\x1f{pepper}", salt)
    return Opened(seal.derive(seed, "lookup").hex(), seal.derive(seed, "reporter"))
