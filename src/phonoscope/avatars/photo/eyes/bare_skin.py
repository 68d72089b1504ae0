"""The skin around an eye as it would be without the eye: no opening, no lashes, no liner."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.curves import smoothstep
from phonoscope.avatars.photo.eyes.eye_shape import EyeShape
from phonoscope.avatars.photo.eyes.membrane import fill_membrane

_WORK_OPENING_PX = 28.0
"""Skin is looked for in a picture whose eye is at most this high: lashes of larger ones are as well seen there."""
_OPENED = 0.09
"""The eye itself, its wet rims included, reaches this far out of its opening, in openings."""
_NEAR, _ROUNDS = 0.36, 2
"""Skin's usual light at a place is that of what lies so far around, in openings; what strays from it is left out, so
many times."""
_USUAL_DARK, _USUAL_BRIGHT = (0.80, 0.95), (1.18, 1.40)
"""Light against the mean between which something ceases to count as usual."""
_LASH_DARK = (0.12, 0.30)
"""Light that lashes and liner take from the skin: folds take less."""
_ROOT, _LEAN = 0.12, 0.10
"""Lashes stand on what is no further than this above the lid's edge, and lean sideways so far, in openings; what is dark
elsewhere is a fold, or glasses."""
_BETWEEN = 0.16
"""Lashes stand closer than this, in openings."""
_REACH, _LEAST_REACH = 1.25, 0.46
"""Lashes reach so far above the lid's edge, in `lid_reach`, and at least so many openings; brows are further up."""
_REACH_BESIDE = 0.3
"""Beside the corners lashes reach so much further."""
_LINER_BELOW = (0.14, 0.30)
"""Liner below the eye ends there, in openings; lower lashes stay."""
_ENDS = (0.64, 0.76)
"""Where along the eye the lashes end, in eye widths from the middle: those of the outer corner go on past it."""
_SPREAD = 0.09
"""Colours at the border of a hole are taken as the mean over this distance, in openings: texture draws no streaks."""
_SEAM = 0.045
"""Width of the seam of what was filled, in openings."""


@dataclass(frozen=True, slots=True, eq=False)
class BareSkin:
    """Skin without an eye; float32, of the size of the eye's box.

    Attributes
    ----------
    rgb
        Shape (height, width, 3).
    filled
        Shape (height, width): how much of a pixel was made up, 0 to 1.
    window
        Shape (height, width): where lashes and liner may be, 0 to 1.
    """

    rgb: NDArray[np.float32]
    filled: NDArray[np.float32]
    window: NDArray[np.float32]


