"""What a person marks on a face: few points, in pixels of the upright picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from phonoscope.avatars.photo.finding.faces import Kind

Point = tuple[float, float]
"""x to the right and y down, in pixels."""

MouthStyle = Literal["auto", "lips", "line"]

KINDS: tuple[Kind, ...] = get_args(Kind)
MOUTH_STYLES: tuple[MouthStyle, ...] = get_args(MouthStyle)

MOST_LIP_POINTS = 9
"""Most points along a lip: more than bend a mouth."""


@dataclass(frozen=True, slots=True)
class MouthMarks:
    """A mouth; left and right are the picture's.

    Attributes
    ----------
    left, right
        The corners.
    upper
        1 to 9 points from left to right along the lower edge of the upper lip. Of a closed mouth: along the line
        between the lips.
    lower
        The same along the upper edge of the lower lip; none where the lips touch.
    upper_rim, lower_rim
        Middle of each lip's outer edge, where the skin begins; None for the usual thickness.
    style
        ``lips`` of any kind, ``line`` for a mouth drawn as a stroke, ``auto`` to find out.
    """

    left: Point
    right: Point
    upper: tuple[Point, ...]
    lower: tuple[Point, ...] = ()
    upper_rim: Point | None = None
    lower_rim: Point | None = None
    style: MouthStyle = "auto"


@dataclass(frozen=True, slots=True)
class EyeMarks:
    """An eye: its corners, the middle of both lids' edges, and the pupil, or None to take the middle."""

    left: Point
    right: Point
    upper: Point
    lower: Point
    pupil: Point | None = None


@dataclass(frozen=True, slots=True)
class FaceMarks:
    """A face.

    Attributes
    ----------
    mouth, chin
        What speaks; the chin is the lowest part that drops with the jaw.
    name
        What a script may call it.
    kind
        What it belongs to.
    eyes
        Both, the picture's left one first, or none: then nothing blinks.
    nose
        Lower end of the nose, where the skin no longer follows the upper lip.
    top, left_side, right_side
        Of the head without ears: what turns. None to guess.
    """

    mouth: MouthMarks
    chin: Point
    name: str = ""
    kind: Kind = "person"
    eyes: tuple[EyeMarks, ...] = ()
    nose: Point | None = None
    top: Point | None = None
    left_side: Point | None = None
    right_side: Point | None = None
