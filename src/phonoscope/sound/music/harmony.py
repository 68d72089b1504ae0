"""Chord symbols → notes that lead from chord to chord with little movement."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

PITCH_CLASSES = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
ACCIDENTALS = {"": 0, "#": 1, "b": -1}

QUALITIES: dict[str, tuple[int, ...]] = {
    "": (0, 4, 7),
    "m": (0, 3, 7),
    "5": (0, 7),
    "6": (0, 4, 7, 9),
    "m6": (0, 3, 7, 9),
    "69": (0, 4, 9, 2),
    "7": (0, 4, 10, 7),
    "9": (0, 4, 10, 2),
    "13": (0, 4, 10, 9),
    "7b9": (0, 4, 10, 1),
    "maj7": (0, 4, 11, 7),
    "maj9": (0, 4, 11, 2, 7),
    "maj7#11": (0, 4, 11, 6),
    "m7": (0, 3, 10, 7),
    "m9": (0, 3, 10, 2, 7),
    "m11": (0, 3, 10, 5),
    "mmaj7": (0, 3, 11, 7),
    "add9": (0, 4, 2, 7),
    "madd9": (0, 3, 2, 7),
    "sus2": (0, 2, 7),
    "sus4": (0, 5, 7),
    "7sus4": (0, 5, 10, 7),
    "9sus4": (0, 5, 10, 2),
    "dim": (0, 3, 6),
    "dim7": (0, 3, 6, 9),
    "m7b5": (0, 3, 6, 10),
    "aug": (0, 4, 8),
}
"""Semitones over the root by what follows it in a symbol; what matters most comes first."""

SCALES = {"major": (0, 2, 4, 5, 7, 9, 11), "minor": (0, 2, 3, 5, 7, 8, 10), "lydian": (0, 2, 4, 6, 7, 9, 11)}

SYMBOL = re.compile(r"([A-G])([#b]?)([^/]*)(?:/([A-G])([#b]?))?")
PITCH = re.compile(r"([A-G])([#b]?)(-?\d)")


@dataclass(frozen=True, slots=True)
class Chord:
    """A chord where it stands.

    Attributes
    ----------
    start_beats, length_beats
        From the beginning of the piece.
    bass
        Pitch class of its lowest note, 0 (C) to 11.
    classes
        Pitch classes, what matters most first.
    """

    start_beats: float
    length_beats: float
    bass: int
    classes: tuple[int, ...]

    @property
    def end_beats(self) -> float:
        """Where the next begins."""
        return self.start_beats + self.length_beats


def pitch_class(letter: str, accidental: str = "") -> int:
    """Return 0 (C) to 11."""
    return (PITCH_CLASSES[letter] + ACCIDENTALS[accidental]) % 12


def pitch(name: str) -> int:
    """Return the MIDI number of a note such as `Bb3`; C4 is 60."""
    found = PITCH.fullmatch(name)
    if found is None:
        raise ValueError(f"'{name}' is no note; write one such as Bb3.")
    return PITCH_CLASSES[found[1]] + ACCIDENTALS[found[2]] + 12 * (int(found[3]) + 1)


def scale(key: str) -> frozenset[int]:
    """Return the pitch classes of a key such as `Eb major`."""
    tonic, _, kind = key.partition(" ")
    root = pitch_class(tonic[0], tonic[1:])
    return frozenset((root + step) % 12 for step in SCALES[kind])


def chord_classes(symbol: str) -> tuple[int, tuple[int, ...]]:
    """Return the bass and the pitch classes of a symbol such as `F#m7/E`."""
    found = SYMBOL.fullmatch(symbol)
    if found is None or found[3] not in QUALITIES:
        raise ValueError(f"'{symbol}' is no chord that is known here; see QUALITIES.")
    root = pitch_class(found[1], found[2])
    bass = pitch_class(found[4], found[5]) if found[4] else root
    return bass, tuple((root + step) % 12 for step in QUALITIES[found[3]])


def read_chords(text: str, bar_beats: int) -> tuple[Chord, ...]:
    """Return the chords of bars such as `C | Am7 F`; chords share their bar evenly, `%` repeats the bar before."""
    chords: list[Chord] = []
    symbols: list[str] = []
    for number, bar in enumerate(text.split("|")):
        symbols = symbols if bar.strip() == "%" else bar.split()
        length = bar_beats / len(symbols)
        for place, symbol in enumerate(symbols):
            chords.append(Chord(number * bar_beats + place * length, length, *chord_classes(symbol)))
    return tuple(chords)


def voicings(chords: tuple[Chord, ...], low: int, voices: int) -> tuple[tuple[int, ...], ...]:
    """Return for each chord so many notes from `low` up, led with little movement, also from the last to the first."""
    choices = [_placements(chord, low, voices) for chord in chords]
    best: tuple[float, list[tuple[int, ...]]] | None = None
    for first in choices[0]:
        path, cost = [first], _strain(first, low)
        for options in choices[1:]:
            nearest = min(options, key=lambda notes: _movement(path[-1], notes) + _strain(notes, low))
            cost += _movement(path[-1], nearest) + _strain(nearest, low)
            path.append(nearest)
        cost += _movement(path[-1], first)
        if best is None or cost < best[0]:
            best = cost, path
    return tuple(best[1]) if best else ()


def bass_notes(chord: Chord, low: int) -> tuple[int, ...]:
    """Return what a bass chooses from: bass note, fifth, octave, third and seventh or sixth over it."""
    ground = low + (chord.bass - low) % 12
    third = next((over for over in (4, 3, 5, 2) if (chord.bass + over) % 12 in chord.classes), 12)
    fifth = next((over for over in (7, 6, 8, 9, 5) if (chord.bass + over) % 12 in chord.classes), 7)
    sixth = next((over for over in (10, 11, 9) if (chord.bass + over) % 12 in chord.classes), 12)
    return ground, ground + fifth, ground + 12, ground + third, ground + sixth


def _placements(chord: Chord, low: int, voices: int) -> list[tuple[int, ...]]:
    """Return close and open positions of a chord within two octaves from `low`."""
    classes = chord.classes[:voices]
    found = set()
    for start in range(low, low + 12):
        if start % 12 not in classes:
            continue
        stack = [note for note in range(start, start + 36) if note % 12 in classes][: voices + 2]
        found.add(tuple(stack[:voices]))
        if len(classes) == voices and voices >= 3:
            found.add((*stack[: voices - 2], stack[voices - 1], stack[voices - 2] + 12))
    # Seconds at the bottom of a chord are mud; at the top they shine.
    clear = [notes for notes in found if notes[1] - notes[0] > 2] if voices > 1 else list(found)
    return sorted(clear or found)


def _movement(old: tuple[int, ...], new: tuple[int, ...]) -> float:
    return sum(abs(a - b) for a, b in itertools.zip_longest(old, new, fillvalue=old[-1])) + 0.5 * abs(old[-1] - new[-1])


def _strain(notes: tuple[int, ...], low: int) -> float:
    """Return what speaks against a position: far from where it is wanted, or wide."""
    return 0.3 * abs(notes[0] - low - 4) + 0.25 * max(notes[-1] - notes[0] - 14, 0)
