"""Rows of a published version by place and time: the columns that are asked for stay in memory, rows are mapped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from rembug.evidence import shelf
from rembug.evidence.formats import rows
from rembug.evidence.queries.datasets import VersionFace
from rembug.evidence.rules.columns import MOMENT
from rembug.lib.errors import NotFound

KEPT = 4
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Found:
    """Some rows, their places in the version, how many fit, and where the next page begins (None at the end)."""

    items: list[dict[str, Any]]
    matched: int
    following: int | None


@dataclass(frozen=True, slots=True)
class Frozen:
    """A version's rows. `lon`, `lat` in degrees (nan: no place), `at` in seconds since 1970; sorted `codes`."""

    table: pa.Table
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    at: NDArray[np.int64]
    codes: NDArray[np.bytes_]
    order: NDArray[np.int64]

    def find(
        self,
        box: Box | None = None,
        span: tuple[datetime | None, datetime | None] = (None, None),
        *,
        after: int = 0,
        limit: int = 100,
    ) -> Found:
        """Return rows inside a box (west, south, east, north; west > east crosses 180°) and a closed time span.

        `after` is the row number before which nothing is returned: a key that stays valid, for nothing moves.
        """
        fits = self._fits(box, span)
        numbers = np.flatnonzero(fits) if fits is not None else np.arange(len(self.at))
        page = numbers[np.searchsorted(numbers, after) :][: limit + 1]
        following = int(page[limit]) if len(page) > limit else None
        return Found(self._rows(page[:limit]), len(numbers), following)

    def one(self, code: str) -> dict[str, Any]:
        """Return the row with this code. Raises `NotFound`."""
        wanted = code.encode()
        place = int(np.searchsorted(self.codes, wanted))
        if place == len(self.codes) or self.codes[place] != wanted:
            raise NotFound("Baris ini tidak ada di versi ini.")
        return self._rows(self.order[place : place + 1])[0]

    @property
    def extent(self) -> Box | None:
        """West, south, east, north of all places; None where there is none."""
        there = ~np.isnan(self.lon)
        if not there.any():
            return None
        lon, lat = self.lon[there], self.lat[there]
        return float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max())

    @property
    def span(self) -> tuple[int, int] | None:
        """First and last moment in seconds since 1970."""
        return (int(self.at.min()), int(self.at.max())) if len(self.at) else None

    def _fits(
        self, box: Box | None, span: tuple[datetime | None, datetime | None]
    ) -> NDArray[np.bool_] | None:
        fits = None
        if box is not None:
            west, south, east, north = box
            across = (self.lon >= west) & (self.lon <= east)
            if west > east:
                across = (self.lon >= west) | (self.lon <= east)
            fits = across & (self.lat >= south) & (self.lat <= north)
        start, end = span
        if start is not None:
            late = self.at >= start.timestamp()
            fits = late if fits is None else fits & late
        if end is not None:
            early = self.at <= end.timestamp()
            fits = early if fits is None else fits & early
        return fits

    def _rows(self, numbers: NDArray[np.int64]) -> list[dict[str, Any]]:
        return list(self.table.take(pa.array(numbers, pa.int64())).to_pylist())


def frozen(city: str, face: VersionFace, subject: str) -> Frozen:
    """Return the rows of a version; the last few asked for stay in this process's memory (24 bytes a row)."""
    return _open(city, face.slug, face.number, MOMENT[subject])


def holds(city: str, face: VersionFace, code: str) -> bool:
    """Tell whether a version has a row with this code; nothing of it is kept in memory."""
    table = rows.open_rows(shelf.local(f"{shelf.folder(city, face.slug, face.number)}/{rows.NAME}"))
    return bool(pc.index(table.column("code"), code).as_py() >= 0)


@lru_cache(maxsize=KEPT)
def _open(city: str, slug: str, number: int, moment: str) -> Frozen:
    table = rows.open_rows(shelf.local(f"{shelf.folder(city, slug, number)}/{rows.NAME}"))
    codes = np.array(table.column("code").to_pylist(), dtype="S16")
    order = np.argsort(codes, kind="stable")
    return Frozen(
        table=table,
        lon=table.column("lon").to_numpy(),
        lat=table.column("lat").to_numpy(),
        at=table.column(moment).cast(pa.int64()).to_numpy(),
        codes=codes[order],
        order=order,
    )


def forget() -> None:
    """Forget what is kept in memory (tests)."""
    _open.cache_clear()
