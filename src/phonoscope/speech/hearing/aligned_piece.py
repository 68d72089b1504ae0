"""The best path through a transcript's network → its phones and words with times."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.speech import Phone, Word
from phonoscope.speech.hearing.boundaries import refined
from phonoscope.speech.hearing.expected_graph import (
    CHANCE,
    MISS_PRICE,
    MOST_MISS_PRICE,
    OTHER,
    OTHER_PRICE,
    ExpectedGraph,
)
from phonoscope.speech.hearing.features import FRAME_RATE_HZ
from phonoscope.speech.hearing.transcript import ExpectedWord

AROUND = 2
"""Words before and behind that count for a word's confidence: any single short word may fit any sound."""

SURE, DOUBTFUL = 0.5, 0.1
"""Gain of each frame, over speech that the transcript does not have, at which confidence is 1, and at which it is 0.

Whole transcripts: see `trust.LEAST_GAIN`.
"""


MOST_ATTACHED = 2
"""Words that are not heard between others, and are nevertheless shown with the next: short ones are often swallowed."""

MISFIT_S = 1.0
"""Words without any confidence that take so long are not what is said: their phones are recognised freely."""


@dataclass(frozen=True, slots=True, eq=False)
class AlignedPiece:
    """A part of a sound with what is said in it; times are in seconds from the start of the whole sound.

    Attributes
    ----------
    first
        Frame at which it begins.
    posteriors
        Probabilities of phones of its frames, float32, shape (n, len(CLASSES)).
    phones, words
        What is said; words as written.
    confidences
        One per word, from 0 (something else is heard) to 1.
    strange
        Where something else is said, as (start, end).
    missed
        Places in the transcript of the words that are not heard before or between the piece's own.
    gain, frames
        How much better its frames fit the transcript than other speech, as a natural logarithm, and how many there are
        without silence.
    """

    first: int
    posteriors: NDArray[np.float32]
    phones: tuple[Phone, ...]
    words: tuple[Word, ...]
    confidences: tuple[float, ...]
    strange: tuple[tuple[float, float], ...]
    missed: tuple[int, ...]
    gain: float
    frames: int


@dataclass(slots=True)
class Reading:
    """A transcript while it is followed.

    Attributes
    ----------
    graph, words
        The transcript.
    heard
        Words that have been heard or passed over.
    """

    graph: ExpectedGraph
    words: tuple[ExpectedWord, ...]
    heard: int = 0


@dataclass(slots=True)
class _Gathered:
    """What is read off a path, in order."""

    phones: list[Phone] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    strange: list[tuple[float, float]] = field(default_factory=list)
    missed: list[int] = field(default_factory=list)
    # Per word, and for what is between: (gain, frames, place in `words` or -1).
    gains: list[tuple[float, int, int]] = field(default_factory=list)


def read_path(
    reading: Reading, first: int, path: NDArray[np.int32], rows: NDArray[np.float32], scores: NDArray[np.float32]
) -> AlignedPiece:
    """Return what is said on a path.

    Parameters
    ----------
    reading
        The transcript; what the path goes past is noted there.
    first
        Frame of the sound at which the path begins.
    path
        State of each frame, shape (n,).
    rows, scores
        Probabilities of phones, and `AcousticScores`, of the same frames.
    """
    graph = reading.graph
    # Stretches of one column within one phone, word or gap.
    keys = np.stack((graph.joint[path], graph.form[path], graph.phone[path], graph.column[path]))
    starts = np.concatenate(([0], np.flatnonzero(np.diff(keys, axis=1).any(axis=0)) + 1))
    edges = np.append(starts, len(path))
    columns = graph.column[path[starts]]
    times_s = (refined(scores, edges, columns) + first) / FRAME_RATE_HZ
    fits = np.add.reduceat(scores[np.arange(len(path)), graph.column[path]] - scores[:, CHANCE], starts)
    gathered = _Gathered()
    index = 0
    while index < len(starts):
        state = int(path[starts[index]])
        behind = index + 1
        if graph.form[state] < 0:
            if columns[index] == OTHER:
                gathered.strange.append((float(times_s[index]), float(times_s[behind])))
                gathered.gains.append((-OTHER_PRICE, int(edges[behind] - edges[index]), -1))
        else:
            while behind < len(starts) and _same_word(keys[:, edges[index]], keys[:, edges[behind]]):
                behind += 1
            swallowed = _miss(reading, gathered, int(graph.joint[state]))
            stretches = [(int(graph.phone[path[edges[i]]]), float(times_s[i])) for i in range(index, behind)]
            _add_word(reading, gathered, (state, swallowed), stretches, float(times_s[behind]))
            gain, frames = float(fits[index:behind].sum()), int(edges[behind] - edges[index])
            gathered.gains.append((gain, frames, len(gathered.words) - 1))
        index = behind
    confidences = _confidences(gathered)
    _drop_misfits(gathered, confidences)
    counted = [(gain, frames) for gain, frames, _ in gathered.gains]
    return AlignedPiece(
        first,
        rows,
        tuple(gathered.phones),
        tuple(gathered.words),
        confidences,
        tuple(sorted(gathered.strange)),
        tuple(gathered.missed),
        sum(gain for gain, _ in counted),
        sum(frames for _, frames in counted),
    )


