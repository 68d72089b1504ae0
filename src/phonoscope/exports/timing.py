"""What is heard when, over a whole recording or video: what every export of phones is made from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from phonoscope.core.speech import Phone, Word

DECIMALS = 4
"""A tenth of a millisecond: finer than any timing, and short to read."""


@dataclass(frozen=True, slots=True)
class Timing:
    """Phones and words of a whole recording.

    Attributes
    ----------
    phones, words
        In order, in seconds from its start.
    duration_s
        Its length.
    sound_name
        Name of the file that it was heard in.
    """

    phones: tuple[Phone, ...]
    words: tuple[Word, ...]
    duration_s: float
    sound_name: str = ""

    def __post_init__(self) -> None:
        # File names need not be text that can be written as UTF-8.
        object.__setattr__(self, "sound_name", self.sound_name.encode("utf-8", "replace").decode("utf-8"))


class Interval(NamedTuple):
    """A label from one time to another, in seconds; an empty label is silence."""

    start_s: float
    end_s: float
    label: str


def intervals(marks: Iterable[Phone | Word], duration_s: float) -> list[Interval]:
    """Return the marks as intervals that follow on each other from 0 to the end, with empty ones between them.

    Where two overlap, the later one begins when the earlier one ends; what has no length is left out.
    """
    tier: list[Interval] = []
    end_s = round(duration_s, DECIMALS)
    reached_s = 0.0
    for mark in sorted(marks, key=lambda m: (m.start_s, m.end_s)):
        from_s = max(round(mark.start_s, DECIMALS), reached_s)
        to_s = min(round(mark.end_s, DECIMALS), end_s)
        if from_s >= to_s:
            continue
        if from_s > reached_s:
            tier.append(Interval(reached_s, from_s, ""))
        label = mark.ipa if isinstance(mark, Phone) else mark.text
        tier.append(Interval(from_s, to_s, " ".join(label.split())))
        reached_s = to_s
    if reached_s < end_s:
        tier.append(Interval(reached_s, end_s, ""))
    return tier
