"""From values at any times to frames at even ones: a phone's film has no constant frame rate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

LONGEST_STEP_S: Final = 0.12
"""Where a film stands still for longer, its last frame is held: nobody moves evenly through what was not filmed."""

END_SLACK_S: Final = 1e-4
"""Times in files are rounded."""


class Row(NamedTuple):
    """Values at a time in seconds."""

    time_s: float
    values: NDArray[np.float64]


def at_even_times(rows: Iterable[Row], fps: Fraction, last_s: float, at_a_time: int) -> Iterator[NDArray[np.float64]]:
    """Interpolate between rows at the times n / fps, as long as something is shown; nothing for no rows.

    Parameters
    ----------
    rows
        In order of time; the first is held from time 0.
    last_s
        How long the last one is shown.
    at_a_time
        Most frames of a block.

    Yields
    ------
    float64, shape (frames, values): blocks of consecutive frames, none empty; at least one frame for any row.
    """
    before: Row | None = None
    number, block = 0, []
    for row in rows:
        while float(number / fps) < row.time_s:
            block.append(_between(before or row, row, float(number / fps)))
            number += 1
            if len(block) == at_a_time:
                yield np.stack(block)
                block = []
        before = row
    if before is None:
        return
    while number == 0 or float(number / fps) < before.time_s + last_s - END_SLACK_S:
        block.append(before.values)
        number += 1
        if len(block) == at_a_time:
            yield np.stack(block)
            block = []
    if block:
        yield np.stack(block)


def _between(before: Row, after: Row, time_s: float) -> NDArray[np.float64]:
    step_s = min(after.time_s - before.time_s, LONGEST_STEP_S)
    if step_s <= 0:
        return after.values
    share = max(0.0, 1 - (after.time_s - time_s) / step_s)
    return before.values + share * (after.values - before.values)
