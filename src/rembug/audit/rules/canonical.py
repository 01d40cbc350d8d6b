"""From an entry's columns to the bytes of its leaf."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Protocol

# Made once: a new one for each leaf would cost more than the leaf.
ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


class Leaf(Protocol):
    """The columns that make a leaf; whatever has them can be hashed."""

    uid: str
    at: datetime
    actor: str
    actor_kind: str
    verb: str
    object_kind: str
    object_id: str
    city: str
    data: str


def canonical(data: Mapping[str, object]) -> str:
    """Return JSON with sorted keys, no spaces and no escapes, so that equal data have equal bytes.

    Raises `ValueError` for NaN, infinities and half characters (lone surrogates), `TypeError` for anything else
    that JSON does not know: such data would have no bytes that a stranger could compute again.
    """
    text = ENCODER.encode(data)
    text.encode()  # a lone surrogate fails here, in the act, and not weeks later in a check
    return text


def leaf_hash(content: bytes) -> str:
    """Return the hex RFC 6962 leaf hash: SHA-256 of 0x00 and the content."""
    return hashlib.sha256(b"\x00" + content).hexdigest()


def instant(at: datetime) -> str:
    """Return the time as it stands in a leaf: UTC, microseconds, `Z`."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def fields(entry: Leaf) -> dict[str, str]:
    """Return the nine columns of a leaf as they stand in it and in the downloads."""
    return {
        "uid": entry.uid,
        "at": instant(entry.at),
        "actor": entry.actor,
        "actor_kind": entry.actor_kind,
        "verb": entry.verb,
        "object_kind": entry.object_kind,
        "object_id": entry.object_id,
        "city": entry.city,
        "data": entry.data,
    }


def content(entry: Leaf) -> bytes:
    """Return the exact bytes of an entry's leaf."""
    return canonical(fields(entry)).encode()


def sealed(secret: str, uid: str, public_id: str) -> str:
    """Return a salted commitment to who acted: different in each entry, opened only with the secret and the id.

    Nobody outside can tell whether two entries are of one phone or citizen; when the id is deleted (UU 27/2022),
    nothing is left that leads back, and no leaf has to change.
    """
    mac = hmac.new(secret.encode(), f"audit.actor\x1f{uid}\x1f{public_id}".encode(), hashlib.sha256)
    return f"sealed:{mac.hexdigest()}"


def commitment(text: str, salt: str) -> str:
    """Return what a leaf may hold in place of words that must be forgettable: SHA-256 over a random salt and the words.

    Keep salt (`secrets.token_hex(16)`) and words outside the log; deleting both forgets them, and the leaf stays.
    """
    return hashlib.sha256(f"{salt}\x1f{text}".encode()).hexdigest()
