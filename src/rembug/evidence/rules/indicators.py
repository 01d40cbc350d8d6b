"""Named measures over frozen reports, day by day: how often, how long, how deep; "unknown" where nobody looked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from rembug.lib.shares import wilson

SURE = 0.5  # probability from which a report of water counts as water
HOUR_S, DAY_S = 3600, 86_400
FEWEST_DAYS = 5
FEWEST_ROWS = 10  # cases or incidents below which no share is told
CLOSED_CM = 30.0  # depth from which a road is closed to cars
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Indicator:
    """A measure: its code, words, unit, formula, and the least share of days that must have been observed.

    Pairs are Indonesian, English. `is_share`: a share, told as a percentage. `kind`: reckoned from `days`, from the
    `clocks` of cases, the `voices` of incidents, or from `people` in cells (a range, never one number). `subject`:
    rows that it is reckoned from.
    """

    code: str
    names: tuple[str, str]
    unit: tuple[str, str]
    formula: tuple[str, str]
    min_coverage: float
    is_share: bool = False
    kind: Literal["days", "clocks", "people", "voices"] = "days"
    subject: str = "reports"


INDICATORS = {
    one.code: one
    for one in (
        Indicator(
            code="flood_days",
            names=("Hari rob", "Days with tidal flood"),
            unit=("bagian hari teramati", "share of observed days"),
            formula=(
                (
                    "1 pada hari dengan laporan ada air yang peluang benarnya paling sedikit 0,5; selain itu 0. "
                    "Dirata-rata atas hari yang ada laporannya."
                ),
                "1 on a day with a report of water of probability ≥ 0.5, else 0; mean over days with any report",
            ),
            min_coverage=0.3,
            is_share=True,
        ),
        Indicator(
            code="flood_hours",
            names=("Jam rob", "Hours of tidal flood"),
            unit=("jam per hari teramati", "hours per observed day"),
            formula=(
                (
                    "Banyak jam dengan laporan ada air yang peluang benarnya paling sedikit 0,5. "
                    "Dirata-rata atas hari yang ada laporannya."
                ),
                "clock hours with a report of water of probability ≥ 0.5; mean over days with any report",
            ),
            min_coverage=0.3,
        ),
        Indicator(
            code="deepest",
            names=("Air terdalam", "Deepest water"),
            unit=("cm per hari teramati", "cm per observed day"),
            formula=(
                (
                    "Tengah kelas kedalaman terdalam di antara laporan yang peluang benarnya paling sedikit 0,5; "
                    "0 pada hari kering. Dirata-rata atas hari yang ada laporannya."
                ),
                "deepest middle of a depth class among reports of probability ≥ 0.5, 0 on a dry day; mean over days",
            ),
            min_coverage=0.3,
        ),
        Indicator(
            code="road_closed",
            names=("Hari jalan tertutup air", "Days with the road closed by water"),
            unit=("bagian hari teramati", "share of observed days"),
            formula=(
                (
                    "1 pada hari dengan laporan air sedalam 30 cm atau lebih (tengah kelasnya) yang peluang benarnya "
                    "paling sedikit 0,5; selain itu 0. Mobil tidak bisa lewat mulai 30 cm (Pregnolato dkk. 2017). "
                    "Dirata-rata atas hari yang ada laporannya."
                ),
                (
                    "1 on a day with a report of water of 30 cm or more (middle of its class), probability ≥ 0.5; "
                    "else 0; closed to cars from 30 cm (Pregnolato et al. 2017); mean over days with any report"
                ),
            ),
            min_coverage=0.3,
            is_share=True,
        ),
        Indicator(
            code="people_affected",
            names=("Warga yang tempat tinggalnya kena air", "People who live where there was water"),
            unit=("orang, kira-kira", "people, about"),
            formula=(
                (
                    "Untuk tiap kelurahan: penduduk × bagian sel (H3, sekitar 0,1 km²) yang ada air pada masa itu. "
                    "Batas bawah: hanya sel dengan laporan air yang peluang benarnya paling sedikit 0,5. Batas atas: "
                    "sel yang tidak dilaporkan dianggap sebasah batas atas Wilson 90% dari sel yang dilaporkan. "
                    "Dijumlah, lalu dibulatkan ke luar."
                ),
                (
                    "for each kelurahan: population × share of its H3 cells (about 0.1 km²) with water in the span; "
                    "low: only cells with a report of water of probability ≥ 0.5; high: cells without any report are "
                    "taken as wet as Wilson's upper 90 % end of those that were seen; summed, rounded outwards"
                ),
            ),
            min_coverage=0.3,
            kind="people",
        ),
        Indicator(
            code="answered_in_time",
            names=("Kasus dijawab tepat waktu", "Cases answered in time"),
            unit=("bagian jawaban yang jatuh tempo", "share of answers that fell due"),
            formula=(
                (
                    "Dari kasus yang batas jawaban pertamanya jatuh pada masa itu: bagian yang dijawab paling lambat "
                    "pada batasnya. Batas: kelas kasus menurut paket kota, dalam hari kerja. Selang Wilson 90%. "
                    "Kelengkapan: bagian kasus yang dipegang pihak yang sudah bergabung. Paling sedikit 10 kasus."
                ),
                (
                    "of cases whose first answer fell due in the span: the share answered by then; due dates by the "
                    "class of the city pack in working days; Wilson 90 %; coverage: the share of cases in the hands "
                    "of bodies that joined; at least ten cases"
                ),
            ),
            min_coverage=0.3,
            is_share=True,
            kind="clocks",
            subject="cases",
        ),
        Indicator(
            code="heard_by_others",
            names=(
                "Kejadian yang diceritakan lebih dari satu orang",
                "Incidents that more than one person told of",
            ),
            unit=("bagian kejadian", "share of incidents"),
            formula=(
                (
                    "Dari kejadian yang mulai pada masa itu: bagian yang punya dua saksi saling bebas atau lebih. "
                    "Kejadian yang laporan terakhirnya kurang dari 24 jam sebelum data dibekukan belum dihitung: "
                    "tetangga masih bisa bicara. Selang Wilson 90%. Kelengkapan: bagian kejadian yang sudah dihitung. "
                    "Paling sedikit 10 kejadian. Ini bukan jumlah warga yang peduli: orang yang memakai telepon yang "
                    "sama, yang lewat jalur lain, atau yang diam tidak terlihat di sini."
                ),
                (
                    "of incidents that began in the span: the share with two independent witnesses or more; those "
                    "whose last report came less than 24 hours before the freeze are not counted yet; Wilson 90 %; "
                    "coverage: the share of incidents that is counted; at least ten; it is no count of people who "
                    "care: who shares a phone, uses another channel or stays silent is not seen here"
                ),
            ),
            min_coverage=0.3,
            is_share=True,
            kind="voices",
            subject="incidents",
        ),
    )
}
DAILY = tuple(code for code, one in INDICATORS.items() if one.kind == "days")


@dataclass(frozen=True, slots=True)
class Rows:
    """Frozen reports as columns of one length: seconds since 1970, area codes, water or dry, cm (nan), probability."""

    at: NDArray[np.int64]
    areas: NDArray[np.str_]
    wet: NDArray[np.bool_]
    depth_cm: Floats
    probability: Floats

    def only(self, chosen: NDArray[np.bool_]) -> Rows:
        """Return the rows that a mask of the same length names."""
        return Rows(
            self.at[chosen],
            self.areas[chosen],
            self.wet[chosen],
            self.depth_cm[chosen],
            self.probability[chosen],
        )


@dataclass(frozen=True, slots=True)
class Measured:
    """An indicator over a span: its value with a 90 % interval; None where too little was observed.

    A range has `low` and `high` and no value. `days_seen` of `days`: what was counted, in days, cells or cases.
    """

    value: float | None
    low: float | None
    high: float | None
    coverage: float
    days_seen: int
    days: int

    @property
    def known(self) -> bool:
        """Tell whether anything can be said."""
        return self.low is not None


def daily(rows: Rows, code: str, areas: Iterable[str], first: date, days: int, offset_s: int) -> Floats:
    """Return the indicator for each local day from `first` on, nan on days without any report from these areas.

    An area takes in those below it. `offset_s` are the seconds that the city's clock is ahead of UTC.
    """
    return days_of(rows.only(inside(rows.areas, tuple(areas))), code, first, days, offset_s)


def days_of(rows: Rows, code: str, first: date, days: int, offset_s: int) -> Floats:
    """Return the indicator of all these rows for each local day, as `daily` does."""
    local = rows.at + offset_s - _ordinal_s(first)
    day = local // DAY_S
    chosen = (day >= 0) & (day < days)
    water = chosen & rows.wet & (rows.probability >= SURE)
    found = np.full(days, np.nan)
    found[np.unique(day[chosen])] = 0.0
    if code == "flood_days":
        found[np.unique(day[water])] = 1.0
    elif code == "road_closed":
        found[np.unique(day[water & (rows.depth_cm >= CLOSED_CM)])] = 1.0  # nan is not deeper
    elif code == "flood_hours":
        hours = np.unique(local[water] // HOUR_S)
        number, count = np.unique(hours // 24, return_counts=True)
        found[number] = count
    elif code == "deepest":
        known = water & ~np.isnan(rows.depth_cm)
        np.maximum.at(found, day[known], rows.depth_cm[known])
    else:
        msg = f"no such indicator: {code}"
        raise ValueError(msg)
    return found


def measure(values: Floats, min_coverage: float) -> Measured:
    """Return the mean over observed days with its interval: widened for the memory of successive days.

    Below the least coverage, or with fewer than five observed days, the value is unknown.
    """
    seen = ~np.isnan(values)
    count, days = int(seen.sum()), len(values)
    coverage = round(count / days, 4) if days else 0.0
    if count < FEWEST_DAYS or coverage < min_coverage:
        return Measured(None, None, None, coverage, count, days)
    known = values[seen]
    mean = float(known.mean())
    left = values - mean
    pairs = left[:-1] * left[1:]
    pairs = pairs[~np.isnan(pairs)]
    variance = (float(((known - mean) ** 2).sum()) + max(float(known.var()), 1e-9)) / count
    rho = float(np.clip(pairs.mean() / variance, 0.0, 0.8)) if len(pairs) >= 3 else 0.0
    half = 1.6449 * float(np.sqrt(variance / count * (1 + rho) / (1 - rho)))
    return Measured(mean, max(mean - half, 0.0), mean + half, coverage, count, days)


def share_of(count: int, of: int, without: int, min_coverage: float) -> Measured:
    """Return the share of `count` in `of` rows with Wilson's 90 % interval (1927).

    `without` are rows of the span that cannot be counted. Fewer than ten rows, or a smaller share of rows that count
    than the least coverage, are too little: then nothing is known.
    """
    every = of + without
    coverage = round(of / every, 4) if every else 0.0
    if of < FEWEST_ROWS or coverage < min_coverage:
        return Measured(None, None, None, coverage, of, every)
    found = wilson(count, of)
    return Measured(found.share, found.low, found.high, coverage, of, every)


def inside(codes: NDArray[np.str_], areas: tuple[str, ...]) -> NDArray[np.bool_]:
    """Tell for each code whether it is one of some areas, or lies in one."""
    unique, back = np.unique(codes, return_inverse=True)
    fits = np.array(
        [any(one == area or one.startswith(f"{area}.") for area in areas) for one in unique], bool
    )
    return np.asarray(fits[back])


def _ordinal_s(day: date) -> int:
    return (day.toordinal() - date(1970, 1, 1).toordinal()) * DAY_S
