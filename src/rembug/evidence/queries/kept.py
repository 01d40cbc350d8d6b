"""What was reckoned of frozen versions, kept in this process's memory within a bound."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

from rembug.places import queries as places

T = TypeVar("T")


class Kept(Generic[T]):
    """Values by city and key. The oldest goes first; all of a city go when its pack or shapes change.

    `most` bounds the sum of `weight` over all values, each at least one; what weighs more alone is not kept.
    """

    def __init__(self, most: int, weight: Callable[[T], int] = lambda _: 1) -> None:
        self._most, self._weigh = most, weight
        self._held: dict[tuple[str, Hashable], tuple[T, int]] = {}
        self._versions: dict[str, str] = {}
        self._weight = 0
        self._lock = Lock()

    @property
    def weight(self) -> int:
        """The weight of all that is kept."""
        return self._weight

    def get(self, city: str, key: Hashable, make: Callable[[], T]) -> T:
        """Return the value of a key of a city, made where it is not kept."""
        version = places.version(city)
        with self._lock:
            self._turn(city, version)
            found = self._held.get((city, key))
        if found is not None:
            return found[0]
        made = make()
        with self._lock:
            if self._versions[city] == version:
                self._keep((city, key), made)
        return made

    def _turn(self, city: str, version: str) -> None:
        if self._versions.setdefault(city, version) == version:
            return
        self._versions[city] = version
        for key in [key for key in self._held if key[0] == city]:
            self._drop(key)

    def _keep(self, key: tuple[str, Hashable], made: T) -> None:
        weight = max(1, self._weigh(made))
        self._drop(key)
        if weight > self._most:
            return
        while self._weight + weight > self._most:
            self._drop(next(iter(self._held)))
        self._held[key] = made, weight
        self._weight += weight

    def _drop(self, key: tuple[str, Hashable]) -> None:
        found = self._held.pop(key, None)
        self._weight -= found[1] if found else 0
