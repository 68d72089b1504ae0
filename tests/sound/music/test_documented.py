"""docs/music.md lists what there is."""

from __future__ import annotations

from pathlib import Path

from phonoscope.sound.music.library import music_pieces
from phonoscope.sound.sfx.library import sound_effects

PAGE = (Path(__file__).parents[3] / "docs" / "music.md").read_text("utf-8")
ROWS = {
    cells[0].strip("`"): cells
    for line in PAGE.splitlines()
    if line.startswith("| `") and (cells := [cell.strip() for cell in line.strip("|").split("|")])
}


def test_every_loop_and_effect_is_listed_as_it_is() -> None:
    pieces, effects = music_pieces(), sound_effects()

    assert set(ROWS) == {piece.name for piece in pieces} | {effect.name for effect in effects}
    for piece in pieces:
        assert ROWS[piece.name][1:6] == [
            *(piece.title, piece.description, ", ".join(piece.moods), piece.key),
            f"{piece.tempo_bpm:g}",
        ]
        assert float(ROWS[piece.name][6]) == round(piece.duration_s, 1)
    for effect in effects:
        assert ROWS[effect.name][2] == ", ".join(effect.tags)
        assert [float(cell) for cell in ROWS[effect.name][3:]] == [effect.duration_s, effect.hit_s]
    # A name for both would be ambiguous wherever a document may ask for either.
    assert not {piece.name for piece in pieces} & {effect.name for effect in effects}


def test_the_licence_is_told() -> None:
    assert "CC0" in PAGE
