"""The secret of a receipt: derived, so that a repeated send gets the same link; stored only as a hash."""

import base64
import hashlib
import hmac
from uuid import UUID


def token(secret: str, client_id: UUID) -> str:
    """Return the receipt's secret: 128 bits of HMAC-SHA-256 over the client id, 26 letters and digits."""
    digest = hmac.new(secret.encode(), b"receipt\x1f" + client_id.bytes, hashlib.sha256).digest()
    return base64.b32encode(digest[:16]).decode().rstrip("=").lower()


def fingerprint(token_text: str) -> str:
    """Return what is stored of a token: its hex SHA-256 (a token has 128 random bits, no slow hash is needed)."""
    return hashlib.sha256(token_text.strip().lower().encode()).hexdigest()


def number_text(code: str) -> str:
    """Return a report's number as people read it out: groups of three.

    >>> number_text("7F3K2QXYZ")
    '7F3-K2Q-XYZ'
    """
    return "-".join(code[i : i + 3] for i in range(0, len(code), 3))
