#!/usr/bin/env python3
"""Check the public log of a Rembug city without trusting the city.

Needs Python 3.11 and the package `cryptography`; shares no code with the platform, on purpose. What you must have from
elsewhere (a newspaper, a university, a poster in the town hall) is the log's public key. Keep the checkpoints that you
download: with an old one at hand nobody can rewrite what it covers.

  verify_log.py --key KEY --url https://kota.example --keep DIR [--since OLD]   download and check everything
  verify_log.py --key KEY --entries log.jsonl --checkpoint FILE [--since OLD]   check files
  verify_log.py --key KEY --receipt FILE                                        check one receipt (JSON)

Exit code 0: sound. 1: something is wrong, and the last line says what. 2: the input cannot be read.
"""

import argparse
import base64
import hashlib
import json
import sys
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

Head = tuple[int, bytes]


class Wrong(Exception):
    """The log does not hold what it promises."""


def sha(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def signed_head(note: str, key: str) -> Head:
    """Check a checkpoint's signature and return its size and root."""
    name, key_id, code = key.strip().split("+", 2)
    public = base64.b64decode(code)
    if public[:1] != b"\x01" or sha(name.encode() + b"\n" + public)[:4].hex() != key_id:
        raise Wrong("this key is not well formed")
    body, _, lines = note.rpartition("\n\n")
    body += "\n"
    for line in lines.splitlines():
        dash, who, signature = (*line.split(" "), "", "", "")[:3]
        raw = base64.b64decode(signature)
        if (dash, who, raw[:4].hex()) == ("—", name, key_id):
            try:
                Ed25519PublicKey.from_public_bytes(public[1:]).verify(raw[4:], body.encode())
            except InvalidSignature:
                raise Wrong("the checkpoint's signature is false") from None
            origin, size, root = body.split("\n")[:3]
            if origin != name:
                raise Wrong("the checkpoint belongs to another log")
            return int(size), base64.b64decode(root)
    raise Wrong("the checkpoint is not signed with this key")


def leaf_of(entry: dict[str, Any]) -> bytes:
    """Compute a leaf's hash from what the entry says."""
    text = json.dumps(entry["leaf"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    leaf = sha(b"\x00" + text.encode())
    if leaf.hex() != entry["leaf_hash"]:
        raise Wrong(f"leaf {entry['leaf_index']}: the entry does not have the hash that it claims")
    return leaf


def roots(entries: Iterator[dict[str, Any]], wanted: set[int]) -> dict[int, bytes]:
    """Build the tree leaf by leaf; return its root at each wanted size."""
    peaks: list[tuple[int, bytes]] = []  # (leaves below, hash), widest first
    found = {0: sha(b"")}
    last = max(wanted)
    for count, entry in enumerate(entries, 1):
        if count > last:
            break
        if entry["leaf_index"] != count - 1:
            raise Wrong(f"leaf {count - 1} is missing")
        width, top = 1, leaf_of(entry)
        while peaks and peaks[-1][0] == width:
            top = sha(b"\x01" + peaks.pop()[1] + top)
            width *= 2
        peaks.append((width, top))
        if count in wanted:
            right = peaks[-1][1]
            for _, left in reversed(peaks[:-1]):
                right = sha(b"\x01" + left + right)
            found[count] = right
    return found


def path_root(leaf: bytes, index: int, size: int, path: list[bytes]) -> bytes:
    """Follow an inclusion path to the root that it claims (RFC 6962, 2.1.1), from the top down."""
    if size == 1:
        if path:
            raise Wrong("the proof is too long")
        return leaf
    if not path or not 0 <= index < size:
        raise Wrong("the proof is too short")
    half = 1 << (size - 1).bit_length() - 1
    if index < half:
        return sha(b"\x01" + path_root(leaf, index, half, path[:-1]) + path[-1])
    return sha(b"\x01" + path[-1] + path_root(leaf, index - half, size - half, path[:-1]))


def check_receipt(receipt: dict[str, Any], key: str) -> str:
    """Check that a receipt's hash is in the tree that its checkpoint signed."""
    proof, note = receipt.get("proof"), receipt.get("checkpoint")
    if not proof or not note:
        raise Wrong("the receipt has no proof yet: fetch it again in a minute")
    size, root = signed_head(note, key)
    path = [bytes.fromhex(step) for step in proof["proof"]]
    if (
        proof["size"] != size
        or path_root(bytes.fromhex(receipt["hash"]), proof["leaf_index"], size, path) != root
    ):
        raise Wrong("the receipt is not in the log that was signed")
    return f"sound: leaf {proof['leaf_index']} of {size}"


def check_log(entries: Iterator[dict[str, Any]], note: str, old_notes: list[str], key: str) -> str:
    """Check every entry against a checkpoint and against older ones."""
    size, root = signed_head(note, key)
    old = [signed_head(text, key) for text in old_notes]
    found = roots(entries, {size, *(head[0] for head in old)})
    for at, signed in [*sorted(old), (size, root)]:
        if at > size:
            raise Wrong(f"an older checkpoint has {at} leaves, this one only {size}: the log was cut")
        if at not in found:
            raise Wrong(f"{at} leaves were signed, but the log ends before")
        if found[at] != signed:
            raise Wrong(f"the first {at} leaves are not those that were signed")
    return f"sound: {size} entries, {len(old)} older checkpoints, root {root.hex()}"


def from_file(name: str) -> Iterator[dict[str, Any]]:
    """Read JSON lines one by one."""
    with Path(name).open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def get(url: str) -> bytes:
    if not url.startswith(("https://", "http://")):
        raise ValueError("the address begins with https:// or http://")
    with urllib.request.urlopen(url, timeout=60) as answer:  # noqa: S310 - the scheme is checked above
        return bytes(answer.read())


def from_web(base: str, until: int, keep: Callable[[str], None]) -> Iterator[dict[str, Any]]:
    """Download the entries page by page, up to the signed size."""
    after = -1
    while after + 1 < until:
        page = get(f"{base}/api/v1/log/entries?after={after}&limit=1000&format=jsonl").decode()
        if not page.strip():
            return
        for line in page.splitlines():
            keep(line + "\n")
            entry = json.loads(line)
            after = entry["leaf_index"]
            yield entry


def run(options: argparse.Namespace) -> str:
    """Do what was asked; return the sentence that says all is well."""
    if options.receipt:
        return check_receipt(json.loads(Path(options.receipt).read_text(encoding="utf-8")), options.key)
    old = [Path(name).read_text(encoding="utf-8") for name in options.since]
    if not options.url:
        note = Path(options.checkpoint).read_text(encoding="utf-8")
        return check_log(from_file(options.entries), note, old, options.key)
    base = options.url.rstrip("/")
    note = get(f"{base}/catatan/checkpoint").decode()
    size, _ = signed_head(note, options.key)
    if not options.keep:
        return check_log(from_web(base, size, lambda _line: None), note, old, options.key)
    folder = Path(options.keep)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"checkpoint-{size}").write_text(note, encoding="utf-8")
    with (folder / "log.jsonl").open("w", encoding="utf-8") as out:
        return check_log(
            from_web(base, size, lambda line: print(line, end="", file=out)), note, old, options.key
        )


def main() -> int:
    """Read the command line, check, say the result."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--key", required=True, help="the log's public key: name+id+key")
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--url", help="the city's address")
    source.add_argument("--entries", help="a file of JSON lines")
    source.add_argument("--receipt", help="a receipt as JSON")
    parser.add_argument("--checkpoint", help="the checkpoint that belongs to --entries")
    parser.add_argument("--since", action="append", default=[], help="an older checkpoint that you kept")
    parser.add_argument("--keep", help="a folder for what is downloaded")
    options = parser.parse_args()
    if options.entries and not options.checkpoint:
        parser.error("--entries needs --checkpoint")
    try:
        print(run(options))
    except Wrong as error:
        print(f"WRONG: {error}")
        return 1
    except (OSError, ValueError, KeyError, TypeError) as error:
        print(f"cannot be read: {error!r}")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
