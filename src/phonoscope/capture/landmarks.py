"""Which of the 478 landmarks of the face mesh tell what a filmed face does.

Left and right are the picture's, not the person's. Numbering: the canonical face model of MediaPipe,
https://github.com/google-ai-edge/mediapipe (mediapipe/modules/face_geometry/data).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

COUNT: Final = 478

FOREHEAD, CHIN = 10, 152
"""Their distance is the face height."""

EARS: Final = (234, 454)

RIGID: Final = (
    33, 133, 362, 263, 168, 6, 197, 195, 5, 4, 98, 327, 129, 358, 127, 356, 234, 454, 116, 345, 143, 372, 162, 389,
)  # fmt: skip
"""Corners of the eyes, nose, temples: what moves with the skull only. With the forehead, which the mesh lets follow the
jaw, heads nodded at every syllable."""

UPPER_LIP: Final = (82, 13, 312)
LOWER_LIP: Final = (87, 14, 317)
"""Middles of the inner lips."""

UPPER_RIM, LOWER_RIM = 0, 17
"""Outer middles of the lips."""

CHIN_SKIN: Final = (152, 175, 148, 377)


@dataclass(frozen=True, slots=True)
class Side:
    """Landmarks of one side of the face.

    Attributes
    ----------
    outward
        -1 at the picture's left, 1 at its right.
    corner
        Of the mouth.
    lids
        Pairs of an upper and a lower lid's landmark.
    eye
        The eye's corners, from the picture's left to its right.
    iris
        Its middle.
    brow_inner, brow_outer
        Landmarks of the brow's ends.
    cheek
        Landmarks of the cheek under the eye.
    """

    outward: float
    corner: int
    lids: tuple[tuple[int, int], ...]
    eye: tuple[int, int]
    iris: int
    brow_inner: tuple[int, ...]
    brow_outer: tuple[int, ...]
    cheek: tuple[int, ...]


SIDES: Final = (
    Side(-1.0, 61, ((159, 145), (158, 153), (160, 144)), (33, 133), 468, (107, 66, 55), (63, 70, 53), (50, 117, 118)),
    Side(
        1.0, 291, ((386, 374), (385, 380), (387, 373)), (362, 263), 473, (336, 296, 285), (293, 300, 283),
        (280, 346, 347),
    ),
)  # fmt: skip
