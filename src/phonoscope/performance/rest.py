"""When the mouth speaks and when it rests as it was photographed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from phonoscope.performance.easing import ease
from phonoscope.performance.timeline import SpokenSpan, Window

OPEN_AHEAD_S = 0.18
"""Real speakers part their lips 0.1 to 0.2 s before they are heard."""

OPENING_S = 0.16
"""Time to leave the rest. In less, a wide vowel would pop open."""

CLOSE_AFTER_S = 0.16
"""The mouth is back at rest this long after the last sound."""

CLOSING_S = (0.12, 0.16)
"""Time to come to rest: before a short pause, before a long one."""

SHAPE_OPENING_S = (0.20, 0.05)
SHAPE_CLOSING_S = (0.04, 0.22)
"""From how long before the first sound to how long into it lips take its shape, and the same about the last sound: they
are rounded before they open, and stay a little so when they have closed. Corners that snapped would be seen."""

MOVING_SHARE = 0.2
"""Most of a pause that coming to rest may take, and leaving it again: lips that move in silence look wrong, so six
tenths of every pause are still."""

EDGE_S = 0.08
"""Time to leave the photographed mouth where speech begins with the very first frame."""

PARTING_S = 0.2
"""Time in which a breath parts the lips."""

GAPING_END_S = (0.18, 0.24)
"""Where the photographed mouth stands open, it comes back in this time at the very end: when words last until then, and
when there is time. In less a smile would pop; in more, lips would move through most of the last silence."""


def speaking(window: Window) -> NDArray[np.float64]:
    """Return how far the mouth follows the words: 1 in speech, 0 in pauses, shape (frames,)."""
    return _envelope(window, window.spans)


def shaped(window: Window) -> NDArray[np.float64]:
    """Return how far rounded or spread lips follow the words, shape (frames,): like `speaking`, with softer edges."""
    envelope = np.zeros(len(window.times_s))
    for span in window.spans:
        begin_s = max(0.0, span.start_s - SHAPE_OPENING_S[0])
        there_s = max(span.start_s + SHAPE_OPENING_S[1], begin_s + EDGE_S)
        back_s = span.end_s + SHAPE_CLOSING_S[1]
        if window.end_s is not None:
            back_s = min(back_s, window.end_s)
        leave_s = min(span.end_s - SHAPE_CLOSING_S[0], back_s - EDGE_S)
        taken = ease(window.times_s, begin_s, there_s) * (1 - ease(window.times_s, leave_s, back_s))
        envelope = np.maximum(envelope, taken)
    return envelope


def photographed(window: Window, return_in_pauses: bool) -> NDArray[np.float64]:
    """Return how far the photographed mouth is seen: 0 in speech, 1 at rest, shape (frames,).

    Where the photographed mouth stands open, it is left with the first word and comes back with the last frame: who
    listens or has said something keeps the lips closed.
    """
    if return_in_pauses:
        # The opening is both spoken and no longer photographed: where it is small, the latter must not hold it back.
        return (1 - _envelope(window, window.spans)) ** 2
    if window.first_speech_s is None:
        return np.ones(len(window.times_s))
    spoken = _opening(window.times_s, window.first_speech_s, np.inf)
    if window.end_s is not None:
        said_s = max((span.end_s for span in window.spans), default=0.0)
        length_s = float(np.clip(window.end_s - said_s, *GAPING_END_S))
        spoken = spoken * (1 - ease(window.times_s, window.end_s - length_s, window.end_s))
    return 1 - spoken


def inhaling(window: Window) -> NDArray[np.float64]:
    """Return how far the lips are parted by breaths that are heard, shape (frames,), in [0, 1]."""
    parted = np.zeros(len(window.times_s))
    for start_s, speech_s in window.inhalations:
        still = 1 - ease(window.times_s, speech_s, speech_s + PARTING_S)
        parted = np.maximum(parted, ease(window.times_s, start_s, start_s + PARTING_S) * still)
    return parted


def _envelope(window: Window, spans: tuple[SpokenSpan, ...]) -> NDArray[np.float64]:
    """Return 1 inside the spans, 0 between them, with eased edges."""
    times_s = window.times_s
    envelope = np.zeros(len(times_s))
    for index, span in enumerate(spans):
        before_s = span.start_s - spans[index - 1].end_s if index else np.inf
        after_s = spans[index + 1].start_s - span.end_s if index + 1 < len(spans) else np.inf
        envelope = np.maximum(envelope, _opening(times_s, span.start_s, before_s) * _closing(window, span, after_s))
    return envelope


def _opening(times_s: NDArray[np.float64], start_s: float, pause_s: float) -> NDArray[np.float64]:
    """Go from 0 to 1 about the start of speech that follows a pause."""
    begin_s = max(0.0, start_s - min(OPEN_AHEAD_S, MOVING_SHARE * pause_s))
    # Speech that begins with the first frame leaves no time to open.
    return ease(times_s, begin_s, begin_s + OPENING_S if start_s >= OPENING_S else EDGE_S)


def _closing(window: Window, span: SpokenSpan, pause_s: float) -> NDArray[np.float64]:
    """Go from 1 to 0 about the end of a span that a pause follows."""
    closed_s = span.end_s + min(CLOSE_AFTER_S, MOVING_SHARE * pause_s)
    if window.end_s is not None:
        closed_s = min(closed_s, window.end_s)
    length_s = float(np.clip(MOVING_SHARE * pause_s, *CLOSING_S))
    return 1 - ease(window.times_s, closed_s - length_s, closed_s)
