"""How the error of the model at one place goes with the error at another: by time, by neighbourhood, by distance."""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np

from rob.kernels import geodesic
from rob.types import Bools, Faces, Floats, Ints


@dataclass(frozen=True)
class Prior:
    """Standard deviations of the model's errors, metres, and how far they reach.

    Attributes
    ----------
    sea
        Of the sea level, shared by all places; forgotten over `sea_hours`.
    quarter
        Of a neighbourhood: terrain bias, a blocked drain.
    local
        Of the terrain at a place, alike within `reach` metres on the same side of a dyke.
    own
        Of the very spot, shared with nobody.
    """

    sea: float = 0.10
    quarter: float = 0.12
    local: float = 0.12
    own: float = 0.04
    reach: float = 300.0
    sea_hours: float = 6.0

    @property
    def stays(self) -> float:
        """Variance of the part of the error that stays with the place, m²."""
        return self.quarter**2 + self.local**2 + self.own**2

    @property
    def variance(self) -> float:
        """Variance of the error at one place, m²."""
        return self.sea**2 + self.stays

    def scaled(self, factor: float) -> Prior:
        """The same with every standard deviation times `factor`."""
        return Prior(
            self.sea * factor,
            self.quarter * factor,
            self.local * factor,
            self.own * factor,
            self.reach,
            self.sea_hours,
        )


@dataclass(frozen=True)
class Places:
    """Cells with their time and neighbourhood, all of shape ``(n,)``; hours from a common origin."""

    row: Ints
    column: Ints
    hours: Floats
    quarter: Ints


@dataclass(frozen=True)
class Ground:
    """The grid on which distances are walked: shape, cell side in metres, and the dykes."""

    shape: tuple[int, int]
    cell: float
    dykes: Faces

    def closed(self) -> tuple[Bools, Bools]:
        """Which eastern and southern faces a dyke closes."""
        east, south = np.zeros(self.shape, bool), np.zeros(self.shape, bool)
        south[self.dykes.row[self.dykes.south], self.dykes.column[self.dykes.south]] = True
        east[self.dykes.row[~self.dykes.south], self.dykes.column[~self.dykes.south]] = True
        return east, south

    @functools.cached_property
    def polders(self) -> Ints:
        """Number of the part that each cell lies in, where the dykes cut the grid into parts; shape of the grid."""
        east, south = self.closed()
        found = np.empty(self.shape, np.int32)
        geodesic.regions(east, south, found)
        return found

    def together(self, one: Places, other: Places) -> Bools:
        """Whether two places lie in the same neighbourhood on the same side of the dykes, shape ``(n, k)``."""
        polders = self.polders
        side = polders[one.row, one.column][:, None] == polders[other.row, other.column][None, :]
        return np.asarray(side & (one.quarter[:, None] == other.quarter[None, :]))

    def distances(self, one: Places, other: Places, farthest: float) -> Floats:
        """Metres walked around dykes from each place of `one` to each of `other`; infinite beyond `farthest`.

        Parameters
        ----------
        one, other
            Places; shapes ``(n,)`` and ``(k,)``.
        farthest
            Metres.

        Returns
        -------
        ndarray
            Metres, shape ``(n, k)``.
        """
        east, south = self.closed()
        radius = int(farthest / self.cell) + 1
        found = np.full((len(one.row), len(other.row)), np.inf)
        for n, (row, column) in enumerate(zip(one.row.tolist(), one.column.tolist(), strict=True)):
            i0, i1 = geodesic.window(self.shape[0], row, radius)
            j0, j1 = geodesic.window(self.shape[1], column, radius)
            near = (other.row >= i0) & (other.row < i1) & (other.column >= j0) & (other.column < j1)
            if not near.any():
                continue
            out = geodesic.blank((i1 - i0, j1 - j0))
            geodesic.distances(
                np.ascontiguousarray(east[i0:i1, j0:j1]),
                np.ascontiguousarray(south[i0:i1, j0:j1]),
                row - i0,
                column - j0,
                float(radius),
                out,
            )
            found[n, near] = out[other.row[near] - i0, other.column[near] - j0] * self.cell
        return found


def passing(prior: Prior, one: Places, other: Places) -> Floats:
    """Covariance of the part of the error that the sea makes and forgets, m²: sea² e^(−|Δt|/sea_hours), ``(n, k)``.

    Parameters
    ----------
    prior
        Sizes and reach of the errors.
    one, other
        Places; shapes ``(n,)`` and ``(k,)``.

    Returns
    -------
    ndarray
        m², shape ``(n, k)``.
    """
    later = np.abs(one.hours[:, None] - other.hours[None, :])
    return np.asarray(prior.sea**2 * np.exp(-later / prior.sea_hours))


def lasting(prior: Prior, one: Places, other: Places, ground: Ground) -> Floats:
    """Covariance of the part that stays with the place, m², shape ``(n, k)``.

    quarter² [same neighbourhood, no dyke between] + local² e^(−distance/reach) + own² [same cell].

    Parameters
    ----------
    prior
        Sizes and reach of the errors.
    one, other
        Places; shapes ``(n,)`` and ``(k,)``.
    ground
        For distances that go around dykes, and the parts into which dykes cut the grid.

    Returns
    -------
    ndarray
        m², shape ``(n, k)``.
    """
    same, near = ground.together(one, other), ground.distances(one, other, 3.0 * prior.reach)
    spot = (one.row[:, None] == other.row[None, :]) & (one.column[:, None] == other.column[None, :])
    return np.asarray(
        prior.quarter**2 * same + prior.local**2 * np.exp(-near / prior.reach) + prior.own**2 * spot
    )


def positive(matrix: Floats) -> Floats:
    """The nearest matrix without negative eigenvalues: distances around dykes need not give one by themselves."""
    values, vectors = np.linalg.eigh(0.5 * (matrix + matrix.T))
    if values[0] > 1e-10 * values[-1]:
        return matrix
    return np.asarray((vectors * np.maximum(values, 1e-10 * values[-1])) @ vectors.T)
