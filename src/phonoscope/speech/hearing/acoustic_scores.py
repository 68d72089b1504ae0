"""Probabilities of phones → how well each frame fits what may be expected there."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from phonoscope.speech.hearing.phoneset import CLASS, CLASSES, SILENCE

ALIKE = 0.35
"""Share of a class's probability that also counts for the classes that are easily taken for it."""

_EASILY_TAKEN = """
p: b | b: p v | t: d r | d: t rr dh | k: g | g: k x | s: z | z: s | sh: zh ch jh | zh: sh jh | ch: sh jh t | jh: ch zh d
f: v th | v: f b w | th: f s t | dh: d v th l | m: n | n: m ng | ng: n | w: u U o v | j: i I | r: er w rr | rr: r d x l
x: h rr k g sh | h: x | l: w o U n | i: I e y | I: i e E @ y | e: E i I | E: e ae I @ | ae: a E | a: A V ae | A: a V O
O: o A U | o: O U u | u: U o w y | U: u o @ | V: a A @ E | @: V E I U er oe | er: r @ oe | y: i u I
oe: E @ er e o | q: t k
"""
"""For each class the classes that the recogniser, or another accent, puts in its place."""

CLOSURES = ("p", "b", "t", "d", "k", "g", "ch", "jh", "q")
CLOSURE_LIKE_SILENCE = 0.15
"""Share of silence's probability that counts for a stop: its closure may be silent."""

PRIOR_SHARE = 0.8
"""Power of a class's own frequency by which its probability is divided."""

FLOOR = 1e-3
"""Least probability of anything: a single frame never rules a way out."""

OTHER_SCORE = -1.2
"""Score of a frame for speech that the transcript does not have, against the class that fits best.

The phones of the right text reach -0.3 to -1.0 on the average, those of another text -2 to -3.
"""

CHANCE_RANK = 8
"""A frame in which so many classes fit better than `OTHER_SCORE` tells little: any text fits noise as well."""

ANYTHING_SCORE = -0.9
"""The same for a word that nobody knows how to read."""

MEMORY_FRAMES = 3000
"""Frames after which the frequencies of classes are those of what was heard lately: half a minute."""


class AcousticScores:
    """Scores of frames as they come; how often each class is heard in this recording is learnt on the way."""

    def __init__(self) -> None:
        self._sum = np.full(len(CLASSES), 1.0)
        self._frames = float(len(CLASSES))

    def push(self, posteriors: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the scores of frames.

        Parameters
        ----------
        posteriors
            Rows add up to 1, shape (n, len(CLASSES)).

        Returns
        -------
        ndarray
            float32, shape (n, len(CLASSES) + 3), natural logarithms: one column per class, the best of them 0; then
            those of `expected_graph.OTHER`, `ANYTHING` and `CHANCE`.
        """
        keep = MEMORY_FRAMES / (MEMORY_FRAMES + len(posteriors))
        self._sum = self._sum * keep + posteriors.sum(axis=0)
        self._frames = self._frames * keep + len(posteriors)
        prior = self._sum / self._frames + 0.01
        mixing = _mixing()
        softened = (posteriors @ mixing.T) / (mixing @ prior) ** PRIOR_SHARE
        scores = np.log(softened + FLOOR)
        scores -= scores.max(axis=1, keepdims=True)
        voiced = np.delete(scores, SILENCE, axis=1).max(axis=1, keepdims=True)
        chance = np.partition(scores, -CHANCE_RANK, axis=1)[:, -CHANCE_RANK, None]
        other = np.maximum(OTHER_SCORE, chance)
        columns = (scores, voiced + other, voiced + ANYTHING_SCORE, other)
        return np.asarray(np.concatenate(columns, axis=1), np.float32)


@lru_cache(maxsize=1)
def _mixing() -> NDArray[np.float64]:
    """Return how much of each class's probability (column) counts for each class (row)."""
    mixing = np.eye(len(CLASSES))
    for entry in _EASILY_TAKEN.replace("\n", "|").split("|"):
        if entry.strip():
            name, taken = entry.split(":")
            for other in taken.split():
                mixing[CLASS[name.strip()], CLASS[other]] = ALIKE
    for name in CLOSURES:
        mixing[CLASS[name], SILENCE] = CLOSURE_LIKE_SILENCE
    return mixing
