"""``phonoscope music``: the loops and sound effects that come along."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from phonoscope.core.errors import UsageError
from phonoscope.core.suggesting import near_names

if TYPE_CHECKING:
    from phonoscope.sound.music.library import MusicPiece
    from phonoscope.sound.sfx.library import SoundEffect

EXAMPLES = """\
Examples:

phonoscope music

phonoscope music --search calm

phonoscope music upbeat --play-file upbeat.wav

phonoscope music --effects

phonoscope music whoosh --play-file whoosh.wav
"""


NEAR = 0.5
"""How alike names have to be for one to be suggested, 0 to 1."""


def music(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="One loop or sound effect.", show_default="list them")
    ] = "",
    effects: Annotated[bool, typer.Option("--effects", help="List the sound effects.")] = False,
    search: Annotated[str, typer.Option("--search", "-s", help="Only those that all of these words fit.")] = "",
    play_file: Annotated[Path | None, typer.Option(help="Write what NAME sounds like to this WAV file.")] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the WAV file if it exists.")] = False,
    json_lines: Annotated[bool, typer.Option("--json", help="Print one JSON object a loop or effect.")] = False,
) -> None:
    """List the loops and sound effects that come along, or write one to a file.

    They are in the public domain (CC0): use them in any video.
    """
    if play_file is not None and not name:
        raise UsageError("Which one is to be written is not told.", "Name one: phonoscope music calm --play-file a.wav")
    found = _found(name, effects, search)
    if json_lines:
        for one in found:
            typer.echo(json.dumps(_as_json(one)))
    elif play_file is None:
        _print(found)
    if play_file is not None:
        _write(found[0], play_file, overwrite)
        if not json_lines:
            typer.echo(f"{play_file}: {found[0].title}, {found[0].duration_s:.1f} s. {found[0].description}.")


def _found(name: str, effects: bool, search: str) -> Sequence[MusicPiece | SoundEffect]:
    """Return what is asked for.

    Raises
    ------
    UsageError
        There is none.
    """
    from phonoscope.sound.music.library import music_pieces
    from phonoscope.sound.sfx.library import sound_effects

    if name:
        return (_named(name),)
    every: Sequence[MusicPiece | SoundEffect] = sound_effects() if effects else music_pieces()
    words = search.casefold().split()
    found = [one for one in every if all(word in _words_of(one) for word in words)]
    if not found:
        raise UsageError(f"Nothing fits '{search[:60]}'.", f"See all with: phonoscope music{' --effects' * effects}.")
    return found


def _named(name: str) -> MusicPiece | SoundEffect:
    from phonoscope.sound.music.library import music_names, music_piece
    from phonoscope.sound.sfx.library import sfx_names, sound_effect

    if name in music_names():
        return music_piece(name)
    if name in sfx_names():
        return sound_effect(name)
    near = near_names(name, (*music_names(), *sfx_names()), near=NEAR)
    remedy = f"Did you mean {' or '.join(near)}?" if near else "List them: phonoscope music, also with --effects."
    raise UsageError(f"There is no music and no sound effect '{name[:60]}'.", remedy)


def _moods(one: MusicPiece | SoundEffect) -> tuple[str, ...]:
    from phonoscope.sound.music.library import MusicPiece

    return one.moods if isinstance(one, MusicPiece) else one.tags


def _words_of(one: MusicPiece | SoundEffect) -> str:
    return " ".join((one.name, one.title, one.description, *_moods(one))).casefold()


def _as_json(one: MusicPiece | SoundEffect) -> dict[str, object]:
    from phonoscope.sound.music.library import MusicPiece

    return {"kind": "loop" if isinstance(one, MusicPiece) else "effect", **asdict(one)}


def _print(found: Sequence[MusicPiece | SoundEffect]) -> None:
    from rich.console import Console
    from rich.table import Table

    from phonoscope.sound.music.library import MusicPiece

    table = Table("Name", "Title", "Mood", box=None, pad_edge=False)
    loops = isinstance(found[0], MusicPiece)
    for title in ("Beats/min",) * loops + ("Seconds",):
        table.add_column(title, justify="right")
    table.add_column("What is heard")
    for one in found:
        tempo = (f"{one.tempo_bpm:g}",) if isinstance(one, MusicPiece) else ()
        moods = ", ".join(_moods(one))
        table.add_row(f"[bold]{one.name}[/]", one.title, moods, *tempo, f"{one.duration_s:.1f}", one.description)
    Console(highlight=False).print(table)
    name = found[0].name
    if len(found) > 1:
        kind = "loops" if loops else "sound effects"
        typer.echo(f"{len(found)} {kind}. Hear one: phonoscope music {name} --play-file {name}.wav")
    typer.echo(f"Scene documents take it by name: {_entry(name, loops)}")


def _entry(name: str, is_loop: bool) -> str:
    """Return how a document asks for it."""
    return f'"music": "{name}"' if is_loop else f'"effects": ["{name}"]'


def _write(one: MusicPiece | SoundEffect, path: Path, overwrite: bool) -> None:
    from phonoscope.media.output import check_output
    from phonoscope.media.reader import write_wav
    from phonoscope.sound.music.library import MusicPiece, music_loop
    from phonoscope.sound.sfx.library import sfx

    # Playing a loop takes seconds: what cannot be written is refused before.
    check_output(path, overwrite)
    write_wav(path, music_loop(one.name) if isinstance(one, MusicPiece) else sfx(one.name), overwrite)
