"""Drawn teeth, lit by the photo's light: enamel with form, gloss and glassy edges, and the gum above it."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.curves import smoothstep
from phonoscope.avatars.photo.mouth.crowns import LOWER, UPPER, Crowns, Row, place_crowns
from phonoscope.avatars.photo.mouth.plane import MouthGrid, develop
from phonoscope.avatars.photo.mouth.tongue import mucosa_colour
from phonoscope.avatars.photo.photometry import Photometry, with_chroma

_CORRIDOR_MM = 12.0
"""Depth behind the front teeth at which the light has fallen to 1/e: the dark corridor beside a smile."""
_CORRIDOR_TINT = np.array([-0.13, 0.03, 0.06])
"""How much faster than that red, green and blue fall: what light is left there comes from lips and cheeks."""
_CORRIDOR_DARK, _CORRIDOR_CHEEK = 0.65, 0.20
"""What it fades to: so much of the depth of the mouth, and of the cheeks' insides."""
_AMBIENT = 0.52
"""Light that reaches a tooth from everywhere; the rest has a direction."""
_ARCH, _BULGE, _BULGE_POWER = 0.62, 0.72, 3.5
"""Slope of a crown's front: with the arch, and at its sides, which curve away late."""
_EDGE_LEAN, _NECK_LEAN, _MIDDLE_LEAN = 0.42, 0.55, 0.06
"""How far a crown's front leans away at its edge, at its neck, and the other way between."""
_LOBES = 0.07
"""Slope of the three lobes that an incisor's front is grown together from."""
_UNEVEN, _UNEVEN_MM = 0.035, 0.55
"""Slope and size of the enamel's own unevenness: it breaks up highlights."""
_GROOVE_MM, _CONTACT_MM = 0.55, 0.13
"""Reach of the shade between two teeth, and of the dark line where they touch."""
_GLASSY_MM, _GLASSY = 1.5, 0.20
"""Height of the enamel at the edge that has no dentine behind it, and the light that it lets through to the dark."""
_HALO_MM, _HALO = 0.28, 0.07
"""The very edge catches light again."""
_SHINE, _SHINE_POWER = 0.80, 90.0
_SHEEN, _SHEEN_POWER = 0.16, 16.0
"""Strength and sharpness (Blinn's exponent) of the wet enamel's highlight, and of the glow around it."""
_LOWER_LIGHT = 0.86
"""Light on the lower teeth, which stand further in."""
_SEEN_MM = 6.0
"""Part of a row's plane, beyond the biting edges, that stays empty and is not drawn."""
_TINTS = ((1.0, 1.0, 1.0), (0.995, 0.99, 0.975), (0.97, 0.94, 0.885), (0.975, 0.95, 0.91))
"""Colour of incisors, second incisors, canines, and the teeth behind them, against the first."""


def draw_upper_teeth(grid: MouthGrid, photometry: Photometry) -> NDArray[np.float32]:
    """Return the upper teeth and gum, float32 RGBA, premultiplied."""
    colour, alpha = _draw_flat(grid, photometry) if photometry.flat else _draw_row(grid, photometry, UPPER)
    return develop(colour, alpha, grid, photometry, seed=1)


def draw_lower_teeth(grid: MouthGrid, photometry: Photometry) -> NDArray[np.float32]:
    """Return the lower teeth and gum, float32 RGBA, premultiplied; nothing for a flat drawing."""
    if photometry.flat:
        colour, alpha = np.zeros((*grid.x.shape, 3)), np.zeros(grid.x.shape)
    else:
        colour, alpha = _draw_row(grid, photometry, LOWER)
        colour = colour * _LOWER_LIGHT
    return develop(colour, alpha, grid, photometry, seed=2)


def _draw_flat(grid: MouthGrid, photometry: Photometry) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """One white shape, as cartoonists draw it."""
    x, y = grid.x, grid.y
    alpha = np.clip((2.0 - y) / 0.4 + 0.5, 0, 1) * (np.abs(x) < 23) * np.clip(11.0 - y - (x / 23) ** 4 * 9, 0, 1)
    white = np.minimum(photometry.skin * 0.3 + 255 * 0.68, 250)
    return np.broadcast_to(white, (*x.shape, 3)), alpha


def _draw_row(grid: MouthGrid, photometry: Photometry, row: Row) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    colour, alpha = np.zeros((*grid.y.shape, 3)), np.zeros(grid.y.shape)
    height_mm = grid.y[:, 0]
    seen = height_mm < _SEEN_MM if row.upper else height_mm > -_SEEN_MM
    part = replace(grid, x=grid.x[seen], y=grid.y[seen])
    crowns = place_crowns(part, row)
    blend_mm = 0.30
    alpha[seen] = np.clip(crowns.from_edge_mm / blend_mm + 0.5, 0, 1) * (np.abs(part.x) < row.arch_mm)
    fall = np.exp(-crowns.behind_mm[..., None] / _CORRIDOR_MM * (1 + photometry.chroma * _CORRIDOR_TINT))
    above_gum = crowns.from_edge_mm - crowns.gum_mm
    is_gum = smoothstep(-0.30, 0.30, above_gum)[..., None]
    # Gum throws a thin shade onto the neck of the tooth.
    neck = 1 - 0.20 * np.exp(-((above_gum / 0.55) ** 2))[..., None]
    enamel = _enamel(crowns, photometry, row, grid)
    lit = (enamel * neck * (1 - is_gum) + _gum(crowns, photometry) * is_gum) * fall
    # What is left where no light falls is the picture's own dark, not black.
    dark = _CORRIDOR_DARK * photometry.cavity + _CORRIDOR_CHEEK * mucosa_colour(photometry)
    colour[seen] = lit + dark * (1 - fall)
    return colour, alpha


