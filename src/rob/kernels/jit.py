"""How the engine compiles: one place for the settings of Numba, with types that mypy keeps.

`compiled` caches on disk, so a second process starts without compiling. Loops that sum in an order that matters for
exactness (mass balance) must not use `fast`.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba


def cache_folder() -> Path:
    """Where compiled kernels are kept: one folder for each state of the kernel sources.

    Numba looks at the file of a function alone: a change in a kernel that another file calls would go unseen and the
    old machine code run on. So the folder is named by the text of all of them.
    """
    text = b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return home / "rob" / hashlib.sha256(text).hexdigest()[:16]


# Threads that wait for the end of a step must sleep, not spin: the machine has other work.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
config: Any = numba.config
if not config.CACHE_DIR:
    config.CACHE_DIR = str(cache_folder())

F = TypeVar("F", bound=Callable[..., Any])

# Only what vectorises without changing the meaning of zero: "reassoc" would break the mass balance.
FAST = {"contract", "arcp", "nsz"}


def compiled(function: F) -> F:
    """Compile in strict IEEE arithmetic, without the interpreter lock, cached on disk."""
    return cast(F, numba.njit(cache=True, nogil=True, error_model="numpy")(function))


def fast(function: F) -> F:
    """Compile with fused multiply-add and reciprocal division."""
    return cast(F, numba.njit(cache=True, nogil=True, error_model="numpy", fastmath=FAST)(function))


def inline(function: F) -> F:
    """A small helper that is pasted into the loop that calls it, so that the loop still vectorises."""
    return cast(F, numba.njit(inline="always", error_model="numpy")(function))


def threaded(function: F) -> F:
    """Like `fast`, with loops over `numba.prange` spread over the threads."""
    return cast(
        F, numba.njit(cache=True, nogil=True, parallel=True, error_model="numpy", fastmath=FAST)(function)
    )


def swift(function: F) -> F:
    """Like `fast` for inner loops over numbers already known to be finite: minima and maxima vectorise too."""
    return cast(
        F, numba.njit(cache=True, nogil=True, error_model="numpy", fastmath=FAST | {"nnan", "ninf"})(function)
    )


def loose(function: F) -> F:
    """Like `swift`, and free to reorder sums: only where a sum is a test or its order does not matter."""
    return cast(F, numba.njit(cache=True, nogil=True, error_model="numpy", fastmath=True)(function))
