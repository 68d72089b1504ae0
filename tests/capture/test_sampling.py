from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np
import pytest

from phonoscope.capture.sampling import Row, at_even_times


def even(rows: list[tuple[float, float]], fps: int, last_s: float = 0.04, at_a_time: int = 7) -> list[float]:
    blocks = list(at_even_times((Row(t, np.array([v])) for t, v in rows), Fraction(fps), last_s, at_a_time))
    assert all(0 < len(block) <= at_a_time for block in blocks)
    return [float(value) for block in blocks for value in block[:, 0]]


def test_the_same_rate_gives_the_same_values() -> None:
    rows = [(number / 25, float(number)) for number in range(20)]
    assert even(rows, 25) == pytest.approx(range(20))


def test_uneven_times_are_interpolated() -> None:
    times = [0.0, 0.01, 0.05, 0.09, 0.1, 0.18, 0.2]
    assert even([(t, 10 * t) for t in times], 50, 0.02) == pytest.approx([0.2 * n for n in range(11)])


def test_another_rate_has_the_same_length() -> None:
    rows = [(number / 25, float(number)) for number in range(50)]
    assert len(even(rows, 30)) == 60
    assert len(even(rows, 60)) == 120


def test_a_still_is_held_and_not_morphed() -> None:
    values = even([(0.0, 0.0), (0.04, 1.0), (2.0, 5.0)], 25)
    assert values[1:47] == pytest.approx([1.0] * 46)
    assert values[50] == pytest.approx(5.0)


def test_the_first_row_is_held_from_the_start() -> None:
    assert even([(0.2, 3.0), (0.24, 4.0)], 25) == pytest.approx([3] * 6 + [4])


def test_one_row_is_one_frame_and_none_is_none() -> None:
    assert even([(0.0, 2.0)], 25) == [2.0]
    assert even([(0.0, 2.0)], 25, 0.001) == [2.0]
    assert even([], 25) == []


def test_blocks_come_while_rows_still_come() -> None:
    taken = []

    def rows() -> Iterator[Row]:
        for number in range(1000):
            taken.append(number)
            yield Row(number / 25, np.zeros(1))

    next(at_even_times(rows(), Fraction(25), 0.04, 16))
    assert len(taken) < 20
