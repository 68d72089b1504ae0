"""What is worn or grown on a face: glasses, a beard, a moustache."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.check.report import Finding, Grade
from phonoscope.avatars.photo.check.view import FaceView
from phonoscope.avatars.photo.finding.landmarks import EYES

GLASSES = 3.8
"""Contrast (Lab L*) of the thin lines of a frame over the bridge of the nose and round an eye, over 1 + the skin's own
texture. Portraits with frames measured 4.0 and more, wrinkles to 3.7, all others below 2.9; thin wire is missed."""

PAIR = 3.2
"""A rim is seen at most so many times as clearly as the other one; a strand of hair lies on one side only."""

HAIR_TEXTURE, HAIR_LIGHT = 1.8, 0.80
"""A beard has so many times the cheeks' fine texture, and at most so much of their lightness. Shadows have no texture,
creases of a smile are not darker."""

_THIN_PX = 13
"""A frame is thinner than this, in pixels of the view: .05 face heights, 9 mm."""

_THICK_PX = 27
"""A thick frame is dark, and thinner than this in pixels of the view: .1 face heights."""

THICK_PAIR, THICK_LEAST = 2.0, 12.0
"""Its two rims are more alike than those of a thin one: shadows lie under one eye. And it is darker than the skin by
more than this (Lab L*): brows that meet, frowns and hollows come to 10 over the nose and under both eyes."""

RIM_RADII, RIM_FLAT = (0.55, 1.33, 0.04), (0.75, 0.9, 1.0)
"""Arcs that are tried for the lower half of a rim: half its width in eye widths (first, end, step), and its depth
against that. Flatter or squarer ones fit strands of hair as well."""

NOSE_SIDE = 0.85
"""How far a rim reaches inwards, of the way from the middle of an eye to the middle of the nose."""

_CHEEKS = ((50, 101, 118, 117, 123, 147, 187, 205), (280, 330, 347, 346, 352, 376, 411, 425))
_MOUSTACHE = ((92, 165, 167, 98, 203, 206), (322, 391, 393, 327, 423, 426))
_CHIN = ((204, 211, 170, 140, 171, 148, 176, 149, 32, 194), (424, 431, 395, 369, 396, 377, 400, 378, 262, 418))


def check_glasses(view: FaceView) -> Finding:
    """Tell whether a face wears glasses."""
    strength = frame_strength(view)
    if strength < GLASSES:
        return Finding("glasses", Grade.GOOD, "none", measure=round(strength, 2))
    advice = "Blinks behind glasses are less clean: a photo without them, or with thin rims, is better."
    return Finding("glasses", Grade.USABLE, "worn", advice, round(strength, 2))


def check_beard(view: FaceView) -> Finding:
    """Tell whether a face wears a beard or a moustache; neither stands in the way."""
    texture, light = _surface(view, _CHEEKS)
    seen = []
    for name, areas in (("moustache", _MOUSTACHE), ("beard", _CHIN)):
        rough, dark = _surface(view, areas)
        if rough > HAIR_TEXTURE * max(texture, 0.2) and dark < HAIR_LIGHT * light:
            seen.append(name)
    return Finding("beard", Grade.GOOD, " and ".join(seen) or "none")


def frame_strength(view: FaceView) -> float:
    """Return how clearly the frame of a pair of glasses is seen, thin or thick: over the nose and under the eyes."""
    light = np.asarray(cv2.GaussianBlur(view.lab[..., 0], (0, 0), 0.8), np.float32)
    dark, bright = (_hat(light, hat, _THIN_PX) for hat in (cv2.MORPH_BLACKHAT, cv2.MORPH_TOPHAT))
    thick = _hat(light, cv2.MORPH_BLACKHAT, _THICK_PX)
    texture, _ = _surface(view, _CHEEKS)
    thick_contrast = _contrast(view, thick, THICK_PAIR) - THICK_LEAST
    contrast = max(_contrast(view, np.maximum(dark, bright), PAIR), thick_contrast)
    return contrast / (1 + texture)


def _hat(light: NDArray[np.float32], hat: int, width_px: int) -> NDArray[np.float32]:
    """Return what is darker or brighter than its surroundings and narrower than `width_px`."""
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (width_px, width_px))
    return np.asarray(cv2.morphologyEx(light, hat, kernel), np.float32)


def _contrast(view: FaceView, lines: NDArray[np.float32], pair: float) -> float:
    """Return the contrast (Lab L*) of the weakest part of a frame; a rim counts up to `pair` times the other one."""
    weaker, stronger = sorted((_rim(view, lines, 0), _rim(view, lines, 1)))
    return min(_bridge(view, lines), stronger, pair * weaker)


def _bridge(view: FaceView, thin: NDArray[np.float32]) -> float:
    """Return the contrast of the best level line between the eyes, unbroken over half the distance."""
    left, right = view.points[133], view.points[362]
    middle, reach = 0.5 * (left[0] + right[0]), 0.25 * abs(right[0] - left[0])
    first, last = int(0.6 * view.points[9, 1] + 0.4 * view.points[168, 1]), int(view.points[197, 1])
    part = thin[max(first - 4, 0) : last + 5, max(int(middle - reach), 0) : int(middle + reach) + 2]
    if min(part.shape) < 3:
        return 0.0
    # A frame may slope a little: the best within four rows.
    lines = cv2.dilate(part, np.ones((9, 1), np.uint8))
    return float(np.percentile(lines, 20, axis=1).max())


def _rim(view: FaceView, thin: NDArray[np.float32], side: int) -> float:
    """Return the contrast of the best arc under an eye, of a radius of half to one and a third eye widths."""
    lid = view.points[list(EYES[side].lower_lid)]
    middle, width = 0.5 * (lid[0] + lid[-1]), float(np.hypot(*(lid[-1] - lid[0])))
    # Wide lenses end at the nose.
    to_nose = NOSE_SIDE * abs(float(view.points[168, 0] - middle[0]))
    lines = cv2.dilate(thin, np.ones((5, 5), np.uint8))
    angle = np.radians(np.arange(30, 151, 6))
    radius = np.arange(*RIM_RADII)[:, None, None] * width
    along, down = np.broadcast_arrays(radius * np.cos(angle), radius * np.array(RIM_FLAT)[:, None] * np.sin(angle))
    inward = np.sign(view.points[168, 0] - middle[0])
    x = middle[0] + inward * np.minimum(inward * along, max(to_nose, 0.5 * width))
    y = middle[1] + 0.08 * width + down
    limit = thin.shape[0] - 1
    values = lines[np.clip(y, 0, limit).astype(int), np.clip(x, 0, limit).astype(int)]
    return float(np.percentile(values, 25, axis=-1).max())


def _surface(view: FaceView, areas: tuple[tuple[int, ...], ...]) -> tuple[float, float]:
    """Return the mean fine texture (Lab L*) and the lightness of some areas, each outlined by landmarks."""
    light = view.lab[..., 0]
    fine = np.abs(light - cv2.GaussianBlur(light, (0, 0), 2.5))
    found = []
    for area in areas:
        mask = np.zeros(light.shape, np.uint8)
        cv2.fillPoly(mask, [view.points[list(area)].astype(np.int32)], (1,))
        inner = cv2.erode(mask, np.ones((3, 3), np.uint8)) > 0
        inner = (inner if inner.any() else mask > 0) & view.inside
        if inner.any():
            found.append((float(fine[inner].mean()), float(np.median(light[inner]))))
    return (0.0, 50.0) if not found else (float(np.mean([f[0] for f in found])), float(np.mean([f[1] for f in found])))
