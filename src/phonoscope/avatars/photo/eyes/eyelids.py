"""A plate of what an eye's closed lid would look like, and the lashes that move with it."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.curves import smoothstep
from phonoscope.avatars.photo.eyes.bare_skin import BareSkin, distance_from_opening
from phonoscope.avatars.photo.eyes.eye_shape import FOLD_DROP, EyeShape
from phonoscope.avatars.photo.photometry import Photometry

LOWER_LID_REACH = 0.16
"""How far below the eye the lower lid is repainted, in openings."""
_PLATE_HALF = 0.70
"""Half the length of the closed lid, in eye widths: drawn eyes exceed their landmarks."""
_LID_LIGHT = 0.95
"""Light on a closed lid against the skin around the eye: it looks down a little."""
_TOWARDS_SKIN, _TOWARDS_SKIN_HUE = 0.60, 0.65
"""How far the lid's brightness and its hue are pulled from its rim's, which carries liner and shade, to skin."""
_GAIN = (0.75, 1.5)
_HUE_LEVELS = 32
_OWN_LOOKS = (0.02, 0.34)
"""How far out of the opening the lid's own looks fade, in openings."""
_COVERED = (0.06, 0.20)
"""How far around the opening the closed lid hides the photo, in openings: liner, and eyes larger than landmarks."""
_COVERED_BELOW = 1.1
"""Share of that below the eye."""
_FOLD_COMES_DOWN, _FOLD_END = 0.85, 0.08
"""How far the fold of a closed lid comes down, of the most it can, and where its last trace ends, in openings."""
_STONE = 0.75
"""Least light of a sculpted eyeball against the stone around it."""
_LASHES_BELOW, _LASHES_ABOVE = 0.03, (0.22, 0.54)
"""Upper lashes end this far below the lid's edge, and fade so far above it, in openings."""
_LASH_GAP = 0.13
"""Gaps of the lashes narrower than this, in openings, are closed: they would make two lines of one."""
_LINE_LIGHT, _LINE_ENDS = (0.16, 0.34), (0.40, 0.51)
"""Range of the light that the line of a closed eye leaves: it is what shows that the eye is shut. And where along the
eye it ends, in eye widths from the middle."""
_LOCAL_SKIN_PERCENTILE = 70
"""Skin around the eye, without its wrinkles and the shade of glasses."""
_WRINKLE_SHARE, _GRAIN_SHARE = 0.4, 0.8
"""Parts of the texture that are copied from below the eye, and made up as strong as it is there."""
_TEXTURE_LEVELS = 4.0
_TEXTURE_LIMIT = 2.0
"""Skin texture for the lid is clipped at so many grey levels, and at so many of its own deviations: no mole, no lash is
copied along."""


def lid_area(eye: EyeShape) -> NDArray[np.bool_]:
    """Return the pixels that a closed lid repaints, bool, shape (height, width); none at the box's border."""
    taper = _plate_taper(eye)
    area = (
        (eye.below_upper > -eye.lid_reach * eye.opening_px * taper - 1)
        & (eye.below_upper < eye.gap + LOWER_LID_REACH * eye.opening_px * taper + 1)
        & (taper > 0)
    )
    area[[0, -1]] = False
    area[:, [0, -1]] = False
    return np.asarray(area, np.bool_)


def _plate_taper(eye: EyeShape) -> NDArray[np.float64]:
    return np.asarray(np.sqrt(np.clip(1 - ((eye.along - 0.5) / _PLATE_HALF) ** 4, 0, 1)))


def paint_lid(
    rgb: NDArray[np.uint8],
    eye: EyeShape,
    bare: BareSkin,
    rims: NDArray[np.float32],
    photometry: Photometry,
    sculpted: bool = False,
) -> NDArray[np.float32]:
    """Return the picture inside the eye's box with the eye closed, float32, shape (height, width, 3).

    Bare skin is given skin's hue, the fine texture of the skin below the eye, and the light on a bulging lid with a
    crease.

    Parameters
    ----------
    rims
        float32, shape (height, width): what lies in front (`rims.find_rims`) lends the lid no colour.
    sculpted
        The eye has no iris: its ball is of the same stuff as its lids, and as light.
    """
    plate = bare.rgb.astype(np.float64)
    skin = _sculpted_skin(rgb, eye, bare, photometry) if sculpted else _local_skin(bare.rgb, eye, photometry)
    # All that is painted on top fades in from where skin was seen, so that no border shows.
    own = 1 - smoothstep(*_OWN_LOOKS, distance_from_opening(eye))
    known = (bare.filled < 0.05) & (rims < 0.05)
    plate += (_as_skin(plate, rgb, known, own, skin) - plate) * own[..., None]
    plate *= (1 + (_lid_shade(eye, photometry) - 1) * own)[..., None]
    plate += (_skin_texture(rgb, eye, rims, photometry) * bare.filled)[..., None]
    return np.clip(plate, 0, 255).astype(np.float32)


