"""Walks a running site by its links, so that a new page is found without anybody naming it."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urldefrag, urlsplit

from django.urls import Resolver404, resolve

LINK = re.compile(r"""<(a|link|form)\b[^>]*?\b(?:href|action)=["']([^"']+)["']""", re.IGNORECASE)
MOST_TRIED = 4  # addresses of one name that are asked before it counts as answering nothing


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address answered."""

    status: int
    kind: str
    text: str

    @property
    def is_page(self) -> bool:
        """Tell whether it is a page for people: whole, not a part of one."""
        return self.status == 200 and self.kind.startswith("text/html") and "<html" in self.text


@dataclass(slots=True)
class Walk:
    """What was found: a page of each name, and what else was answered (status and kind)."""

    pages: dict[str, str] = field(default_factory=dict)
    others: dict[str, str] = field(default_factory=dict)
    dead: list[str] = field(default_factory=list)  # links of our own pages that lead nowhere


def name_of(path: str) -> str:
    """Return the name of an address of ours, "" where there is none."""
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return ""


def walk(read: Callable[[str], Answer], starts: Iterable[str], known: Iterable[str] = ()) -> Walk:
    """Ask one page of each name and follow its links; names that are known already are not asked again."""
    found, tried = Walk(), Counter[str]()
    skipped, asked = set(known), set[str]()
    waiting = deque((path, "") for path in starts)
    while waiting:
        path, since = waiting.popleft()
        name = name_of(path)
        if not name:
            if since:
                found.dead.append(f"{since} -> {path}")
            continue
        if path in asked or name in found.pages or name in skipped or tried[name] >= MOST_TRIED:
            continue
        asked.add(path)
        tried[name] += 1
        answer = read(path)
        if answer.is_page:
            found.pages[name] = path
            waiting.extend(
                (link, path if is_promise else "") for link, is_promise in links(answer.text, path)
            )
        else:
            found.others[name] = f"{answer.status} {answer.kind}"
            if answer.status == 500 or (answer.status == 404 and since):
                found.dead.append(f"{since} -> {path}: {answer.status}")
    return found


def links(text: str, base: str) -> list[tuple[str, bool]]:
    """Return the addresses of our own that a page names, without fragments; a link promises that something is there.

    A form's address may need its fields, so that it promises nothing to whoever only opens it.
    """
    found: dict[str, bool] = {}
    for kind, raw in LINK.findall(text):
        href = urldefrag(unescape(raw))[0]
        if href.startswith("?"):
            href = urlsplit(base).path + href
        if href.startswith("/") and not href.startswith(("//", "/static/")):
            found[href] = found.get(href, False) or kind.lower() != "form"
    return list(found.items())