def _same_word(a: NDArray[np.int32], b: NDArray[np.int32]) -> bool:
    return bool(a[0] == b[0] and a[1] == b[1])


def _miss(reading: Reading, gathered: _Gathered, word: int) -> str:
    """Note the words before one that is heard; return those of them to be shown with it."""
    swallowed = ""
    if word > reading.heard:
        gathered.gains.append((-missing_price(reading, word), 0, -1))
        gathered.missed += range(reading.heard, word)
        if reading.heard and word - reading.heard <= MOST_ATTACHED:
            swallowed = "".join(f"{missed.text} " for missed in reading.words[reading.heard : word])
    reading.heard = word + 1
    return swallowed


def missing_price(reading: Reading, word: int) -> float:
    """Return what it counts that the words from those heard so far up to `word` are missing."""
    if word <= reading.heard:
        return 0.0
    price = MISS_PRICE + float(reading.graph.miss_price[reading.heard + 1 : word + 1].sum())
    return min(price, MOST_MISS_PRICE)


def _add_word(
    reading: Reading, gathered: _Gathered, said: tuple[int, str], stretches: list[tuple[int, float]], end_s: float
) -> None:
    """Add a word, given one of its states and what is shown before it, and its phones as far as anyone knows them."""
    state, swallowed = said
    word = reading.words[reading.graph.joint[state]]
    gathered.words.append(Word(f"{swallowed}{word.text}", stretches[0][1], end_s))
    if not word.forms:
        gathered.strange.append((stretches[0][1], end_s))
        return
    form = word.forms[reading.graph.form[state]]
    for place, (phone, start_s) in enumerate(stretches):
        if place and stretches[place - 1][0] == phone:
            continue
        until_s = next((time_s for other, time_s in stretches[place + 1 :] if other != phone), end_s)
        gathered.phones.append(Phone(form[phone].ipa, start_s, until_s, form[phone].stress))


def _confidences(gathered: _Gathered) -> tuple[float, ...]:
    """Return how sure each word is, by how much better it and its neighbours fit than other speech."""
    places = [place for place, (_, _, word) in enumerate(gathered.gains) if word >= 0]
    found = []
    for index in range(len(places)):
        low, high = places[max(0, index - AROUND)], places[min(len(places) - 1, index + AROUND)]
        near = gathered.gains[low : high + 1]
        gain = sum(gain for gain, _, _ in near) / max(1, sum(frames for _, frames, _ in near))
        found.append(float(np.clip((gain - DOUBTFUL) / (SURE - DOUBTFUL), 0.0, 1.0)))
    return tuple(found)


def _drop_misfits(gathered: _Gathered, confidences: tuple[float, ...]) -> None:
    """Take the phones of words back that are not what is said for `MISFIT_S` together."""
    index = 0
    while index < len(confidences):
        behind = index + 1
        if confidences[index] == 0:
            while behind < len(confidences) and confidences[behind] == 0:
                behind += 1
            start_s, end_s = gathered.words[index].start_s, gathered.words[behind - 1].end_s
            if end_s - start_s >= MISFIT_S:
                gathered.phones = [p for p in gathered.phones if not start_s <= p.start_s < end_s]
                gathered.strange = [s for s in gathered.strange if not start_s <= s[0] < end_s] + [(start_s, end_s)]
        index = behind
