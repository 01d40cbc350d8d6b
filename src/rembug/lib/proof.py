"""Proof of work (ALTCHA v2): asked for only when a rate is unusual, taken once."""

import base64
import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import altcha
from django.conf import settings

from rembug.lib import clock, ids

VALID_FOR = timedelta(minutes=10)
# PBKDF2 of 2,000 rounds, 1 in 256 keys fits: about half a second on a cheap phone, a tenth on a laptop.
ALGORITHM, COST, PREFIX = "PBKDF2/SHA-256", 2_000, "00"


@dataclass(frozen=True, slots=True)
class Proof:
    """A solution that holds: what to remember so that it is never taken again, and until when."""

    fingerprint: str
    expires_at: datetime


def challenge() -> dict[str, Any]:
    """Return a fresh challenge, signed and expiring, as the JSON that ALTCHA clients solve."""
    made = altcha.create_challenge(
        algorithm=ALGORITHM,
        cost=COST,
        key_prefix=PREFIX,
        expires_at=clock.now() + VALID_FOR,
        hmac_secret=_secret(),
    )
    answer: dict[str, Any] = made.to_dict()
    return answer


def check(solution: str) -> Proof | None:
    """Return the proof when the base64 solution is signed by us, unexpired and right; else None."""
    try:
        raw = json.loads(base64.b64decode(solution, validate=True))
        payload = altcha.Payload.from_dict(raw)
        parameters = payload.challenge.parameters
        if (parameters.algorithm, parameters.cost, parameters.key_prefix) != (ALGORITHM, COST, PREFIX):
            return None
        if not altcha.verify_solution(payload, hmac_secret=_secret()).verified:
            return None
        expires = datetime.fromtimestamp(float(parameters.expires_at or 0), UTC)
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        return None
    if expires <= clock.now():
        return None
    # The challenge's own random values name it: the same solution in another spelling is still the same.
    named = hashlib.sha256(f"{parameters.nonce}:{parameters.salt}".lower().encode()).hexdigest()
    return Proof(named, expires)


def _secret() -> str:
    return ids.keyed(settings.SECRET_KEY, "altcha", "v2", 64)
