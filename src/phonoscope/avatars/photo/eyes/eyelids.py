"""A plate of what an eye's closed lid would look like, and the lashes that move with it."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.curves import smoothstep
from phonoscope.avatars.photo.eyes.eye_shape import TAPER, EyeShape
from phonoscope.avatars.photo.photometry import Photometry
from phonoscope.avatars.photo.smooth_fill import fill_smoothly

LOWER_LID_REACH = 0.16
"""How far below the eye the lower lid is repainted, in openings."""
_LID_LIGHT = 0.90
"""Light on a closed lid against the cheek: it looks down a little."""
_TOWARDS_SKIN, _TOWARDS_SKIN_HUE = 0.55, 0.65
"""How far the lid's brightness and its hue are pulled from its rim's, which carries liner and shade, to skin."""
_HUE_LEVELS = 32
_BORDER = 0.18
"""Width over which the lid's own looks fade in from the border of what is repainted, in openings."""
_LASHES_ABOVE, _LASHES_BELOW = 0.34, 0.05
"""Reach of the upper lashes from the lid's edge, in openings."""
_LINE_LIGHT, _LINE_ENDS = (0.15, 0.45), (0.44, 0.56)
"""Range of the light that the line of a closed eye leaves: it is what shows that the eye is shut. And where along the
eye it ends, in eye widths from the middle."""
_LOCAL_SKIN_PERCENTILE = 70
"""Skin around the eye, without its wrinkles and the shade of glasses."""
_TEXTURE_LEVELS = 8.0
_TEXTURE_LIMIT = 2.5
"""Skin texture for the lid is clipped at so many grey levels, and at so many of its own deviations: no mole, no lash is
copied along."""


def lid_area(eye: EyeShape) -> NDArray[np.bool_]:
    """Return the pixels that a closed lid repaints, bool, shape (height, width); none at the box's border."""
    area = (
        (eye.below_upper > -eye.lid_reach * eye.opening_px * eye.taper - 1)
        & (eye.below_upper < eye.gap + LOWER_LID_REACH * eye.opening_px * eye.taper + 1)
        & (np.abs(eye.along - 0.5) < TAPER)
    )
    area[[0, -1]] = False
    area[:, [0, -1]] = False
    return np.asarray(area, np.bool_)


def paint_lid(
    rgb: NDArray[np.uint8], eye: EyeShape, rims: NDArray[np.float32], photometry: Photometry
) -> NDArray[np.float32]:
    """Return the picture inside the eye's box with the eye closed, float32, shape (height, width, 3).

    The eye's opening and lashes are filled from the skin around them by Laplace's equation; then the lid is given
    skin's hue, the fine texture of the skin below the eye, and the light on a bulging lid with a crease.

    Parameters
    ----------
    rims
        float32, shape (height, width): what lies in front (`rims.find_rims`) lends the lid no colour.
    """
    hole = lid_area(eye)
    if not hole.any():
        return rgb.astype(np.float32)
    unknown = hole | (rims > 0.05)
    unknown[[0, -1]] = False
    unknown[:, [0, -1]] = False
    plate = rgb.astype(np.float64)
    plate[unknown] = fill_smoothly(_rim_colours(rgb, unknown, eye.opening_px), unknown)
    # All that is painted on top fades in from the hole's border, so that no border shows.
    depth = cv2.distanceTransform(hole.astype(np.uint8), cv2.DIST_L2, 3) / (_BORDER * eye.opening_px)
    soft = smoothstep(0.0, 1.0, depth.astype(np.float64))
    plate += (_as_skin(plate, rgb, ~unknown, _local_skin(rgb, eye, photometry)) - plate) * soft[..., None]
    plate *= (1 + (_lid_shade(eye, photometry) - 1) * soft)[..., None]
    plate += (_skin_texture(rgb, eye, rims, photometry) * soft)[..., None]
    return np.clip(plate, 0, 255).astype(np.float32)


def lash_light(rgb: NDArray[np.uint8], plate: NDArray[np.float32], eye: EyeShape) -> NDArray[np.float32]:
    """Return how much light the photo's upper lashes leave, 0 to 1, shape (height, width); 1 away from them."""
    light = np.clip(rgb.mean(2) / np.maximum(plate.mean(2), 8), 0.12, 1)
    v = eye.below_upper / eye.opening_px
    window = smoothstep(-_LASHES_ABOVE, -0.4 * _LASHES_ABOVE, v) * (1 - smoothstep(0.0, _LASHES_BELOW, v))
    window = window * (1 - smoothstep(*_LINE_ENDS, np.abs(eye.along - 0.5)))
    return np.asarray(1 - (1 - light) * window, np.float32)


def lash_line(lashes: NDArray[np.float32], eye: EyeShape) -> NDArray[np.float32]:
    """Return the lashes' typical light along the eye, 0 to 1, shape (height, width): constant down each column."""
    bins = 24
    band = np.abs(eye.below_upper + 0.06 * eye.opening_px) < 0.16 * eye.opening_px
    place = np.floor(eye.along * bins).astype(int)
    dark = np.full(bins, 0.5)
    for k in range(bins):
        found = lashes[band & (place == k)]
        if len(found) > 2:
            dark[k] = np.percentile(found, 15)
    from scipy.ndimage import gaussian_filter1d

    dark = gaussian_filter1d(np.clip(dark, *_LINE_LIGHT), 1.5)
    ends = 1 - smoothstep(*_LINE_ENDS, np.abs(eye.along - 0.5))
    light = np.interp(eye.along, (np.arange(bins) + 0.5) / bins, dark)
    return (1 - (1 - light) * ends).astype(np.float32)


