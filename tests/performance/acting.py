"""Whole performances for the tests."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import numpy as np

from phonoscope.core.performance import Performance
from phonoscope.core.speech import Speech
from phonoscope.performance import PerformOptions, perform


def act(pieces: Speech | Iterable[Speech], options: PerformOptions | None = None) -> Performance:
    """Return all frames in one piece; fail if they do not follow on each other."""
    parts = list(perform([pieces] if isinstance(pieces, Speech) else pieces, options))
    expected = 0
    for part in parts:
        assert part.first_frame == expected
        expected += len(part)
    return Performance(
        parts[0].fps if parts else Fraction(30),
        np.concatenate([p.curves for p in parts]),
        np.concatenate([p.head for p in parts]),
    )
