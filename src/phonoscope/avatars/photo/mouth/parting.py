"""Closed lips that part: the dark line between them is shade, and no part of either lip."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.curves import smoothstep
from phonoscope.avatars.photo.finding.face_frame import FaceFrame
from phonoscope.avatars.photo.lips.line import LipLine
from phonoscope.avatars.photo.mouth.box import MouthBox
from phonoscope.avatars.photo.mouth.plane import grain

_REACH, _THIN = 0.024, 0.55
"""How far from the lip line its shade may reach, in face heights, and as a share of a thin lip's height."""
_LIFT, _SHADE, _TEXTURE = 0.88, 12.0, 6.0
"""Share of the shade that is taken away (a lip curves inwards, and is a little darker there); grey levels below the lip
behind it at which a place lies wholly in shade; and most texture that is kept of it, in grey levels."""
_CORNERS = 0.62, 0.96
"""Places across the mouth between which the line stays: lips still touch at the corners."""
_ALONG, _ACROSS = 0.012, 0.003
"""Blur of the measured light along and across the lips, in face heights: their texture is kept."""


def part_lips(
    rgb: NDArray[np.uint8], frame: FaceFrame, lips: LipLine, distances: MouthBox, deviation: float
) -> NDArray[np.uint8]:
    """Return the mouth's box of a picture of closed lips without the dark line between them.

    Each lip's rim gets the colour of the lip behind it; `deviation` is the photo's grain, in grey levels.

    Returns
    -------
    uint8, shape (box.height, box.width, 3).
    """
    from scipy.ndimage import distance_transform_edt

    height_px = frame.height_px
    region = rgb[distances.box.slices].astype(np.float32)
    thickness = np.where(distances.upper_distance_px < 0, lips.upper_thickness, lips.lower_thickness)
    reach_px = np.maximum(1.5, np.minimum(_REACH, _THIN * np.maximum(thickness, 0.01)) * height_px)
    away = np.abs(distances.upper_distance_px) / reach_px
    band = (away < 1) & (np.abs(distances.x) < 1.05)
    if not band.any() or band.all():
        return rgb[distances.box.slices].copy()
    # Each side of the line takes after the lip right outside the band: the nearest pixel there is one of its own.
    nearest = distance_transform_edt(band, return_distances=False, return_indices=True)
    sigma = max(0.6, _ALONG * height_px), max(0.5, _ACROSS * height_px)
    behind = cv2.GaussianBlur(region[nearest[0], nearest[1]], (0, 0), sigma[0], sigmaY=sigma[1])
    light = cv2.GaussianBlur(region, (0, 0), sigma[0], sigmaY=sigma[1])
    shaded = np.clip((behind - light).mean(-1) / _SHADE, 0, 1)
    share = (1 - smoothstep(0.35, 1.0, away)) * (1 - smoothstep(*_CORNERS, np.abs(distances.x))) * _LIFT * shaded
    # No gain brings back a texture out of black: it comes from the photo's grain, and from what is not in the shade.
    plain = (
        behind + np.clip(region - light, -_TEXTURE, _TEXTURE) + grain(region.shape[:2], deviation, seed=6)[..., None]
    )
    parted = region + share[..., None].astype(np.float32) * (plain - region)
    return np.asarray(np.clip(parted + 0.5, 0, 255), np.uint8)
