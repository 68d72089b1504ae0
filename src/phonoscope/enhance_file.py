"""A recording in a file made better or changed, into another file."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from phonoscope.core.errors import UsageError
from phonoscope.core.events import EventSink, ignore_events
from phonoscope.core.sound import SoundStream
from phonoscope.media.output import check_output, place_of
from phonoscope.media.sound_file import SoundOptions, open_sound
from phonoscope.media.sound_writer import has_picture, replace_sound, sound_kind, write_sound
from phonoscope.sound.effects import change_voice
from phonoscope.sound.enhancement import EnhanceOptions, enhance
from phonoscope.sound.loudness import MeteredSound, SoundReport


@dataclass(frozen=True, slots=True)
class FileChoices:
    """What is made of a recording.

    Attributes
    ----------
    sound
        Track and part.
    enhance
        What is done to the voice.
    effects_only
        Do no more than what `enhance.changes` tells: leave noise and loudness alone.
    overwrite
        Replace a file that exists.
    """

    sound: SoundOptions = field(default_factory=SoundOptions)
    enhance: EnhanceOptions = field(default_factory=EnhanceOptions)
    effects_only: bool = False
    overwrite: bool = False


def enhance_file(
    source: Path | str, output: Path | str, choices: FileChoices | None = None, events: EventSink = ignore_events
) -> tuple[SoundReport, SoundReport]:
    """Clean the voice in a sound or video file, and write it to a file of the kind that its suffix tells.

    A video stays a video when `output` is one; its picture is copied as it is.

    Returns
    -------
    tuple
        What was measured before and after.

    Raises
    ------
    PhonoscopeError
        Tells what is wrong and what to do about it; no file is left behind.
    """
    choices = choices or FileChoices()
    kind = sound_kind(output)
    check_output(output, choices.overwrite)
    if place_of(source) == place_of(output):
        raise UsageError(f"'{source}' would be overwritten by the output.", "Choose another output name.")
    recording = open_sound(source, choices.sound, events)
    if kind.has_picture:
        _check_picture(source, output, choices)
    changes = choices.enhance.changes
    better = None if choices.effects_only else enhance(recording, choices.enhance, events)
    heard = MeteredSound(recording)
    result = MeteredSound(better or change_voice(heard, changes))
    _write(result, source, output, choices.overwrite, events)
    return better.before if better else heard.report(), result.report()


def _write(result: SoundStream, source: Path | str, output: Path | str, overwrite: bool, events: EventSink) -> None:
    if sound_kind(output).has_picture:
        replace_sound(source, result, output, overwrite, events)
    else:
        write_sound(output, result, overwrite, events)


def _check_picture(source: Path | str, output: Path | str, choices: FileChoices) -> None:
    """Refuse a video output that cannot be made."""
    if not has_picture(source):
        raise UsageError(f"'{source}' has no picture, so '{output}' cannot be a video.", "Choose .wav, .m4a, .mp3 …")
    cut = choices.sound.start_s > 0 or choices.sound.end_s is not None
    if cut or choices.enhance.changes.speed != 1:
        raise UsageError(
            "A video keeps its length: its picture is copied as it is.",
            "Leave out --trim and --speed, or choose a sound file as output.",
        )
