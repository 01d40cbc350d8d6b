"""Cells, names and shapes as plain Python: no Django, no database."""

from rembug.places.rules.cells import cell, cells, centre, edge_m, neighbours, parent
from rembug.places.rules.index import AreaHit, AreaIndex, Shape
from rembug.places.rules.names import Finding, Match, Named, find, plain

__all__ = [
    "AreaHit",
    "AreaIndex",
    "Finding",
    "Match",
    "Named",
    "Shape",
    "cell",
    "cells",
    "centre",
    "edge_m",
    "find",
    "neighbours",
    "parent",
    "plain",
]
