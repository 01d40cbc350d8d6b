"""What this process knows of a city, read once and read again when the city's version changes."""

import time
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.conf import settings

from rembug.lib.errors import NotFound
from rembug.lib.pack import CityFacts, facts_from_json
from rembug.places.models import City

LOOK_AGAIN_S = 1.0  # an import in another process is noticed within this time
T = TypeVar("T")


@dataclass(slots=True)
class _Seen:
    key: tuple[int, str]
    facts: CityFacts
    looked_at: float
    simulated: bool = False


_seen: dict[str, _Seen] = {}


def city(slug: str) -> CityFacts:
    """Return the facts of a city. Raises `NotFound` when no pack of that name is loaded."""
    return _fresh(slug).facts


def version(slug: str) -> str:
    """Return a word that changes whenever the city's pack or shapes change (for caches and ETags)."""
    return _fresh(slug).key[1]


def is_simulated(slug: str) -> bool:
    """Tell whether the city's reports are made up (a demonstration). Raises `NotFound`."""
    return _fresh(slug).simulated


def cities() -> list[str]:
    """Return the slugs of all loaded cities."""
    return list(City.objects.order_by("slug").values_list("slug", flat=True))


def slug_of_host(host: str) -> str:
    """Return the city that a host name serves: a setting, a host of a loaded pack, or the default city."""
    name = host.partition(":")[0].lower()
    if name in settings.CITY_HOSTS:
        return str(settings.CITY_HOSTS[name])
    return _pack_hosts().get(name, str(settings.DEFAULT_CITY))


def forget() -> None:
    """Forget what this process keeps: after a change here, and between tests."""
    _seen.clear()
    _hosts.clear()


_hosts: dict[str, tuple[float, dict[str, str]]] = {}


def _pack_hosts() -> dict[str, str]:
    kept = _hosts.get("")
    now = time.monotonic()
    if kept is None or now - kept[0] > LOOK_AGAIN_S:
        found = {
            host: slug
            for slug, hosts in City.objects.order_by("-slug").values_list("slug", "pack__hosts")
            for host in hosts or ()
        }
        kept = _hosts[""] = (now, found)
    return kept[1]


def _fresh(slug: str) -> _Seen:
    now = time.monotonic()
    kept = _seen.get(slug)
    if kept is not None and now - kept.looked_at < LOOK_AGAIN_S:
        return kept
    row = City.objects.filter(slug=slug).values_list("pk", "version", "simulated_at").first()
    if row is None:
        _seen.pop(slug, None)
        raise NotFound(f"Kota {slug!r} belum dimuat. Muat dengan: rembug city load cities/{slug}")
    key, simulated = (row[0], row[1]), row[2] is not None
    if kept is not None and kept.key == key:
        kept.looked_at, kept.simulated = now, simulated
        return kept
    facts = facts_from_json(City.objects.values_list("pack", flat=True).get(pk=key[0]))
    fresh = _seen[slug] = _Seen(key, facts, now, simulated)
    return fresh


def key_of(slug: str) -> tuple[int, str]:
    """Return the key under which derived things of this city may be kept: row and version."""
    return _fresh(slug).key


class Kept(Generic[T]):
    """One derived value a city, built again when the city's key changes. Two threads may build it twice: harmless."""

    def __init__(self) -> None:
        self._values: dict[str, tuple[tuple[int, str], T]] = {}

    def get(self, slug: str, key: tuple[int, str]) -> T | None:
        """Return the value when it belongs to this key."""
        kept = self._values.get(slug)
        return kept[1] if kept is not None and kept[0] == key else None

    def put(self, slug: str, key: tuple[int, str], value: T) -> T:
        """Keep a value in place of the one before, and return it."""
        self._values[slug] = (key, value)
        return value
