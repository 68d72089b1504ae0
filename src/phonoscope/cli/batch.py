"""``phonoscope batch``: one video for each row of a table."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from phonoscope.cli.reports import event_sink
from phonoscope.cli.scene_options import Document, Values, parse_values
from phonoscope.core.errors import InputError, UsageError

if TYPE_CHECKING:
    from phonoscope.batch import Report, Template
    from phonoscope.rendering.options import RenderOptions
    from phonoscope.scene.document.reading import ReadScene

EXAMPLES = """\
Examples:

phonoscope batch greeting guests.csv -o greetings/ --name "{{name}}.mp4"

phonoscope batch advert.json products.csv -o adverts/ --set shop=Miller --jobs 2

phonoscope batch advert.json products.csv -o adverts/ --dry-run
"""


def batch(
    document: Document,
    rows: Annotated[
        Path, typer.Argument(metavar="ROWS", help="A table (.csv): its headings are the document's variables.")
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for the videos.")],
    name: Annotated[
        str, typer.Option(help="Names of the videos: columns in double braces, and {{row}} for the row's number.")
    ] = "{{row}}.mp4",
    values: Values = None,
    video_format: Annotated[
        str, typer.Option("--format", help="mp4, webm, mov or gif, instead of the one that --name ends with.")
    ] = "",
    jobs: Annotated[int, typer.Option(min=1, max=16, help="Videos that are made at a time.")] = 1,
    draft: Annotated[bool, typer.Option("--draft", help="Small and quick: 360 pixels on the shorter side.")] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Make all videos anew, and replace files.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only check all rows, and make nothing.")] = False,
    json_lines: Annotated[bool, typer.Option("--json", help="Print events and the report as JSON lines.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but failures.")] = False,
) -> None:
    """Make one video for each row of a table; what an earlier run has finished is kept."""
    from phonoscope.batch import BatchOptions, make_videos, read_table
    from phonoscope.core.events import Note
    from phonoscope.rendering.options import RenderOptions

    template = open_template(document, parse_values(values))
    table = read_table(rows)
    rendering = RenderOptions(draft=draft, jobs=1 if jobs > 1 else None, overwrite=True)
    options = BatchOptions(
        name=named_for(name, video_format),
        jobs=jobs,
        overwrite=overwrite,
        dry_run=dry_run,
        written=("draft",) if draft else (),
    )
    with event_sink(json_lines, quiet) as events:
        if table.encoding == "cp1252":
            events(Note("The table is not UTF-8; it is read as Windows-1252. Check its accents, or save it as UTF-8."))
        report = make_videos(
            template, (table, rows.parent), output, partial(render_row, options=rendering), options, events
        )
    _tell(report, output, dry_run, json_lines, quiet)
    if report.failed:
        raise typer.Exit(InputError.exit_code)


def open_template(document: str, values: dict[str, str]) -> Template:
    """Read a document, or a template by its name, with the values that are the same in all videos."""
    from phonoscope.batch import load_template
    from phonoscope.rendering.opening import check_document_exists, known_names
    from phonoscope.templates import find_template, is_template

    if is_template(document):
        found = find_template(document)
        return load_template(found.text, found.folder, values, known_names())
    check_document_exists(document)
    return load_template(Path(document), None, values, known_names())


def render_row(read: ReadScene, output: Path, options: RenderOptions) -> float:
    """Render one video, and return its length in seconds."""
    from phonoscope.rendering.render import render_scene

    return render_scene(read, output, options).duration_s


def named_for(pattern: str, video_format: str) -> str:
    """Return the pattern for names with the suffix of a format, where one is asked for."""
    if not video_format:
        return pattern if Path(pattern).suffix else f"{pattern}.mp4"
    suffix = video_format.lower().lstrip(".")
    if suffix not in ("mp4", "webm", "mov", "gif"):
        raise UsageError(f"'{video_format[:20]}' is no format.", "Choose mp4, webm, mov or gif.")
    return f"{pattern.removesuffix(Path(pattern).suffix)}.{suffix}"


def _tell(report: Report, folder: Path, dry_run: bool, json_lines: bool, quiet: bool) -> None:
    if json_lines:
        typer.echo(json.dumps({"event": "report", "dry_run": dry_run} | report.as_data()))
        return
    if quiet:
        for outcome in report.failed:
            typer.echo(f"Row {outcome.row}: {outcome.reason}", err=True)
        return
    made, kept, failed = report.count("made"), report.count("kept"), len(report.failed)
    if dry_run:
        typer.echo(f"To be made: {report.count('waiting')}. There already: {kept}. Rows that cannot be used: {failed}.")
        typer.echo("Nothing was written.")
        return
    typer.echo(f"{folder}: {made} made, {kept} kept, {failed} failed; see {folder / 'report.csv'}")
