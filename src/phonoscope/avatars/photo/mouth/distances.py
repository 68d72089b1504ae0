"""The photographed mouth pixel by pixel: how far each pixel lies from the edges of the lips."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.finding.face_frame import FaceFrame
from phonoscope.avatars.photo.finding.landmarks import OUTER_LOWER_LIP, OUTER_UPPER_LIP
from phonoscope.avatars.photo.lips.line import LipLine
from phonoscope.avatars.photo.motion.lattice import Lattice
from phonoscope.avatars.photo.motion.lip_closing import gapes_by
from phonoscope.avatars.photo.mouth.box import MouthBox
from phonoscope.core.frames import Box

MARGIN = 0.16
"""Pixels kept around the lips, in face heights: what the lips may be stretched from."""

MARGIN_BELOW = 0.22
"""The same below the lower lip, which moves most."""

MARGIN_GAPING = 0.14
"""How many more around a mouth photographed wide open, whose closing moves all of it."""

SLOPE_BLUR = 0.006
"""Blur of the lip line's slope, in face heights."""


def map_mouth(frame: FaceFrame, lattice: Lattice, lips: LipLine) -> MouthBox:
    """Measure every pixel around the mouth of the photo against the lip line."""
    outline = frame.landmarks_px[list(OUTER_UPPER_LIP + OUTER_LOWER_LIP)]
    size = frame.height_px
    more = MARGIN_GAPING * gapes_by(lips)
    whole = lattice.box
    box = Box(
        int(max(whole.x0, outline[:, 0].min() - (MARGIN + more) * size)),
        int(max(whole.y0, outline[:, 1].min() - (MARGIN + more) * size)),
        int(min(whole.x1, outline[:, 0].max() + (MARGIN + more) * size)),
        int(min(whole.y1, outline[:, 1].max() + (MARGIN_BELOW + more) * size)),
    )
    across = (lattice.spread(lattice.u, box) - lips.centre_u) / lips.half_width
    v = lattice.spread(lattice.v, box)
    upper = v - np.interp(across, lips.x, lips.upper)
    lower = v - np.interp(across, lips.x, lips.lower)
    smooth = max(1.0, SLOPE_BLUR * size)
    return MouthBox(
        box=box,
        upper_distance_px=_as_distance(upper * size, smooth),
        lower_distance_px=_as_distance(lower * size, smooth),
        upper_height=upper.astype(np.float32),
        lower_height=lower.astype(np.float32),
        x=across.astype(np.float32),
    )


def _as_distance(height_px: NDArray[np.float64], smooth_px: float) -> NDArray[np.float32]:
    """Turn a height over a slanted line into the distance from it, so that steep edges stay smooth."""
    slope_y, slope_x = np.gradient(height_px)
    # Lattice cells and samples of the line bend the slope in steps.
    slope = cv2.GaussianBlur(np.hypot(slope_x, slope_y), (0, 0), smooth_px)
    return np.asarray(height_px / np.maximum(slope, 0.7), np.float32)