def find_bare_skin(rgb: NDArray[np.uint8], eye: EyeShape, rims: NDArray[np.float32]) -> BareSkin:
    """Take an eye, its lashes and its liner off the skin, and fill their place smoothly from around.

    Parameters
    ----------
    rgb
        uint8, shape (height, width, 3): the eye's box.
    rims
        float32, shape (height, width): what lies in front (`rims.find_rims`) lends the skin no colour.
    """
    height, width = rgb.shape[:2]
    scale = min(1.0, _WORK_OPENING_PX / eye.opening_px)
    size = max(8, round(width * scale)), max(8, round(height * scale))
    opening = eye.opening_px * scale
    window_full = lash_window(eye)
    small = cv2.resize(rgb, size, interpolation=cv2.INTER_AREA).astype(np.float32)
    window = np.asarray(cv2.resize(window_full, size), np.float32)
    in_front = np.asarray(cv2.resize(rims, size, interpolation=cv2.INTER_AREA), np.float32) > 0.05
    away = np.asarray(cv2.resize(distance_from_opening(eye).astype(np.float32), size), np.float32)
    opened = away < _OPENED
    grey = small.mean(2)
    usual = _usual_light(grey, ~opened & ~in_front, _NEAR * opening)
    dark = smoothstep(*_LASH_DARK, (1 - grey / np.maximum(usual, 8)).astype(np.float64))
    above = -np.asarray(cv2.resize(eye.below_upper.astype(np.float32), size), np.float32) / eye.opening_px
    dark = _standing_on(dark.astype(np.float32) * window, above < _ROOT, eye.axes[1], opening)
    # So is what gleams between lashes.
    side = max(3, int(_BETWEEN * opening) | 1)
    dark = np.maximum(dark, cv2.blur(cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((side, side))), (3, 3)))
    unknown = opened | (dark > 0.25)
    unknown = cv2.dilate(unknown.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    missing = unknown | in_front
    missing[[0, -1]] = missing[:, [0, -1]] = False
    around = _mean(small, ~missing, max(0.6, _SPREAD * opening))
    filled = fill_membrane(around, missing)
    soft = max(0.7, _SEAM * opening)
    share = cv2.GaussianBlur(cv2.dilate(unknown.astype(np.uint8), np.ones((3, 3))).astype(np.float32), (0, 0), soft)
    whole = np.asarray(cv2.resize(filled, (width, height), interpolation=cv2.INTER_CUBIC), np.float32)
    share = np.asarray(cv2.resize(share, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)
    share = np.maximum(share, (rims > 0.05).astype(np.float32))
    bare = rgb + (whole - rgb) * share[..., None]
    return BareSkin(np.clip(bare, 0, 255).astype(np.float32), share, window_full)


def distance_from_opening(eye: EyeShape) -> NDArray[np.float64]:
    """Return how far outside the opening a pixel lies, in openings, shape (height, width); 0 inside."""
    opened = (eye.inside_px() >= 0) & (eye.along > 0) & (eye.along < 1)
    if not opened.any():
        return np.asarray(np.maximum(-eye.inside_px(), 0) / eye.opening_px)
    return np.asarray(cv2.distanceTransform((~opened).astype(np.uint8), cv2.DIST_L2, 5) / eye.opening_px, np.float64)


def lash_reach(eye: EyeShape) -> float:
    """Return how far above the eye lashes are looked for at most, in openings."""
    return max(_REACH * eye.lid_reach, _LEAST_REACH) * (1 + _REACH_BESIDE)


def lash_window(eye: EyeShape) -> NDArray[np.float32]:
    """Return where lashes and liner are looked for: above the lid's edge, around its corners, and close below."""
    v = eye.below_upper / eye.opening_px
    beside = smoothstep(0.40, 0.52, np.abs(eye.along - 0.5))
    reach = lash_reach(eye) / (1 + _REACH_BESIDE) * (1 + _REACH_BESIDE * beside)
    window = smoothstep(0.0, 1.0, (v + reach) / (0.35 * reach))
    window = window * (1 - smoothstep(*_LINER_BELOW, v - eye.gap / eye.opening_px))
    return np.asarray(window * (1 - smoothstep(*_ENDS, np.abs(eye.along - 0.5))), np.float32)


def _standing_on(
    dark: NDArray[np.float32], root: NDArray[np.bool_], down: NDArray[np.float64], opening_px: float
) -> NDArray[np.float32]:
    """Return what is dark from a root on without a gap: lashes stand on the lid's edge, folds lie above bare skin."""
    reached = dark * root
    shift = np.array([[1, 0, -down[0]], [0, 1, -down[1]]])
    for _ in range(round(opening_px)):
        higher = cv2.warpAffine(reached, shift, dark.shape[::-1])
        reached = np.maximum(reached, np.minimum(dark, higher))
    for _ in range(max(1, round(_LEAN * opening_px))):
        reached = np.maximum(reached, np.minimum(dark, cv2.dilate(reached, np.ones((3, 3), np.uint8))))
    return reached


def _usual_light(grey: NDArray[np.float32], known: NDArray[np.bool_], spread: float) -> NDArray[np.float32]:
    """Return the light of the skin around each place, without what is much darker or brighter than most."""
    usual = _mean(grey, known, spread)
    for _ in range(_ROUNDS):
        ratio = (grey / np.maximum(usual, 4)).astype(np.float64)
        counts = known * smoothstep(*_USUAL_DARK, ratio) * (1 - smoothstep(*_USUAL_BRIGHT, ratio))
        usual = _mean(grey, counts, spread)
    return usual


def _mean(image: NDArray[np.float32], counts: NDArray[np.generic], spread: float) -> NDArray[np.float32]:
    """Return the mean around each place of what counts; far from all of it, that of a wider surrounding."""
    weight = counts.astype(np.float32)
    each = weight if image.ndim == 2 else weight[..., None]
    total, count = cv2.GaussianBlur(image * each, (0, 0), spread), cv2.GaussianBlur(weight, (0, 0), spread)
    far, far_count = cv2.GaussianBlur(image * each, (0, 0), 4 * spread), cv2.GaussianBlur(weight, (0, 0), 4 * spread)
    count = np.maximum(count + 0.01 * far_count, 1e-7)
    return np.asarray((total + 0.01 * far) / (count if image.ndim == 2 else count[..., None]), np.float32)
