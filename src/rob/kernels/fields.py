"""Random fields: the error of a terrain, alike at neighbouring cells."""

from __future__ import annotations

import numpy as np

from rob.types import Floats


def correlated(shape: tuple[int, int], cell: float, reach: float, rng: np.random.Generator) -> Floats:
    """A Gaussian field of unit variance with correlation e^(−distance/reach).

    Parameters
    ----------
    shape
        Rows and columns.
    cell, reach
        Metres.
    rng
        Source of chance; the same state gives the same field.

    Notes
    -----
    Circulant embedding on a torus large enough that its far side is out of reach (Dietrich and Newsam 1997); negative
    eigenvalues, small for the exponential, are set to zero.
    """
    far = int(np.ceil(5.0 * reach / cell))
    size = [length + far for length in shape]
    away = [np.minimum(np.arange(n), n - np.arange(n)) * cell for n in size]
    kernel = np.exp(-np.hypot(away[0][:, None], away[1][None, :]) / max(reach, 1e-9))
    power = np.maximum(np.fft.rfft2(kernel).real, 0.0)
    noise = np.fft.rfft2(rng.standard_normal(size))
    return np.ascontiguousarray(np.fft.irfft2(noise * np.sqrt(power), s=size)[: shape[0], : shape[1]])
