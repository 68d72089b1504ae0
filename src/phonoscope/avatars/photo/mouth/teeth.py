"""Drawn teeth: two rows on dental arches, in the photo's light."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.curves import smoothstep
from phonoscope.avatars.photo.mouth.plane import MouthGrid, develop
from phonoscope.avatars.photo.photometry import Photometry, with_chroma


@dataclass(frozen=True, slots=True)
class _Row:
    """One half of a row, mirrored at the middle; entries run from the central incisor back.

    Attributes
    ----------
    widths_mm, heights_mm
        Crowns along the arch, and from edge to gum.
    edges_mm
        Height of the biting edges below the lip line.
    pointed_mm
        How far the middle of an edge stands out (canines, premolars).
    arch_mm
        Half the arch's width, seen from above as an ellipse as deep as `arch_depth_mm`.
    rounding_mm
        How far the corners of an edge are drawn in.
    upper
        Whether the edges point down.
    """

    widths_mm: tuple[float, ...]
    heights_mm: tuple[float, ...]
    edges_mm: tuple[float, ...]
    pointed_mm: tuple[float, ...]
    arch_mm: float
    arch_depth_mm: float
    rounding_mm: float
    upper: bool


# Mean crown sizes of adults: Wheeler's Dental Anatomy, 10th ed., table 1-1, the back teeth merged as they appear.
_UPPER = _Row(
    widths_mm=(8.5, 6.7, 7.6, 7.0, 6.8, 9.0, 9.0),
    heights_mm=(10.0, 8.7, 9.7, 8.2, 7.5, 7.0, 7.0),
    edges_mm=(2.2, 1.6, 2.1, 1.5, 1.1, 0.7, 0.4),
    pointed_mm=(0.0, 0.1, 0.8, 0.6, 0.4, 0.3, 0.2),
    arch_mm=28.0,
    arch_depth_mm=32.0,
    rounding_mm=0.65,
    upper=True,
)
_LOWER = _Row(
    widths_mm=(5.3, 5.8, 6.8, 7.0, 7.0, 9.0, 9.0),
    heights_mm=(8.5, 8.5, 9.0, 8.0, 7.5, 7.0, 7.0),
    edges_mm=(1.0, 1.1, 0.9, 1.5, 1.8, 2.2, 2.4),
    pointed_mm=(0.0, 0.0, 0.5, 0.4, 0.3, 0.2, 0.2),
    arch_mm=25.0,
    arch_depth_mm=29.0,
    rounding_mm=0.45,
    upper=False,
)

_CORRIDOR_MM = 11.0
"""Depth behind the front teeth at which the light has fallen to 1/e: the dark corridor beside a smile."""
_AMBIENT = 0.62
"""Light that reaches a tooth from everywhere; the rest has a direction."""
_BULGE, _BULGE_UP = 0.62, 0.45
"""Slope of a crown's sides, and of its neck and edge, against its middle."""
_GROOVE_MM = 0.36
"""Reach of the shade between two teeth."""
_GLASSY_MM = 0.9
"""Height of the enamel at the edge that has no dentine behind it: the dark mouth shines through."""
_LOWER_LIGHT = 0.84
"""Light on the lower teeth, which stand further in."""


def draw_upper_teeth(grid: MouthGrid, photometry: Photometry) -> NDArray[np.float32]:
    """Return the upper teeth and gum, float32 RGBA, premultiplied."""
    colour, alpha = _draw_flat(grid, photometry) if photometry.flat else _draw_row(grid, photometry, _UPPER)
    return develop(colour, alpha, grid, photometry, seed=1)


def draw_lower_teeth(grid: MouthGrid, photometry: Photometry) -> NDArray[np.float32]:
    """Return the lower teeth and gum, float32 RGBA, premultiplied; nothing for a flat drawing."""
    if photometry.flat:
        colour, alpha = np.zeros((*grid.x.shape, 3)), np.zeros(grid.x.shape)
    else:
        colour, alpha = _draw_row(grid, photometry, _LOWER)
        colour = colour * _LOWER_LIGHT
    return develop(colour, alpha, grid, photometry, seed=2)


