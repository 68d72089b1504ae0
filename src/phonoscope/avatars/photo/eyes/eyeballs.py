"""An eyeball without its lids, so that it can turn."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.curves import smoothstep
from phonoscope.avatars.photo.eyes.eye_shape import EyeShape
from phonoscope.avatars.photo.eyes.membrane import fill_membrane
from phonoscope.avatars.photo.photometry import Photometry
from phonoscope.core.frames import Box

_INSET = 0.07
"""How far inside the lids pixels show the eyeball alone, in openings."""
_IRIS_EDGE = 1.14
"""The soft edge of an iris ends at so many radii."""
_DISC_EDGE = (0.98, 1.12)
"""Radii over which the turning iris fades into the white."""
_OUTER_RINGS, _RING, _STRANGE = (0.80, 1.14), 0.07, 30.0
"""The outer part of an iris, in radii, is looked at ring by ring for what is so many grey levels too bright."""
_UNDER_LID = 0.82
"""Light on the white that a look uncovers from under the upper lid."""
_CORNER_SHADE = 0.34
"""Light that the ball's curve takes from the white that a look uncovers in the corners."""
_LEAST_WHITE = 0.10
"""Share of the eye that must show white, for white to be uncovered: dark round eyes show their own rim."""
_CLEAR_WHITE = 0.80
"""Light, against the white of the eye, below which it is not shown as photographed."""
_RIM_LIGHT = 0.75
"""Light of that rim against the white, where none of it is seen."""
_GLINT_SIZE, _GLINT_RISE, _GLINT_LIGHT = 0.75, 28.0, 0.62
"""A catchlight is smaller than this, in radii, brighter than its surroundings by so many grey levels, and so bright
against the white of the eye."""
_GLINT_FOLLOWS = 0.45
"""Share of the iris's way that its catchlight goes along: it is the mirror image of a lamp that stays."""
_GAZE_X, _GAZE_Y = 0.150, 0.105
"""Shift of the iris for a full look, in eye widths, sideways and up or down: 22 and 15 degrees on an eyeball of 24 mm
in an eye 30 mm wide."""
_FORESHORTENING = 0.07
"""How much narrower an iris looks that is turned away so far."""
_LEAVES = 0.45
"""Look at which nothing of the resting eye's own shading is left, as a share of a full look."""
_UNCOVERED = 0.24
"""How far past the lids the eyeball may have to be shown, in openings."""


@dataclass(frozen=True, slots=True, eq=False)
class Eyeball:
    """What turns under the lids; arrays are uint8 and cover a part of the eye's box.

    Attributes
    ----------
    box
        That part, in pixels of the eye's box.
    white
        Shape (height, width, 3): the eyeball with its iris taken out, grown under the lids.
    iris
        Shape (height, width, 4): the whole disc, RGBA, without catchlights.
    glints
        Shape (height, width, 3): the light that the catchlights add.
    rest
        int16, shape (height, width, 3): what the photo shows more than these at rest, inside the lids.
    centre_px
        float64, shape (2,): middle of the iris in that part, x and y.
    reach_px
        How far from there the iris may show.
    look_px
        float64, shape (2, 2): columns are the shift of the iris for a full look to the picture's right, and down.
    """

    box: Box
    white: NDArray[np.uint8]
    iris: NDArray[np.uint8]
    glints: NDArray[np.uint8]
    rest: NDArray[np.int16]
    centre_px: NDArray[np.float64]
    reach_px: float
    look_px: NDArray[np.float64]

    def turned(self, gaze_x: float, gaze_y: float, uncovered: float = 0.0) -> NDArray[np.uint8]:
        """Return that part with the eye looking to the picture's right, and down, uint8, shape (height, width, 3).

        `uncovered` is how wide open the lids are, 0 to 1: then none of their shade is left.
        """
        from phonoscope.avatars.photo.eyes.eye_kernels import compose_eyeball

        gaze = np.array([gaze_x, gaze_y])
        shift = self.look_px @ gaze
        distance = float(np.hypot(*shift))
        towards = shift / max(distance, 1e-6)
        squeeze = np.eye(2) - _FORESHORTENING * min(1.0, float(np.hypot(*gaze))) * np.outer(towards, towards)
        iris, glints = np.zeros_like(self.iris), np.zeros_like(self.glints)
        # Only the disc is moved, not the empty space around it.
        reach = self.reach_px + 2
        low = np.maximum(np.floor(self.centre_px + shift - reach), 0).astype(int)
        high = np.minimum(np.ceil(self.centre_px + shift + reach).astype(int), self.white.shape[1::-1])
        if (high > low).all():
            size, part = tuple(int(n) for n in high - low), (slice(low[1], high[1]), slice(low[0], high[0]))
            moved = np.column_stack([squeeze, self.centre_px + shift - squeeze @ self.centre_px - low])
            iris[part] = cv2.warpAffine(self.iris, moved, size, flags=cv2.INTER_CUBIC)
            along = np.column_stack([np.eye(2), _GLINT_FOLLOWS * shift - low])
            glints[part] = cv2.warpAffine(self.glints, along, size, flags=cv2.INTER_LINEAR)
        out = np.empty_like(self.white)
        moved_share = min(1.0, max(float(np.hypot(*gaze)) / _LEAVES, uncovered))
        resting = 1 - moved_share * moved_share * (3 - 2 * moved_share)
        compose_eyeball(out, self.white, iris, glints, self.rest, resting)
        return out