def _rim_colours(rgb: NDArray[np.uint8], hole: NDArray[np.bool_], opening: float) -> NDArray[np.float64]:
    """Return the colours around a hole, freed of single lashes, which would draw streaks across it."""
    side = max(3, int(0.28 * opening) | 1)
    closed = cv2.morphologyEx(rgb, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)))
    outside = (~hole).astype(np.float32)
    spread = 0.12 * opening
    weight = np.maximum(cv2.GaussianBlur(outside, (0, 0), spread), 1e-3)
    mixed = (0.75 * closed + 0.25 * rgb).astype(np.float32) * outside[..., None]
    return np.asarray(cv2.GaussianBlur(mixed, (0, 0), spread) / weight[..., None], np.float64)


def _local_skin(rgb: NDArray[np.uint8], eye: EyeShape, photometry: Photometry) -> NDArray[np.float64]:
    """Return the colour of the skin around the eye, at most as bright as the cheeks: half a face may be in shade."""
    below = (eye.below_upper - eye.gap) / eye.opening_px
    above = -eye.below_upper / eye.opening_px - eye.lid_reach
    band = (((below > 0.3) & (below < 0.7)) | ((above > 0.05) & (above < 0.3))) & (np.abs(eye.along - 0.5) < 0.5)
    if not band.any():
        return photometry.skin
    colour = np.asarray(np.percentile(rgb[band], _LOCAL_SKIN_PERCENTILE, axis=0), np.float64)
    return colour if colour.mean() < photometry.skin.mean() else photometry.skin


def _as_skin(
    plate: NDArray[np.float64], rgb: NDArray[np.uint8], around: NDArray[np.bool_], skin: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Give a plate the hue that this picture's skin has at each brightness, and pull its brightness towards skin.

    Skin in shade is not skin times a grey: in paintings it turns brown, in snapshots red. So the hue is looked up,
    by brightness, among the pixels around the eye.
    """
    samples = np.concatenate([rgb[around].reshape(-1, 3), np.tile(skin, (max(1, int(around.sum()) // 4), 1))])
    level = np.clip(samples.mean(1) / 256 * _HUE_LEVELS, 0, _HUE_LEVELS - 1).astype(int)
    count = np.bincount(level, minlength=_HUE_LEVELS).astype(np.float64)
    colour = np.stack([np.bincount(level, samples[:, c], _HUE_LEVELS) for c in range(3)], 1)
    from scipy.ndimage import gaussian_filter1d

    colour, count = gaussian_filter1d(colour, 2.0, axis=0), gaussian_filter1d(count, 2.0)
    known = count > 1e-3
    levels = (np.arange(_HUE_LEVELS) + 0.5) * 256 / _HUE_LEVELS
    hue = colour[known] / np.maximum(colour[known].mean(1, keepdims=True), 1e-6)
    brightness = np.maximum(plate.mean(2), 4)
    gain = np.clip(_LID_LIGHT * float(skin.mean()) / max(float(np.median(brightness)), 4), 0.7, 1.5)
    brightness = brightness * (1 + _TOWARDS_SKIN * (gain - 1))
    looked_up = np.stack([np.interp(brightness, levels[known], hue[:, c]) for c in range(3)], -1)
    own = plate / np.maximum(plate.mean(2, keepdims=True), 4)
    return np.asarray(brightness[..., None] * (own + _TOWARDS_SKIN_HUE * (looked_up - own)))


def _lid_shade(eye: EyeShape, photometry: Photometry) -> NDArray[np.float64]:
    """Return the light on a closed lid: brighter where it bulges, darker at its edge and in the crease."""
    opening = eye.opening_px
    z = np.clip((eye.below_upper + 0.25 * opening) / (np.maximum(eye.gap, 1e-3) + 0.25 * opening), 0, 1)
    crease = np.exp(-(((eye.below_upper + 0.16 * opening) / (0.06 * opening)) ** 2))
    sideways = 0.10 * photometry.light[0] * (eye.along - 0.5)
    bulge = 0.07 * np.sin(np.pi * z**0.8) - 0.07 * z**3
    return np.asarray(1 + (bulge + sideways - 0.05 * crease) * eye.taper)


def _skin_texture(
    rgb: NDArray[np.uint8], eye: EyeShape, rims: NDArray[np.float32], photometry: Photometry
) -> NDArray[np.float64]:
    """Return fine texture for the lid, in grey levels: that of the skin below the eye, mirrored upwards."""
    grey = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY).astype(np.float32)
    fine = grey - cv2.GaussianBlur(grey, (0, 0), max(1.2, 0.10 * eye.opening_px))
    fine *= cv2.erode((rims < 0.05).astype(np.float32), np.ones((5, 5), np.uint8))
    skin = eye.below_upper > eye.gap + 0.25 * eye.opening_px
    deviation = 1.48 * float(np.median(np.abs(fine[skin]))) if skin.any() else 0.0
    deviation = max(deviation, photometry.grain)
    rows, columns = np.indices(grey.shape, np.float32)
    up = (2 * (eye.gap + 0.30 * eye.opening_px - eye.below_upper)).astype(np.float32)
    x, y = columns + up * np.float32(eye.axes[1, 0]), rows + up * np.float32(eye.axes[1, 1])
    mirrored = cv2.remap(fine, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)
    limit = min(_TEXTURE_LIMIT * deviation, 2 * photometry.grain + _TEXTURE_LEVELS)
    return np.clip(mirrored, -limit, limit).astype(np.float64)