def _draw_flat(grid: MouthGrid, photometry: Photometry) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """One white shape, as cartoonists draw it."""
    x, y = grid.x, grid.y
    alpha = np.clip((2.0 - y) / 0.4 + 0.5, 0, 1) * (np.abs(x) < 23) * np.clip(11.0 - y - (x / 23) ** 4 * 9, 0, 1)
    white = np.minimum(photometry.skin * 0.3 + 255 * 0.68, 250)
    return np.broadcast_to(white, (*x.shape, 3)), alpha


@dataclass(frozen=True, slots=True, eq=False)
class _Crowns:
    """Which tooth each sample shows and where on it. Arrays, shape (height, width).

    Attributes
    ----------
    number
        0 for the central incisors.
    across
        -1 at the tooth's left side in the picture, 1 at its right one.
    side_mm
        Distance to the nearer side.
    from_edge_mm, height_mm
        Distance inward from the biting edge, and the crown's own height.
    behind_mm
        How far the tooth stands behind the front one.
    turn
        Sine of the arch's turn: -1 faces the picture's left.
    """

    number: NDArray[np.intp]
    across: NDArray[np.float64]
    side_mm: NDArray[np.float64]
    from_edge_mm: NDArray[np.float64]
    height_mm: NDArray[np.float64]
    behind_mm: NDArray[np.float64]
    turn: NDArray[np.float64]


def _draw_row(grid: MouthGrid, photometry: Photometry, row: _Row) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    crowns = _place_crowns(grid, row)
    blend_mm = 0.35
    alpha = np.clip(crowns.from_edge_mm / blend_mm + 0.5, 0, 1) * np.where(np.abs(grid.x) < row.arch_mm, 1.0, 0.0)
    fall = np.exp(-crowns.behind_mm / _CORRIDOR_MM)[..., None]
    enamel = _enamel(crowns, photometry, row)
    gum = _gum(crowns, photometry)
    q = np.abs(crowns.across)
    gum_line_mm = crowns.height_mm - 1.5 * q**2.5
    is_gum = smoothstep(-0.35, 0.35, crowns.from_edge_mm - gum_line_mm)[..., None]
    # Gum throws a thin shade onto the neck of the tooth.
    neck = 1 - 0.18 * np.exp(-(((gum_line_mm - crowns.from_edge_mm) / 0.5) ** 2))[..., None]
    return (enamel * neck * (1 - is_gum) + gum * is_gum) * fall, alpha


def _place_crowns(grid: MouthGrid, row: _Row) -> _Crowns:
    """Unroll the arch: no two teeth of a mouth are quite alike, so each is a little off its mean."""
    turn = np.clip(grid.x / row.arch_mm, -0.999, 0.999)
    # Arc length along the ellipse, tabulated; the sign is put back by `turn`.
    angle = np.linspace(0, np.pi / 2, 400)
    step = np.hypot(row.arch_mm * np.cos(angle), row.arch_depth_mm * np.sin(angle)) * angle[1]
    arc = np.concatenate([[0], np.cumsum(0.5 * (step[1:] + step[:-1]))])
    along = np.interp(np.arcsin(np.abs(turn)), angle, arc)
    starts = np.concatenate([[0], np.cumsum(row.widths_mm)])
    number = np.clip(np.searchsorted(starts, along, side="right") - 1, 0, len(row.widths_mm) - 1)
    width = np.array(row.widths_mm)[number]
    outward = np.clip((along - starts[number]) / width, 0, 1)
    side = (grid.x > 0).astype(int)
    noise = np.random.default_rng(7 if row.upper else 8)
    lift = noise.normal(0, 0.14, (2, len(starts) - 1))[side, number]
    tilt = noise.normal(0, 0.12, (2, len(starts) - 1))[side, number]
    q = np.abs(2 * outward - 1)
    across = (2 * outward - 1) * np.where(side == 1, 1, -1)
    pointed = np.array(row.pointed_mm)[number]
    # Corners away from the middle are rounder.
    rounding = row.rounding_mm * np.where(outward > 0.5, 1.15, 0.65)
    reach = pointed * (1 - q**1.5) - rounding * q**6 + tilt * across + lift
    edge = np.array(row.edges_mm)[number]
    from_edge = edge + reach - grid.y if row.upper else grid.y - edge + reach
    return _Crowns(
        number=number,
        across=across,
        side_mm=(1 - q) * width / 2,
        from_edge_mm=from_edge,
        height_mm=np.array(row.heights_mm)[number],
        behind_mm=row.arch_depth_mm * (1 - np.sqrt(1 - turn**2)),
        turn=turn,
    )


