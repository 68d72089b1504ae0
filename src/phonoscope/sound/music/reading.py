"""Figures, melodies and beats → notes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from phonoscope.sound.music.harmony import Chord, bass_notes, pitch, read_chords, voicings
from phonoscope.sound.music.score import Beat, Composition, Figure, Melody, Note

STRUM_S = 0.013
"""From string to string of a strummed chord."""

FORCES = {"X": 1.0, "x": 0.78, "o": 0.45, "D": 1.0, "d": 0.8, "u": 0.6, "c": 0.75}
"""Velocities of the marks."""

DIGIT_FORCE = 0.72
MELODY_FORCE = 0.8

ACCENTS = ((1.0, 0.0), (0.5, 0.06), (0.25, 0.14))
"""Softer by the second on places that are whole beats, halves and quarters of one; the first of a bar is strongest."""

Voices = tuple[tuple[Chord, tuple[int, ...]], ...]


def notes_of(line: Figure | Melody | Beat, piece: Composition) -> tuple[Note, ...]:
    """Return a part's notes as written, in order, none yet as a hand would play it."""
    if isinstance(line, Melody):
        notes = _melody(line, piece.bar_beats)
    elif isinstance(line, Beat):
        notes = _beat(line, piece.bar_beats)
    else:
        notes = _figure(line, piece)
    return tuple(_dynamic(note, line.dynamics.replace(" ", ""), piece.bar_beats) for note in notes)


def _dynamic(note: Note, dynamics: str, bar_beats: int) -> Note:
    place = note.start_beats % bar_beats
    softer = next((less for step, less in ACCENTS if place % step == 0), 0.2) if place else -0.05
    velocity = note.velocity - softer
    if dynamics:
        velocity *= 0.5 + 0.06 * int(dynamics[int(note.start_beats // bar_beats) % len(dynamics)])
    return replace(note, velocity=min(max(velocity, 0.05), 1.0))


def _melody(line: Melody, bar_beats: int) -> Iterator[Note]:
    for number, bar in enumerate(line.bars.split("|")):
        at = float(number * bar_beats)
        for token in bar.split():
            name, _, beats = token.partition(":")
            if name != "-":
                for single in name.split("+"):
                    yield Note(at, float(beats), pitch(single), MELODY_FORCE)
            at += float(beats)
        if abs(at - (number + 1) * bar_beats) > 1e-6:
            raise ValueError(f"Bar {number + 1} of a melody has {at - number * bar_beats:g} beats: '{bar.strip()}'.")


def _bars(form: str) -> Iterator[tuple[int, str]]:
    """Yield the bars that are played, with the letters of their patterns."""
    for number, letter in enumerate(form.replace(" ", "")):
        if letter != ".":
            yield number, letter


def _beat(line: Beat, bar_beats: int) -> Iterator[Note]:
    for number, letter in _bars(line.form):
        for drum, steps in line.patterns[letter].items():
            marks = steps.replace(" ", "")
            length = bar_beats / len(marks)
            for place, mark in enumerate(marks):
                if mark != ".":
                    yield Note(number * bar_beats + place * length, length, 60, FORCES[mark], drum=drum)


def _figure(line: Figure, piece: Composition) -> Iterator[Note]:
    chords = read_chords(piece.chords, piece.bar_beats)
    if line.voices == 1:
        voices = tuple((chord, bass_notes(chord, line.low)) for chord in chords)
    else:
        voices = tuple(zip(chords, voicings(chords, line.low, line.voices), strict=True))
    tied: dict[int, Note] = {}
    for number, letter in _bars(line.form):
        marks = line.patterns[letter].replace(" ", "")
        length = piece.bar_beats / len(marks)
        for place, mark in enumerate(marks):
            if mark in ".-":
                continue
            held = len(marks[place + 1 :]) - len(marks[place + 1 :].lstrip("-")) + 1
            at = number * piece.bar_beats + place * length
            if mark == "c":
                yield from _tie(tied, at, held * length, voices)
            else:
                yield from _strokes(mark, at, held * length, voices, line)
    yield from tied.values()


def _tie(tied: dict[int, Note], at: float, beats: float, voices: Voices) -> Iterator[Note]:
    """Hold chords and what they have in common; yield what has ended, keep what sounds in `tied`."""
    for chord, tones in voices:
        start, end = max(at, chord.start_beats), min(at + beats, chord.end_beats)
        if start >= end:
            continue
        for tone in list(tied):
            if tone not in tones or tied[tone].start_beats + tied[tone].length_beats < start - 1e-6:
                yield tied.pop(tone)
        for tone in tones:
            old = tied.get(tone, Note(start, 0.0, tone, FORCES["c"]))
            tied[tone] = replace(old, length_beats=end - old.start_beats)


def _strokes(mark: str, at: float, beats: float, voices: Voices, line: Figure) -> Iterator[Note]:
    """Yield what one mark means."""
    chord, tones = next(pair for pair in voices if pair[0].start_beats - 1e-6 <= at < pair[0].end_beats - 1e-6)
    length = chord.end_beats - at if line.pedal else beats
    if mark.isdigit():
        octave, index = (0, int(mark)) if line.voices == 1 else divmod(int(mark), len(tones))
        yield Note(at, length, tones[index] + 12 * octave, DIGIT_FORCE)
        return
    order: Mapping[str, Callable[[tuple[int, ...]], tuple[int, ...]]] = {"u": lambda strings: strings[::-1][:3]}
    strummed = mark in "duD"
    for place, tone in enumerate(order.get(mark, tuple)(tones)):
        yield Note(at, length, tone, FORCES[mark] * (1 - 0.05 * place), STRUM_S * place if strummed else 0.0)
