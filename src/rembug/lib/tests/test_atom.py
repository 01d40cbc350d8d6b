"""Every feed is well-formed, whatever stands in it, and holds what RFC 4287 asks for."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from rembug.lib.atom import Entry, Feed, written

AT = datetime(2026, 1, 15, 3, tzinfo=UTC)
SPACE = {"a": "http://www.w3.org/2005/Atom"}


@given(st.text(max_size=60))
def test_any_words_come_through_a_feed(words: str) -> None:
    kept = "".join(mark for mark in words if mark in "\t\n\r" or mark >= " ")
    if any("\ud800" <= mark <= "\udfff" or mark in "\ufffe\uffff" for mark in kept):
        return  # no text that a database holds
    feed = Feed("https://a.example/", words, AT, "https://a.example/?a=1&b=2", author=words or "x")
    tree = etree.fromstring(
        written(feed, [Entry("https://a.example/1", words, AT, 'https://a.example/"', words)])
    )
    (summary,) = tree.xpath("a:entry/a:summary", namespaces=SPACE)
    assert (summary.text or "").split() == kept.split()


def test_a_feed_holds_what_the_standard_asks_for() -> None:
    feed = Feed("urn:x", "Kasus", AT, "https://a.example/f", "https://a.example/", rights="CC BY 4.0")
    tree = etree.fromstring(
        written(feed, [Entry("urn:1", "Satu", "2026-01-15T10:00:00+07:00", "https://a.example/1")])
    )
    assert {etree.QName(one).localname for one in tree} == {
        "title",
        "id",
        "updated",
        "link",
        "author",
        "rights",
        "entry",
    }
    assert tree.findtext("a:updated", namespaces=SPACE) == "2026-01-15T03:00:00+00:00"
    assert tree.xpath("a:link[@rel='self']/@href", namespaces=SPACE) == ["https://a.example/f"]
