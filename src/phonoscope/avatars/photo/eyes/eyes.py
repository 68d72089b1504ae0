"""Eyes that blink and look around, painted into the photo itself before it is warped."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.curves import smoothstep
from phonoscope.avatars.photo.eyes.eye_shape import EyeShape, fit_lower_lid, trace_eye
from phonoscope.avatars.photo.eyes.eyeballs import find_iris, uncover_eyeball
from phonoscope.avatars.photo.eyes.eyelids import LOWER_LID_REACH, lash_light, lash_line, lid_area, paint_lid
from phonoscope.avatars.photo.eyes.rims import find_rims
from phonoscope.avatars.photo.finding.face_frame import FaceFrame
from phonoscope.avatars.photo.finding.landmarks import EYES
from phonoscope.avatars.photo.photometry import Photometry
from phonoscope.core.frames import Box

_GAZE_X, _GAZE_Y = 0.12, 0.17
"""Shift of the iris for a full look: in eye widths sideways, in openings up and down. More uncovers unseen sclera."""
_LID_FOLLOWS = 0.2
"""Share of a blink that the upper lid sinks when the eye looks down."""
_MIN_BLINK, _MIN_GAZE = 0.01, 0.005
"""Less is not visible."""
_WARMTH = 0.08
"""Lashes are brown, not grey: they take this share more of the green, and twice of the blue, than of the red."""
_GAZE_FADE = 0.12
"""Look at which the eyeball is fully shown in its place."""


@dataclass(frozen=True, slots=True, eq=False)
class Eye:
    """One eye, ready to move.

    Attributes
    ----------
    box
        Where it lies in the picture.
    photo
        uint8, shape (height, width, 3): the picture there.
    lid
        float32, same shape: the picture with the lid closed.
    eyeball
        uint8, same shape: the picture with the eyeball grown under the lids.
    mobile
        float32, shape (height, width, 1): 1 where the eyeball shows, 0 on the lids.
    lines
        float32, shape (height, width, 6): see `eye_kernels`.
    sizes
        Height of the opening in pixels, how far the lids are repainted above and below, in openings, the unit
        vector down the eye, the lashes' warmth, and the photo's
        blur in pixels.
    look
        float64, shape (2, 2): columns are the iris's shift in pixels for a full look to the picture's right, and down;
        zero for an eye without an iris (a statue's).
    """

    box: Box
    photo: NDArray[np.uint8]
    lid: NDArray[np.float32]
    eyeball: NDArray[np.uint8]
    mobile: NDArray[np.float32]
    lines: NDArray[np.float32]
    sizes: tuple[float, float, float, float, float, float, float]
    look: NDArray[np.float64]


def build_eyes(rgb: NDArray[np.uint8], frame: FaceFrame, photometry: Photometry) -> tuple[Eye, Eye]:
    """Prepare both eyes, the picture's left one first."""
    size_px = rgb.shape[1], rgb.shape[0]
    shapes = [trace_eye(frame, eye, size_px) for eye in EYES]
    shapes = [fit_lower_lid(rgb[shape.box.slices], shape) for shape in shapes]
    irises = [find_iris(rgb[shape.box.slices], shape) for shape in shapes]
    if any(iris is not None for iris in irises):
        # Eyes look together: one in deep shade takes the landmarks' word for its iris.
        irises = [iris or (shape.iris_px, shape.iris_radius_px) for iris, shape in zip(irises, shapes, strict=True)]
    left, right = (_build_eye(rgb, shape, iris, photometry) for shape, iris in zip(shapes, irises, strict=True))
    return left, right


def is_at_rest(blink: float, gaze_x: float, gaze_y: float) -> bool:
    """Tell whether an eye would be painted exactly as it was photographed."""
    return blink < _MIN_BLINK and max(abs(gaze_x), abs(gaze_y)) < _MIN_GAZE


def paint_eye(eye: Eye, blink: float, gaze_x: float, gaze_y: float, out: NDArray[np.uint8]) -> Box:
    """Paint an eye into the photo.

    Parameters
    ----------
    blink
        0 as photographed, 1 closed.
    gaze_x, gaze_y
        Look to the picture's right, and down, in [-1, 1]; 0 as photographed.
    out
        uint8, shape (eye.box.height, eye.box.width, 3): all of it is written.

    Returns
    -------
    Box
        Where `out` lies in the picture.
    """
    strength = max(abs(gaze_x), abs(gaze_y))
    if eye.look.any():
        blink += (1 - min(blink, 1.0)) * _LID_FOLLOWS * min(max(gaze_y, 0.0), 1.0)
    if strength < _MIN_GAZE:
        out[:] = eye.photo
    else:
        shift = eye.look @ (gaze_x, gaze_y)
        turned = cv2.warpAffine(
            eye.eyeball,
            np.array([[1, 0, shift[0]], [0, 1, shift[1]]]),
            (out.shape[1], out.shape[0]),
            flags=cv2.INTER_CUBIC,
            borderMode=cv2.BORDER_REPLICATE,
        )
        # The eyeball fades in, because its edge was painted: the first hint of a look must not show that.
        share = eye.mobile * np.float32(min(1.0, strength / _GAZE_FADE))
        out[:] = eye.photo + (turned.astype(np.float32) - eye.photo) * share + np.float32(0.5)
    if blink >= _MIN_BLINK:
        from phonoscope.avatars.photo.eyes.eye_kernels import draw_lid

        draw_lid(out, eye.lid, eye.lines, eye.sizes, float(min(blink, 1.0)))
    return eye.box


def _build_eye(
    rgb: NDArray[np.uint8],
    shape: EyeShape,
    iris: tuple[NDArray[np.float64], float] | None,
    photometry: Photometry,
) -> Eye:
    photo = np.ascontiguousarray(rgb[shape.box.slices])
    rims = find_rims(photo, shape, lid_area(shape))
    lid = paint_lid(photo, shape, rims, photometry)
    lashes = lash_light(photo, lid, shape)
    lines = np.dstack([shape.below_upper, shape.gap, shape.taper, lash_line(lashes, shape), lashes, 1 - rims])
    along, down = shape.axes
    look = np.column_stack([along * _GAZE_X * shape.width_px, down * _GAZE_Y * shape.opening_px])
    return Eye(
        box=shape.box,
        photo=photo,
        lid=lid,
        eyeball=photo if iris is None else uncover_eyeball(photo, shape, iris),
        mobile=(_mobile(shape) * (1 - rims))[..., None].astype(np.float32),
        lines=np.ascontiguousarray(lines, np.float32),
        sizes=(
            shape.opening_px,
            shape.lid_reach,
            LOWER_LID_REACH,
            float(down[0]),
            float(down[1]),
            _WARMTH * photometry.chroma,
            photometry.blur_px,
        ),
        look=np.zeros((2, 2)) if iris is None else look,
    )


def _mobile(shape: EyeShape) -> NDArray[np.float64]:
    """Return how far each pixel shows the eyeball: 1 inside, 0 on the lids."""
    corners = smoothstep(0.02, 0.10, shape.along) * (1 - smoothstep(0.90, 0.98, shape.along))
    return np.asarray(smoothstep(-0.01, 0.09, shape.inside_px() / shape.opening_px) * corners)
