"""Displacement fields: where each control of the face moves each node of the lattice.

The skin is two layers cut along the lip line. Each layer's fields are clamped at the line, so that they reach past
their cut: the upper layer is defined (and drawn) a little below the line, the lower one a little above.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.curves import bump, smoothstep
from phonoscope.avatars.photo.finding.face_frame import FaceFrame
from phonoscope.avatars.photo.lips.line import LipLine
from phonoscope.avatars.photo.motion.expression import EXPRESSIONS, expression_fields
from phonoscope.avatars.photo.motion.lattice import Lattice, distance_outside_face
from phonoscope.avatars.photo.motion.lip_closing import (
    JAW_DROP,
    JAW_REACH,
    Field,
    Layer,
    close_corners,
    close_lips,
    flatten_smile,
    gapes_by,
    join_past_corners,
)
from phonoscope.avatars.photo.motion.mouth_space import MouthSpace, see_mouth

MOUTH_FIELDS = (
    "jaw", "lower", "upper", "lower_round", "upper_round", "close", "wide", "pucker", "press", "roll", "smile",
    "corners", "flat",
)  # fmt: skip
"""Fields that `mouth_motion` weighs. ``smile`` is there to take a photographed one back."""

FIELDS = MOUTH_FIELDS + EXPRESSIONS
"""Order of the fields in a `FieldSet`."""

LOW_CHIN = 0.08
"""How far below its landmark the chin of a mouth photographed wide open is, in face heights."""

CLOSING_EDGE = 4.0
"""How much nearer the edge of the photo the jaw of a gaping mouth still closes: its shortfall to this power."""


@dataclass(frozen=True, slots=True, eq=False)
class FieldSet:
    """Displacements at weight 1, in face heights along u, v, w.

    Attributes
    ----------
    upper, lower
        float32, shape (len(FIELDS), 3, rows * columns): of the upper and lower layer of skin.
    differs
        uint8, shape (rows, columns): 1 where the cell to the node's right and below moves differently in both layers.
    below_lower
        float32, shape (rows, columns): how far the node lies below the lower lip's upper edge, in face heights.
    """

    upper: NDArray[np.float32]
    lower: NDArray[np.float32]
    differs: NDArray[np.uint8]
    below_lower: NDArray[np.float32]


def build_fields(
    frame: FaceFrame, lattice: Lattice, lips: LipLine, edge: NDArray[np.float32], glasses: float = 0.0
) -> FieldSet:
    """Return all fields.

    Parameters
    ----------
    edge
        Shape (rows, columns): fades them out at the edges of the photo.
    glasses
        How surely glasses are worn, 0 to 1.
    """
    mouth = see_mouth(frame, lattice, lips)
    jaw = _jaw(frame, lattice, mouth)
    fields: dict[str, Field] = {
        "jaw": jaw,
        "close": close_lips(mouth, jaw, lattice.step_px / frame.height_px),
        "corners": close_corners(mouth),
        "flat": flatten_smile(mouth),
        **_opening_fields(lattice, mouth),
        **_shape_fields(frame, lattice, mouth),
        **expression_fields(frame, lattice, mouth, jaw, -distance_outside_face(frame, lattice), glasses),
    }
    # A dropped jaw closes up to near the edge of the photo, where chins of gaping mouths are: what is below stretches.
    near_edge = 1 - (1 - edge) ** (1 + (CLOSING_EDGE - 1) * gapes_by(lips))
    edges = [near_edge if name == "close" else edge for name in FIELDS]
    upper = np.stack([np.stack(fields[name][0]) * free for name, free in zip(FIELDS, edges, strict=True)])
    lower = np.stack([np.stack(fields[name][1]) * free for name, free in zip(FIELDS, edges, strict=True)])
    apart = (np.abs(upper - lower).max((0, 1)) > 1e-5).astype(np.uint8)
    # A cell differs when any of its corners does.
    differs = cv2.dilate(apart, np.ones((2, 2), np.uint8), anchor=(0, 0))
    x = mouth.x
    below_lower = lattice.v - np.interp(x, lips.x, lips.lower)
    count = lattice.x.size
    return FieldSet(
        upper=np.ascontiguousarray(upper.reshape(len(FIELDS), 3, count), np.float32),
        lower=np.ascontiguousarray(lower.reshape(len(FIELDS), 3, count), np.float32),
        differs=np.asarray(differs, np.uint8),
        below_lower=below_lower.astype(np.float32),
    )


def _jaw(frame: FaceFrame, lattice: Lattice, mouth: MouthSpace) -> Field:
    """Chin down and a little back, cheeks narrower; the neck follows for a fifth of a face height."""
    from scipy.ndimage import gaussian_filter

    u = lattice.u - mouth.lips.centre_u
    across = 1 / (1 + (np.abs(u) / 0.27) ** 4)
    # Landmarks place the chin of a gaping mouth too high.
    rim = 0.01 + LOW_CHIN * gapes_by(mouth.lips) * smoothstep(0, 0.1, mouth.below)
    outside = np.clip(distance_outside_face(frame, lattice) - rim, 0, None)
    face = gaussian_filter(1 - smoothstep(0, 0.20, outside), 0.012 * frame.height_px / lattice.step_px)
    upper = across * smoothstep(*JAW_REACH, -mouth.above) * face
    lower = across * smoothstep(*JAW_REACH, mouth.below) * face
    upper = upper * (1 - mouth.spread)
    lower = lower + (face - lower) * mouth.spread
    narrow = -0.10 * np.sign(u) * np.minimum(np.abs(u) / 0.2, 1)

    def layer(drop: NDArray[np.float64]) -> Layer:
        return narrow * drop * JAW_DROP, drop * JAW_DROP, 0.35 * drop * JAW_DROP

    return layer(upper), layer(lower)


def _opening_fields(lattice: Lattice, mouth: MouthSpace) -> dict[str, Field]:
    """Lips apart by one face height at weight 1, spread or round."""
    none = np.zeros(lattice.shape)
    still = (none, none, none)
    lips = mouth.lips
    # A round opening is narrower than the lips that frame it: their outer rims move as one.
    broad = np.clip(1 - (mouth.x / 1.1) ** 2, 0, 1)
    outward = smoothstep(0, 1.2 * lips.lower_thickness, mouth.below)
    lower_round = (mouth.rounded + (broad - mouth.rounded) * outward) * mouth.lower_grip
    outward = smoothstep(0, 1.2 * lips.upper_thickness, mouth.above)
    upper_round = (mouth.rounded + (broad - mouth.rounded) * outward) * mouth.upper_grip
    return {
        "lower": (still, (none, mouth.spread * mouth.lower_grip, none)),
        "upper": ((none, mouth.spread * mouth.upper_grip, none), still),
        "lower_round": join_past_corners(mouth, still, (none, lower_round, none)),
        "upper_round": join_past_corners(mouth, (none, upper_round, none), still),
    }


def _shape_fields(frame: FaceFrame, lattice: Lattice, mouth: MouthSpace) -> dict[str, Field]:
    """Corners out or in, lips thick or pressed, and the lower lip under the teeth."""
    # Skin slides within the cheeks; the outline of the face stays.
    cheek = smoothstep(0, 0.12, -distance_outside_face(frame, lattice))
    lips, x, away = mouth.lips, mouth.x, mouth.away
    none = np.zeros(lattice.shape)
    half = min(lips.half_width, 0.15)
    full = min(lips.half_width, 0.175)
    beyond = np.maximum(np.abs(x) - 1, 0)
    pull = x * np.exp(0.5 * (1 - x * x / 1.69)) / np.exp(0.5 * (1 - 1 / 1.69))
    lift = -(np.minimum(np.abs(x), 1.6) ** 2) * bump(beyond, 0.8)

    wide = (pull * bump(away, 0.115) * half * 0.22 * cheek, lift * bump(away, 0.13) * half * 0.05, none)
    smile = (pull * bump(away, 0.14) * half * 0.16 * cheek, lift * bump(away, 0.15) * half * 0.20, none)

    # Mostly the corners come in: squeezing the whole lip would make it a wedge.
    # Not with too steep a slope, either: skin squeezed to less than half its width shows its texture as stripes.
    gather = np.sign(x) * np.abs(x) ** 1.1 * np.exp(-0.7 * (np.maximum(np.abs(x) - 0.8, 0) / 0.7) ** 2) / 0.944
    inward = -gather * bump(away, 0.11) * full * 0.31 * cheek
    forward = -0.05 * bump(x, 1.1) * bump(away, 0.09)
    # Lips that bulge all along would end in upright sides.
    thicken = np.clip(1 - x**2, 0, 1) ** 0.7
    tu, tl = lips.upper_thickness, lips.lower_thickness
    up = -thicken * smoothstep(0, tu, mouth.above) * (1 - smoothstep(1.2 * tu, mouth.nose + 0.3 * tu, mouth.above))
    down = thicken * smoothstep(0, tl, mouth.below) * (1 - smoothstep(1.3 * tl, 0.8 * mouth.chin, mouth.below))

    spread = mouth.spread
    press_up = spread * smoothstep(0, tu, mouth.above) * (1 - smoothstep(tu, tu + 0.05, mouth.above))
    press_down = -spread * smoothstep(0, tl, mouth.below) * (1 - smoothstep(tl, tl + 0.07, mouth.below))
    roll = -spread * smoothstep(0, tl, mouth.below) * (1 - smoothstep(tl, tl + 0.09, mouth.below))
    return {
        "wide": (wide, wide),
        "smile": (smile, smile),
        "pucker": join_past_corners(mouth, (inward, 0.011 * up, forward), (inward, 0.013 * down, forward)),
        "press": ((none, 0.010 * press_up, none), (none, 0.014 * press_down, none)),
        "roll": ((none, none, none), (none, 0.016 * roll, none)),
    }
