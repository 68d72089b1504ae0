"""Eyes that blink and look around, painted into the photo itself before it is warped."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.curves import smoothstep
from phonoscope.avatars.photo.eyes.bare_skin import find_bare_skin
from phonoscope.avatars.photo.eyes.eye_shape import EyeShape, trace_eye
from phonoscope.avatars.photo.eyes.eyeballs import Eyeball, build_eyeball
from phonoscope.avatars.photo.eyes.eyelids import covered, lash_light, lash_line, lid_area, paint_lid, with_fold
from phonoscope.avatars.photo.eyes.iris import find_iris
from phonoscope.avatars.photo.eyes.outline import find_outer_corner, fit_outline
from phonoscope.avatars.photo.eyes.rims import find_rims
from phonoscope.avatars.photo.eyes.sight import is_hidden
from phonoscope.avatars.photo.eyes.state import EyeState
from phonoscope.avatars.photo.finding.face_frame import FaceFrame
from phonoscope.avatars.photo.finding.landmarks import EYES, EyeLandmarks
from phonoscope.avatars.photo.photometry import Photometry
from phonoscope.core.frames import Box

_LID_FOLLOWS_DOWN, _LID_FOLLOWS_UP = 0.34, 0.75
"""How far the upper lid goes with a full look: down as a share of a blink, up as a share of wide eyes."""
_WARMTH = 0.08
"""Lashes are brown, not grey: they take this share more of the green, and twice of the blue, than of the red."""
_FOLD = 0.24
"""How far above the eye the fold of the lid lies, in openings."""
_SKIN_BELOW = 0.55
"""How far below the eye skin is pushed up by the lower lid, in openings."""
_MOVES = (0.72, 0.79)
"""Where along the eye redrawing ends, in eye widths from the middle: inside the box."""


@dataclass(frozen=True, slots=True, eq=False)
class Eye:
    """One eye, ready to move.

    Attributes
    ----------
    box
        Where it lies in the picture.
    photo
        uint8, shape (height, width, 3): the picture there.
    eyeball
        What turns; None for an eye without an iris (a statue's).
    skins, lines, sizes
        See `eye_kernels`.
    """

    box: Box
    photo: NDArray[np.uint8]
    eyeball: Eyeball | None
    skins: NDArray[np.uint8]
    lines: NDArray[np.float32]
    sizes: tuple[float, float, float, float, float, float, float, float]


def build_eyes(rgb: NDArray[np.uint8], frame: FaceFrame, photometry: Photometry) -> tuple[Eye | None, ...]:
    """Prepare both eyes, the picture's left one first; None for one that is shut or out of sight."""
    shapes = [_shape(rgb, frame, eye) for eye in EYES]
    irises = [find_iris(rgb[shape.box.slices], shape) for shape in shapes]
    hidden = [
        is_hidden(rgb[shape.box.slices], shape, iris is not None, photometry)
        for shape, iris in zip(shapes, irises, strict=True)
    ]
    if any(hidden) and not any(iris is not None for iris in irises):
        # Eyes shut together; the landmarks of one may be off.
        return None, None
    if any(iris is not None for iris in irises):
        # Eyes look together: one in deep shade takes the landmarks' word for its iris.
        irises = [iris or (shape.iris_px, shape.iris_radius_px) for iris, shape in zip(irises, shapes, strict=True)]
    return tuple(
        None if out_of_sight else _build_eye(rgb, shape, iris, photometry)
        for shape, iris, out_of_sight in zip(shapes, irises, hidden, strict=True)
    )


def _shape(rgb: NDArray[np.uint8], frame: FaceFrame, eye: EyeLandmarks) -> EyeShape:
    size_px = rgb.shape[1], rgb.shape[0]
    shape = trace_eye(frame, eye, size_px)
    left = eye is EYES[0]
    longer = find_outer_corner(rgb[shape.box.slices], shape, -1 if left else 1)
    if longer > 0:
        shape = trace_eye(frame, eye, size_px, (longer, 0.0) if left else (0.0, longer))
    return fit_outline(rgb[shape.box.slices], shape)


def paint_eye(eye: Eye, state: EyeState, out: NDArray[np.uint8]) -> Box:
    """Paint an eye into the photo.

    Parameters
    ----------
    out
        uint8, shape (eye.box.height, eye.box.width, 3): all of it is written.

    Returns
    -------
    Box
        Where `out` lies in the picture.
    """
    out[:] = eye.photo
    if state.is_at_rest:
        return eye.box
    from phonoscope.avatars.photo.eyes.eye_kernels import draw_eye

    blink, wide, shown = min(max(state.blink, 0.0), 1.0), min(max(state.wide, 0.0), 1.0), 0.0
    ball = eye.photo
    if eye.eyeball is not None:
        down = min(max(state.gaze_y, -1.0), 1.0)
        # Lids go with the look: an eye that looks down is half closed.
        blink += (1 - blink) * _LID_FOLLOWS_DOWN * max(down, 0.0)
        wide += (1 - wide) * _LID_FOLLOWS_UP * max(-down, 0.0)
        # The ball at rest is the photo: it may come in at once.
        shown = float(state.gaze_x != 0 or state.gaze_y != 0 or wide > 0)
        if shown > 0 and blink < 1:
            ball = np.empty_like(eye.photo)
            ball[eye.eyeball.box.slices] = eye.eyeball.turned(state.gaze_x, down, wide)
    draw_eye(out, ball, eye.skins, eye.lines, eye.sizes, (blink, state.squint, wide, shown))
    return eye.box


def _build_eye(
    rgb: NDArray[np.uint8],
    shape: EyeShape,
    iris: tuple[NDArray[np.float64], float] | None,
    photometry: Photometry,
) -> Eye:
    photo = np.ascontiguousarray(rgb[shape.box.slices])
    rims = find_rims(photo, shape, lid_area(shape))
    bare = find_bare_skin(photo, shape, rims)
    plate = paint_lid(photo, shape, bare, rims, photometry, sculpted=iris is None)
    clean, lashes = bare.rgb, lash_light(photo, bare, shape, rims)
    behind = photo + (clean - photo) * rims[..., None]
    lines = np.dstack(
        [shape.below_upper, shape.gap, lash_line(lashes, shape), lashes, 1 - rims, _redrawn(shape), covered(shape)]
    )
    skins = np.dstack([behind, clean, with_fold(plate, clean, shape)])
    return Eye(
        box=shape.box,
        photo=photo,
        eyeball=None if iris is None else build_eyeball(photo, shape, iris, photometry),
        skins=np.ascontiguousarray(np.clip(skins + 0.5, 0, 255), np.uint8),
        lines=np.ascontiguousarray(lines, np.float32),
        sizes=(
            shape.opening_px,
            _FOLD,
            shape.lid_reach,
            _SKIN_BELOW,
            float(shape.axes[1, 0]),
            float(shape.axes[1, 1]),
            _WARMTH * photometry.chroma,
            photometry.blur_px,
        ),
    )


def _redrawn(shape: EyeShape) -> NDArray[np.float64]:
    """Return 1 where lids may be redrawn, falling to 0 before the box ends."""
    inside = 1 - smoothstep(*_MOVES, np.abs(shape.along - 0.5))
    inside[[0, -1]] = 0
    inside[:, [0, -1]] = 0
    return np.asarray(inside)
