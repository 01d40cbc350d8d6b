"""Reading Indonesian texts, and following water by area and hour. The sentences are our own."""

from __future__ import annotations

import numpy as np
import pytest

from rembug.reports.rules.presence import Evidence, follow
from rembug.reports.rules.words import Water, read


@pytest.mark.parametrize(
    ("text", "water"),
    [
        ("Banjiiir di depan gang, tolong pompa", Water.PRESENT),
        ("air sudah masuk rumah warga", Water.PRESENT),
        ("rob masuk kampung lagi", Water.PRESENT),
        ("Genangan di jalan raya", Water.PRESENT),
        ("warga banjir semua", Water.PRESENT),
        ("belum surut juga sampai siang", Water.STILL),
        ("masih banjir pak lurah", Water.STILL),
        ("banjir dari pagi blm surut", Water.STILL),
        ("#banjirbelumsurut", Water.STILL),
        ("sudah surut, jalan bisa dilewati", Water.GONE),
        ("alhamdulillah sudah kering", Water.GONE),
        ("tidak ada banjir di sini", Water.GONE),
        ("mulai surut sedikit", Water.RECEDING),
        ("selalu banjir kalau hujan deras", Water.HABIT),
        ("selokan dangkal bisa mengakibatkan banjir", Water.HABIT),
        ("trotoar dipakai jualan", Water.NONE),
        ("lampu jalan mati", Water.NONE),
        ("", Water.NONE),
    ],
)
def test_a_text_says_water_or_its_end(text: str, water: Water) -> None:
    assert read(text).water == water


@pytest.mark.parametrize(
    ("text", "depth"),
    [
        ("air setinggi 40-50 cm", (40.0, 50.0)),
        ("banjir 1,5 m", (150.0, 150.0)),
        ("sudah selutut orang dewasa", (35.0, 55.0)),
        ("semata kaki", (5.0, 15.0)),
        ("sepinggang", (80.0, 110.0)),
        ("jalan sepanjang 900 m tergenang", None),
        ("banjir", None),
    ],
)
def test_a_text_says_how_deep(text: str, depth: tuple[float, float] | None) -> None:
    assert read(text).depth_cm == depth


def _row_of_streets(n: int) -> np.ndarray:
    matrix = np.zeros((n, n))
    for k in range(n - 1):
        matrix[k, k + 1] = matrix[k + 1, k] = 1.0
    return np.asarray(matrix / matrix.sum(axis=1, keepdims=True))


def test_water_appears_where_people_tell_of_it_and_dries_up_later() -> None:
    evidence = Evidence(np.array([5, 5]), np.array([2, 2]), np.array([1.0, 1.0]))
    belief = follow(evidence, np.arange(40), _row_of_streets(60))
    assert belief[1, 5] < 0.05 < 0.5 < belief[2, 5]
    assert belief[39, 5] < 0.1
    assert belief[3, 40] < belief[3, 6] < belief[3, 5]


def test_the_end_told_by_people_ends_it_at_once() -> None:
    over = Evidence(np.array([5, 5, 5]), np.array([2, 2, 4]), np.array([1.0, 1.0, -1.5]))
    lasting = Evidence(np.array([5, 5]), np.array([2, 2]), np.array([1.0, 1.0]))
    streets = _row_of_streets(60)
    assert follow(over, np.arange(6), streets)[4, 5] < 0.5 * follow(lasting, np.arange(6), streets)[4, 5]


def test_silence_counts_only_while_the_city_talks() -> None:
    talk = np.repeat(np.arange(3, 7), 8)
    others = np.arange(len(talk)) % 20 + 30
    quiet = Evidence(np.array([5, 5]), np.array([2, 2]), np.array([1.0, 1.0]))
    loud = Evidence(np.concatenate([[5, 5], others]), np.concatenate([[2, 2], talk]), np.ones(2 + len(talk)))
    streets = _row_of_streets(60)
    assert follow(loud, np.arange(8), streets)[7, 5] < follow(quiet, np.arange(8), streets)[7, 5]
