"""Atom feeds (RFC 4287): one writer, so that every feed is escaped and shaped alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

TYPE = "application/atom+xml; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. Times are aware, or ISO 8601 with a zone; `link` is the page that it leads to."""

    id: str
    title: str
    updated: datetime | str
    link: str
    summary: str = ""
    published: datetime | str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: its lasting `id`, the address that it is read at (`here`), the page that it belongs to (`link`)."""

    id: str
    title: str
    updated: datetime | str
    here: str
    link: str = ""
    author: str = "Rembug"
    rights: str = ""


def written(feed: Feed, entries: Iterable[Entry]) -> bytes:
    """Return the document as UTF-8."""
    head = [
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n',
        _text("title", feed.title),
        _text("id", feed.id),
        _text("updated", _moment(feed.updated)),
        f'<link rel="self" href={quoteattr(feed.here)}/>',
        f"<link href={quoteattr(feed.link)}/>" if feed.link else "",
        f"<author>{_text('name', feed.author)}</author>",
        _text("rights", feed.rights) if feed.rights else "",
        "\n",
    ]
    return "".join([*head, *map(_entry, entries), "</feed>\n"]).encode()


def _entry(entry: Entry) -> str:
    published = _text("published", _moment(entry.published)) if entry.published else ""
    return (
        f"<entry>{_text('title', entry.title)}{_text('id', entry.id)}{_text('updated', _moment(entry.updated))}"
        f"{published}<link href={quoteattr(entry.link)}/>{_text('summary', entry.summary)}</entry>\n"
    )


def _text(name: str, words: str) -> str:
    """Return one element; marks that XML 1.0 does not allow are left out."""
    kept = "".join(mark for mark in words if mark in "\t\n\r" or mark >= " ")
    return f"<{name}>{escape(kept)}</{name}>"


def _moment(at: datetime | str) -> str:
    return at if isinstance(at, str) else at.isoformat(timespec="seconds")
