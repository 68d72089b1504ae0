"""What is told of the faces in a picture."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from phonoscope.studio.assets import models

if TYPE_CHECKING:
    from phonoscope.avatars.photo.check import FaceReport, Finding
    from phonoscope.core.frames import Picture

PLACES = 5
"""Decimal places of shares."""


def face_report(picture: Picture, marked: bool) -> models.FaceReport:
    """Look for the faces of a picture, and return what is found in the form in which the studio tells it.

    Parameters
    ----------
    marked
        Somebody has shown where the faces are.
    """
    # Not before: the engine takes a while to load.
    from phonoscope.avatars.photo.check import check_photo
    from phonoscope.avatars.photo.marks import rig_text, seek_marks

    report = check_photo(picture)
    guess = seek_marks(picture, found=tuple(face.face for face in report.faces))
    return models.FaceReport(
        grade=report.grade.word,
        findings=[_finding(finding) for finding in report.findings],
        faces=[_face(face, report.size_px) for face in report.faces],
        marked=marked,
        guess=json.loads(rig_text(guess, picture.size_px)) if guess else None,
    )


def _face(report: FaceReport, size_px: tuple[int, int]) -> models.Face:
    face, (width, height) = report.face, size_px
    box = models.Box(
        x=round(face.box.x0 / width, PLACES),
        y=round(face.box.y0 / height, PLACES),
        width=round(face.box.width / width, PLACES),
        height=round(face.box.height / height, PLACES),
    )
    return models.Face(
        number=report.number,
        grade=report.grade.word,
        box=box,
        yaw_deg=round(face.yaw_deg, 1),
        pitch_deg=round(face.pitch_deg, 1),
        roll_deg=round(face.roll_deg, 1),
        findings=[_finding(finding) for finding in report.findings],
    )


def _finding(finding: Finding) -> models.FaceFinding:
    return models.FaceFinding(name=finding.name, grade=finding.grade.word, value=finding.value, advice=finding.advice)
