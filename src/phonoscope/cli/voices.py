"""``phonoscope voices``: who can speak."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from phonoscope.core.errors import UsageError

EXAMPLES = """\
Examples:

phonoscope voices --language fr

phonoscope voices --voice french-female --play-file sample.wav
"""


def voices(
    language: Annotated[str, typer.Option(help="Only this language: fr, pt-br, Hindi …")] = "",
    gender: Annotated[str, typer.Option(help="Only female or male voices.")] = "",
    voice: Annotated[str, typer.Option(help="One voice, by id, name, or language and gender.")] = "",
    play_file: Annotated[
        Path | None, typer.Option(help="Write a spoken sample of the voice (the first one listed) to this WAV file.")
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the sample file if it exists.")] = False,
    json_lines: Annotated[bool, typer.Option("--json", help="Print one JSON object a voice.")] = False,
) -> None:
    """List the voices that speak with no network, or write a spoken sample of one."""
    from phonoscope.speech import find_voice, list_voices

    found = (find_voice(voice, language),) if voice else list_voices(language, gender)
    if not found:
        raise UsageError(f"No {gender} voice speaks {language}.", "See all with: phonoscope voices")
    if json_lines:
        for one in found:
            typer.echo(json.dumps(asdict(one), ensure_ascii=False))
    elif play_file is None or voice:
        table = Table("Voice", "Name", "Language", "Accent", "Gender", box=None, pad_edge=False)
        for one in found:
            table.add_row(one.id, one.name, one.language_name, one.accent, one.gender)
        Console().print(table)
        if len(found) > 1:
            typer.echo(f"{len(found)} voices. Use one with --voice ID, or by language and gender: french-female.")
    if play_file is not None:
        _write_sample(found[0].id, found[0].sample, play_file, overwrite)
        if not json_lines:
            typer.echo(f"{play_file}: {found[0].name} ({found[0].id}) says: {found[0].sample}")


def _write_sample(voice_id: str, sample: str, path: Path, overwrite: bool) -> None:
    import numpy as np

    from phonoscope.core.sound import Sound
    from phonoscope.media.reader import write_wav
    from phonoscope.script import read_script
    from phonoscope.speech import SpeakOptions, speak

    pieces = [piece.sound for piece in speak(read_script(sample), SpeakOptions(voice=voice_id))]
    sound = Sound(np.concatenate([piece.samples for piece in pieces]), pieces[0].rate_hz)
    write_wav(path, sound, overwrite)
