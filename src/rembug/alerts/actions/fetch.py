"""Asking the official feed: gently, a few messages at a time; what was taken stays when the feed is away."""

from __future__ import annotations

from lxml import etree

from rembug.alerts.actions.relay import relay
from rembug.alerts.models import Feed
from rembug.alerts.queries.setup import facts_of
from rembug.lib import clock, http
from rembug.lib.actor import Actor
from rembug.lib.errors import Invalid, RembugError

MOST = 20  # messages a look: with one look in five minutes far below the 60 a minute that BMKG allows
KEPT = 500
LARGEST = 500_000


def fetch_feed(city: str, *, actor: Actor) -> int:
    """Relay what is new in a city's official feed; return how many. A feed that fails is noted with its reason."""
    facts, now = facts_of(city), clock.now()
    if not facts.feed:
        return 0
    row, _ = Feed.objects.get_or_create(city=city, defaults={"asked_at": now})
    row.asked_at, done = now, 0
    try:
        links = _links(http.fetch(facts.feed, largest=LARGEST).body)
        for address in [link for link in links if link not in row.seen][:MOST]:
            done += _take(city, address, facts.feed_areas, actor)
            row.seen = [address, *row.seen][:KEPT]
        row.heard_at, row.fault = now, ""
    except RembugError as error:
        row.fault = error.message[:300]
    row.save()
    return done


def _take(city: str, address: str, areas: tuple[str, ...], actor: Actor) -> int:
    """Relay one message when it names the city's part of the country; a bad one is passed over."""
    data = http.fetch(address, largest=LARGEST).body
    if areas and not any(area.casefold() in data.decode("utf-8", "replace").casefold() for area in areas):
        return 0
    try:
        relay(actor=actor, city=city, data=data, source=address)
    except Invalid:
        return 0
    return 1


def _links(data: bytes) -> list[str]:
    """Return the addresses of CAP files that an RSS or Atom feed names, in its order."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise Invalid("Umpan resmi memuat DOCTYPE dan tidak dibaca.")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Invalid(f"Umpan resmi tidak terbaca: {error}") from error
    found = []
    for node in root.iter("{*}link"):
        address = (node.get("href") or node.text or "").strip()
        if address.startswith("https://") and address.endswith(".xml") and address not in found:
            found.append(address)
    return found
