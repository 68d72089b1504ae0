"""What ``--watch`` does: a document is rendered again whenever it, or one of its files, is saved."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from phonoscope.cli.reports import report_error
from phonoscope.cli.scene_options import open_document
from phonoscope.core.errors import PhonoscopeError, UsageError
from phonoscope.core.events import EventSink, Note

if TYPE_CHECKING:
    from phonoscope.scene.document.reading import ReadScene

LOOK_EVERY_S = 0.4
"""Between two looks at the files. Looking works wherever files are, and whichever way an editor replaces them."""

SETTLED_S = 0.3
"""Files that have not changed for so long have been written completely."""

MOST_FILES = 5000
"""Of a folder that is watched for a file that was missing."""

State = Mapping[Path, tuple[int, int, int] | None]
"""By file: when it was changed, its size, and which file it is; None for one that is not there."""


def watch(
    document: str,
    values: Sequence[str] | None,
    render: Callable[[ReadScene], None],
    events: EventSink,
    json_lines: bool = False,
) -> None:
    """Render a document now, and again after every change, until somebody interrupts the waiting.

    Parameters
    ----------
    document, values
        As they were given on the command line.
    render
        Renders it, once it has been read; what it writes is not watched.
    json_lines
        Print errors as JSON lines.

    Raises
    ------
    UsageError
        The document is no file; or the first rendering told that what is asked for does not fit.
    """
    place = Path(document)
    if state_of([place])[place] is None or not place.is_file():
        raise UsageError(f"'{document}' is no file that could be watched.", "Give a document of your own.")
    is_first = True
    while True:
        files, before = _round(place, values, render, json_lines, is_first)
        is_first = False
        events(Note("Waiting for changes; Ctrl-C ends."))
        try:
            wait_for_change(files, before)
        except KeyboardInterrupt:
            return


Files = Callable[[], Iterable[Path]]
"""Returns the files that are watched."""


def _round(
    place: Path, values: Sequence[str] | None, render: Callable[[ReadScene], None], json_lines: bool, is_first: bool
) -> tuple[Files, State]:
    """Render once; return what is to be watched now, and as it was before."""
    # Looked at before anything is read, so that what changes meanwhile counts.
    own, all_of_it = state_of([place]), state_of(_files_beside(place))
    files: Files = lambda: _files_beside(place)  # noqa: E731 (replaced below)
    before: State = all_of_it
    try:
        read = open_document(str(place), values)
        named = [place, *_named(read)]
        files, before = lambda: named, {**state_of(named), **own}
        render(read)
    except PhonoscopeError as error:
        if is_first and isinstance(error, UsageError):
            raise
        report_error(error, json_lines)
    return files, before


def wait_for_change(files: Files, before: State) -> None:
    """Return as soon as files are no longer as they were, and have been written completely."""
    now = state_of(files())
    while now == before:
        time.sleep(LOOK_EVERY_S)
        now = state_of(files())
    while True:
        time.sleep(SETTLED_S)
        last, now = now, state_of(files())
        if now == last:
            return


def state_of(files: Iterable[Path]) -> State:
    """Return what tells whether files have changed."""
    return {path: _state(path) for path in files}


def _state(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _named(read: ReadScene) -> list[Path]:
    """Return the files that a document names."""
    from phonoscope.rendering.opening import asset_table

    return [Path(path) for path in asset_table(read).paths.values()]


def _files_beside(place: Path) -> list[Path]:
    """Return a document with all that lies in its folder, hidden files aside: one of them may be what it lacks."""
    found: list[Path] = [place]
    for folder, folders, names in os.walk(place.parent):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [Path(folder, name) for name in names if not name.startswith(".")]
        if len(found) > MOST_FILES:
            break
    return found[:MOST_FILES]
