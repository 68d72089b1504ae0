"""Indices into the 478 landmarks of the MediaPipe face mesh (with irises), by what they outline.

Left and right are the picture's, not the person's. Source of the numbering: the canonical face model of MediaPipe,
https://github.com/google-ai-edge/mediapipe (mediapipe/modules/face_geometry/data).
"""

from __future__ import annotations

from dataclasses import dataclass

INNER_UPPER_LIP = (78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308)
INNER_LOWER_LIP = (78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308)
OUTER_UPPER_LIP = (61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291)
OUTER_LOWER_LIP = (61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291)
FACE_OVAL = (
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377,
    152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
)  # fmt: skip

FOREHEAD, CHIN = 10, 152
EAR_LEFT, EAR_RIGHT = 234, 454
NOSE_BRIDGE, NOSE_BASE = 6, 2
MOUTH_LEFT, MOUTH_RIGHT = 78, 308
UPPER_LIP_INSIDE, UPPER_LIP_TOP = 13, 0
LOWER_LIP_INSIDE, LOWER_LIP_BOTTOM = 14, 17
CHEEKS = (50, 280, 205, 425)


@dataclass(frozen=True, slots=True)
class EyeLandmarks:
    """Landmarks of one eye, each row from the picture's left to its right."""

    upper_lid: tuple[int, ...]
    lower_lid: tuple[int, ...]
    iris: tuple[int, ...]
    brow: tuple[int, ...]


EYES = (
    EyeLandmarks(
        upper_lid=(33, 246, 161, 160, 159, 158, 157, 173, 133),
        lower_lid=(33, 7, 163, 144, 145, 153, 154, 155, 133),
        iris=(468, 469, 470, 471, 472),
        brow=(70, 63, 105, 66, 107, 46, 53, 52, 65, 55),
    ),
    EyeLandmarks(
        upper_lid=(362, 398, 384, 385, 386, 387, 388, 466, 263),
        lower_lid=(362, 382, 381, 380, 374, 373, 390, 249, 263),
        iris=(473, 474, 475, 476, 477),
        brow=(336, 296, 334, 293, 300, 285, 295, 282, 283, 276),
    ),
)
