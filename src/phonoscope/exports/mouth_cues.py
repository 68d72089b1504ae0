"""Mouth shapes of 2D animation: which of nine drawings is shown from when to when.

The shapes, and the three ways to write them, are those of Rhubarb Lip Sync, which game engines and animation programs
read (https://github.com/DanielSWolf/rhubarb-lip-sync): A lips shut (p b m); B slightly open, teeth together (most
consonants, ee); C open (e, ae); D wide open (ah); E slightly rounded (aw, er); F puckered (oo, w); G teeth on the lower
lip (f v); H tongue raised (l); X at rest.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from phonoscope.core.speech import Phone
from phonoscope.exports.timing import DECIMALS, Timing
from phonoscope.performance.ipa import gestures

REST: Final = "X"

SHAPES: Final = {
    **dict.fromkeys(["bilabial"], "A"),
    **dict.fromkeys(["bilabial fricative", "dental", "alveolar", "sibilant", "postalveolar", "retroflex"], "B"),
    **dict.fromkeys(["alveolo-palatal", "palatal", "velar", "uvular", "i", "ih", "close central"], "B"),
    **dict.fromkeys(["pharyngeal", "e", "eh", "ae", "uh", "schwa"], "C"),
    **dict.fromkeys(["aa"], "D"),
    **dict.fromkeys(["rhotic", "er", "ao", "o open", "oe open"], "E"),
    **dict.fromkeys(["labial-velar", "labial-palatal", "o", "u lax", "u", "y", "oe"], "F"),
    **dict.fromkeys(["labiodental"], "G"),
    **dict.fromkeys(["lateral"], "H"),
}
"""Shape of each viseme; h and its like have none, and look as the sound after them."""

CONTACTS: Final = "AG"
"""Shapes that are missed when they are left out, however short they are."""

OPEN: Final = "CDEFH"
CLENCHED: Final = "B"
"""In quick speech an open shape takes time from the clenched ones beside it: the beat of the vowels is what is seen."""

SHORTEST: Final = 9
"""Hundredths of a second: two frames at 24 a second; what is shown more shortly flickers."""

SHORTEST_CONTACT: Final = 5
"""Hundredths of a second: one frame at 24 a second, so that every contact is seen."""

PAUSE: Final = 30
"""Hundredths of a second of silence from which on the mouth rests; in shorter ones it keeps its shape."""

AHEAD: Final = 8
"""Hundredths of a second by which the mouth leaves its rest before it is heard."""


class MouthCue(NamedTuple):
    """One shape, and when it is shown, in hundredths of a second (the formats' own unit)."""

    start: int
    end: int
    shape: str


def mouth_cues(phones: Iterable[Phone], duration_s: float) -> list[MouthCue]:
    """Return shapes that follow on each other from 0 to the end, no neighbours alike, none flickering."""
    end = _whole_hundredths(duration_s)
    cues = _joined(_at_rest_in_pauses(_shapes(phones, end), end))
    cues = _widened(cues, CONTACTS, SHORTEST_CONTACT, givers="BCDEFGHX")
    cues = _widened(cues, OPEN, SHORTEST, givers=CLENCHED)
    return _without_flicker(cues)


def cues_tsv(timing: Timing) -> Iterator[str]:
    """Yield one line for each shape: when it begins, and its name; the last line is the end, at rest."""
    cues = mouth_cues(timing.phones, timing.duration_s)
    for cue in cues:
        yield f"{_seconds(cue.start)}\t{cue.shape}\n"
    yield f"{_seconds(cues[-1].end if cues else 0)}\t{REST}\n"


def cues_xml(timing: Timing) -> Iterator[str]:
    """Yield the lines of an XML document."""
    yield '<?xml version="1.0" encoding="utf-8"?>\n<rhubarbResult>\n  <metadata>\n'
    yield f"    <soundFile>{html.escape(_printable(timing.sound_name), quote=False)}</soundFile>\n"
    yield f"    <duration>{_seconds(_whole_hundredths(timing.duration_s))}</duration>\n  </metadata>\n  <mouthCues>\n"
    for cue in mouth_cues(timing.phones, timing.duration_s):
        yield f'    <mouthCue start="{_seconds(cue.start)}" end="{_seconds(cue.end)}">{cue.shape}</mouthCue>\n'
    yield "  </mouthCues>\n</rhubarbResult>\n"


def cues_json(timing: Timing) -> Iterator[str]:
    """Yield the lines of a JSON document."""
    name = json.dumps(timing.sound_name, ensure_ascii=False)
    yield f'{{\n  "metadata": {{\n    "soundFile": {name},\n'
    yield f'    "duration": {_seconds(_whole_hundredths(timing.duration_s))}\n  }},\n  "mouthCues": ['
    mark = "\n"
    for cue in mouth_cues(timing.phones, timing.duration_s):
        times = f'"start": {_seconds(cue.start)}, "end": {_seconds(cue.end)}'
        yield f'{mark}    {{ {times}, "value": "{cue.shape}" }}'
        mark = ",\n"
    yield "\n  ]\n}\n"


def _shapes(phones: Iterable[Phone], end: int) -> Iterator[MouthCue]:
    """Yield the shape of every gesture, in order, not overlapping, with gaps where nothing is said."""
    reached = 0
    waiting = None
    for phone in sorted(phones, key=lambda p: (p.start_s, p.end_s)):
        length_s = phone.end_s - phone.start_s
        for gesture in gestures(phone.ipa):
            start = max(reached, _hundredths(phone.start_s + gesture.start * length_s))
            stop = min(end, _hundredths(phone.start_s + gesture.end * length_s))
            if start >= stop:
                continue
            shape = SHAPES.get(gesture.viseme)
            if shape is None:
                waiting = start if waiting is None else waiting
            else:
                # What waited looks like this sound, if this one follows at once.
                yield MouthCue(waiting if waiting is not None and start == reached else start, stop, shape)
                waiting = None
            reached = stop


def _at_rest_in_pauses(cues: Iterable[MouthCue], end: int) -> Iterator[MouthCue]:
    """Fill the gaps: with rest where they are long or at an end, else with the shape before."""
    last = MouthCue(0, 0, REST)
    for cue in cues:
        gap = cue.start - last.end
        if gap >= PAUSE or last.shape == REST:
            leave = max(last.end, cue.start - min(AHEAD, gap // 2))
            yield last
            yield MouthCue(last.end, leave, REST)
            last = MouthCue(leave, cue.end, cue.shape)
        else:
            yield last._replace(end=cue.start)
            last = cue
    yield last
    yield MouthCue(last.end, end, REST)


def _joined(cues: Iterable[MouthCue]) -> list[MouthCue]:
    """Leave out what has no length, and join neighbours of one shape."""
    joined: list[MouthCue] = []
    for cue in cues:
        if joined and joined[-1].shape == cue.shape:
            joined[-1] = joined[-1]._replace(end=cue.end)
        elif cue.start < cue.end:
            joined.append(cue)
    return joined


def _widened(cues: list[MouthCue], shapes: str, least: int, givers: str) -> list[MouthCue]:
    """Let every cue of some shapes last for a while, at the cost of neighbours of the shapes that may give."""
    bounds = [cue.start for cue in cues] + [cue.end for cue in cues[-1:]]
    for place, cue in enumerate(cues):
        missing = least - (bounds[place + 1] - bounds[place])
        if cue.shape not in shapes or missing <= 0:
            continue
        if place > 0 and cues[place - 1].shape in givers:
            taken = min((missing + 1) // 2, bounds[place] - bounds[place - 1])
            bounds[place] -= taken
            missing -= taken
        if place + 1 < len(cues) and cues[place + 1].shape in givers:
            bounds[place + 1] = min(bounds[place + 1] + missing, bounds[place + 2])
    return _joined(MouthCue(a, b, cue.shape) for cue, a, b in zip(cues, bounds[:-1], bounds[1:], strict=True))


def _without_flicker(cues: list[MouthCue]) -> list[MouthCue]:
    """Give the time of shapes that are too short to a neighbour: the one before, if that is an open mouth too."""
    kept: list[MouthCue] = []
    start = 0
    for place, cue in enumerate(cues):
        following = cues[place + 1].shape if place + 1 < len(cues) else REST
        fits_before = bool(kept) and not _is_shut(kept[-1].shape)
        if cue.shape in CONTACTS or cue.end - start >= SHORTEST or len(cues) == 1:
            kept.append(MouthCue(start, cue.end, cue.shape))
        elif kept and (fits_before or _is_shut(following)):
            kept[-1] = kept[-1]._replace(end=cue.end)
        else:
            continue  # The next one begins where this one would have.
        start = cue.end
    return _joined(kept)


def _is_shut(shape: str) -> bool:
    return shape == REST or shape in CONTACTS


def _hundredths(time_s: float) -> int:
    return max(0, round(time_s * 100))


def _whole_hundredths(duration_s: float) -> int:
    """Return how many hundredths fit, as the formats want it; 0.29 s are 29."""
    return int(round(duration_s, DECIMALS) * 100 + 0.001)


def _seconds(hundredths: int) -> str:
    return f"{hundredths // 100}.{hundredths % 100:02}"


def _printable(text: str) -> str:
    """Return text without what XML 1.0 cannot hold."""
    return "".join(letter for letter in text if letter.isprintable())
