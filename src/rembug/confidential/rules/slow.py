"""One slow, memory-hard function for secrets that people keep: receipts and passphrases (Argon2id, RFC 9106)."""

import threading

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

MEMORY_KIB, ROUNDS, LANES = 32 * 1024, 3, 1
SALT_BYTES = 16
# Each run holds 32 MB: many strangers at once must not take the memory of the whole site.
_few = threading.BoundedSemaphore(2)


def stretch(secret: str, salt: bytes) -> bytes:
    """Return 32 bytes; about a twentieth of a second, whatever the secret."""
    with _few:
        return Argon2id(salt=salt, length=32, iterations=ROUNDS, lanes=LANES, memory_cost=MEMORY_KIB).derive(
            secret.encode()
        )
