"""Chord symbols are read, and chords lead into each other."""

from __future__ import annotations

import pytest

from phonoscope.sound.music.harmony import bass_notes, chord_classes, pitch, read_chords, scale, voicings


@pytest.mark.parametrize(
    ("symbol", "bass", "classes"),
    [("C", 0, {0, 4, 7}), ("F#m7/E", 4, {6, 9, 1, 4}), ("Bb9sus4", 10, {10, 3, 8, 0}), ("Ebmaj7", 3, {3, 7, 2, 10})],
)
def test_symbols(symbol: str, bass: int, classes: set[int]) -> None:
    found_bass, found = chord_classes(symbol)

    assert (found_bass, set(found)) == (bass, classes)


@pytest.mark.parametrize("symbol", ["H", "Cfoo", "", "C/"])
def test_unknown_symbols(symbol: str) -> None:
    with pytest.raises(ValueError, match="no chord"):
        chord_classes(symbol)


def test_pitches() -> None:
    assert [pitch(name) for name in ("C4", "A4", "Bb3", "F#-1")] == [60, 69, 58, 6]
    with pytest.raises(ValueError, match="no note"):
        pitch("X4")


def test_keys() -> None:
    assert scale("Eb major") == {3, 5, 7, 8, 10, 0, 2}
    assert scale("A minor") == scale("C major")


def test_bars_share_their_beats() -> None:
    chords = read_chords("C | % | F G", 4)

    assert [(chord.start_beats, chord.length_beats, chord.bass) for chord in chords] == [
        (0, 4, 0),
        (4, 4, 0),
        (8, 2, 5),
        (10, 2, 7),
    ]


def test_chords_lead_with_little_movement() -> None:
    chords = read_chords("C | Am | F | G7 | Em7 | Dm7 | Bdim | C", 4)

    led = voicings(chords, 55, 4)

    for chord, notes in zip(chords, led, strict=True):
        assert {note % 12 for note in notes} <= set(chord.classes)
        assert list(notes) == sorted(set(notes))
        assert notes[0] >= 55 and notes[1] - notes[0] > 2, "no seconds at the bottom"
    for old, new in zip(led, (*led[1:], led[0]), strict=True):
        moves = [abs(a - b) for a, b in zip(old, new, strict=True)]
        assert sum(moves) / len(moves) <= 4
        assert abs(old[-1] - new[-1]) <= 7, "the highest voice sings"


def test_a_bass_has_the_chords_notes() -> None:
    chord = read_chords("Gm7", 4)[0]

    assert bass_notes(chord, 31) == (31, 38, 43, 34, 41)
