"""Reading Indonesian texts. The sentences are our own."""

from __future__ import annotations

import pytest

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
