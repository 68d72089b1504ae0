"""The drawn tongue, lying and raised, and the colour of the mouth's moist skin."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.curves import smoothstep
from phonoscope.avatars.photo.mouth.plane import MouthGrid, develop
from phonoscope.avatars.photo.photometry import Photometry, with_chroma

RIM_MM = 1.8
"""The lying tongue's upper outline in its plane, below the lip line."""
TIP_MM = 1.3
"""The raised tip's upper outline in its plane, below the lip line: just over where the upper teeth end."""
_HALF_WIDTH_MM, _HEIGHT_MM = 18.5, 9.0
_TIP_HALF_MM, _TIP_FALL_MM = 13.5, 7.0
"""Half the width of the raised tip's visible front, and how far its outline falls towards its sides."""
_GROOVE_MM = 1.7
_GRAIN_MM, _GRAIN = 0.30, 0.05
"""Size and slope of the tongue's papillae."""
_WET, _WET_POWER = 0.62, 38.0
"""Strength and sharpness (Blinn's exponent) of the tongue's wet highlights."""
_MOST_YELLOW, _LEAST_ROSY = 0.46, 0.80
"""Most green of moist skin, as a share of its red, and least blue, as a share of its green."""
_MOST_PALE = 0.60
"""Most green and blue of a tongue, as a share of its red."""


def mucosa_colour(photometry: Photometry) -> NDArray[np.float64]:
    """Return the colour of the lips' moist inside: redder and a little darker than the lip, between it and the skin."""
    base = 0.75 * photometry.lip + 0.25 * photometry.skin
    colour = base * np.array([0.80, 0.50, 0.52])
    # Yellow light makes yellow lips, but what is moist and full of blood stays rosy.
    colour[1] = min(colour[1], _MOST_YELLOW * colour[0])
    colour[2] = max(colour[2], _LEAST_ROSY * colour[1])
    return with_chroma(colour, photometry.chroma)


def draw_tongue(grid: MouthGrid, photometry: Photometry) -> NDArray[np.float32]:
    """Return the tongue as it lies behind the lower teeth, float32 RGBA, premultiplied.

    A broad dome with a soft groove along its middle: its back runs up and away into the dark, its front is lit, with a
    broken wet sheen on both sides of the groove.
    """
    x, y = grid.x, grid.y
    across = x / _HALF_WIDTH_MM
    # Height over the tongue's outline, 0 at its upper rim: the dome is lower towards its sides.
    rim = RIM_MM + 4.5 * across**2 + 0.9 * np.exp(-((x / (2 * _GROOVE_MM)) ** 2))
    alpha = smoothstep(-0.5, 0.9, y - rim) * smoothstep(0.0, 0.35, 1 - across**2)
    if photometry.flat:
        return develop(np.broadcast_to(_flesh(photometry), (*x.shape, 3)), alpha, grid, photometry, seed=3)
    depth = np.clip((y - rim) / _HEIGHT_MM, 0, 1)
    groove = (x / _GROOVE_MM) * np.exp(-((x / _GROOVE_MM) ** 2)) * smoothstep(0.02, 0.25, depth)
    slope_x = 0.75 * across * np.abs(across) - 0.90 * groove
    slope_y = -0.80 * (1 - smoothstep(0.0, 0.62, depth)) + 0.25 * smoothstep(0.6, 1.0, depth)
    into_mouth = 0.50 + 0.50 * smoothstep(0.0, 0.55, depth)
    colour = _lit(grid, photometry, slope_x, slope_y) * (into_mouth * (1 - 0.30 * across**2))[..., None]
    return develop(colour, alpha, grid, photometry, seed=3)


def draw_tongue_tip(grid: MouthGrid, photometry: Photometry) -> NDArray[np.float32]:
    """Return the raised tip, seen from the front between the rows of teeth, float32 RGBA, premultiplied."""
    x, y = grid.x, grid.y
    across = x / _TIP_HALF_MM
    rim = TIP_MM + _TIP_FALL_MM * np.abs(across) ** 2.6
    alpha = smoothstep(-0.35, 0.45, y - rim) * smoothstep(0.0, 0.3, 1.15 - across**2)
    if photometry.flat:
        return develop(np.broadcast_to(_flesh(photometry), (*x.shape, 3)), alpha, grid, photometry, seed=5)
    depth = np.clip((y - rim) / 7.0, 0, 1)
    groove = (x / 1.3) * np.exp(-((x / 1.3) ** 2))
    slope_x = 0.65 * across * np.abs(across) - 0.16 * groove
    slope_y = -0.75 * (1 - smoothstep(0.0, 0.38, depth)) + 0.45 * smoothstep(0.3, 1.0, depth)
    form = (0.80 + 0.20 * smoothstep(0.0, 0.2, depth)) * (1 - 0.45 * smoothstep(0.35, 1.0, depth))
    colour = _lit(grid, photometry, slope_x, slope_y) * (form * (1 - 0.35 * across**2))[..., None]
    return develop(colour, alpha, grid, photometry, seed=5)


def _flesh(photometry: Photometry) -> NDArray[np.float64]:
    flesh = mucosa_colour(photometry) * np.array([1.24, 1.60, 1.56])
    # Pale lips do not make a pale tongue.
    flesh[1:] = np.minimum(flesh[1:], _MOST_PALE * flesh[0])
    return with_chroma(flesh, photometry.chroma)


def _lit(
    grid: MouthGrid, photometry: Photometry, slope_x: NDArray[np.float64], slope_y: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return wet flesh with these slopes (x and y of its normal) and its papillae, shape (height, width, 3)."""
    sigma = _GRAIN_MM * len(grid.x[0]) / (grid.x[0, -1] - grid.x[0, 0])
    rough = np.random.default_rng(5).normal(0, 1, (2, *slope_x.shape)).astype(np.float32)
    bumps = [cv2.GaussianBlur(r, (0, 0), max(sigma, 0.3)) * np.float32(3.5 * max(sigma, 0.3) * _GRAIN) for r in rough]
    normal_x, normal_y = slope_x + bumps[0], slope_y + bumps[1]
    normal_z = np.sqrt(np.clip(1 - normal_x**2 - normal_y**2, 0.05, 1))
    light = photometry.light
    lit = np.clip(normal_x * light[0] + normal_y * light[1] + normal_z * light[2], 0, 1)
    half = np.array([*light[:2], light[2] + 1.0])
    half = half / np.linalg.norm(half)
    facing = np.clip(normal_x * half[0] + normal_y * half[1] + normal_z * half[2], 0, 1)
    wet = _WET * facing**_WET_POWER
    return np.asarray(
        _flesh(photometry) * (0.66 + 0.46 * lit)[..., None] + (photometry.skin.mean() * 0.55) * wet[..., None]
    )
