"""Transcript + posteriors → what is said when. How it is called::

    expected = expect(text, language, events)                # transcript.py: raises UsageError, ScriptError
    for piece in align(posteriors(samples), expected, events):
        piece.first          # frame of the sound (10 ms each) at which the piece begins; pieces join without gap
        piece.posteriors     # float32 (n, len(CLASSES)): its frames, for evidence and for decoding
        piece.phones         # tuple[core Phone], seconds from the start of the WHOLE sound
        piece.words          # tuple[core Word], as written; the same time
        piece.confidences    # one per word, 0 (not what is heard) to 1
        piece.strange        # tuple[(start_s, end_s)]: something else is said here; recognise it freely

A stream in, a stream out: memory does not grow with the length of the sound. Pieces are 5 to 60 s long and end in
silence where there is any. `align` raises `TranscriptError` when (almost) nothing of the transcript is heard, before it
yields any piece where that can be told so early; words that were not heard are told as a `Note` at the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.events import EventSink, ignore_events
from phonoscope.speech.hearing.acoustic_scores import AcousticScores
from phonoscope.speech.hearing.aligned_piece import AlignedPiece, Reading, read_path
from phonoscope.speech.hearing.expected_graph import CHANCE, build_graph
from phonoscope.speech.hearing.features import FRAME_RATE_HZ
from phonoscope.speech.hearing.path_search import PathSearch
from phonoscope.speech.hearing.phoneset import CLASSES, SILENCE
from phonoscope.speech.hearing.transcript import ExpectedWord
from phonoscope.speech.hearing.trust import Trust

__all__ = ["AlignedPiece", "align"]

SHORTEST = 5 * FRAME_RATE_HZ
"""Frames of a piece at least, unless the sound ends."""

ANY_GAP = 12 * FRAME_RATE_HZ
"""Frames from which a piece may end between two words without a pause."""

LONGEST = 60 * FRAME_RATE_HZ
"""Frames of a piece at most: then it is cut anywhere."""

PAUSE = FRAME_RATE_HZ // 5
"""Frames of silence that make a pause."""


def align(
    posteriors: Iterable[NDArray[np.float32]], transcript: Sequence[ExpectedWord], events: EventSink = ignore_events
) -> Iterator[AlignedPiece]:
    """Yield when the words of a transcript and their phones are heard.

    Parameters
    ----------
    posteriors
        Probabilities of phones, 100 rows a second, in blocks of shape (n, len(CLASSES)).
    transcript
        What should be heard, from `transcript.expect`.
    events
        Takes a `Note` about words that were not heard.

    Raises
    ------
    TranscriptError
        The transcript is not what is said.
    """
    reading = Reading(build_graph(transcript), tuple(transcript))
    trust = Trust(events)
    held: list[AlignedPiece] = []
    for piece in _pieces(posteriors, reading):
        held.append(piece)
        if trust.judge(piece):
            yield from held
            held.clear()
    trust.judge_all(reading)
    yield from held


def _pieces(posteriors: Iterable[NDArray[np.float32]], reading: Reading) -> Iterator[AlignedPiece]:
    """Yield pieces as soon as they are decided."""
    search = PathSearch(reading.graph)
    acoustic = AcousticScores()
    rows = np.zeros((0, len(CLASSES)), np.float32)
    scores = np.zeros((0, CHANCE + 1), np.float32)
    path = np.zeros(0, np.int32)
    first = 0
    for block in posteriors:
        new = acoustic.push(block)
        rows, scores = np.concatenate((rows, block)), np.concatenate((scores, new))
        path = np.concatenate((path, search.push(new)))
        while cut := _cut(reading, path):
            yield read_path(reading, first, path[:cut], rows[:cut], scores[:cut])
            rows, scores, path = rows[cut:], scores[cut:], path[cut:]
            first += cut
    path = np.concatenate((path, search.end()))
    if len(path):
        yield read_path(reading, first, path, rows, scores)


def _cut(reading: Reading, path: NDArray[np.int32]) -> int:
    """Return the number of frames of the next piece, 0 to wait for more: up to the middle of a pause, best."""
    if len(path) < SHORTEST:
        return 0
    graph = reading.graph
    outside = graph.phone[path] < 0
    silent = outside & (graph.column[path] == SILENCE)
    edges = np.flatnonzero(np.diff(np.concatenate(([False], silent, [False])).astype(np.int8)))
    starts, ends = edges[::2], edges[1::2]
    middles = (starts + ends) // 2
    pauses = middles[(ends - starts >= PAUSE) & (middles >= SHORTEST)]
    if len(pauses):
        return int(pauses[0])
    if len(path) < ANY_GAP:
        return 0
    borders = np.flatnonzero(np.diff(graph.joint[path]) | np.diff(outside)) + 1
    borders = np.concatenate((borders, np.flatnonzero(outside)))
    borders = borders[borders >= SHORTEST]
    if len(borders):
        return int(borders.max())
    return LONGEST if len(path) >= LONGEST else 0
