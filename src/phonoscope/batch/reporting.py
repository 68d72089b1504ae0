"""What has become of each row: kept on the way, so that a broken run goes on where it stopped, and told at the end."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, Literal

from phonoscope.core.errors import OutputError
from phonoscope.media.output import output_error, text_file

MANIFEST: Final = ".batch.jsonl"
"""In the folder of the videos: one line for each that was finished."""

REPORT_JSON, REPORT_CSV = "report.json", "report.csv"
SCHEMA: Final = "batch-report.1"

Status = Literal["made", "kept", "failed", "waiting"]

_FORMULAS: Final = ("=", "+", "-", "@", "\t", "\r")
"""Spreadsheets would run a cell that begins with one of these."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What has become of a row.

    Attributes
    ----------
    row
        Its number, as spreadsheets count.
    status
        ``made``, ``kept`` from an earlier run, ``failed``, or ``waiting`` when the run was stopped before it.
    output
        Name of its video in the folder; empty for a row that cannot be read.
    reason
        Why it failed.
    path
        Where in the document, if that is known.
    duration_s
        Length of the video, if one was made.
    """

    row: int
    status: Status
    output: str = ""
    reason: str = ""
    path: str = ""
    duration_s: float | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What has become of a table."""

    outcomes: tuple[Outcome, ...]

    def count(self, status: Status) -> int:
        """Return how many rows have fared so."""
        return sum(outcome.status == status for outcome in self.outcomes)

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """Rows without a video that were tried."""
        return tuple(outcome for outcome in self.outcomes if outcome.status == "failed")

    def as_data(self) -> dict[str, Any]:
        """Return it as what JSON can hold."""
        statuses: tuple[Status, ...] = ("made", "kept", "failed", "waiting")
        return {
            "schema": SCHEMA,
            "rows": len(self.outcomes),
            **{status: self.count(status) for status in statuses},
            "outcomes": [asdict(outcome) for outcome in self.outcomes],
        }

    def write(self, folder: Path) -> tuple[Path, Path]:
        """Write it as JSON and as CSV, and return where.

        Raises
        ------
        OutputError
            That is not possible.
        """
        places = folder / REPORT_JSON, folder / REPORT_CSV
        with text_file(places[0], overwrite=True) as file:
            json.dump(self.as_data(), file, ensure_ascii=False, indent=2)
            file.write("\n")
        with text_file(places[1], overwrite=True) as file:
            # With a byte order mark, spreadsheets take it for UTF-8.
            file.write("\ufeff")
            table = csv.writer(file)
            table.writerow(["row", "status", "output", "reason", "path"])
            for outcome in self.outcomes:
                cells = (outcome.output, outcome.reason, outcome.path)
                table.writerow([outcome.row, outcome.status, *map(_harmless, cells)])
        return places


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULAS) else cell


class Manifest:
    """Videos that were begun and finished in a folder, by name.

    Parameters
    ----------
    folder
        Where the videos are.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._finished: dict[str, tuple[str, int]] = {}
        self._begun: set[str] = set()
        for line in _lines(folder / MANIFEST):
            self._take(line)

    def is_finished(self, name: str, key: str) -> bool:
        """Tell whether a video is there, as it was made, and made from the same."""
        return self._is_as_made(name) and self._finished[name][0] == key

    def is_ours(self, name: str) -> bool:
        """Tell whether what is there was left by an earlier run, finished or not."""
        return name in self._begun or self._is_as_made(name)

    def finish(self, name: str, key: str) -> None:
        """Note that a video is finished.

        Raises
        ------
        OutputError
            That is not possible.
        """
        try:
            size = (self._folder / name).stat().st_size
        except OSError as error:
            raise output_error(self._folder / name, error) from error
        _append(self._folder, {"output": name, "state": "finished", "key": key, "bytes": size})

    def _is_as_made(self, name: str) -> bool:
        known = self._finished.get(name)
        try:
            return known is not None and (self._folder / name).stat().st_size == known[1]
        except OSError:
            return False

    def _take(self, line: str) -> None:
        """Learn from one line; one that was cut off does not count."""
        try:
            entry = json.loads(line)
            name, state = str(entry["output"]), entry["state"]
            if state == "finished":
                self._finished[name] = (str(entry["key"]), int(entry["bytes"]))
        except (ValueError, KeyError, TypeError):
            return
        if state == "begun":
            self._begun.add(name)
        else:
            self._begun.discard(name)


def note_state(output: Path, state: Literal["begun", "left"]) -> None:
    """Note beside a video that it is begun, or that nothing became of it; any process may do so.

    A run that is cut off leaves videos that are begun: what lies there then is our own.

    Raises
    ------
    OutputError
        That is not possible.
    """
    _append(output.parent, {"output": output.name, "state": state})


def _append(folder: Path, entry: dict[str, object]) -> None:
    path = folder / MANIFEST
    try:
        with path.open("a", encoding="utf-8") as file:
            # A line that was cut off ends here. Short lines that are appended do not mix.
            file.write(f"\n{json.dumps(entry)}\n")
    except OSError as error:
        raise output_error(path, error) from error


def _lines(path: Path) -> Sequence[str]:
    try:
        return path.read_text("utf-8", errors="replace").splitlines() if path.exists() else ()
    except OSError as error:
        raise OutputError(f"Cannot read '{path}': {error.strerror}.", "Check who may read it, or delete it.") from error