def _enamel(crowns: _Crowns, photometry: Photometry, row: _Row) -> NDArray[np.float64]:
    """Return the lit enamel, shape (height, width, 3)."""
    height = np.clip(crowns.from_edge_mm / crowns.height_mm, 0, 1)
    # The crown's surface: turned with the arch, bulging across, leaning in at the edge and at the neck.
    normal_x = np.clip(0.55 * crowns.turn + _BULGE * crowns.across**3, -0.95, 0.95)
    lean = _BULGE_UP * ((2 * height - 0.9) ** 3)
    normal_y = -lean if row.upper else lean
    normal_z = np.sqrt(np.clip(1 - normal_x**2 - normal_y**2, 0.05, 1))
    light = photometry.light
    lit = np.clip(normal_x * light[0] + normal_y * light[1] + normal_z * light[2], 0, 1) / max(light[2], 0.3)
    shade = _AMBIENT + (1 - _AMBIENT) * lit
    shade = shade * (1 - 0.30 * np.exp(-((crowns.side_mm / _GROOVE_MM) ** 1.4)))

    tint = np.array([[1, 1, 1], [1, 0.995, 0.985], [0.98, 0.95, 0.905], [0.98, 0.955, 0.925]])
    tint = with_chroma(tint[np.minimum(crowns.number, 3)], photometry.chroma)
    colour = photometry.tooth * tint * shade[..., None]
    glassy = 0.36 * np.exp(-((np.clip(crowns.from_edge_mm, 0, None) / _GLASSY_MM) ** 2))
    glassy = glassy * (crowns.number < 2) + 0.4 * glassy * (crowns.number >= 2)
    through = with_chroma(np.array([0.85, 0.85, 0.87]), photometry.chroma)
    colour = colour * (1 + glassy[..., None] * (through - 1))

    # A soft, tall highlight towards the light, weaker on every further tooth.
    spot_x, spot_y = 0.9 * (light[0] - 0.55 * crowns.turn), (0.52 if row.upper else 0.45) - 0.12 * light[1]
    spot = np.exp(-(((crowns.across - spot_x) / 0.30) ** 2) - ((height - spot_y) / 0.24) ** 2)
    gloss = 0.30 * spot * np.exp(-crowns.number / 1.6) * (1 if row.upper else 0.5)
    white = np.minimum(photometry.tooth * 1.16 + 8, 250)
    return np.asarray(colour + (white - colour) * gloss[..., None])


def _gum(crowns: _Crowns, photometry: Photometry) -> NDArray[np.float64]:
    """Return the gum: darker between the roots, moist."""
    flesh = with_chroma(photometry.lip * np.array([0.52, 0.42, 0.44]) + photometry.skin * 0.34, photometry.chroma)
    rib = 0.86 + 0.14 * (1 - np.abs(crowns.across) ** 2)
    return np.asarray(flesh * rib[..., None] * 0.9)
