"""Displacement fields of expression: how muscles pull the skin, one side at a time.

Each field is made of bells around the landmarks where a muscle ends, wider on one side than on the other. Both layers
of skin move alike, so that an expression never parts the lips. Left and right are the picture's.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.curves import bump, smoothstep
from phonoscope.avatars.photo.finding.face_frame import FaceFrame
from phonoscope.avatars.photo.finding.landmarks import EYES, EyeLandmarks
from phonoscope.avatars.photo.motion.controls import Controls
from phonoscope.avatars.photo.motion.lattice import Lattice
from phonoscope.avatars.photo.motion.lip_closing import JAW_DROP, Field, Layer
from phonoscope.avatars.photo.motion.mouth_space import MouthSpace

EXPRESSIONS = (
    "smile_left", "smile_right", "frown_left", "frown_right", "cheek_left", "cheek_right", "sneer_left", "sneer_right",
    "brow_inner", "brow_outer_left", "brow_outer_right", "brow_down_left", "brow_down_right",
    "shrug", "puff", "jaw_side", "mouth_side",
)  # fmt: skip
"""Fields that a control of the same name moves."""

SMILE_OUT, SMILE_UP, SMILE_CHEEK = 0.030, 0.036, 0.012
"""How far a full smile draws a corner of the mouth outwards and up, and lifts the cheek: 5, 6 and 2 mm."""

SMILE_THIN, THIN_REACH = 0.14, 0.05
"""Part of their thickness that the stretched lips of a full smile lose, and how far beyond them the skin follows."""

FROWN_DOWN, FROWN_OUT = 0.026, 0.006
"""How far a frown draws a corner down and outwards. It is no smile upside down: it pulls at the skin below."""

UNDONE, MOST_UNDONE = (1.0, 0.8), 0.036
"""Share of a photographed droop that a smile lifts as well, and of a photographed smile's lift that a frown takes back,
up to so much: what is wanted is the look, whatever the mouth does in the photo."""

CHEEK_RISE, SNEER_RISE, SNEER_LIP = 0.020, 0.020, 0.008
"""Rise of the cheek under the eye, of a wing of the nose, and of the upper lip below it."""

BROW_INNER_RISE, BROW_OUTER_RISE, BROW_DOWN, BROW_TOGETHER = 0.032, 0.028, 0.027, 0.018
"""How far the brows' inner ends and outer halves rise, and how far a brow comes down and together."""

RIGID, BEHIND_RIMS = 0.8, ("cheek_left", "cheek_right", "brow_inner", "brow_outer_left", "brow_outer_right")
"""Share that glasses take of what moves under their rims: glass does not give."""

RIMS_STIFF, RIMS_DOWN = 0.9, (0.09, 0.17)
"""The same of a smile, from the first distance below the eyes (the lower rims) less and less to the second."""

SHRUG_RISE, PUFF_OUT, JAW_ASIDE, MOUTH_ASIDE = 0.020, 0.022, 0.030, 0.026
"""Rise of the chin's skin, outward way of filled cheeks, and sideways ways of jaw and mouth."""


@dataclass(frozen=True, slots=True)
class SideLandmarks:
    """Landmarks of one side of the face."""

    outward: float
    eye: EyeLandmarks
    cheek: int
    below_eye: int
    nose_wing: int
    brow_inner: int
    brow_outer: int


SIDES = (
    SideLandmarks(-1.0, EYES[0], cheek=50, below_eye=118, nose_wing=129, brow_inner=107, brow_outer=63),
    SideLandmarks(1.0, EYES[1], cheek=280, below_eye=347, nose_wing=358, brow_inner=336, brow_outer=293),
)


def expression_weights(controls: Controls) -> dict[str, float]:
    """Return the weight of each field. The photographed mouth smiles as a speaking one does."""
    return {name: float(getattr(controls, name)) for name in EXPRESSIONS}


