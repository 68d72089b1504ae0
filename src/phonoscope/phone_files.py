"""The phones of a recording as files for other tools: no photo, no video."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from phonoscope.choices import VoiceChoices, refuse_to_overwrite
from phonoscope.core.errors import OutputError, UsageError
from phonoscope.core.events import EventSink, FileWritten, StageStarted, ignore_events
from phonoscope.core.speech import Speech
from phonoscope.exports import ArkitWriter, Timing, cues_json, cues_tsv, cues_xml, phones_json, textgrid
from phonoscope.media.output import check_output, text_file
from phonoscope.performance import PerformOptions, perform
from phonoscope.transcript import Transcript
from phonoscope.voice import listen, open_recording

STANDARD_OUTPUT = Path("-")

FORMATS = ("textgrid", "phones", "cues", "arkit")

_BY_SUFFIX = {
    ".textgrid": ("textgrid",),
    ".json": ("phones", "cues"),
    ".tsv": ("cues",),
    ".xml": ("cues",),
    ".csv": ("arkit",),
}
"""What a file's name leaves open; the first is taken unless another is asked for."""

_CUES = {".json": cues_json, ".xml": cues_xml}
"""How cues are written by suffix; else as TSV."""


@dataclass(frozen=True, slots=True)
class PhoneFile:
    """One file to write.

    Attributes
    ----------
    path
        Where; ``-`` is standard output.
    format
        One of `FORMATS`.
    """

    path: Path
    format: str

    @property
    def export(self) -> Callable[[Timing], Iterable[str]] | None:
        """What writes it at the end; None for curves, which are written frame by frame."""
        if self.format == "cues":
            return _CUES.get(self.path.suffix.lower(), cues_tsv)
        return {"textgrid": textgrid, "phones": phones_json}.get(self.format)


def phone_files(paths: Iterable[Path], requested: str = "") -> tuple[PhoneFile, ...]:
    """Choose the format of each file by its name, and where that leaves it open, by what is requested.

    Raises
    ------
    UsageError
        A name tells no format, or none of the names can be in the one requested.
    """
    if requested and requested not in FORMATS:
        raise UsageError(f"There is no format '{requested}'.", f"Choose one of: {', '.join(FORMATS)}.")
    files = []
    for path in paths:
        possible = _BY_SUFFIX.get(path.suffix.lower(), ())
        if not possible and not requested:
            raise UsageError(
                "Standard output has no name to tell a format by."
                if path == STANDARD_OUTPUT
                else f"The name '{path}' tells no format.",
                f"Name it with --format ({', '.join(FORMATS)}), or let it end in one of: {', '.join(_BY_SUFFIX)}.",
            )
        if path.name.lower().endswith(".cues.json"):
            possible = ("cues", "phones")
        files.append(PhoneFile(path, requested if requested in possible or not possible else possible[0]))
    if requested and all(file.format != requested for file in files):
        raise UsageError(
            f"No output's name fits the format {requested}.", "Leave --format away, or change the name's ending."
        )
    return tuple(files)


def write_phones(
    voice: Path | str,
    files: tuple[PhoneFile, ...],
    choices: VoiceChoices | None = None,
    acting: PerformOptions | None = None,
    overwrite: bool = False,
    events: EventSink = ignore_events,
) -> Timing:
    """Hear what is said when in a recording, and write it.

    Parameters
    ----------
    voice
        Any sound or video file.
    files
        See `phone_files`.
    acting
        Of the curves, where some are written: frames a second.

    Raises
    ------
    PhonoscopeError
        Whatever is wrong, with what to do about it; no file is left behind.
    """
    choices, acting = choices or VoiceChoices(), acting or PerformOptions()
    places = [file.path for file in files if file.path != STANDARD_OUTPUT]
    for place in places:
        check_output(place, overwrite)
    if len(files) - len(places) > 1:
        raise UsageError("Standard output can take one format only.", "Give names to the other outputs.")
    refuse_to_overwrite((voice,), places)
    recording = open_recording(voice, choices, events)
    transcript = Transcript()
    events(StageStarted("speech", "Listening"))
    pieces = transcript.watch(listen(recording, choices, events))
    with ExitStack() as open_files:
        streams = {file: open_files.enter_context(_opened(file.path, overwrite)) for file in files}
        curves = [ArkitWriter(stream, acting.fps) for file, stream in streams.items() if file.export is None]
        for performance in perform(pieces, acting) if curves else _all_heard(pieces):
            for writer in curves:
                writer.add(performance)
        timing = transcript.timing(Path(voice).name)
        for file, stream in streams.items():
            if file.export is not None:
                stream.writelines(file.export(timing))
    for place in places:
        events(FileWritten(str(place)))
    return timing


def _all_heard(pieces: Iterable[Speech]) -> tuple[()]:
    """Listen to the end; nobody acts."""
    for _ in pieces:
        pass
    return ()


@contextmanager
def _opened(path: Path, overwrite: bool) -> Iterator[TextIO]:
    """Open a file that appears whole or not at all, or standard output, for text in UTF-8."""
    if path != STANDARD_OUTPUT:
        with text_file(path, overwrite) as file:
            yield file
        return
    if sys.stdout is None:
        raise OutputError("Standard output is closed.", "Name a file with -o.")
    sys.stdout.flush()
    stream = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="\n")
    try:
        yield stream
    finally:
        # Flushes, and leaves the interpreter's own stream open.
        stream.detach()
