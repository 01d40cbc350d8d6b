"""C2SP signed notes and checkpoints: a text, an empty line, a signature line for each key.

A checkpoint's text is the log's origin, its size and its root in base64, a line each (tlog-checkpoint). Keys are
Ed25519; a key's id is the first four bytes of SHA-256(name, newline, 0x01, public key).
"""

import base64
import binascii
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\x01"
MAX_BYTES = 64_000  # far more than a checkpoint with every witness; a longer note is an attack


class BadNote(Exception):
    """A note, a key or a checkpoint that cannot be believed; the message says why."""


@dataclass(frozen=True, slots=True)
class Verifier:
    """Who may have signed: a name and a public key (32 bytes)."""

    name: str
    public: bytes

    @property
    def key_id(self) -> bytes:
        """Four bytes that tell keys apart."""
        return hashlib.sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{base64.b64encode(ED25519 + self.public).decode()}"


@dataclass(frozen=True, slots=True)
class Signer:
    """A name and its Ed25519 seed (32 bytes)."""

    name: str
    seed: bytes

    @property
    def verifier(self) -> Verifier:
        """The public half."""
        return Verifier(self.name, _private(self.seed).public_key().public_bytes_raw())

    def __str__(self) -> str:
        key = base64.b64encode(ED25519 + self.seed).decode()
        return f"PRIVATE+KEY+{self.name}+{self.verifier.key_id.hex()}+{key}"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How far a log had come: its origin, its number of leaves, its root (32 bytes)."""

    origin: str
    size: int
    root: bytes

    def __str__(self) -> str:
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def read_verifier(line: str) -> Verifier:
    """Return the key of a line `name+id+key`; raises `BadNote`."""
    name, key_id, key = _parts(line.strip().split("+", 2))
    found = Verifier(name, key)
    if found.key_id.hex() != key_id:
        raise BadNote("the key's id does not belong to its name and key")
    return found


def read_signer(line: str) -> Signer:
    """Return the signer of a line `PRIVATE+KEY+name+id+key`; raises `BadNote`."""
    start, mark, rest = line.strip().partition("PRIVATE+KEY+")
    if start or not mark:
        raise BadNote("a private key begins with PRIVATE+KEY+")
    name, key_id, seed = _parts(rest.split("+", 2))
    found = Signer(name, seed)
    if found.verifier.key_id.hex() != key_id:
        raise BadNote("the key's id does not belong to its name and key")
    return found


def sign(text: str, signer: Signer) -> str:
    """Return the note: the text and one signature (deterministic, RFC 8032)."""
    if not text.endswith("\n") or "\n\n" in text:
        raise BadNote("a note's text ends with a newline and has no empty line")
    signature = signer.verifier.key_id + _private(signer.seed).sign(text.encode())
    return f"{text}\n— {signer.name} {base64.b64encode(signature).decode()}\n"


def open_note(note: str, verifiers: Sequence[Verifier]) -> str:
    """Return the text of a note that one of these keys signed; raises `BadNote`.

    Signatures of other keys (witnesses) are passed over; a bad signature of a known key refuses the note.
    """
    text, gap, lines = note.rpartition("\n\n")
    if not gap or len(note.encode()) > MAX_BYTES or not lines.endswith("\n"):
        raise BadNote("this is no signed note")
    text += "\n"
    good = [_signed(line, text, verifiers) for line in lines[:-1].split("\n")]
    if not any(good):
        raise BadNote("no signature of a key that you trust")
    return text


def read_checkpoint(text: str) -> Checkpoint:
    """Return what a checkpoint's text says; raises `BadNote`."""
    lines = text.split("\n")
    if len(lines) < 4 or not lines[0] or not lines[1].isascii() or not lines[1].isdigit():
        raise BadNote("this is no checkpoint")
    size, digest = lines[1], _base64(lines[2])
    if len(digest) != 32 or (size != "0" and size.startswith("0")):
        raise BadNote("this is no checkpoint")
    return Checkpoint(lines[0], int(size), digest)


def open_checkpoint(note: str, verifiers: Sequence[Verifier]) -> Checkpoint:
    """Return a signed checkpoint, whose origin must be the name of its key; raises `BadNote`."""
    found = read_checkpoint(open_note(note, verifiers))
    if found.origin not in {verifier.name for verifier in verifiers}:
        raise BadNote(f"a checkpoint of another log: {found.origin}")
    return found


def _signed(line: str, text: str, verifiers: Sequence[Verifier]) -> bool:
    dash, _, rest = line.partition(" ")
    name, _, code = rest.partition(" ")
    raw = _base64(code)
    if dash != "—" or not name or len(raw) < 5:
        raise BadNote("a signature line that cannot be read")
    for verifier in verifiers:
        if (verifier.name, verifier.key_id) == (name, raw[:4]):
            try:
                Ed25519PublicKey.from_public_bytes(verifier.public).verify(raw[4:], text.encode())
            except InvalidSignature:
                raise BadNote(f"the signature of {name} is false") from None
            return True
    return False


def _parts(parts: list[str]) -> tuple[str, str, bytes]:
    if len(parts) != 3 or not parts[0] or any(c.isspace() for c in parts[0]):
        raise BadNote("a key is written name+id+key")
    raw = _base64(parts[2])
    if len(raw) != 33 or raw[:1] != ED25519:
        raise BadNote("the key is no Ed25519 key")
    return parts[0], parts[1], raw[1:]


def _base64(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise BadNote("this is no base64") from None


def _private(seed: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(seed)