def expression_fields(
    frame: FaceFrame,
    lattice: Lattice,
    mouth: MouthSpace,
    jaw: Field,
    inside: NDArray[np.float64],
    glasses: float = 0.0,
) -> dict[str, Field]:
    """Return the fields of `EXPRESSIONS`.

    Parameters
    ----------
    jaw
        The jaw's field: its sideways way follows its drop.
    inside
        Shape (rows, columns): distance inside the outline of the face, in face heights, negative outside.
    glasses
        How surely glasses are worn, 0 to 1.
    """
    within = smoothstep(0, 0.12, inside)
    layers: dict[str, Layer] = {}
    for name, side in zip(("left", "right"), SIDES, strict=True):
        layers[f"smile_{name}"] = _smile(frame, lattice, mouth, side, within * _below_rims(frame, lattice, glasses))
        layers[f"frown_{name}"] = _frown(lattice, mouth, side, within)
        layers[f"cheek_{name}"] = _cheek(frame, lattice, side, within)
        layers[f"sneer_{name}"] = _sneer(frame, lattice, mouth, side)
        layers[f"brow_outer_{name}"], layers[f"brow_down_{name}"] = _brow(frame, lattice, side)
    layers["brow_inner"] = _inner_brows(frame, lattice)
    layers["shrug"] = _shrug(lattice, mouth)
    layers["puff"] = _puff(lattice, mouth, inside)
    layers["mouth_side"] = _mouth_aside(lattice, mouth, within)
    for name in BEHIND_RIMS:
        across, along, away = layers[name]
        free = 1 - RIGID * glasses
        layers[name] = across * free, along * free, away * free
    fields: dict[str, Field] = {name: (layer, layer) for name, layer in layers.items()}
    none = np.zeros(lattice.shape)
    upper, lower = (JAW_ASIDE * drop[1] / JAW_DROP for drop in jaw)
    fields["jaw_side"] = (upper, none, none), (lower, none, none)
    return fields


def _bell(
    x: NDArray[np.float64], y: NDArray[np.float64], across: tuple[float, float], along: tuple[float, float]
) -> NDArray[np.float64]:
    """Return a bell of height 1 at (0, 0), its widths before and after 0 on each axis."""
    wide = np.where(x < 0, *across)
    high = np.where(y < 0, *along)
    return np.asarray(np.exp(-((x / wide) ** 2) - (y / high) ** 2), np.float64)


