"""An eyeball without its lids, so that it can turn."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.eye_shape import EyeShape

_INSET = 0.07
"""How far inside the lids pixels show the eyeball alone, in openings."""
_IRIS_EDGE = 1.12
"""The soft edge of an iris ends at so many radii."""
_IRIS_RANGE = (0.75, 1.9)
"""Radii searched for the iris's edge, against the landmarks': drawn eyes are larger than the landmarks know."""
_UNDER_LID = 0.78
"""Light on the white that a look uncovers: it comes from under the lid."""


def uncover_eyeball(rgb: NDArray[np.uint8], eye: EyeShape) -> NDArray[np.uint8]:
    """Return the eye's box with the eyeball grown under the lids, uint8, shape (height, width, 3).

    The part of the iris under a lid is mirrored from its other half; the white is extended from the nearest white.
    """
    from scipy.ndimage import distance_transform_edt

    seen = (eye.inside_px() > _INSET * eye.opening_px) & (eye.along > 0.06) & (eye.along < 0.94)
    if not seen.any():
        return rgb.copy()
    rows, columns = np.indices(seen.shape)
    across, down = columns - eye.iris_px[0], rows - eye.iris_px[1]
    iris = np.hypot(across, down) < _IRIS_EDGE * _iris_radius_px(rgb, eye, seen)
    white = seen & ~iris
    nearest = distance_transform_edt(
        ~(white if white.sum() > 8 else seen), return_distances=False, return_indices=True
    )
    grown = rgb[nearest[0], nearest[1]]
    # Mirror the iris about its centre, along the eye's own vertical.
    height = across * eye.axes[1, 0] + down * eye.axes[1, 1]
    x = np.clip(np.round(columns - 2 * height * eye.axes[1, 0]), 0, seen.shape[1] - 1).astype(int)
    y = np.clip(np.round(rows - 2 * height * eye.axes[1, 1]), 0, seen.shape[0] - 1).astype(int)
    mirrored = iris & ~seen & seen[y, x]
    grown[mirrored] = rgb[y[mirrored], x[mirrored]]
    hidden = iris & ~seen & ~mirrored
    if hidden.any() and (iris & seen).any():
        nearest = distance_transform_edt(~(iris & seen), return_distances=False, return_indices=True)
        grown[hidden] = rgb[nearest[0][hidden], nearest[1][hidden]]
    grown = np.where((iris | seen)[..., None], grown, grown * _UNDER_LID).astype(np.uint8)
    soft = cv2.GaussianBlur(grown, (0, 0), max(0.6, 0.03 * eye.opening_px))
    return np.where(seen[..., None], rgb, soft).astype(np.uint8)


def _iris_radius_px(rgb: NDArray[np.uint8], eye: EyeShape, seen: NDArray[np.bool_]) -> float:
    """Measure the iris: the radius at which the eye brightens most, sideways from its centre."""
    grey = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY).astype(np.float32)
    radii = np.linspace(*_IRIS_RANGE, 40)
    angle = np.radians([-35, -20, -5, 5, 20, 35, 145, 160, 175, 185, 200, 215])
    rays = np.cos(angle)[:, None] * eye.axes[0] + np.sin(angle)[:, None] * eye.axes[1]
    place = eye.iris_px + rays[:, None] * (radii * eye.iris_radius_px)[None, :, None]
    x, y = place[..., 0].astype(np.float32), place[..., 1].astype(np.float32)
    profile = cv2.remap(grey, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    valid = cv2.remap(seen.astype(np.float32), x, y, cv2.INTER_NEAREST, borderMode=cv2.BORDER_CONSTANT) > 0.5
    rise = np.where(valid[:, 4:] & valid[:, :-4], profile[:, 4:] - profile[:, :-4], 0).sum(0)
    rise = rise / np.maximum((valid[:, 4:] & valid[:, :-4]).sum(0), 3)
    best = int(np.argmax(rise))
    if rise[best] < 8:
        return eye.iris_radius_px
    return float(radii[best + 2]) * eye.iris_radius_px
