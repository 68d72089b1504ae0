"""An eyeball without its lids, so that it can turn."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.eyes.eye_shape import EyeShape

_INSET = 0.07
"""How far inside the lids pixels show the eyeball alone, in openings."""
_IRIS_EDGE = 1.12
"""The soft edge of an iris ends at so many radii."""
_IRIS_RANGE, _IRIS_SHIFT = (0.75, 1.7), (-0.24, -0.12, 0.0, 0.12, 0.24)
"""Radii and shifts of the centre searched for the iris, in the landmarks' radius: drawn eyes are not as they expect."""
_LARGEST_IRIS = 0.30
"""Largest radius of an iris, in eye widths: eyes all in shade have no edge to find."""
_LEAST_RISE = 14.0
"""Brightening from iris to white that counts as its edge, in grey levels."""
_SPREAD, _FAR, _FAR_SHARE = 0.10, 0.5, 0.03
"""The white under the lids is like the nearest white (smoothed over so many openings), far from any like all of it."""
_FURTHEST_SHARE = 1e-5
_UNDER_LID = 0.80
"""Light on the white that a look uncovers from under the upper lid."""


def uncover_eyeball(
    rgb: NDArray[np.uint8], eye: EyeShape, found_iris: tuple[NDArray[np.float64], float]
) -> NDArray[np.uint8]:
    """Return the eye's box with the eyeball grown under the lids, uint8, shape (height, width, 3).

    The part of the iris under a lid is mirrored from its other half; the white is extended smoothly.

    Parameters
    ----------
    found_iris
        Centre in the box, x and y, and radius, in pixels: see `find_iris`.
    """
    seen = _seen(eye)
    if not seen.any():
        return rgb.copy()
    centre, radius = found_iris
    rows, columns = np.indices(seen.shape)
    across, down = columns - centre[0], rows - centre[1]
    iris: NDArray[np.bool_] = np.asarray(np.hypot(across, down) < _IRIS_EDGE * radius)
    grown = _extend_white(rgb, eye, seen & ~iris if (seen & ~iris).sum() > 8 else seen)
    above = np.clip(1 - eye.below_upper / (_INSET * eye.opening_px), 0, 1)[..., None]
    grown *= 1 - (1 - _UNDER_LID) * above

    # Mirror the iris about its centre, along the eye's own vertical; what is hidden on both sides, turn half round.
    height = across * eye.axes[1, 0] + down * eye.axes[1, 1]
    hidden: NDArray[np.bool_] = np.logical_and(iris, ~seen)
    for sideways in (0.0, 1.0):
        along = across * eye.axes[0, 0] + down * eye.axes[0, 1]
        x = columns - 2 * height * eye.axes[1, 0] - sideways * 2 * along * eye.axes[0, 0]
        y = rows - 2 * height * eye.axes[1, 1] - sideways * 2 * along * eye.axes[0, 1]
        x = np.clip(np.round(x), 0, seen.shape[1] - 1).astype(int)
        y = np.clip(np.round(y), 0, seen.shape[0] - 1).astype(int)
        found: NDArray[np.bool_] = np.asarray(hidden & (seen & iris)[y, x], np.bool_)
        grown[found] = rgb[y[found], x[found]]
        hidden = np.logical_and(hidden, ~found)
    if hidden.any() and (iris & seen).any():
        grown[hidden] = np.median(rgb[iris & seen], 0)
    joined = np.where(seen[..., None], rgb, grown).astype(np.float32)
    soft = cv2.GaussianBlur(joined, (0, 0), max(0.6, 0.03 * eye.opening_px))
    # The photo's own pixels fade out towards the lids, where lashes and shade begin.
    own = np.clip(2 * eye.inside_px() / (_INSET * eye.opening_px) - 2, 0, 1) * seen
    share = cv2.GaussianBlur(own.astype(np.float32), (0, 0), max(0.5, 0.02 * eye.opening_px))[..., None]
    return np.asarray(np.clip(rgb * share + soft * (1 - share) + 0.5, 0, 255), np.uint8)


def _extend_white(rgb: NDArray[np.uint8], eye: EyeShape, white: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Return the white of the eye everywhere: the brighter part of what is seen of it, smoothed outwards."""
    lightness = rgb.mean(-1)
    bright = (white & (lightness >= np.percentile(lightness[white], 15))).astype(np.float32)
    # Where no white is near, its mean.
    weight = np.full(white.shape, _FURTHEST_SHARE, np.float32)
    colour = np.tile(np.float32(_FURTHEST_SHARE) * rgb[bright > 0].mean(0, dtype=np.float32), (*white.shape, 1))
    for spread, share in ((_SPREAD, 1.0), (_FAR, _FAR_SHARE)):
        sigma_px = spread * eye.opening_px
        weight += share * cv2.GaussianBlur(bright, (0, 0), sigma_px)
        colour += share * cv2.GaussianBlur(rgb.astype(np.float32) * bright[..., None], (0, 0), sigma_px)
    return np.asarray(colour / weight[..., None], np.float32)


def _seen(eye: EyeShape) -> NDArray[np.bool_]:
    """Return the pixels that show the eyeball, without lashes and corners."""
    inside = eye.inside_px() > _INSET * eye.opening_px
    return np.asarray(inside & (eye.along > 0.08) & (eye.along < 0.92), np.bool_)


def find_iris(rgb: NDArray[np.uint8], eye: EyeShape) -> tuple[NDArray[np.float64], float] | None:
    """Measure the iris: the circle across which the eye brightens most.

    Returns
    -------
    Its centre in the box, float64, shape (2,), x and y, and its radius, in pixels; None if the eye is shut, blind (as
    statues are), or all in shade.
    """
    seen = _seen(eye)
    if seen.sum() < 16:
        return None
    grey = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY).astype(np.float32)
    radii = np.linspace(*_IRIS_RANGE, 32)
    angle = np.radians(np.concatenate([np.arange(-40, 41, 10), np.arange(140, 221, 10)]))
    rays = np.cos(angle)[:, None] * eye.axes[0] + np.sin(angle)[:, None] * eye.axes[1]
    best, found = _LEAST_RISE, None
    for right in _IRIS_SHIFT:
        for low in _IRIS_SHIFT:
            centre = eye.iris_px + eye.iris_radius_px * (right * eye.axes[0] + low * eye.axes[1])
            place = (centre + rays[:, None] * (radii * eye.iris_radius_px)[None, :, None]).astype(np.float32)
            profile = cv2.remap(grey, place[..., 0], place[..., 1], cv2.INTER_LINEAR)
            valid = cv2.remap(seen.astype(np.uint8), place[..., 0], place[..., 1], cv2.INTER_NEAREST) > 0
            both = valid[:, 4:] & valid[:, :-4]
            rise = np.where(both, profile[:, 4:] - profile[:, :-4], 0).sum(0) / np.maximum(both.sum(0), 5)
            k = int(np.argmax(rise))
            # Prefer the landmarks' own centre.
            value = float(rise[k]) * (1 - 0.3 * np.hypot(right, low))
            if value > best:
                best, found = value, (centre, float(radii[k + 2]) * eye.iris_radius_px)
    if found is None:
        return None
    return found[0], min(found[1], max(_LARGEST_IRIS * eye.width_px, eye.iris_radius_px))
