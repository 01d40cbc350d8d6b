"""Identifiers: unguessable tokens, short public codes, UUID version 7, keyed hashes."""

import hashlib
import hmac
import secrets
import time
import uuid

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that a person could misread on paper or by phone


def public_code(length: int = 9) -> str:
    """Return a random code that a person can read out (30 symbols, 44 bits at nine places)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def uuid7() -> uuid.UUID:
    """Return a version-7 UUID (RFC 9562, 5.7): 48 bits of milliseconds, 74 random bits."""
    value = time.time_ns() // 1_000_000 << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return uuid.UUID(int=value)


def keyed(secret: bytes | str, purpose: str, value: str, length: int = 32) -> str:
    """Return a hex HMAC-SHA-256 of a value for one purpose; `length` hex digits are kept."""
    key = secret.encode() if isinstance(secret, str) else secret
    return hmac.new(key, f"{purpose}\x1f{value}".encode(), hashlib.sha256).hexdigest()[:length]
