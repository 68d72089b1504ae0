"""Two rows of teeth on dental arches: which tooth each place of a mouth shows, and where on it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.mouth.plane import MouthGrid


@dataclass(frozen=True, slots=True)
class Row:
    """One half of a row, mirrored at the middle; entries run from the central incisor back.

    Attributes
    ----------
    widths_mm, heights_mm
        Crowns along the arch, and from edge to gum.
    edges_mm
        Height of the biting edges below the lip line.
    pointed_mm
        How far the middle of an edge stands out (canines, premolars).
    near_mm, far_mm
        How far the corners of an edge are drawn in: the one towards the middle of the row, and the other.
    arch_mm
        Half the arch's width, seen from above as an ellipse as deep as `arch_depth_mm`.
    upper
        Whether the edges point down.
    """

    widths_mm: tuple[float, ...]
    heights_mm: tuple[float, ...]
    edges_mm: tuple[float, ...]
    pointed_mm: tuple[float, ...]
    near_mm: tuple[float, ...]
    far_mm: tuple[float, ...]
    arch_mm: float
    arch_depth_mm: float
    upper: bool


# Mean crown sizes of adults: Wheeler's Dental Anatomy, 10th ed., table 1-1, the back teeth merged as they appear.
UPPER = Row(
    widths_mm=(8.5, 6.7, 7.6, 7.0, 6.8, 9.0, 9.0),
    heights_mm=(10.0, 8.7, 9.7, 8.2, 7.5, 7.0, 7.0),
    edges_mm=(2.5, 1.75, 2.3, 1.6, 1.2, 0.7, 0.4),
    pointed_mm=(0.15, 0.2, 1.0, 0.8, 0.5, 0.3, 0.2),
    near_mm=(0.35, 0.55, 0.7, 0.6, 0.6, 0.5, 0.5),
    far_mm=(0.95, 1.25, 1.1, 0.7, 0.6, 0.5, 0.5),
    arch_mm=28.0,
    arch_depth_mm=32.0,
    upper=True,
)
LOWER = Row(
    widths_mm=(5.3, 5.8, 6.8, 7.0, 7.0, 9.0, 9.0),
    heights_mm=(8.5, 8.5, 9.0, 8.0, 7.5, 7.0, 7.0),
    edges_mm=(1.0, 1.1, 0.9, 1.5, 1.8, 2.2, 2.4),
    pointed_mm=(0.0, 0.05, 0.6, 0.5, 0.3, 0.2, 0.2),
    near_mm=(0.25, 0.3, 0.6, 0.6, 0.5, 0.5, 0.5),
    far_mm=(0.35, 0.55, 0.9, 0.6, 0.5, 0.5, 0.5),
    arch_mm=25.0,
    arch_depth_mm=29.0,
    upper=False,
)

_PAPILLA = 0.40
"""Share of a crown's height down which the gum reaches between two teeth."""
_NOTCH_MM, _NOTCH_WIDTH_MM = 0.35, 0.30
"""Depth and reach of the notch between two neighbours' corners, which round off more sharply than the rest."""
_LIFT_MM, _TILT_MM, _TURN, _WIDTH, _VALUE = 0.16, 0.16, 0.07, 0.025, 0.018
"""How far single teeth stand off their mean: up, aslant, turned (sine), wider (share), brighter (share)."""


@dataclass(frozen=True, slots=True, eq=False)
class Crowns:
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
    gum_mm
        Distance inward from the biting edge at which the gum begins.
    behind_mm
        How far the tooth stands behind the front one.
    turn
        Sine of the arch's turn, and of the tooth's own: -1 faces the picture's left.
    value
        The tooth's own brightness, about 1.
    """

    number: NDArray[np.intp]
    across: NDArray[np.float64]
    side_mm: NDArray[np.float64]
    from_edge_mm: NDArray[np.float64]
    height_mm: NDArray[np.float64]
    gum_mm: NDArray[np.float64]
    behind_mm: NDArray[np.float64]
    turn: NDArray[np.float64]
    value: NDArray[np.float64]


def place_crowns(grid: MouthGrid, row: Row) -> Crowns:
    """Unroll the arch: no two teeth of a mouth are quite alike, so each is a little off its mean."""
    noise = np.random.default_rng(7 if row.upper else 8)
    count = len(row.widths_mm)
    lift, tilt, own_turn, wider, value = noise.normal(0, 1, (5, 2, count))
    widths = np.array(row.widths_mm) * (1 + _WIDTH * wider)
    # Everything that depends on x alone is measured along one line of samples.
    x = grid.x[0]
    side = (x > 0).astype(int)
    turn = np.clip(x / row.arch_mm, -0.999, 0.999)
    along = _arc_length_mm(np.abs(turn), row)
    starts = np.concatenate([np.zeros((2, 1)), np.cumsum(widths, 1)], 1)
    on_left, on_right = (np.searchsorted(starts[s], along, side="right") - 1 for s in (0, 1))
    number = np.clip(np.where(side == 1, on_right, on_left), 0, count - 1)
    width = widths[side, number]
    outward = np.clip((along - starts[side, number]) / width, 0, 1)
    q = np.abs(2 * outward - 1)
    across = (2 * outward - 1) * np.where(side == 1, 1, -1)
    side_mm = (1 - q) * width / 2
    corner = np.where(outward > 0.5, np.array(row.far_mm)[number], np.array(row.near_mm)[number])
    reach = np.array(row.pointed_mm)[number] * (1 - q**1.5) - corner * q**4.5
    reach -= _NOTCH_MM * np.exp(-side_mm / _NOTCH_WIDTH_MM)
    reach += _TILT_MM * tilt[side, number] * across + _LIFT_MM * lift[side, number]
    edge = np.array(row.edges_mm)[number]
    from_edge = edge + reach - grid.y if row.upper else grid.y - edge + reach
    height = np.array(row.heights_mm)[number]

    def everywhere(line: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.broadcast_to(line, grid.y.shape)

    return Crowns(
        number=np.broadcast_to(number, grid.y.shape),
        across=everywhere(across),
        side_mm=everywhere(side_mm),
        from_edge_mm=from_edge,
        height_mm=everywhere(height),
        gum_mm=everywhere(height * (1 - _PAPILLA * q**3)),
        behind_mm=everywhere(row.arch_depth_mm * (1 - np.sqrt(1 - turn**2))),
        turn=everywhere(np.clip(turn + _TURN * own_turn[side, number], -1, 1)),
        value=everywhere(1 + _VALUE * value[side, number]),
    )


def _arc_length_mm(turn: NDArray[np.float64], row: Row) -> NDArray[np.float64]:
    """Return the way along the arch from its front to a place across it, |x| / arch_mm."""
    angle = np.linspace(0, np.pi / 2, 400)
    step = np.hypot(row.arch_mm * np.cos(angle), row.arch_depth_mm * np.sin(angle)) * angle[1]
    arc = np.concatenate([[0], np.cumsum(0.5 * (step[1:] + step[:-1]))])
    return np.asarray(np.interp(np.arcsin(turn), angle, arc), np.float64)
