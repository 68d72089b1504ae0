"""Probabilities of phones → phones, without knowing what is said: Viterbi search with least durations, as a stream."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from phonoscope.speech.hearing.features import FRAME_RATE_HZ
from phonoscope.speech.hearing.phoneset import CLASSES, SILENCE, VISEME_OF_CLASS, VISEMES

_LEAST_SILENCE = 6
"""Frames of 10 ms that a silence lasts at least: a shorter one is the closure of a stop."""

_LEAST_PHONE = 3
"""Frames that a phone lasts at least: a stop or a reduced vowel in fast speech takes 30 ms."""

_PRICE_OF_SILENCE = 2.0
_PRICE_OF_PHONE = 2.5
"""What it costs to begin one, as a natural logarithm: this keeps phones from being many and short."""

_PRICE_OF_CLOSURE = 2.5
"""The price of p, b and m: 1 less finds five of a hundred more, and of those found five of a hundred more are wrong."""

WITHIN_VISEME = 0.15
"""How much it counts which of the phones that look alike is heard, against how they look together: a closure is a
closure whether it is p, b or m, and is found even where the three share its probability."""

FLOOR = 1e-3
"""Least probability of a phone: no single frame rules one out."""

SPEECH_SHARE = 0.5
"""How much it counts that somebody speaks at all, against what is said: where several visemes share the probability of
a frame, each of them alone would lose against silence, in a song above all."""

UNSURE = 0.27
"""What silence is worth at least: where everything is possible, as in noise, nobody speaks."""

LONGEST = 20 * FRAME_RATE_HZ
"""Frames after which what is still open is decided: memory stays constant through an hour of silence."""

MERGE_EVERY = 10
"""Frames between two looks at what is decided."""


class Stretch(NamedTuple):
    """Consecutive frames of one class: a phone, or silence.

    Attributes
    ----------
    phone
        Index of the class in `phoneset.CLASSES`.
    start, end
        Frames from the start of the recording; the frame `end` is the next stretch's.
    """

    phone: int
    start: int
    end: int

    @property
    def frames(self) -> int:
        """Length in frames."""
        return self.end - self.start


class PhoneDecoder:
    """The likeliest sequence of phones, given out as soon as nothing that follows can change it.

    A phone of class c pays a price to begin and lasts at least so many frames; within these rules the path of the
    greatest total log probability wins (Viterbi 1967). The stretches given out are consecutive and cover all frames,
    and are the same however the rows are cut. A stretch longer than `LONGEST` comes in parts.
    """

    def __init__(self) -> None:
        count = len(CLASSES)
        self._least = np.full(count, _LEAST_PHONE)
        self._least[SILENCE] = _LEAST_SILENCE
        self._prices = np.full(count, _PRICE_OF_PHONE, np.float64)
        self._prices[[CLASSES.index(name) for name in ("p", "b", "m")]] = _PRICE_OF_CLOSURE
        self._prices[SILENCE] = _PRICE_OF_SILENCE
        self._columns = np.arange(count)
        self._ring = np.full((int(self._least.max()) + 1, count), -np.inf)
        # Silence may be the rest of one that began before the recording.
        self._open_score = np.full(count, -np.inf)
        self._open_score[SILENCE] = 0.0
        self._open_start = np.zeros(count, np.int64)
        self._total = np.zeros(count)
        self._ring[0] = 0.0
        self._frame = 0
        self._decided = 0
        # For each frame from `_decided` on: the class that ends there on the best path, and where that began.
        self._ends: list[tuple[int, int]] = [(SILENCE, 0)]

    @property
    def decided(self) -> int:
        """Frames of the recording that have been given out."""
        return self._decided

    def push(self, rows: NDArray[np.float32]) -> list[Stretch]:
        """Take probabilities, shape (n, len(CLASSES)); return the stretches that are decided now."""
        found: list[Stretch] = []
        for scores in emissions(rows):
            self._step(scores)
            if self._frame % MERGE_EVERY == 0:
                found += self._give_out(self._merged())
                if self._frame - self._decided >= LONGEST:
                    found += self._force()
        return found

    def end(self) -> list[Stretch]:
        """Return the rest."""
        return self._give_out(self._frame)

    def guess(self) -> list[Stretch]:
        """Return what the frames not yet given out seem to be so far; what follows may change it."""
        return self._path(self._frame)

    def _step(self, scores: NDArray[np.float64]) -> None:
        """Go on by one frame: each class goes on, or begins so long ago that it may end now."""
        size = len(self._ring)
        now = self._frame = self._frame + 1
        self._total = self._total + scores
        starts = now - self._least
        begun = self._ring[starts % size, self._columns] - self._prices
        better = begun > self._open_score
        self._open_score = np.where(better, begun, self._open_score)
        self._open_start = np.where(better, starts, self._open_start)
        path = self._open_score + self._total
        best = int(path.argmax())
        self._ends.append((best, int(self._open_start[best])))
        self._ring[now % size] = path[best] - self._total

    def _merged(self) -> int:
        """Return the last frame at which all paths that may still win begin a phone."""
        nodes = {int(start) for start in self._open_start[np.isfinite(self._open_score)]}
        nodes |= set(range(max(self._decided, self._frame + 1 - int(self._least.max())), self._frame + 1))
        nodes = {max(node, self._decided) for node in nodes}
        while len(nodes) > 1:
            last = max(nodes)
            nodes.remove(last)
            nodes.add(max(self._decided, self._ends[last - self._decided][1]))
        return nodes.pop()

    def _give_out(self, until: int) -> list[Stretch]:
        """Decide on the best path that ends a phone at `until`."""
        found = self._path(until)
        del self._ends[: until - self._decided]
        self._decided = until
        return found

    def _path(self, until: int) -> list[Stretch]:
        """Return the best path that ends a phone at `until`, from what has been given out on."""
        found: list[Stretch] = []
        end = until
        while end > self._decided:
            phone, start = self._ends[end - self._decided]
            found.append(Stretch(phone, max(start, self._decided), end))
            end = start
        return found[::-1]

    def _force(self) -> list[Stretch]:
        """Decide on the path that is best now, and let only its last phone go on."""
        last = self._ends[-1][0]
        found = self._give_out(self._frame)
        score = self._open_score[last]
        self._open_score = np.full(len(CLASSES), -np.inf)
        self._open_score[last] = score
        self._open_start[last] = self._frame
        here = self._frame % len(self._ring)
        self._ring[np.arange(len(self._ring)) != here] = -np.inf
        return found


def emissions(rows: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return what each frame says for each class: mostly its viseme, a little the phone among those that look alike.

    Parameters
    ----------
    rows
        Probabilities, shape (n, len(CLASSES)).

    Returns
    -------
    ndarray
        Natural logarithms, shape (n, len(CLASSES)).
    """
    phones = np.maximum(rows.astype(np.float64), FLOOR)
    # Added up without a matrix product, whose threads would make the result depend on the machine.
    shares = np.add.reduceat(phones[:, _BY_VISEME], _VISEME_STARTS, axis=1)
    visemes = np.log(shares)[:, list(VISEME_OF_CLASS)]
    scores = WITHIN_VISEME * np.log(phones) + (1 - WITHIN_VISEME) * visemes
    # Viseme 0 is silence.
    likeliest = np.log(shares[:, 1:].max(axis=1))
    together = np.log(shares[:, 1:].sum(axis=1))
    scores += SPEECH_SHARE * (together - likeliest)[:, None]
    scores[:, SILENCE] = np.log(np.maximum(phones[:, SILENCE], UNSURE))
    # It looks like silence, but is none.
    scores[:, _GLOTTAL_STOP] = np.log(phones[:, _GLOTTAL_STOP])
    return np.asarray(scores)


_GLOTTAL_STOP = CLASSES.index("q")

_BY_VISEME = np.argsort(VISEME_OF_CLASS, kind="stable")
"""Classes in the order of their visemes."""

_VISEME_STARTS = np.searchsorted(np.array(VISEME_OF_CLASS)[_BY_VISEME], np.arange(len(VISEMES)))
"""Where each viseme begins in that order."""
