"""Where to cut long speech into pieces of a few seconds: where nobody speaks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from phonoscope.speech.hearing.decoding import Stretch
from phonoscope.speech.hearing.features import FRAME_RATE_HZ
from phonoscope.speech.hearing.phoneset import SILENCE

SHORTEST_S = 3.0
"""A piece is not cut before, unless the sound ends."""

LONGEST_S = 15.0
"""A piece is cut here at the latest, through a phone if it must be."""

PAUSE_S = 0.2
"""A silence of this length is as good a place to cut as any; shorter ones are taken where there is no such."""

_SHORTEST = round(SHORTEST_S * FRAME_RATE_HZ)
_LONGEST = round(LONGEST_S * FRAME_RATE_HZ)
_PAUSE = round(PAUSE_S * FRAME_RATE_HZ)


def cut(stretches: Iterable[Stretch]) -> Iterator[int]:
    """Yield the frames at which to cut, as soon as they are clear.

    Parameters
    ----------
    stretches
        Consecutive phones and silences from frame 0 on.

    Yields
    ------
    int
        Frame at which a piece ends and the next begins: the middle of a pause if one lies `SHORTEST_S` to `LONGEST_S`
        after the last cut, else that of a shorter silence, else a border between two phones. The end itself is none.
    """
    first = 0
    waiting: list[Stretch] = []
    for stretch in stretches:
        if waiting and waiting[-1].phone == stretch.phone:
            # Two parts of one stretch that was given out early.
            waiting[-1] = Stretch(stretch.phone, waiting[-1].start, stretch.end)
        else:
            waiting.append(stretch)
        while (at := _place(first, waiting)) is not None:
            yield at
            first = at
            waiting = [Stretch(s.phone, max(s.start, at), s.end) for s in waiting if s.end > at]


def _place(first: int, waiting: list[Stretch]) -> int | None:
    """Return the frame at which to cut a piece that begins at `first`; None to wait for more."""
    earliest, latest = first + _SHORTEST, first + _LONGEST
    # The last stretch may go on.
    silences = [s for s in waiting[:-1] if s.phone == SILENCE and earliest <= _middle(s) <= latest]
    for stretch in silences:
        if stretch.frames >= _PAUSE:
            return _middle(stretch)
    if waiting[-1].end <= latest:
        return None
    if silences:
        return _middle(max(silences, key=lambda s: s.frames))
    borders = [s.end for s in waiting[:-1] if earliest <= s.end <= latest]
    return borders[-1] if borders else latest


def _middle(stretch: Stretch) -> int:
    return (stretch.start + stretch.end) // 2
