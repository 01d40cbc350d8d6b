"""Secret links of watchers: only their hash is kept."""

import hashlib


def hash_of(token: str) -> str:
    """Return what is kept of a secret link."""
    return hashlib.sha256(token.encode()).hexdigest()
