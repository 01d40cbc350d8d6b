"""Sealing for named readers: one random key a text, wrapped for the X25519 key of each (RFC 7748, 5869, 8439).

A wrap is: 32 bytes of a fresh public key, then the text's key under ChaCha20-Poly1305. Its own key is HKDF-SHA-256
over the shared secret, with both public keys and the context; each such key seals once, so its nonce is nought.
The context (which matter, which letter) is bound to both: nothing can be moved to another place unnoticed.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES, NONCE_BYTES = 32, 12
NOUGHT = bytes(NONCE_BYTES)


class Unreadable(Exception):
    """The key does not fit, or somebody changed what was sealed."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed text and its key for each reader, by the reader's name."""

    body: bytes
    wraps: Mapping[str, bytes]


def new_private() -> bytes:
    """Return a fresh private key."""
    return X25519PrivateKey.generate().private_bytes_raw()


def public_of(private: bytes) -> bytes:
    """Return the public key of a private one."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def seal(plain: bytes, readers: Mapping[str, bytes], context: str) -> Sealed:
    """Seal a text for these readers (name -> public key)."""
    key = secrets.token_bytes(KEY_BYTES)
    wraps = {name: _wrap(key, public, context) for name, public in readers.items()}
    return Sealed(lock(plain, key, context), wraps)


def unseal(body: bytes, wrap: bytes, private: bytes, context: str) -> bytes:
    """Return the text. Raises `Unreadable`."""
    return unlock(body, _unwrap(wrap, private, context), context)


def lock(plain: bytes, key: bytes, context: str) -> bytes:
    """Encrypt under one key with a fresh nonce in front."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, plain, context.encode())


def unlock(body: bytes, key: bytes, context: str) -> bytes:
    """Return what `lock` took. Raises `Unreadable`."""
    try:
        return ChaCha20Poly1305(key).decrypt(body[:NONCE_BYTES], body[NONCE_BYTES:], context.encode())
    except (InvalidTag, ValueError):
        raise Unreadable from None


def derive(secret: bytes, purpose: str) -> bytes:
    """Return 32 bytes of a secret for one purpose."""
    return HKDF(algorithm=hashes.SHA256(), length=KEY_BYTES, salt=None, info=purpose.encode()).derive(secret)


def _wrap(key: bytes, public: bytes, context: str) -> bytes:
    own = X25519PrivateKey.generate()
    fresh = own.public_key().public_bytes_raw()
    shared = own.exchange(X25519PublicKey.from_public_bytes(public))
    once = derive(shared + fresh + public, f"rembug wrap {context}")
    return fresh + ChaCha20Poly1305(once).encrypt(NOUGHT, key, context.encode())


def _unwrap(wrap: bytes, private: bytes, context: str) -> bytes:
    fresh, body = wrap[:KEY_BYTES], wrap[KEY_BYTES:]
    try:
        own = X25519PrivateKey.from_private_bytes(private)
        shared = own.exchange(X25519PublicKey.from_public_bytes(fresh))
        public = own.public_key().public_bytes_raw()
        once = derive(shared + fresh + public, f"rembug wrap {context}")
        return ChaCha20Poly1305(once).decrypt(NOUGHT, body, context.encode())
    except (InvalidTag, ValueError):
        raise Unreadable from None
