"""The reasons of a judgement in 38 bytes a report: what a page needs to say them again, for millions of rows."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .assess import Assessment
from .observations import Observations, Photo
from .parameters import SIGNALS

SMALLEST = 0.05
SCALE = 1000.0  # contributions are kept to a thousandth of log-odds
NUMBERS = ("count", "metres", "minutes", "against", "votes", "accuracy")
TENTHS = {"count", "against"}
WIDTH = len(SIGNALS) + len(NUMBERS)
PHOTOS = (
    (Photo.REUSED, "photo_reused"),
    (Photo.MISFIT, "photo_misfit"),
    (Photo.FITS, "photo_fits"),
    (Photo.EXIF_FITS, "photo_exif"),
)


def pack(table: Observations, judged: Assessment, rows: NDArray[np.int64]) -> list[bytes]:
    """Return the packed reasons of these rows: little-endian int16, `WIDTH` numbers each."""
    heard = judged.testimony
    columns = {
        "count": heard.count[rows] * 10,
        "metres": heard.farthest_m[rows],
        "minutes": heard.longest_s[rows] / 60,
        "against": heard.count_against[rows] * 10,
        "votes": heard.vote_count[rows],
        "accuracy": table.accuracy_m[rows],
    }
    numbers = np.stack([columns[name] for name in NUMBERS], axis=1)
    all_of_it = np.concatenate([judged.contributions[rows] * SCALE, numbers], axis=1)
    packed = np.clip(np.rint(np.nan_to_num(all_of_it)), -32_768, 32_767).astype("<i2")
    return [row.tobytes() for row in packed]


def contributions(packed: NDArray[np.object_]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return the contributions (n, len(SIGNALS)) that were packed, and for which rows there were any."""
    there = np.array([len(row) == 2 * WIDTH for row in packed], dtype=np.bool_)
    whole = b"".join(row if known else bytes(2 * WIDTH) for row, known in zip(packed, there, strict=True))
    numbers = np.frombuffer(whole, dtype="<i2").reshape(-1, WIDTH)
    return numbers[:, : len(SIGNALS)] / SCALE, there


def unpack(packed: bytes, photo: int, decided: str) -> list[dict[str, Any]]:
    """Return the reasons as `code`, `log_odds` and `numbers`, heaviest first; those below 0.05 are left out.

    `photo` are the report's photo flags and `decided` its standing decision, as they are stored beside.
    """
    if len(packed) != 2 * WIDTH:
        return []
    values = np.frombuffer(packed, dtype="<i2").astype(float)
    weights = np.round(values[: len(SIGNALS)] / SCALE, 2)
    numbers = {
        name: float(value) / (10 if name in TENTHS else 1)
        for name, value in zip(NUMBERS, values[len(SIGNALS) :], strict=True)
    }
    found = [
        {"code": _code(name, photo), "log_odds": float(weight), "numbers": _numbers(name, numbers)}
        for name, weight in zip(SIGNALS, weights, strict=True)
        if abs(weight) >= SMALLEST
    ]
    if decided:
        found.append({"code": f"decided_{decided}", "log_odds": 0.0, "numbers": {}})
    return sorted(found, key=lambda reason: (-abs(float(str(reason["log_odds"]))), str(reason["code"])))


def _code(name: str, photo: int) -> str:
    if name != "photo":
        return name
    return next((code for flag, code in PHOTOS if photo & flag), "photo_has")


def _numbers(name: str, numbers: dict[str, float]) -> dict[str, float]:
    if name.startswith("witnesses"):
        return {key: numbers[key] for key in ("count", "metres", "minutes")}
    if name.startswith("against"):
        return {"count": numbers["against"]}
    if name.startswith("votes"):
        return {"count": numbers["votes"]}
    if name == "accuracy":
        return {"metres": numbers["accuracy"]}
    return {}
