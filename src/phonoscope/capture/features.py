"""What is measured on a face once its head is held still."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from phonoscope.capture.landmarks import CHIN_SKIN, LOWER_LIP, LOWER_RIM, SIDES, UPPER_LIP, UPPER_RIM

MOUTH: Final = (
    "gap", "upper", "lower", "chin", "chin_side", "mouth_side", "upper_red", "lower_red",
    "corner_out_left", "corner_out_right", "corner_up_left", "corner_up_right",
)  # fmt: skip
LIDS: Final = ("open_left", "open_right", "lower_lid_left", "lower_lid_right")
GAZE: Final = ("look_x_left", "look_x_right", "look_y_left", "look_y_right")
BROWS: Final = (
    "brow_inner_left", "brow_inner_right", "brow_outer_left", "brow_outer_right", "brows_apart",
    "cheek_left", "cheek_right",
)  # fmt: skip
FEATURES: Final = (*MOUTH, *LIDS, *GAZE, *BROWS)
"""Columns of features; left and right are the picture's.

gap
    Between the inner lips.
upper, lower, chin
    How high the upper lip's inner edge lies, how low the lower one's, how low the chin.
chin_side, mouth_side
    Chin and corners of the mouth to the picture's right.
upper_red, lower_red
    Heights of the lips.
corner_out, corner_up
    Corners of the mouth: away from the middle of the face, and up.
open, lower_lid
    Opening of the lids over the width of the eye; how high the lower lid lies.
look_x, look_y
    The iris from the middle of its eye to the picture's right, and down, over the width of the eye.
brow_inner, brow_outer, cheek
    How high they lie.
brows_apart
    Distance of the brows' inner ends.

Lengths are in face heights.
"""

COLUMN: Final = {name: column for column, name in enumerate(FEATURES)}


def measure_features(face: NDArray[np.float64]) -> NDArray[np.float64]:
    """Measure a face.

    Parameters
    ----------
    face
        float64, shape (478, 3): landmarks in the face's own coordinates (right, down, away), in face heights.

    Returns
    -------
    float64, shape (len(FEATURES),).
    """
    upper, lower = face[list(UPPER_LIP)].mean(0), face[list(LOWER_LIP)].mean(0)
    chin = face[list(CHIN_SKIN)].mean(0)
    corners = face[[side.corner for side in SIDES]]
    found = {
        "gap": lower[1] - upper[1],
        "upper": -upper[1],
        "lower": lower[1],
        "chin": chin[1],
        "chin_side": chin[0],
        "mouth_side": corners[:, 0].mean(),
        "upper_red": upper[1] - face[UPPER_RIM, 1],
        "lower_red": face[LOWER_RIM, 1] - lower[1],
        "brows_apart": face[SIDES[1].brow_inner[0], 0] - face[SIDES[0].brow_inner[0], 0],
    }
    for name, side in zip(("left", "right"), SIDES, strict=True):
        first, last = face[list(side.eye)]
        axis, width = last - first, float(np.linalg.norm(last - first))
        iris = face[side.iris] - 0.5 * (first + last)
        along = axis / width
        upper_lid, lower_lid = (face[list(lids)] for lids in zip(*side.lids, strict=True))
        found |= {
            f"corner_out_{name}": side.outward * face[side.corner, 0],
            f"corner_up_{name}": -face[side.corner, 1],
            f"open_{name}": np.linalg.norm(upper_lid[:, :2] - lower_lid[:, :2], axis=1).mean() / width,
            f"lower_lid_{name}": -lower_lid[:, 1].mean(),
            f"look_x_{name}": iris @ along / width,
            f"look_y_{name}": (iris[1] * along[0] - iris[0] * along[1]) / width,
            f"brow_inner_{name}": -face[list(side.brow_inner), 1].mean(),
            f"brow_outer_{name}": -face[list(side.brow_outer), 1].mean(),
            f"cheek_{name}": -face[list(side.cheek), 1].mean(),
        }
    return np.array([found[name] for name in FEATURES], np.float64)
