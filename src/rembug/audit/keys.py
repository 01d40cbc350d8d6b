"""The log's signing key: a file that only its owner can read, made at the first need.

First line: the private key that signs. Further lines, after a change of key: former keys in vkey form, which old
checkpoints are still checked with. The log's name (origin) is fixed in the key when it is made.
"""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from rembug.audit.rules import note


@dataclass(frozen=True, slots=True)
class Keys:
    """Who signs now, and every key whose checkpoints count."""

    signer: note.Signer
    verifiers: tuple[note.Verifier, ...]


def path() -> Path:
    """Return where the key is kept (setting `AUDIT_KEY`)."""
    return Path(getattr(settings, "AUDIT_KEY", "") or Path(settings.VAR) / "audit-key")


def origin() -> str:
    """Return the log's name for a new key: the setting `AUDIT_ORIGIN`, or the site's address without its scheme."""
    parts = urlsplit(settings.PUBLIC_URL)
    return getattr(settings, "AUDIT_ORIGIN", "") or f"{parts.netloc}{parts.path}/catatan"


def load() -> Keys:
    """Return the keys; the first call ever makes one. Raises `BadNote` when the file cannot be understood."""
    file = path()
    if not file.exists():
        _make(file)
    first, *former = [line for line in file.read_text().splitlines() if line.strip()]
    signer = note.read_signer(first)
    return Keys(signer, (signer.verifier, *(note.read_verifier(line) for line in former)))


def _make(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as out:
        out.write(f"{note.Signer(origin(), secrets.token_bytes(32))}\n")
        out.flush()
        os.fsync(out.fileno())
    try:
        os.link(draft, file)  # whole or not at all, and never over another's key
    except FileExistsError:
        pass
    finally:
        draft.unlink()
