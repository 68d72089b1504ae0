"""Compiled functions: machine code from loops that numpy has no word for, kept on disk between runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

import numba

Loop = TypeVar("Loop", bound=Callable[..., object])


def _spare_linear_algebra() -> None:
    """Let numba load without SciPy's linear algebra, an eighth of a second that none of our loops needs.

    Numba imports it with its first compiled function, only to learn whether it is there; SciPy is, as we depend on it.
    A loop that does use it still loads it when it is compiled.
    """
    try:
        from numba.np import linalg

        known = linalg.ensure_blas
    except (ImportError, AttributeError):
        # Another version of numba, which looks elsewhere.
        return
    linalg.ensure_blas = lambda: None
    try:
        import numba.np.arraymath  # noqa: F401 (what looks for it)
    finally:
        linalg.ensure_blas = known


_spare_linear_algebra()


def compiled(loop: Loop) -> Loop:
    """Compile a function on its first call, and keep the code on disk where there is a place for it."""
    try:
        return cast(Loop, numba.njit(cache=True, nogil=True, fastmath=True)(loop))
    except RuntimeError:
        # Neither the package's folder nor the user's cache can be written (a locked-down container): compile each run.
        return cast(Loop, numba.njit(nogil=True, fastmath=True)(loop))
