"""What is told about a picture: findings, each with a grade and a sentence of advice."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from phonoscope.avatars.photo.finding.faces import Face


class Grade(IntEnum):
    """How fit something is; a larger number is better, so that the worst is the least."""

    POOR = 0
    USABLE = 1
    GOOD = 2

    @property
    def word(self) -> str:
        """``good``, ``usable`` or ``poor``."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes
    ----------
    name
        ``size``, ``turn``, ``sharpness`` …
    grade
        How fit it is.
    value
        What was found, in a few words: ``412 px``, ``turned 24° to the left``, ``glasses``.
    advice
        One sentence: what is in the way, and what to do about it; empty where nothing is.
    measure
        The number behind the grade, where there is one; its unit follows from the name.
    """

    name: str
    grade: Grade
    value: str
    advice: str = ""
    measure: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class FaceReport:
    """What was found about one face.

    Attributes
    ----------
    number
        Counted from 1 at the left, as ``--face`` counts.
    face
        Where it lies.
    findings
        All that was looked at, in a fixed order.
    """

    number: int
    face: Face
    findings: tuple[Finding, ...]

    @property
    def grade(self) -> Grade:
        """The worst of the findings."""
        return min((finding.grade for finding in self.findings), default=Grade.GOOD)

    def __getitem__(self, name: str) -> Finding:
        return next(finding for finding in self.findings if finding.name == name)


@dataclass(frozen=True, slots=True, eq=False)
class PhotoReport:
    """What was found about a picture.

    Attributes
    ----------
    size_px
        (width, height).
    faces
        From left to right, in the order and number of `find_faces`.
    findings
        About the picture as a whole; an advice stands here when there is no face.
    """

    size_px: tuple[int, int]
    faces: tuple[FaceReport, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def grade(self) -> Grade:
        """That of the best face: one is enough to speak."""
        return max((face.grade for face in self.faces), default=Grade.POOR)