def build_eyeball(
    rgb: NDArray[np.uint8], eye: EyeShape, iris: tuple[NDArray[np.float64], float], photometry: Photometry
) -> Eyeball:
    """Take an eyeball apart.

    The part of the iris under a lid is mirrored from its other half; the white is extended smoothly.

    Parameters
    ----------
    rgb
        uint8, shape (height, width, 3): the eye's box.
    iris
        Centre in the box, x and y, and radius, in pixels: see `iris.find_iris`.
    """
    box = _around(eye)
    rgb, eye = rgb[box.slices], eye.part(box)
    centre, radius = iris[0] - (box.x0, box.y0), iris[1]
    rows, columns = np.indices(rgb.shape[:2])
    distance = np.hypot(columns - centre[0], rows - centre[1]) / radius
    seen = visible_eyeball(eye)
    disc = _whole_iris(rgb, eye, centre, seen & (distance < _IRIS_EDGE), distance < _IRIS_EDGE)
    disc = _without_white(disc, distance)
    white = _whole_white(rgb, eye, seen & (distance > _IRIS_EDGE), distance, photometry)
    glints = _glints(disc, distance, radius, float(white[seen].mean()) if seen.any() else 255.0)
    edge = max(0.0, 0.8 * photometry.blur_px / radius)
    alpha = 1 - smoothstep(_DISC_EDGE[0] - 0.5 * edge, _DISC_EDGE[1] + 0.5 * edge, distance)
    rgba = np.dstack([np.clip(disc - glints, 0, 255), 255 * alpha])
    look = np.column_stack([eye.axes[0] * _GAZE_X * eye.width_px, eye.axes[1] * _GAZE_Y * eye.width_px])
    ball = Eyeball(
        box=box,
        white=np.ascontiguousarray(white + 0.5).astype(np.uint8),
        iris=np.ascontiguousarray(rgba + 0.5).astype(np.uint8),
        glints=np.ascontiguousarray(np.clip(glints + 0.5, 0, 255)).astype(np.uint8),
        rest=np.zeros((box.height, box.width, 3), np.int16),
        centre_px=centre,
        reach_px=(_DISC_EDGE[1] + 0.5 * edge) * radius,
        look_px=look,
    )
    inside = smoothstep(-0.03, 0.0, eye.inside_px() / eye.opening_px)[..., None]
    more = (rgb.astype(np.float64) - ball.turned(0.0, 0.0)) * inside
    return replace(ball, rest=np.round(more).astype(np.int16))


def _around(eye: EyeShape) -> Box:
    """Return the part of the eye's box where lids may uncover the eyeball, widest open."""
    rows, columns = np.nonzero((eye.inside_px() > -_UNCOVERED * eye.opening_px) & (np.abs(eye.along - 0.5) < 0.52))
    if len(rows) == 0:
        return Box(0, 0, eye.box.width, eye.box.height)
    return Box(int(columns.min()), int(rows.min()), int(columns.max()) + 1, int(rows.max()) + 1)


def visible_eyeball(eye: EyeShape) -> NDArray[np.bool_]:
    """Return the pixels that show the eyeball, without lashes and corners."""
    inside = eye.inside_px() > _INSET * eye.opening_px
    return np.asarray(inside & (eye.along > 0.08) & (eye.along < 0.92), np.bool_)


def _whole_iris(
    rgb: NDArray[np.uint8],
    eye: EyeShape,
    centre: NDArray[np.float64],
    known: NDArray[np.bool_],
    iris: NDArray[np.bool_],
) -> NDArray[np.float32]:
    """Mirror what is hidden of an iris about its centre, along the eye's own vertical, then turn it half round."""
    rows, columns = np.indices(known.shape)
    across, down = columns - centre[0], rows - centre[1]
    height = across * eye.axes[1, 0] + down * eye.axes[1, 1]
    along = across * eye.axes[0, 0] + down * eye.axes[0, 1]
    disc = rgb.astype(np.float32)
    hidden: NDArray[np.bool_] = np.logical_and(iris, ~known)
    for sideways in (0.0, 1.0):
        x = columns - 2 * height * eye.axes[1, 0] - sideways * 2 * along * eye.axes[0, 0]
        y = rows - 2 * height * eye.axes[1, 1] - sideways * 2 * along * eye.axes[0, 1]
        x = np.clip(np.round(x), 0, known.shape[1] - 1).astype(int)
        y = np.clip(np.round(y), 0, known.shape[0] - 1).astype(int)
        found = np.logical_and(hidden, known[y, x])
        disc[found] = rgb[y[found], x[found]]
        hidden = np.logical_and(hidden, ~found)
    if known.any():
        disc = np.where(hidden[..., None], fill_membrane(disc, np.asarray(~iris | hidden)), disc)
    # The seam is as soft as the picture.
    soft = cv2.GaussianBlur(disc, (0, 0), max(0.7, 0.03 * eye.opening_px))
    own = cv2.GaussianBlur(cv2.erode(known.astype(np.uint8), np.ones((3, 3), np.uint8)).astype(np.float32), (0, 0), 0.8)
    return np.asarray(soft + (disc - soft) * own[..., None], np.float32)


