"""Timed phones as a TextGrid of Praat, in its long text format.

https://www.fon.hum.uva.nl/praat/manual/TextGrid_file_formats.html
"""

from __future__ import annotations

from collections.abc import Iterator

from phonoscope.exports.timing import Interval, Timing, intervals


def textgrid(timing: Timing) -> Iterator[str]:
    """Yield the lines of a TextGrid with the tiers ``words`` and ``phones``; silence has an empty label."""
    tiers = {
        "words": intervals(timing.words, timing.duration_s),
        "phones": intervals(timing.phones, timing.duration_s),
    }
    end_s = tiers["phones"][-1].end_s if tiers["phones"] else 0.0
    yield 'File type = "ooTextFile"\nObject class = "TextGrid"\n\n'
    yield f"xmin = 0\nxmax = {_seconds(end_s)}\ntiers? <exists>\nsize = {len(tiers)}\nitem []:\n"
    for number, (name, tier) in enumerate(tiers.items(), 1):
        yield f"    item [{number}]:\n"
        yield f'        class = "IntervalTier"\n        name = "{name}"\n'
        yield f"        xmin = 0\n        xmax = {_seconds(end_s)}\n        intervals: size = {len(tier)}\n"
        for place, interval in enumerate(tier, 1):
            yield _interval(place, interval)


def _interval(place: int, interval: Interval) -> str:
    label = interval.label.replace('"', '""')
    return (
        f"        intervals [{place}]:\n"
        f"            xmin = {_seconds(interval.start_s)}\n"
        f"            xmax = {_seconds(interval.end_s)}\n"
        f'            text = "{label}"\n'
    )


def _seconds(time_s: float) -> str:
    """Write a time as Praat does: without an exponent, without needless zeros."""
    return f"{time_s:.4f}".rstrip("0").rstrip(".")
