"""The flow: a table and a document become a folder of videos, one a row."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from phonoscope.batch.naming import DEFAULT_NAME, names_of
from phonoscope.batch.reporting import Manifest, Outcome, Report
from phonoscope.batch.rows import Row, Table
from phonoscope.batch.template import Fingerprints, Template, columns_for, values_of
from phonoscope.batch.working import RenderOne, Work, Worker
from phonoscope.core.errors import OutputError, PhonoscopeError, SceneError, UsageError
from phonoscope.core.events import EventSink, Note, Progress, StageStarted, ignore_events
from phonoscope.media.output import output_error
from phonoscope.scene.document.faults import one_of
from phonoscope.scene.document.reading import ReadScene

MOST_JOBS: Final = 16


@dataclass(frozen=True, slots=True)
class BatchOptions:
    """How the videos of a table are made.

    Attributes
    ----------
    name
        What they are called: see `naming.names_of`.
    jobs
        How many are made at a time, each in a process of its own.
    overwrite
        Make all anew, and replace files that are in the way.
    dry_run
        Only check all rows.
    written
        How videos are written, as text: another way makes them anew.
    """

    name: str = DEFAULT_NAME
    jobs: int = 1
    overwrite: bool = False
    dry_run: bool = False
    written: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not 1 <= self.jobs <= MOST_JOBS:
            raise UsageError(f"{self.jobs} videos cannot be made at a time.", f"Use 1 to {MOST_JOBS}.")


@dataclass(slots=True)
class _Plan:
    """What is to be done, and what is known already."""

    outcomes: list[Outcome]
    work: list[Work]
    keys: list[str]


def make_videos(
    template: Template,
    table: tuple[Table, Path],
    folder: Path,
    render_one: RenderOne,
    options: BatchOptions | None = None,
    events: EventSink = ignore_events,
) -> Report:
    """Make one video a row.

    Rows that cannot be used are passed over, and told in the report; so are rows whose video could not be made. Videos
    that an earlier run has finished are kept, if they would become the same.

    Parameters
    ----------
    template
        The document.
    table
        The rows, and the folder beside whose table files are looked for.
    folder
        Where the videos go; made if need be.
    render_one
        Renders a document that has been read: takes it and the output, replaces what is there, and returns the length
        in seconds. With several jobs it is called in other processes.

    Returns
    -------
    Report
        Also written into the folder, whatever happens; a dry run writes nothing.

    Raises
    ------
    UsageError, InputError
        Nothing can be made at all.
    OutputError
        The folder cannot be written to.
    """
    options = options or BatchOptions()
    events(StageStarted("check", "Checking rows"))
    plan = _plan(template, table, folder, options, events)
    if options.dry_run:
        return Report(tuple(plan.outcomes))
    events(StageStarted("batch", "Making videos"))
    try:
        _work(plan, folder, Worker(template, render_one, options.jobs), events)
    except KeyboardInterrupt as error:
        error.add_note("Videos that are finished are kept; the same command goes on from there.")
        raise
    finally:
        report = Report(tuple(plan.outcomes))
        report.write(folder)
    return report


def _plan(
    template: Template, table: tuple[Table, Path], folder: Path, options: BatchOptions, events: EventSink
) -> _Plan:
    """Look at every row before the first video is made."""
    rows, beside = table[0].rows, table[1]
    used, extra = columns_for(template, table[0])
    if extra:
        events(Note(f"Columns that the document does not use: {one_of(extra)}."))
    names = names_of(rows, options.name, table[0].columns)
    manifest = Manifest(_made(folder, options.dry_run))
    prints = Fingerprints()
    plan = _Plan([], [], [])
    for place, (row, name) in enumerate(zip(rows, names, strict=True)):
        outcome = Outcome(row.number, "waiting", name)
        key, values = "", values_of(row, used, template, beside)
        try:
            key = prints.of(_read(row, values, template), template.known, options.written)
            if manifest.is_finished(name, key) and not options.overwrite:
                outcome = replace(outcome, status="kept")
            elif _is_there(folder / name) and not (options.overwrite or manifest.is_ours(name)):
                raise UsageError(f"'{name}' exists already.", "Move it away, or replace it with --overwrite.")
        except (PhonoscopeError, OSError) as error:
            outcome = failure(outcome, error)
            events(Note(f"Row {row.number}: {outcome.reason}"))
        if outcome.status == "waiting":
            plan.work.append(Work(place, values, folder / name))
        plan.outcomes.append(outcome)
        plan.keys.append(key)
        events(Progress("check", place + 1, len(rows), "rows"))
    return plan


def _read(row: Row, values: dict[str, str], template: Template) -> ReadScene:
    if row.fault:
        raise UsageError(row.fault, "")
    return template.read(values)


def failure(outcome: Outcome, error: Exception) -> Outcome:
    """Return the outcome of a row of which no video could be made."""
    if isinstance(error, SceneError) and error.faults:
        reason = " ".join(f"{fault.path}: {fault}" if fault.path else str(fault) for fault in error.faults)
    elif isinstance(error, PhonoscopeError):
        reason = str(error)
    else:
        reason = f"Something unexpected happened: {type(error).__name__}: {error}."
    path = error.path if isinstance(error, SceneError) else ""
    return replace(outcome, status="failed", reason=reason, path=path)


def _made(folder: Path, dry_run: bool) -> Path:
    try:
        if not dry_run:
            folder.mkdir(parents=True, exist_ok=True)
            if not os.access(folder, os.W_OK | os.X_OK):
                raise OutputError(f"Cannot write into '{folder}': permission was denied.", "Choose another folder.")
    except FileExistsError as error:
        raise OutputError(f"'{folder}' is a file, not a folder.", "Choose another name.") from error
    except OutputError:
        raise
    except OSError as error:
        raise output_error(folder, error) from error
    return folder


def _is_there(path: Path) -> bool:
    return path.exists() or path.is_symlink()


def _work(plan: _Plan, folder: Path, worker: Worker, events: EventSink) -> None:
    """Make what is waiting, and keep note of each video as soon as it is there."""
    manifest = Manifest(folder)
    done = len(plan.outcomes) - len(plan.work)
    for place, ended in worker.work_through(plan.work):
        outcome = plan.outcomes[place]
        if isinstance(ended, Exception):
            plan.outcomes[place] = failure(outcome, ended)
            events(Note(f"Row {outcome.row}: {plan.outcomes[place].reason}"))
        else:
            manifest.finish(outcome.output, plan.keys[place])
            plan.outcomes[place] = replace(outcome, status="made", duration_s=ended)
        done += 1
        events(Progress("batch", done, len(plan.outcomes), "videos"))
