"""Figures, melodies and beats become the notes that they mean; all compositions are sound."""

from __future__ import annotations

import pytest

from phonoscope.sound.music.harmony import read_chords, scale
from phonoscope.sound.music.instruments.drums import DRUMS
from phonoscope.sound.music.library import COMPOSITIONS
from phonoscope.sound.music.playing import INSTRUMENTS, KIT, performed
from phonoscope.sound.music.reading import notes_of
from phonoscope.sound.music.score import Beat, Composition, Figure, Melody, Part

ALL = pytest.mark.parametrize("piece", COMPOSITIONS.values(), ids=lambda piece: piece.name)


def piece_of(line: Figure | Melody | Beat, chords: str = "C | G") -> Composition:
    return Composition("test", "", "", (), "C major", 24_000, chords, (Part("piano", line, 0),))


def read(line: Figure | Melody | Beat, chords: str = "C | G") -> list[tuple[float, float, int]]:
    notes = notes_of(line, piece_of(line, chords))
    return sorted((note.start_beats, note.length_beats, note.pitch) for note in notes)


def test_digits_play_single_notes_and_hold() -> None:
    assert read(Figure("A.", {"A": "0-.1 ...."}, low=57, voices=3)) == [(0, 1, 60), (1.5, 0.5, 64)]


def test_digits_past_the_chord_go_an_octave_higher() -> None:
    assert read(Figure("A.", {"A": "3"}, low=57, voices=3)) == [(0, 4, 72)]


def test_pedal_holds_until_the_chord_changes() -> None:
    assert read(Figure("A", {"A": "0.0."}, low=57, voices=3, pedal=True), "C G")[0] == (0, 2, 60)


def test_held_chords_tie_what_they_share() -> None:
    notes = read(Figure("AA", {"A": "c"}, low=57, voices=3), "C | Am")

    assert len(notes) == 4
    assert sorted(pitch % 12 for start, beats, pitch in notes if beats == 8) == [0, 4]


def test_strums_go_from_string_to_string() -> None:
    figure = Figure("A", {"A": "d-u-"}, low=57, voices=4)
    down = [note for note in notes_of(figure, piece_of(figure, "C")) if note.start_beats == 0]
    up = [note for note in notes_of(figure, piece_of(figure, "C")) if note.start_beats == 2]

    assert sorted(down, key=lambda note: note.later_s) == sorted(down, key=lambda note: note.pitch)
    assert sorted(up, key=lambda note: note.later_s) == sorted(up, key=lambda note: -note.pitch)


def test_melodies_and_beats() -> None:
    assert read(Melody("C5:1 -:2 E5+G5:1 | D5:4")) == [(0, 1, 72), (3, 1, 76), (3, 1, 79), (4, 4, 74)]
    beat = Beat("A.", {"A": {"kick": "x...X...", "hat": "..o."}})
    assert [(note.start_beats, note.drum) for note in notes_of(beat, piece_of(beat))] == [
        (0, "kick"),
        (2, "kick"),
        (2, "hat"),
    ]


def test_a_bar_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(ValueError, match="Bar 2"):
        read(Melody("C5:4 | C5:3"))


def test_dynamics_make_notes_softer() -> None:
    figure = Figure("AA", {"A": "0"}, voices=3, dynamics="19")
    soft, loud = notes_of(figure, piece_of(figure))

    assert soft.velocity < 0.65 * loud.velocity


@ALL
def test_every_part_fills_the_form(piece: Composition) -> None:
    for part in piece.parts:
        assert part.instrument == KIT or part.instrument in INSTRUMENTS
        bars = part.line.bars.count("|") + 1 if isinstance(part.line, Melody) else len(part.line.form.replace(" ", ""))
        assert bars == piece.bars, part.instrument
        notes = notes_of(part.line, piece)
        assert notes
        for note in notes:
            assert 0 <= note.start_beats < piece.bars * piece.bar_beats
            assert note.start_beats + note.length_beats <= piece.bars * piece.bar_beats + 1e-6
            assert 0 < note.velocity <= 1
            assert note.drum in DRUMS if part.instrument == KIT else 26 <= note.pitch <= 96


@ALL
def test_melodies_keep_to_key_and_chord(piece: Composition) -> None:
    chords, key = read_chords(piece.chords, piece.bar_beats), scale(piece.key)
    for part in piece.parts:
        if not isinstance(part.line, Melody):
            continue
        for note in notes_of(part.line, piece):
            chord = next(chord for chord in chords if chord.start_beats <= note.start_beats < chord.end_beats)
            own = note.pitch % 12
            assert own in key or own in chord.classes, (part.instrument, note)
            if own not in chord.classes and note.length_beats >= 1:
                assert (own - 1) % 12 not in chord.classes, f"{note} rubs a semitone over a chord note"


@ALL
def test_players_stay_near_the_grid(piece: Composition) -> None:
    beat_s = piece.beat_samples / 48_000
    for number, part in enumerate(piece.parts):
        hits = performed(piece, number)
        deviations = [abs(hit.start_s / beat_s * 12 - round(hit.start_s / beat_s * 12)) * beat_s / 12 for hit in hits]
        assert len(hits) == len(notes_of(part.line, piece))
        assert max(deviations) < 0.1
        assert hits == performed(piece, number)


@ALL
def test_no_part_repeats_one_bar_for_ever(piece: Composition) -> None:
    lines = [part.line for part in piece.parts if not isinstance(part.line, Melody)]

    assert sum(len(set(line.form.replace(" ", ""))) > 1 for line in lines) >= 2
