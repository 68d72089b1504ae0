"""Compiled functions: machine code from loops that numpy has no word for, kept on disk between runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

import numba

Loop = TypeVar("Loop", bound=Callable[..., object])


def compiled(loop: Loop) -> Loop:
    """Compile a function on its first call, and keep the code on disk where there is a place for it."""
    try:
        return cast(Loop, numba.njit(cache=True, nogil=True, fastmath=True)(loop))
    except RuntimeError:
        # Neither the package's folder nor the user's cache can be written (a locked-down container): compile each run.
        return cast(Loop, numba.njit(nogil=True, fastmath=True)(loop))
