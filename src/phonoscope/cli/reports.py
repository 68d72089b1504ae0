"""What the command line prints: progress for people, or JSON lines for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from phonoscope.core import events as ev
from phonoscope.core.errors import PhonoscopeError, SceneError, ScriptError, StoppedError

if TYPE_CHECKING:
    from phonoscope.choices import Video

EVENT_NAMES = {
    ev.Note: "note",
    ev.StageStarted: "stage",
    ev.Progress: "progress",
    ev.FileWritten: "file",
}

STOPPED = "Stopped before it was finished."
NOTHING_LEFT = "No file was left behind; run it again when you like."


@contextmanager
def event_sink(json_lines: bool, quiet: bool = False) -> Iterator[ev.EventSink]:
    """Yield a sink that shows events while the work goes on.

    Parameters
    ----------
    json_lines
        Print one JSON object a line on standard output instead of a progress bar on standard error.
    quiet
        Show nothing but errors.

    Raises
    ------
    StoppedError
        The block was interrupted; tells what was kept, if an interruption bears a note of that.
    """
    try:
        if json_lines:
            yield print_json_event
        elif quiet:
            yield ev.ignore_events
        else:
            with _bar() as bar:
                yield ConsoleSink(bar)
    except KeyboardInterrupt as error:
        # Not later: the command-line framework swallows it.
        kept = getattr(error, "__notes__", [NOTHING_LEFT])
        raise StoppedError(STOPPED, kept[-1]) from error


def print_json_event(event: ev.Event) -> None:
    """Print an event as one JSON line."""
    _print_json({"event": EVENT_NAMES[type(event)], **asdict(event)})


def report_error(error: PhonoscopeError, json_lines: bool) -> int:
    """Print an error with its remedy, and return the exit code."""
    if json_lines:
        line: dict[str, object] = {
            "event": "error",
            "kind": error.kind,
            "message": error.message,
            "remedy": error.remedy,
        }
        if isinstance(error, ScriptError) and error.line:
            line |= {"line": error.line, "column": error.column}
        if isinstance(error, SceneError):
            faults = [{"path": it.path, "message": it.message, "remedy": it.remedy} for it in error.faults]
            line |= {"path": error.path, "faults": faults}
        _print_json(line | {"exit_code": error.exit_code})
    else:
        console = Console(stderr=True, highlight=False, soft_wrap=True, emoji=False)
        console.print("Error:", style="bold red", end=" ")
        console.print(error.message, markup=False)
        if error.remedy:
            console.print(f"       {error.remedy}", markup=False)
    return error.exit_code


def report_video(video: Video, silent: bool) -> None:
    """Print where a finished video is, how long, how large, how long it took, and what lies beside it."""
    if silent:
        return
    width, height = video.size_px
    typer.echo(f"{video.path}: {video.duration_s:.1f} s of video, {width}x{height}, made in {video.wall_s:.1f} s")
    for path in video.sidecars:
        typer.echo(f"  and {path}")


class ConsoleSink:
    """Shows a progress bar for the stage at work, and notes above it."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, event: ev.Event) -> None:
        """Show one event."""
        if isinstance(event, ev.Note):
            self._bar.console.print(f"Note: {event.message}", style="yellow", markup=False, soft_wrap=True)
        elif isinstance(event, ev.StageStarted):
            for earlier in self._tasks.values():
                self._bar.update(earlier, visible=False)
            self._tasks[event.stage] = self._bar.add_task(event.message, total=None)
        elif isinstance(event, ev.Progress) and event.stage in self._tasks:
            self._bar.update(self._tasks[event.stage], completed=event.done, total=event.total)


def _bar() -> Progress:
    console = Console(stderr=True, emoji=False)
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(elapsed_when_finished=True),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )


def _print_json(line: dict[str, object]) -> None:
    # ASCII only: JSON needs no more, and some terminals and pipes take no more.
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()
