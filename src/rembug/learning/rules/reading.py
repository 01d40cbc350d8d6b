"""From a lesson's Markdown to HTML that is safe to show, with the figures of the reader's place in it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from markdown_it import MarkdownIt

FIGURE = re.compile(r"\{\{\s*([a-z_]+)\s*\}\}")
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


def html_of(text: str, figures: Mapping[str, str]) -> str:
    """Return HTML of a Markdown text; raw HTML in it stays text. Raises KeyError for a figure that is not given."""
    filled = FIGURE.sub(lambda found: f"**{_plain(figures[found[1]])}**", text)
    # A page has its own title: a lesson's headings stand below it.
    tokens = _MARKDOWN.parse(filled)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{max(int(token.tag[1]), 2)}"
    return str(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))


def _plain(words: str) -> str:
    """Return words that mean nothing in Markdown."""
    return re.sub(r"([\\`*_{}\[\]()#+!|<>~])", r"\\\1", words)
