"""Chooses mouth shapes for mouths that are pictures, and holds each for long enough to be seen.

Curves pass through many shapes on their way; pictures that changed with each of them would flicker. So every shape is
held for two frames, as animators do ("on twos"), but never at the cost of a closure: lips that stay open on p, b or m
are the first thing that a viewer notices.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.mouth_shapes import A, G, nearest_shapes
from phonoscope.core.performance import CHANNEL, Performance

HOLD = 2
"""Frames that each shape is shown at least."""

LOOK_AHEAD = 2
"""Frames that must be known beyond the one that is chosen for."""


def hold_mouth_shapes(pieces: Iterable[Performance]) -> Iterator[Performance]:
    """Fill in the channel ``mouthShape``.

    The shapes depend on the frames alone, not on how they were cut into pieces. Frames come `LOOK_AHEAD` later than
    they went in.

    Parameters
    ----------
    pieces
        Consecutive performance; may be endless. What the channel held is lost.

    Yields
    ------
    Performance
        The same frames, cut otherwise. Every shape lasts at least `HOLD` frames, but where the performance begins or
        ends; every frame whose lips touch shows them shut, but for the last of three or more where else the vowel
        between two closures would not be seen.
    """
    holder = _Holder()
    waiting: Performance | None = None
    for piece in pieces:
        waiting = piece if waiting is None else _joined(waiting, piece)
        ready = len(waiting) - LOOK_AHEAD
        if ready > 0:
            yield _with_shapes(_cut(waiting, 0, ready), holder.hold(nearest_shapes(waiting.curves), ready))
            waiting = _cut(waiting, ready, len(waiting))
    if waiting is not None and len(waiting):
        yield _with_shapes(waiting, holder.hold(nearest_shapes(waiting.curves), len(waiting)))


class _Holder:
    """Remembers what is shown, and for how long it has been."""

    def __init__(self) -> None:
        self._shown = -1
        self._age = HOLD
        self._missed = False

    def hold(self, wanted: NDArray[np.int8], count: int) -> NDArray[np.int8]:
        """Return what is shown in the first `count` frames of what is wanted; the others are looked ahead at."""
        frames = wanted.tolist()
        # Behind the end nothing more is wanted than at the end.
        frames += frames[-1:] * LOOK_AHEAD
        return np.array([self._show(*frames[n : n + 1 + LOOK_AHEAD]) for n in range(count)], np.int8)

    def _show(self, now: int, soon: int, later: int) -> int:
        """Return what one frame shows; `soon` and `later` is wanted in the next two."""
        chosen = self._choose(now, soon, later)
        self._age = 1 if chosen != self._shown else self._age + 1
        # Teeth on the lip are a contact as well: a frame late is better than never.
        self._missed = now == G and chosen != G
        self._shown = chosen
        return chosen

    def _choose(self, now: int, soon: int, later: int) -> int:
        shown, may_change = self._shown, self._age >= HOLD
        if shown == A and now == A and soon != A and later == A and may_change:
            # A single frame between two closures: it takes one from the first, so that the vowel is seen.
            return soon
        if now == A:
            return A
        if not may_change or (soon == A and shown >= 0):
            # What began now would be cut off by the closure.
            return shown
        if self._missed:
            return G
        if now != G and soon in (G, shown) and shown >= 0:
            # The next contact is worth more than this frame, and a shape that is gone again at once is none.
            return shown
        return now


def _with_shapes(piece: Performance, shapes: NDArray[np.int8]) -> Performance:
    curves = piece.curves.copy()
    curves[:, CHANNEL["mouthShape"]] = shapes + 1
    return replace(piece, curves=curves)


def _joined(first: Performance, second: Performance) -> Performance:
    return replace(
        first,
        curves=np.concatenate([first.curves, second.curves]),
        head=np.concatenate([first.head, second.head]),
    )


def _cut(piece: Performance, start: int, stop: int) -> Performance:
    return replace(
        piece, curves=piece.curves[start:stop], head=piece.head[start:stop], first_frame=piece.first_frame + start
    )