def lash_light(rgb: NDArray[np.uint8], bare: BareSkin, eye: EyeShape, rims: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return how much light the upper lashes leave, 0 to 1, shape (height, width); 1 away from them."""
    height = -eye.below_upper / eye.opening_px
    # Near the lid's edge it is lashes that are dark; further up, where they end, it may be a fold.
    kept = smoothstep(-_LASHES_BELOW, 0.02, height) * (1 - smoothstep(*_LASHES_ABOVE, height))
    kept *= bare.window * (rims < 0.05)
    dark = np.asarray((1 - np.clip(rgb.mean(2) / np.maximum(bare.rgb.mean(2), 8), 0.12, 1)) * kept, np.float32)
    side = max(3, int(_LASH_GAP * eye.opening_px) | 1)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    return np.asarray(1 - cv2.morphologyEx(dark, cv2.MORPH_CLOSE, kernel), np.float32)


def lash_line(lashes: NDArray[np.float32], eye: EyeShape) -> NDArray[np.float32]:
    """Return the lashes' typical light along the eye, 0 to 1, shape (height, width): constant down each column."""
    bins = 24
    band = np.abs(eye.below_upper + 0.09 * eye.opening_px) < 0.10 * eye.opening_px
    place = np.floor(eye.along * bins).astype(int)
    dark = np.full(bins, 0.5)
    for k in range(bins):
        found = lashes[band & (place == k)]
        if len(found) > 2:
            dark[k] = np.percentile(found, 15)
    weights = np.exp(-0.5 * (np.arange(-5, 6) / 1.5) ** 2)
    dark = np.convolve(np.pad(np.clip(dark, *_LINE_LIGHT), 5, "edge"), weights / weights.sum(), "valid")
    ends = 1 - smoothstep(_LINE_ENDS[0] - 0.2, _LINE_ENDS[1], np.abs(eye.along - 0.5))
    light = np.interp(eye.along, (np.arange(bins) + 0.5) / bins, dark)
    return (1 - (1 - light) * ends).astype(np.float32)


def with_fold(plate: NDArray[np.float32], clean: NDArray[np.float32], eye: EyeShape) -> NDArray[np.float32]:
    """Lay the photo's own fold, come down and half smoothed out, over the upper part of a closed lid.

    Parameters
    ----------
    clean
        float32, shape (height, width, 3): the photo without lashes.
    """
    v = eye.below_upper / eye.opening_px
    arch = np.clip(eye.gap / eye.opening_px, 0, 1)
    shift = _FOLD_COMES_DOWN * FOLD_DROP * arch * smoothstep(-eye.lid_reach, -_FOLD_END, v) * eye.opening_px
    rows, columns = np.indices(v.shape)
    x, y = columns - eye.axes[1, 0] * shift, rows - eye.axes[1, 1] * shift
    moved = cv2.remap(clean, x.astype(np.float32), y.astype(np.float32), cv2.INTER_LINEAR, None, cv2.BORDER_REPLICATE)
    share = 1 - smoothstep(-eye.lid_reach, _FOLD_END, v)
    return np.asarray(plate + (moved - plate) * share[..., None], np.float32)


def covered(eye: EyeShape) -> NDArray[np.float64]:
    """Return 1 where a shut eye may show nothing of the open one, its corners included; shape (height, width)."""
    above = eye.below_upper < 0.5 * eye.gap
    reach = np.where(above | (np.abs(eye.along - 0.5) > 0.45), 1.0, _COVERED_BELOW)
    return np.asarray(1 - smoothstep(*_COVERED, distance_from_opening(eye) / reach))


def _sculpted_skin(
    rgb: NDArray[np.uint8], eye: EyeShape, bare: BareSkin, photometry: Photometry
) -> NDArray[np.float64]:
    inside = eye.inside_px() > 0.1 * eye.opening_px
    around = _local_skin(bare.rgb, eye, photometry)
    ball = np.asarray(np.percentile(rgb[inside], 60, axis=0), np.float64) if inside.any() else around
    # An eye that is too small to show its iris is no stone.
    return ball if ball.mean() > _STONE * around.mean() else around


def _local_skin(bare: NDArray[np.float32], eye: EyeShape, photometry: Photometry) -> NDArray[np.float64]:
    """Return the colour of the skin around the eye, at most as bright as the cheeks: half a face may be in shade."""
    below = (eye.below_upper - eye.gap) / eye.opening_px
    above = -eye.below_upper / eye.opening_px
    band = ((below > 0.25) & (below < 0.6)) | ((above > 0.1) & (above < max(0.3, eye.lid_reach)))
    band &= np.abs(eye.along - 0.5) < 0.5
    if not band.any():
        return photometry.skin
    colour = np.asarray(np.percentile(bare[band], _LOCAL_SKIN_PERCENTILE, axis=0), np.float64)
    return colour if colour.mean() < photometry.skin.mean() else photometry.skin


def _as_skin(
    plate: NDArray[np.float64],
    rgb: NDArray[np.uint8],
    around: NDArray[np.bool_],
    lid: NDArray[np.float64],
    skin: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Give a plate the hue that this picture's skin has at each brightness, and pull its brightness towards skin.

    Skin in shade is not skin times a grey: in paintings it turns brown, in snapshots red. So the hue is looked up,
    by brightness, among the pixels around the eye.
    """
    samples = np.concatenate([rgb[around].reshape(-1, 3), np.tile(skin, (max(1, int(around.sum()) // 4), 1))])
    level = np.clip(samples.mean(1) / 256 * _HUE_LEVELS, 0, _HUE_LEVELS - 1).astype(int)
    count = np.bincount(level, minlength=_HUE_LEVELS).astype(np.float64)
    colour = np.stack([np.bincount(level, samples[:, c], _HUE_LEVELS) for c in range(3)], 1)
    near = np.exp(-0.5 * (np.subtract.outer(np.arange(_HUE_LEVELS), np.arange(_HUE_LEVELS)) / 2.0) ** 2)
    colour, count = near @ colour, near @ count
    known = count > 1e-3
    levels = (np.arange(_HUE_LEVELS) + 0.5) * 256 / _HUE_LEVELS
    hue = colour[known] / np.maximum(colour[known].mean(1, keepdims=True), 1e-6)
    brightness = np.maximum(plate.mean(2), 4)
    now = float(np.median(brightness[lid > 0.5])) if (lid > 0.5).any() else float(skin.mean())
    gain = np.clip(_LID_LIGHT * float(skin.mean()) / max(now, 4), *_GAIN)
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
    return np.asarray(1 + (bulge + sideways - 0.05 * crease) * _plate_taper(eye))


def _skin_texture(
    rgb: NDArray[np.uint8], eye: EyeShape, rims: NDArray[np.float32], photometry: Photometry
) -> NDArray[np.float64]:
    """Return fine texture for the lid, in grey levels: that of the skin below the eye, mirrored upwards."""
    grey = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY).astype(np.float32)
    fine = grey - cv2.GaussianBlur(grey, (0, 0), max(1.2, 0.05 * eye.opening_px))
    fine *= cv2.erode((rims < 0.05).astype(np.float32), np.ones((5, 5), np.uint8))
    skin = eye.below_upper > eye.gap + 0.25 * eye.opening_px
    deviation = 1.48 * float(np.median(np.abs(fine[skin]))) if skin.any() else 0.0
    deviation = max(deviation, photometry.grain)
    rows, columns = np.indices(grey.shape, np.float32)
    up = (2 * (eye.gap + 0.30 * eye.opening_px - eye.below_upper)).astype(np.float32)
    x, y = columns + up * np.float32(eye.axes[1, 0]), rows + up * np.float32(eye.axes[1, 1])
    mirrored = np.asarray(cv2.remap(fine, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101), np.float32)
    limit = min(_TEXTURE_LIMIT * deviation, 1.5 * photometry.grain + _TEXTURE_LEVELS)
    # Wrinkles and the lower lashes come along faintly; the rest is as strong, without their lines.
    noise = np.random.default_rng(0).normal(0, 1, grey.shape).astype(np.float32)
    noise = np.asarray(cv2.GaussianBlur(noise, (0, 0), max(0.5, 0.6 * photometry.blur_px)), np.float32)
    own = noise * (_GRAIN_SHARE * min(deviation, limit) / max(float(noise.std()), 1e-6))
    return np.clip(_WRINKLE_SHARE * mirrored + own, -limit, limit).astype(np.float64)
