"""Where the iris of an eye is in the photo."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.eyes.eye_shape import EyeShape
from phonoscope.avatars.photo.eyes.eyeballs import visible_eyeball

_IRIS_RANGE, _IRIS_SHIFT = (0.75, 1.7), (-0.24, -0.12, 0.0, 0.12, 0.24)
"""Radii and shifts of the centre searched for the iris, in the landmarks' radius: drawn eyes are not as they expect."""
_FINER = (-0.06, -0.03, 0.0, 0.03, 0.06)
"""Shifts tried around the best of those."""
_LARGEST_IRIS = 0.30
"""Largest radius of an iris, in eye widths: eyes all in shade have no edge to find."""
_LEAST_RISE = 14.0
"""Brightening from iris to white that counts as its edge, in grey levels."""
_TINY_PX, _SMALL_PX, _DARKER = 9.0, 24.0, 0.90
"""An eye narrower than the first has no iris to tell. In one narrower than the second edges cannot be followed: there
the landmarks' iris is taken, if its light is no more than such a share of the rest."""


def find_iris(rgb: NDArray[np.uint8], eye: EyeShape) -> tuple[NDArray[np.float64], float] | None:
    """Measure the iris: the circle across which the eye brightens most.

    Returns
    -------
    Its centre in the box, float64, shape (2,), x and y, and its radius, in pixels; None if the eye is shut, blind (as
    statues are), or all in shade.
    """
    if eye.width_px < _SMALL_PX:
        return _small_iris(rgb, eye)
    seen = visible_eyeball(eye)
    if seen.sum() < 16:
        return None
    grey = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY).astype(np.float32)
    radii = np.linspace(*_IRIS_RANGE, 32)
    angle = np.radians(np.concatenate([np.arange(-40, 41, 10), np.arange(140, 221, 10)]))
    rays = np.cos(angle)[:, None] * eye.axes[0] + np.sin(angle)[:, None] * eye.axes[1]

    def edge_rise(right: float, low: float) -> tuple[float, float]:
        """Return the steepest brightening around a centre, and at which radius."""
        centre = eye.iris_px + eye.iris_radius_px * (right * eye.axes[0] + low * eye.axes[1])
        place = (centre + rays[:, None] * (radii * eye.iris_radius_px)[None, :, None]).astype(np.float32)
        profile = cv2.remap(grey, place[..., 0], place[..., 1], cv2.INTER_LINEAR)
        valid = cv2.remap(seen.astype(np.uint8), place[..., 0], place[..., 1], cv2.INTER_NEAREST) > 0
        both = valid[:, 4:] & valid[:, :-4]
        rise = np.where(both, profile[:, 4:] - profile[:, :-4], 0).sum(0) / np.maximum(both.sum(0), 5)
        k = int(np.argmax(rise))
        # Prefer the landmarks' own centre.
        return float(rise[k]) * (1 - 0.3 * float(np.hypot(right, low))), float(radii[k + 2]) * eye.iris_radius_px

    best, found = _LEAST_RISE, None
    for right, low in [(x, y) for x in _IRIS_SHIFT for y in _IRIS_SHIFT]:
        rise, radius = edge_rise(right, low)
        if rise > best:
            best, found = rise, (right, low, radius)
    if found is None:
        return None
    middle = found[:2]
    for right, low in [(middle[0] + x, middle[1] + y) for x in _FINER for y in _FINER]:
        rise, radius = edge_rise(right, low)
        if rise > best:
            best, found = rise, (right, low, radius)
    centre = eye.iris_px + eye.iris_radius_px * (found[0] * eye.axes[0] + found[1] * eye.axes[1])
    return centre, min(found[2], max(_LARGEST_IRIS * eye.width_px, eye.iris_radius_px))


def _small_iris(rgb: NDArray[np.uint8], eye: EyeShape) -> tuple[NDArray[np.float64], float] | None:
    """Take the landmarks' word for the iris of a small eye, if it is dark there."""
    if eye.width_px < _TINY_PX:
        return None
    rows, columns = np.indices(rgb.shape[:2])
    inside = eye.inside_px() > 0
    disc = inside & (np.hypot(columns - eye.iris_px[0], rows - eye.iris_px[1]) < eye.iris_radius_px)
    rest = inside & ~disc
    if not disc.any() or not rest.any():
        return None
    darker = float(np.median(rgb[disc].mean(1))) < _DARKER * float(np.median(rgb[rest].mean(1)))
    return (eye.iris_px, eye.iris_radius_px) if darker else None