def _corner(
    lattice: Lattice, mouth: MouthSpace, side: SideLandmarks
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return how far nodes lie outwards of and below a corner of the mouth."""
    lips = mouth.lips
    end = 0 if side.outward < 0 else -1
    u, v = lips.centre_u + side.outward * lips.half_width, 0.5 * (lips.upper[end] + lips.lower[end])
    return (lattice.u - u) * side.outward, lattice.v - v


def _smile(
    frame: FaceFrame, lattice: Lattice, mouth: MouthSpace, side: SideLandmarks, within: NDArray[np.float64]
) -> Layer:
    """Corner outwards and up, the cheek above with it; the middle of the lips stays, and stretches."""
    out, down = _corner(lattice, mouth, side)
    half = mouth.lips.half_width
    up = SMILE_UP + UNDONE[0] * float(np.clip(-_corner_lift(mouth, side), 0, MOST_UNDONE))
    pulled = _bell(out, down, (0.85 * half, 0.11), (0.11, 0.10))
    lifted = _bell(out, down, (0.65 * half, 0.10), (0.12, 0.09))
    u, v, _ = frame.points[side.cheek]
    apple = _bell((lattice.u - u) * side.outward, lattice.v - v, (0.10, 0.10), (0.07, 0.10)) * _below_lid(
        frame, lattice, side
    )
    return (
        side.outward * SMILE_OUT * pulled * within,
        (_thinner_lips(mouth, side) - up * lifted - SMILE_CHEEK * apple) * within,
        -0.6 * SMILE_CHEEK * apple,
    )


def _frown(lattice: Lattice, mouth: MouthSpace, side: SideLandmarks, within: NDArray[np.float64]) -> Layer:
    """Corner down; the skin between it and the jaw with it."""
    out, down = _corner(lattice, mouth, side)
    pull = _bell(out, down, (0.55 * mouth.lips.half_width, 0.075), (0.07, 0.12)) * within
    down_by = FROWN_DOWN + UNDONE[1] * float(np.clip(_corner_lift(mouth, side), 0, MOST_UNDONE))
    return side.outward * FROWN_OUT * pull, down_by * pull, np.zeros(lattice.shape)


def _corner_lift(mouth: MouthSpace, side: SideLandmarks) -> float:
    """Return how far a corner of the photographed mouth lies above its middle, in face heights."""
    line = 0.5 * (mouth.lips.upper + mouth.lips.lower)
    return float(line[len(line) // 2] - line[0 if side.outward < 0 else -1])


def _thinner_lips(mouth: MouthSpace, side: SideLandmarks) -> NDArray[np.float64]:
    """Return how far down the skin goes as a side of the lips is stretched: towards the lip line, which stays."""
    own = smoothstep(-0.4, 0.4, side.outward * mouth.x) * np.clip(1 - (mouth.x / 1.1) ** 4, 0, 1)
    ways = []
    for thickness, beyond in ((mouth.lips.upper_thickness, mouth.above), (mouth.lips.lower_thickness, mouth.below)):
        held = 1 - smoothstep(thickness, thickness + THIN_REACH, beyond)
        ways.append(SMILE_THIN * np.clip(beyond, 0, thickness) * held)
    return np.asarray(own * (ways[0] - ways[1]), np.float64)


def _below_rims(frame: FaceFrame, lattice: Lattice, glasses: float) -> NDArray[np.float64]:
    """Return how freely skin moves below glasses: 1 without."""
    eyes = float(np.mean([frame.points[list(eye.lower_lid), 1].mean() for eye in EYES]))
    return np.asarray(1 - RIMS_STIFF * glasses * (1 - smoothstep(*RIMS_DOWN, lattice.v - eyes)), np.float64)


def _cheek(frame: FaceFrame, lattice: Lattice, side: SideLandmarks, within: NDArray[np.float64]) -> Layer:
    """Cheek up to the lower lid, as laughing eyes have it."""
    u, v, _ = 0.65 * frame.points[side.below_eye] + 0.35 * frame.points[side.cheek]
    rise = _bell((lattice.u - u) * side.outward, lattice.v - v, (0.09, 0.11), (0.06, 0.10))
    rise = rise * _below_lid(frame, lattice, side) * within
    return np.zeros(lattice.shape), -CHEEK_RISE * rise, -0.4 * CHEEK_RISE * rise


def _below_lid(frame: FaceFrame, lattice: Lattice, side: SideLandmarks) -> NDArray[np.float64]:
    """Return 0 on the eye and above it, rising to 1 below its lower lid."""
    lid = frame.points[list(side.eye.lower_lid)]
    order = np.argsort(lid[:, 0])
    edge = np.interp(lattice.u, lid[order, 0], lid[order, 1])
    # The eye hangs lowest in its middle; beyond its corners the skin is as free as under it.
    edge = np.maximum(edge, lid[:, 1].max() - 0.02)
    return smoothstep(-0.004, 0.05, lattice.v - edge)


def _sneer(frame: FaceFrame, lattice: Lattice, mouth: MouthSpace, side: SideLandmarks) -> Layer:
    """Wing of the nose up, and the upper lip below it a little."""
    u, v, _ = frame.points[side.nose_wing]
    out, down = (lattice.u - u) * side.outward, lattice.v - v
    wing = _bell(out, down, (0.06, 0.06), (0.09, 0.06))
    lip = _bell(
        out, np.minimum(down - (mouth.lips.upper.mean() - v), 0) + np.maximum(mouth.away, 0), (0.07, 0.06), (0.08, 0.03)
    )
    return np.zeros(lattice.shape), -SNEER_RISE * wing - SNEER_LIP * lip, np.zeros(lattice.shape)


def _carried(frame: FaceFrame, lattice: Lattice) -> NDArray[np.float64]:
    """Return how skin follows the brows: the forehead less and less, the fold of the lid in part, its edge not."""
    lids, brows = [], []
    for eye in EYES:
        lids.append(frame.points[list(eye.upper_lid), 1].min())
        brows.append(frame.points[list(eye.brow), 1].mean())
    middle = np.array([frame.points[list(eye.brow), 0].mean() for eye in EYES])
    lid, brow = np.interp(lattice.u, middle, lids), np.interp(lattice.u, middle, brows)
    room = np.maximum(brow - lid, -0.5) - 1e-6
    # The lower edge of a brow follows fully already, or the brow would grow thicker.
    return smoothstep(0, 0.85, (lattice.v - lid) / room) * bump(np.maximum(brow - lattice.v, 0), 0.11)


def _brow(frame: FaceFrame, lattice: Lattice, side: SideLandmarks) -> tuple[Layer, Layer]:
    """Outer half of a brow up; the brow down and its inner end towards the other."""
    none = np.zeros(lattice.shape)
    carried = _carried(frame, lattice)
    inner, outer = frame.points[side.brow_inner, 0], frame.points[side.brow_outer, 0]
    half_way = 0.35 * inner + 0.65 * outer
    raised = _bell((lattice.u - half_way) * side.outward, none, (0.11, 0.12), (1.0, 1.0)) * carried
    lowered = _bell((lattice.u - (0.7 * inner + 0.3 * outer)) * side.outward, none, (0.11, 0.14), (1.0, 1.0)) * carried
    together = _bell((lattice.u - inner) * side.outward, none, (0.05, 0.10), (1.0, 1.0)) * carried
    return (none, -BROW_OUTER_RISE * raised, none), (
        -side.outward * BROW_TOGETHER * together,
        BROW_DOWN * lowered,
        none,
    )


def _inner_brows(frame: FaceFrame, lattice: Lattice) -> Layer:
    """Inner ends of both brows up, and slightly together."""
    none = np.zeros(lattice.shape)
    left, right = (float(frame.points[side.brow_inner, 0]) for side in SIDES)
    beyond = np.maximum(left - lattice.u, 0) + np.maximum(lattice.u - right, 0)
    rise = bump(beyond, 0.085) * _carried(frame, lattice)
    side = np.clip((lattice.u - 0.5 * (left + right)) / (0.5 * (right - left)), -1, 1)
    return -0.15 * BROW_INNER_RISE * side * rise, -BROW_INNER_RISE * rise, none


def _shrug(lattice: Lattice, mouth: MouthSpace) -> Layer:
    """The chin's pad pushes up, and both lips with it."""
    none = np.zeros(lattice.shape)
    across = bump(lattice.u - mouth.lips.centre_u, 0.14)
    below = mouth.away - 0.4 * mouth.chin
    rise = across * np.where(below < 0, bump(below, 0.10), bump(below, 0.5 * mouth.chin))
    return none, -SHRUG_RISE * rise, none


def _puff(lattice: Lattice, mouth: MouthSpace, inside: NDArray[np.float64]) -> Layer:
    """Cheeks filled with air: outwards, the outline with them, and towards the viewer."""
    x, half = lattice.u - mouth.lips.centre_u, mouth.lips.half_width
    side = np.clip(x / (half + 0.06), -1, 1)
    cheeks = bump(np.maximum(np.abs(x) - half - 0.10, 0), 0.12) * bump(mouth.away + 0.03, 0.13)
    cheeks = cheeks * smoothstep(-0.14, 0, inside)
    return side**3 * PUFF_OUT * cheeks, np.zeros(lattice.shape), -PUFF_OUT * np.abs(side) ** 3 * cheeks


def _mouth_aside(lattice: Lattice, mouth: MouthSpace, within: NDArray[np.float64]) -> Layer:
    """The mouth to the picture's right."""
    none = np.zeros(lattice.shape)
    beside = np.maximum(np.abs(mouth.x) - 0.8, 0)
    return MOUTH_ASIDE * bump(beside, 0.75) * bump(mouth.away, 0.12) * within, none, none
