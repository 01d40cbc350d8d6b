"""Find and hide phone numbers, NIK, number plates and e-mail addresses in Indonesian and Javanese text.

The rules and their measured quality are in docs/algorithms/pii.md. Time is linear in the length of the text.
"""

from collections.abc import Collection, Mapping

from rembug.lib.pii.digits import phones_and_niks
from rembug.lib.pii.emails import emails
from rembug.lib.pii.folding import fold
from rembug.lib.pii.plates import plates
from rembug.lib.pii.spans import Kind, Span

__all__ = ["LABELS", "Kind", "Span", "find", "mask"]

LABELS: dict[str, dict[Kind, str]] = {
    "id": {
        Kind.PHONE: "[nomor telepon disembunyikan]",
        Kind.NIK: "[NIK disembunyikan]",
        Kind.PLATE: "[pelat nomor disembunyikan]",
        Kind.EMAIL: "[surel disembunyikan]",
    },
    "en": {
        Kind.PHONE: "[phone number hidden]",
        Kind.NIK: "[identity number hidden]",
        Kind.PLATE: "[number plate hidden]",
        Kind.EMAIL: "[e-mail address hidden]",
    },
    "jv": {
        Kind.PHONE: "[nomer telpon didhelikake]",
        Kind.NIK: "[NIK didhelikake]",
        Kind.PLATE: "[plat nomer didhelikake]",
        Kind.EMAIL: "[surel didhelikake]",
    },
}
"""What stands in place of what was hidden, by language. The Javanese is a draft."""


def find(text: str, *, public_numbers: Collection[str] = ()) -> list[Span]:
    """Return what identifies a person, in order and without overlap, in positions of `text`.

    `public_numbers` are phone numbers that everyone may see (the city's own), digits from the leading 0 on.
    """
    folded = fold(text)
    numbers = phones_and_niks(folded.text, frozenset(public_numbers))
    # An address may hold digits and a plate may look like part of anything, so the surer kinds come first.
    taken = _without_overlap([*emails(folded.text), *numbers, *plates(folded.text)], len(folded.text))
    return [folded.back(span) for span in sorted(taken, key=lambda span: span.start)]


def mask(
    text: str, labels: Mapping[Kind, str] = LABELS["id"], *, public_numbers: Collection[str] = ()
) -> str:
    """Return `text` with each find replaced by the label of its kind. Masking twice changes nothing more."""
    pieces, at = [], 0
    for span in find(text, public_numbers=public_numbers):
        pieces += [text[at : span.start], labels[span.kind]]
        at = span.end
    return "".join([*pieces, text[at:]])


def _without_overlap(spans: list[Span], length: int) -> list[Span]:
    """Keep the first of those that share a character; a map of characters keeps it linear."""
    covered = bytearray(length)
    kept = []
    for span in spans:
        if not any(covered[span.start : span.end]):
            covered[span.start : span.end] = b"\1" * (span.end - span.start)
            kept.append(span)
    return kept
