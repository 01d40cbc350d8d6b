"""What changed between two versions: rows are told apart by their code, compared byte by byte."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b


def compare(old: Iterable[bytes], new: Iterable[bytes]) -> dict[str, int]:
    """Count rows that came, went, and changed between two CSV files with the same header and the code first.

    A line break inside a quoted cell joins its lines. Memory grows with the rows: about 150 bytes each.
    """
    before = {code: _mark(line) for code, line in _rows(old)}
    added = changed = 0
    for code, line in _rows(new):
        known = before.pop(code, None)
        if known is None:
            added += 1
        elif known != _mark(line):
            changed += 1
    return {"added": added, "gone": len(before), "changed": changed}


def _rows(lines: Iterable[bytes]) -> Iterable[tuple[bytes, bytes]]:
    held = b""
    head = True
    for line in lines:
        held += line
        if held.count(b'"') % 2:
            continue
        if not head:
            yield held.split(b",", 1)[0], held
        head, held = False, b""


def _mark(line: bytes) -> bytes:
    return blake2b(line, digest_size=8).digest()
