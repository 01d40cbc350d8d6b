"""The common map of the simulated week: a group draws it on paper, a neighbour looks at it, the worker freezes it."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid5

from django.utils import timezone
from shapely.geometry import LineString, Point

from rembug.evidence.actions.make import make_waiting
from rembug.evidence.actions.workshop import Drawn, Opening, add_items, freeze_workshop, open_workshop, review
from rembug.evidence.queries.workshops import items
from rembug.evidence.rules.workshop import Legend
from rembug.lib import clock
from rembug.web.demo.cast import SYSTEM, Cast
from rembug.web.demo.spots import Spot

SPACE = UUID("3d1b9f64-51a7-4d0e-8f0b-70d6a5e2c418")  # of made-up form numbers, so that a week is lived once
TITLE, PEOPLE, CORNERS = "Peta saluran dan rob (simulasi)", 24, 6
LEGEND = (
    Legend("l1", "Saluran buntu"),
    Legend("l2", "Pompa perlu"),
    Legend("l3", "Rumah yang perlu dibantu saat rob", is_home=True),
)
VOTES = (11, 9, 14, 8, 12, 10)  # how many of the people marked a corner
METRES = 0.0005  # of a degree, about 55 metres


def draw(city: str, cast: Cast, spots: list[Spot]) -> None:
    """Draw a common map of the lowest corners; all but its last mark are accepted and frozen, that one waits."""
    actor, body = cast.publisher
    row = open_workshop(
        actor=actor,
        city=city,
        said=Opening(
            action_id=uuid5(SPACE, f"{city}:map"),
            body=body,
            title=TITLE,
            purpose="Supaya warga dan dinas melihat saluran yang sama. Ini contoh: bukan kejadian nyata.",
            held_on=timezone.localtime(clock.now()).date() - timedelta(days=3),
            participants=PEOPLE,
            method="paper",
            legend=LEGEND,
            dimensions=("environment", "society"),
        ),
    )
    if not add_items(
        actor=actor, city=city, code=row.code, action_id=uuid5(SPACE, f"{city}:marks"), items=_marks(spots)
    ):
        return
    _accept(city, cast, row.code)
    waiting = Drawn("l2", "Pompa kedua, belum diperiksa", Point(spots[0].lon, spots[0].lat), 5)
    add_items(actor=actor, city=city, code=row.code, action_id=uuid5(SPACE, f"{city}:late"), items=[waiting])
    freeze_workshop(actor=actor, city=city, code=row.code, note="Versi pertama. Simulasi.")
    make_waiting(actor=SYSTEM)


def _marks(spots: list[Spot]) -> list[Drawn]:
    """Return a blocked drain, a wanted pump or a home at each low corner; homes are moved as for anybody."""
    found = []
    for place, (spot, votes) in enumerate(zip(spots[:CORNERS], VOTES, strict=False)):
        here = Point(spot.lon, spot.lat)
        drain = LineString([(spot.lon, spot.lat), (spot.lon + METRES, spot.lat - METRES)])
        found.append(
            (
                Drawn("l1", "Penuh lumpur dan sampah", drain, votes),
                Drawn("l2", "Air kembali dari saluran", here, votes),
                Drawn("l3", "Lansia", here, votes),
            )[place % 3]
        )
    return found


def _accept(city: str, cast: Cast, code: str) -> None:
    checker = cast.verifiers[-1]
    codes = [one.code for one in items(cast.publisher[0], city, code)]
    review(actor=checker, city=city, code=code, items=codes, accept=True)