def _enamel(crowns: Crowns, photometry: Photometry, row: Row, grid: MouthGrid) -> NDArray[np.float64]:
    """Return the lit enamel, shape (height, width, 3)."""
    normal = _normals(crowns, row, grid)
    light = photometry.light
    lit = np.clip(0.8 * sum(n * towards for n, towards in zip(normal, light, strict=True)) + 0.2, 0, 1)
    shade = (_AMBIENT + (1 - _AMBIENT) * lit / max(0.8 * light[2] + 0.2, 0.3)) * crowns.value
    groove = np.exp(-((crowns.side_mm / _GROOVE_MM) ** 1.2))
    contact = np.exp(-((crowns.side_mm / _CONTACT_MM) ** 2))
    # Light between two teeth has passed through both: shade there is warm.
    warm = with_chroma(np.array([0.20, 0.27, 0.33]), photometry.chroma)
    dark = with_chroma(np.array([0.42, 0.52, 0.58]), photometry.chroma)
    colour = photometry.tooth * _tints(crowns, photometry) * shade[..., None]
    colour = colour * (1 - groove[..., None] * warm) * (1 - contact[..., None] * dark)
    colour = _glassy_edge(colour, crowns, photometry)

    half = np.array([*light[:2], light[2] + 1.0])
    half = half / np.linalg.norm(half)
    facing = np.clip(sum(n * h for n, h in zip(normal, half, strict=True)), 0, 1)
    gloss = _SHINE * facing**_SHINE_POWER + _SHEEN * facing**_SHEEN_POWER
    gloss = gloss * np.exp(-crowns.number / 2.2) * (1 if row.upper else 0.6)
    white = np.minimum(photometry.tooth * 1.25 + 22, 253)
    return np.asarray(colour + (white - colour) * gloss[..., None])


def _normals(
    crowns: Crowns, row: Row, grid: MouthGrid
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return the crowns' surface: turned with the arch, curving away at its sides, edge and neck."""
    s, height = crowns.across, np.clip(crowns.from_edge_mm / crowns.height_mm, 0, 1)
    x = _ARCH * crowns.turn + 0.08 * s + _BULGE * np.sign(s) * np.abs(s) ** _BULGE_POWER
    incisor = (crowns.number < 2) * (1 - smoothstep(0.3, 0.9, height))
    x = x + _LOBES * incisor * np.sin(3 * np.pi * s)
    lean = _EDGE_LEAN * np.clip(1 - height / 0.30, 0, 1) ** 2 - _NECK_LEAN * np.clip((height - 0.5) / 0.5, 0, 1) ** 2
    y = lean - _MIDDLE_LEAN
    sigma = _UNEVEN_MM * len(grid.x[0]) / (grid.x[0, -1] - grid.x[0, 0])
    rough = np.random.default_rng(11).normal(0, 1, (2, *s.shape)).astype(np.float32)
    uneven = [cv2.GaussianBlur(r, (0, 0), sigma) * np.float32(3.5 * sigma * _UNEVEN) for r in rough]
    x = np.clip(x + uneven[0], -0.95, 0.95)
    y = (y if row.upper else -y) + uneven[1]
    z = np.sqrt(np.clip(1 - x**2 - y**2, 0.05, 1))
    return np.asarray(x, np.float64), np.asarray(y, np.float64), np.asarray(z, np.float64)


def _tints(crowns: Crowns, photometry: Photometry) -> NDArray[np.float64]:
    """Return each place's own colour: whiter towards the edge, yellower towards the neck, shape (height, width, 3)."""
    tint = with_chroma(np.array(_TINTS)[np.minimum(crowns.number, 3)], photometry.chroma)
    neck = smoothstep(0.35, 1.0, crowns.from_edge_mm / crowns.height_mm)[..., None]
    return np.asarray(tint * (1 - neck * with_chroma(np.array([0.03, 0.06, 0.13]), photometry.chroma)))


def _glassy_edge(colour: NDArray[np.float64], crowns: Crowns, photometry: Photometry) -> NDArray[np.float64]:
    """Let the dark mouth shine through the edges, in fingers between an incisor's lobes."""
    inward = np.clip(crowns.from_edge_mm, 0, None)
    fingers = 0.72 + 0.28 * np.cos(3 * np.pi * crowns.across + 0.6)
    glassy = _GLASSY * np.exp(-((inward / (_GLASSY_MM * (0.7 + 0.3 * fingers))) ** 2)) * fingers
    glassy = glassy * np.where(crowns.number < 2, 1.0, 0.45)
    through = with_chroma(np.array([1.05, 1.0, 0.92]), photometry.chroma)
    halo = _HALO * np.exp(-((inward / _HALO_MM) ** 2)) * (crowns.number < 3)
    return np.asarray(colour * (1 - glassy[..., None] * through) * (1 + halo[..., None]))


def _gum(crowns: Crowns, photometry: Photometry) -> NDArray[np.float64]:
    """Return the gum: darker between the roots, moist, paler where it is tight around a neck."""
    flesh = with_chroma(photometry.lip * np.array([0.56, 0.44, 0.46]) + photometry.skin * 0.34, photometry.chroma)
    rib = 0.84 + 0.16 * (1 - np.abs(crowns.across) ** 2)
    above = np.clip(crowns.from_edge_mm - crowns.gum_mm, 0, None)
    wet = 0.16 * np.exp(-(((above - 1.2) / 0.5) ** 2)) * np.clip(1 - crowns.across**2, 0, 1)
    return np.asarray(flesh * (0.9 * rib + 0.08 * np.exp(-above))[..., None] + 255 * 0.5 * (wet * rib)[..., None])