def _without_white(disc: NDArray[np.float32], distance: NDArray[np.float64]) -> NDArray[np.float32]:
    """Give what is white at the edge of an iris, where it is no full circle, the colour of its ring."""
    disc = disc.copy()
    light = disc.mean(2)
    changed = np.zeros(light.shape, np.float32)
    for low in np.arange(_OUTER_RINGS[0], _OUTER_RINGS[1], _RING):
        ring = (distance >= low) & (distance < low + _RING)
        if ring.sum() < 4:
            continue
        level = np.percentile(light[ring], 40)
        typical = disc[ring & (light <= level)].mean(0)
        strange = ring & (light > level + _STRANGE)
        disc[strange] = typical
        changed[strange] = 1
    return np.asarray(disc + (cv2.GaussianBlur(disc, (0, 0), 1.0) - disc) * changed[..., None], np.float32)


def _whole_white(
    rgb: NDArray[np.uint8],
    eye: EyeShape,
    white: NDArray[np.bool_],
    distance: NDArray[np.float64],
    photometry: Photometry,
) -> NDArray[np.float32]:
    """Return the white of the eye everywhere, as it is shaded where it is seen, with the picture's grain."""
    opened = eye.inside_px() > 0
    lightness = rgb.mean(-1)
    if white.sum() < max(8.0, _LEAST_WHITE * opened.sum()):
        # Dark round eyes have a rim of their own; small ones a few pixels of white.
        beside = opened & (distance > 1) & (np.abs(eye.along - 0.5) < 0.5)
        rim = np.median(rgb[beside], axis=0) if beside.sum() > 4 else _RIM_LIGHT * photometry.sclera
        return np.tile(np.asarray(rim, np.float32), (*white.shape, 1))
    # Lashes and the iris's own edge are no white.
    bright = white & (lightness >= np.percentile(lightness[white], 25))
    filled = fill_membrane(rgb.astype(np.float32), ~bright)
    # What was hidden is no brighter than most of what was seen.
    usual = float(np.median(lightness[bright]))
    filled *= np.minimum(1, usual / np.maximum(filled.mean(2), 1))[..., None]
    above = np.clip(1 - eye.below_upper / (_INSET * eye.opening_px), 0, 1)[..., None]
    filled *= 1 - (1 - _UNDER_LID) * above
    filled *= 1 - _CORNER_SHADE * np.clip(np.abs(2 * eye.along - 1), 0, 1)[..., None] ** 2
    noise = np.random.default_rng(0).normal(0, photometry.grain, white.shape).astype(np.float32)
    filled += cv2.GaussianBlur(noise, (0, 0), 0.6)[..., None]
    corners = smoothstep(0.02, 0.10, eye.along) * (1 - smoothstep(0.90, 0.98, eye.along))
    filled = rgb + (filled - rgb) * corners[..., None]
    # Nor are remains of the iris.
    clear = white & (lightness > _CLEAR_WHITE * np.median(lightness[bright]))
    clear = cv2.erode(clear.astype(np.uint8), np.ones((3, 3), np.uint8)).astype(np.float32)
    own = cv2.GaussianBlur(clear, (0, 0), max(0.6, 0.03 * eye.opening_px)) * clear
    return np.asarray(np.clip(filled + (rgb - filled) * own[..., None], 0, 254), np.float32)


def _glints(
    disc: NDArray[np.float32], distance: NDArray[np.float64], radius: float, white_light: float
) -> NDArray[np.float32]:
    """Return the light that catchlights add to the iris, float32, shape (height, width, 3)."""
    # A square, which is fast at any size, as large as the disc that was meant.
    side = max(3, int(0.9 * _GLINT_SIZE * radius) | 1)
    under = cv2.morphologyEx(disc, cv2.MORPH_OPEN, np.ones((side, side), np.uint8))
    added = np.maximum(disc - under, 0)
    rise = smoothstep(0.5 * _GLINT_RISE, 1.5 * _GLINT_RISE, added.mean(2).astype(np.float64))
    bright = smoothstep(0.8 * _GLINT_LIGHT, 1.1 * _GLINT_LIGHT, disc.mean(2) / max(white_light, 30.0))
    inside = 1 - smoothstep(0.70, 0.90, distance)
    return np.asarray(added * (rise * bright * inside)[..., None], np.float32)
