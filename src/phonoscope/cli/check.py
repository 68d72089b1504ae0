"""``phonoscope check``: whether a picture is fit to speak, and what would make it better."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from phonoscope.avatars.photo.check import FaceReport, Finding, PhotoReport

EXAMPLES = """\
Examples:

phonoscope check portrait.jpg

phonoscope check team.jpg -o team-checked.png

phonoscope check *.jpg --json
"""

SAID_OTHERWISE = {
    ("cover", "free"): "nothing in front",
    ("beard", "beard"): "beard",
    ("beard", "moustache"): "moustache",
    ("beard", "moustache and beard"): "moustache and beard",
}
"""Findings whose name and value make no sense beside each other."""

COLOURS = {"good": "green", "usable": "yellow", "poor": "bold red"}


def check(
    photos: Annotated[list[Path], typer.Argument(metavar="PHOTO...", help="One picture, or several.")],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Write the picture with what was found drawn on it (one PHOTO only)."),
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace a file that exists.")] = False,
    json_lines: Annotated[bool, typer.Option("--json", help="Print one JSON object a picture.")] = False,
) -> None:
    """Tell whether a picture is fit to speak, face by face, and what would make it better.

    A good picture has clear features, a face that looks at the camera, even light, and a face of 150 pixels or more.
    Left and right are the picture's.
    """
    from phonoscope.avatars.photo.check import Grade
    from phonoscope.choices import refuse_to_overwrite
    from phonoscope.core.errors import PhotoError, UsageError
    from phonoscope.media.pictures import check_picture_output

    if output is not None:
        if len(photos) > 1:
            raise UsageError(
                f"-o names one file, and {len(photos)} pictures are given.", "Check them one by one, or leave -o away."
            )
        check_picture_output(output, overwrite)
        refuse_to_overwrite(photos, (output,))
    fit = False
    for photo in photos:
        try:
            report = _check(photo, output, overwrite)
        except PhotoError as error:
            if len(photos) == 1:
                raise
            _print_unreadable(photo, error, json_lines)
            continue
        fit |= report.grade is not Grade.POOR
        if json_lines:
            typer.echo(json.dumps(as_json(photo, report)))
        else:
            _print_report(photo, report)
    if not fit:
        raise typer.Exit(PhotoError.exit_code)


def as_json(photo: Path, report: PhotoReport) -> dict[str, Any]:
    """Return a report as what JSON can hold; boxes are left, top, right, bottom in pixels."""
    return {
        "photo": str(photo),
        "size_px": list(report.size_px),
        "grade": report.grade.word,
        "findings": [_finding(finding) for finding in report.findings],
        "faces": [_face(face) for face in report.faces],
    }


def _face(report: FaceReport) -> dict[str, Any]:
    face = report.face
    return {
        "number": report.number,
        "grade": report.grade.word,
        "box_px": [face.box.x0, face.box.y0, face.box.x1, face.box.y1],
        "height_px": round(face.size_px, 1),
        "yaw_deg": round(face.yaw_deg, 1),
        "pitch_deg": round(face.pitch_deg, 1),
        "roll_deg": round(face.roll_deg, 1),
        "score": round(face.score, 3),
        "findings": [_finding(finding) for finding in report.findings],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    measure = None if finding.measure is None else round(finding.measure, 3)
    return {
        "name": finding.name,
        "grade": finding.grade.word,
        "value": finding.value,
        "measure": measure,
        "advice": finding.advice,
    }


def _check(photo: Path, output: Path | None, overwrite: bool) -> PhotoReport:
    """Check one picture, and write the annotated one if it is wanted."""
    from phonoscope.avatars.photo.check import check_photo
    from phonoscope.media.pictures import load_picture, save_picture
    from phonoscope.scene.layout import flatten

    picture = flatten(load_picture(photo))
    report = check_photo(picture)
    if output is not None:
        from phonoscope.avatars.photo.check.annotate import annotate

        save_picture(output, annotate(picture, report), overwrite)
    return report


def _print_report(photo: Path, report: PhotoReport) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    console = Console(highlight=False)
    faces = {0: "no face", 1: "one face"}.get(len(report.faces), f"{len(report.faces)} faces")
    console.print(
        f"[bold]{escape(str(photo))}[/]: {report.size_px[0]}x{report.size_px[1]}, {faces},"
        f" {_coloured(report.grade.word)}",
        soft_wrap=True,
    )
    for finding in report.findings:
        console.print(f"  {finding.advice}", markup=False)
    for face in report.faces:
        if len(report.faces) > 1:
            console.print(f"\n[bold]Face {face.number} from the left:[/] {_coloured(face.grade.word)}")
        table = Table(box=None, pad_edge=False, show_header=False)
        table.add_column(no_wrap=True, min_width=9)
        table.add_column(no_wrap=True, min_width=6)
        table.add_column()
        fine = [finding for finding in face.findings if not finding.advice]
        for finding in sorted(face.findings, key=lambda finding: finding.grade):
            if finding.advice:
                table.add_row(
                    finding.name, _coloured(finding.grade.word), f"[bold]{finding.value}.[/] {finding.advice}"
                )
        told = ", ".join(map(_told, fine))
        if fine:
            table.add_row("the rest", _coloured("good"), escape(told))
        console.print(table)


def _told(finding: Finding) -> str:
    """Say in two or three words what was found and is fine."""
    if finding.value == "none":
        return f"no {finding.name}"
    return SAID_OTHERWISE.get((finding.name, finding.value), f"{finding.name} {finding.value}")


def _coloured(grade: str) -> str:
    return f"[{COLOURS[grade]}]{grade}[/]"


def _print_unreadable(photo: Path, error: Any, json_lines: bool) -> None:
    """Report a picture that cannot be read, and go on with the next."""
    if json_lines:
        line = {"photo": str(photo), "grade": "poor", "error": error.message, "remedy": error.remedy}
        typer.echo(json.dumps(line))
    else:
        from phonoscope.cli.reports import report_error

        report_error(error, json_lines=False)
