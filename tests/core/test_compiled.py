from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import numba
import numpy as np
import pytest

from phonoscope.core.compiled import compiled


def _doubled(values: np.typing.NDArray[np.float32]) -> float:
    total = 0.0
    for value in values:
        total += 2 * value
    return total


def test_works_where_nothing_can_be_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    real: Any = numba.njit
    # At its first use numba compiles parts of itself.
    real(_doubled)(np.zeros(1, np.float32))

    def locked(*, cache: bool = False, **options: Any) -> Callable[..., Any]:
        if cache:
            raise RuntimeError("cannot cache function: no locator available")
        return real(**options)  # type: ignore[no-any-return]

    monkeypatch.setattr(numba, "njit", locked)
    assert compiled(_doubled)(np.array([1, 2, 4], np.float32)) == 14


def test_linear_algebra_is_loaded_where_it_is_used() -> None:
    program = """
import sys, numba, numpy
from phonoscope.core.compiled import compiled
@numba.njit
def total(values): return values.sum()
total(numpy.ones(3))
assert "scipy.linalg" not in sys.modules
@numba.njit
def product(a, b): return numpy.dot(a, b)
assert (product(numpy.eye(2), numpy.full((2, 2), 3.0)) == 3 * numpy.eye(2)).any()
"""
    subprocess.run([sys.executable, "-c", program], check=True)
