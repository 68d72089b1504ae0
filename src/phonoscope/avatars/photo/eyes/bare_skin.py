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
_ROOT = 0.12
"""Lashes stand on what is no further than this above the lid's edge, in openings; what is dark elsewhere is a fold."""
_PLACES, _PLACES_AROUND, _TIPS_PERCENTILE = 36, 4, 60
"""Lashes are measured at so many places along the eye; their height is such a percentile over so many to each side."""
_OVER_TIPS = (0.02, 0.16)
"""What is dark counts as lashes up to so far over their usual height, in openings, falling."""
_THICK = 0.40
"""What is dark and thicker than this, in openings, and goes on out of the eye's box, is hair or background."""
_BESIDE = 0.6
"""That is looked for so far from the middle, in eye widths."""
_SMALL = 0.04
"""Dark spots smaller than this, in squares of the opening, are left by lashes, and go too."""
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
    less = eye.scaled(_WORK_OPENING_PX / eye.opening_px)
    opening, size = less.opening_px, less.below_upper.shape[::-1]
    small = cv2.resize(rgb, size, interpolation=cv2.INTER_AREA).astype(np.float32)
    in_front = np.asarray(cv2.resize(rims, size, interpolation=cv2.INTER_AREA), np.float32) > 0.05
    window = lash_window(less)
    eye_mask, dark = _eye_and_lashes(small.mean(2), less, window, in_front)
    missing = eye_mask | in_front
    missing[[0, -1]] = missing[:, [0, -1]] = False
    # A fold lends its colour to nothing.
    around = _mean(small, ~missing & ~dark, max(0.6, _SPREAD * opening))
    filled = fill_membrane(around, missing)
    grown = cv2.dilate(eye_mask.astype(np.uint8), np.ones((3, 3), np.uint8)).astype(np.float32)
    soft = cv2.GaussianBlur(grown, (0, 0), max(0.7, _SEAM * opening))
    whole = np.asarray(cv2.resize(filled, (width, height), interpolation=cv2.INTER_CUBIC), np.float32)
    share = np.asarray(cv2.resize(soft, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)
    share = np.asarray(np.maximum(share, (rims > 0.05).astype(np.float32)), np.float32)
    bare = rgb + (whole - rgb) * share[..., None]
    window = np.asarray(cv2.resize(window, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)
    return BareSkin(np.clip(bare, 0, 255).astype(np.float32), share, window)


def _eye_and_lashes(
    grey: NDArray[np.float32], eye: EyeShape, window: NDArray[np.float32], in_front: NDArray[np.bool_]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return what belongs to an eye, its lashes and its liner; and all that is dark near it, folds included."""
    opening, away = eye.opening_px, distance_from_opening(eye)
    above, opened = -eye.below_upper / opening, away < _OPENED
    usual = _usual_light(grey, ~opened & ~in_front, _NEAR * opening)
    dark = smoothstep(*_LASH_DARK, (1 - grey / np.maximum(usual, 8)).astype(np.float64)).astype(np.float32)
    beside = (np.abs(eye.along - 0.5) > _BESIDE) & (away > 2 * _OPENED)
    dark *= ~(beside & _background((dark > 0.5) & ~opened, opening))
    spots = (dark > 0.25) & (window > 0.02)
    dark *= window
    tips = _lash_tips(_standing_on(dark, above < _ROOT, eye.axes[1], opening), above, eye.along)
    lashes = (dark * (1 - smoothstep(*_OVER_TIPS, above - tips))).astype(np.float32)
    # So is what gleams between lashes.
    side = max(3, int(_BETWEEN * opening) | 1)
    between = cv2.blur(cv2.morphologyEx(lashes, cv2.MORPH_CLOSE, np.ones((side, side))), (3, 3))
    found = opened | (np.maximum(lashes, between) > 0.25)
    found |= _small(spots & ~found, opening)
    return cv2.dilate(found.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0, spots


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
    return reached


def _lash_tips(
    lashes: NDArray[np.float32], above: NDArray[np.float64], along: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return how high lashes reach at each place along the eye, in openings, without what stands out; of their shape.

    Where a fold comes down to the lashes, some columns reach on into it.
    """
    places = np.linspace(-0.2, 1.2, _PLACES)
    place = np.round((along + 0.2) / 1.4 * (_PLACES - 1)).astype(int)
    standing = (lashes > 0.25) & (above > 0)
    tips = np.zeros(_PLACES)
    for k in range(_PLACES):
        heights = above[standing & (place == k)]
        if len(heights):
            tips[k] = np.percentile(heights, 90)
    around = np.lib.stride_tricks.sliding_window_view(np.pad(tips, _PLACES_AROUND, "edge"), 2 * _PLACES_AROUND + 1)
    tips = np.percentile(around, _TIPS_PERCENTILE, axis=1)
    weights = np.exp(-0.5 * (np.arange(-4, 5) / 1.5) ** 2)
    tips = np.convolve(np.pad(tips, 4, "edge"), weights / weights.sum(), "valid")
    return np.interp(along, places, tips)


def _background(dark: NDArray[np.bool_], opening_px: float) -> NDArray[np.bool_]:
    """Return what is too thick for lashes and leaves the eye's box: hair, a dark background."""
    side = max(3, int(_THICK * opening_px) | 1)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    core = cv2.morphologyEx(dark.astype(np.uint8), cv2.MORPH_OPEN, kernel)
    count, labels = cv2.connectedComponents(core)
    leaves = np.zeros(count, bool)
    for border in (labels[0], labels[-1], labels[:, 0], labels[:, -1]):
        leaves[border] = True
    leaves[0] = False
    return np.asarray(cv2.dilate(leaves[labels].astype(np.uint8), np.ones((3, 3), np.uint8)) > 0, np.bool_)


def _small(dark: NDArray[np.bool_], opening_px: float) -> NDArray[np.bool_]:
    """Return the small ones of what is dark: tips of lashes, ends of folds."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(dark.astype(np.uint8), connectivity=8)
    few = stats[:, cv2.CC_STAT_AREA] < _SMALL * opening_px**2
    few[0] = False
    return np.asarray(few[labels], np.bool_)


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
