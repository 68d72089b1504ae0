# mypy: disallow-untyped-decorators=False
# mypy: disable-error-code="arg-type, assignment, operator, type-var, index, no-any-return, return-value, call-overload"
# Scalars in compiled code are numbers of the machine; the type checker knows Python's only.
"""The movement of a layer's points, and its inverse on a lattice: compiled."""

from __future__ import annotations

import numba
import numpy as np
from numpy.typing import NDArray

from phonoscope.core.compiled import compiled

(
    CENTRE_X, CENTRE_Y, HALF_WIDTH, HALF_HEIGHT, NECK_X, NECK_Y, CHIN_Y, NECK_END_Y, HAIR_END_Y, SHOULDER_Y, GROUND_Y,
    MOUTH_Y, FLOATS,
    YAW_SHIFT, PITCH_SHIFT, FACE_YAW_SHIFT, FACE_PITCH_SHIFT, YAW_SQUEEZE, PITCH_SQUEEZE,
    SHIFT_X, SHIFT_Y, COSINE, SINE,
    LIFT, WIDEN, SWAY_X, SWAY_Y, JAW, CHEEK_LEFT, CHEEK_RIGHT,
    BROW_INNER_LEFT, BROW_OUTER_LEFT, BROW_INNER_RIGHT, BROW_OUTER_RIGHT, BROW_IN_LEFT, BROW_IN_RIGHT,
    FRAME_SIZE,
) = range(37)  # fmt: skip
"""What all layers have in common: measures of the build in pixels, then this frame's movement.

YAW_SHIFT, PITCH_SHIFT, FACE_YAW_SHIFT, FACE_PITCH_SHIFT
    Way to the right, and down, of a point half a face in front of the outline; ``FACE``: of the face's features.
YAW_SQUEEZE, PITCH_SQUEEZE
    Growth across and down, at most 0.
LIFT, WIDEN
    Rise of the shoulders in pixels, and their growth to the sides.
JAW
    Way of the chin.
CHEEK_…, BROW_…
    Ways up and down; ``IN``: towards the nose.
"""

(
    FOLLOWS, DEPTH, BULGE, SWAY, JAW_SHARE, CHEEKS, BROW, SIDE,
    LEFT_OUTER, LEFT_INNER, RIGHT_INNER, RIGHT_OUTER,
    LAYER_SIZE,
) = range(13)  # fmt: skip
"""What belongs to one layer: see `roles.Attachment`; whether it is a brow, on which side of the picture (-1, 0 for
both, 1), and where brows begin and end."""

SHOULDER_FOLLOW = 0.18
"""Share of the head's shift that the shoulders make: a head does not leave its body behind."""

NECK_BAND = (0.60, 1.60)
"""How far from the neck's middle, in half face widths, a body follows the head wholly, and not at all: necks follow,
shoulders do not."""

HAIR_FOLLOW = 0.30
"""Share of the head's movement that long hair makes at its tips: it rests on the shoulders."""

SWAY_FROM = (1.15, 2.2)
"""Where hair begins to sway, and where it does so wholly: half face sizes from the middle of the head. Nearer, it would
uncover the skull that it lies on."""

INVERSIONS = 2
"""Steps towards each node's source, from where its two neighbours point: as the movement changes by about a fifth of
the way, they leave a twenty-fifth of what that straight line is wrong by."""

FIRST_INVERSIONS = 4
"""The same at the beginning of a row, where there is one neighbour or none."""


@numba.njit(inline="always")
def _smoothstep(low: float, high: float, x: float) -> float:
    t = min(max((x - low) / (high - low), 0.0), 1.0)
    return t * t * (3.0 - 2.0 * t)


@numba.njit(fastmath=True)
def _brow(k: NDArray[np.float64], f: NDArray[np.float64], x: float) -> tuple[float, float]:
    """Return how a place on a brow moves: right, and down."""
    if k[SIDE] < 0 or (k[SIDE] == 0 and x < 0.5 * (k[LEFT_INNER] + k[RIGHT_INNER])):
        t = (x - k[LEFT_INNER]) / (k[LEFT_OUTER] - k[LEFT_INNER])
        inner, outer, inward = f[BROW_INNER_LEFT], f[BROW_OUTER_LEFT], f[BROW_IN_LEFT]
    else:
        t = (x - k[RIGHT_INNER]) / (k[RIGHT_OUTER] - k[RIGHT_INNER])
        inner, outer, inward = f[BROW_INNER_RIGHT], f[BROW_OUTER_RIGHT], -f[BROW_IN_RIGHT]
    t = min(max(t, -0.1), 1.1)
    return inward * (1.0 - 0.5 * t), inner + (outer - inner) * t


@numba.njit(fastmath=True)
def moved(x: float, y: float, k: NDArray[np.float64], f: NDArray[np.float64]) -> tuple[float, float]:
    """Return how far a point of a layer moves: right and down, in pixels."""
    if k[FOLLOWS] == 0:
        return 0.0, 0.0
    u, v = (x - f[CENTRE_X]) / f[HALF_WIDTH], (y - f[CENTRE_Y]) / f[HALF_HEIGHT]
    from_middle = u * u + v * v
    # The skin: what moves on the face itself.
    dx = dy = 0.0
    if k[BROW] > 0:
        dx, dy = _brow(k, f, x)
    if k[JAW_SHARE] > 0 and f[JAW] != 0:
        below = _smoothstep(f[MOUTH_Y], f[CHIN_Y], y)
        dy += k[JAW_SHARE] * f[JAW] * below * (1.0 - _smoothstep(f[CHIN_Y], f[NECK_END_Y], y))
    if k[CHEEKS] > 0:
        side = _smoothstep(0.15, 0.45, abs(u)) * _smoothstep(-0.1, 0.15, v) * (1.0 - _smoothstep(0.7, 1.0, v))
        dy -= side * (f[CHEEK_LEFT] if u < 0 else f[CHEEK_RIGHT])
    # The head, about the neck.
    shape, yaw_shift, pitch_shift = 1.0, f[YAW_SHIFT], f[PITCH_SHIFT]
    if k[BULGE] == 1:
        yaw_shift, pitch_shift = f[FACE_YAW_SHIFT], f[FACE_PITCH_SHIFT]
        shape = 1.0 / (1.0 + 0.8 * from_middle)
    elif k[BULGE] == 2:
        shape = max(1.0 - from_middle, 0.0) ** 2
    depth = k[DEPTH] * shape
    px = x + dx + f[YAW_SQUEEZE] * (x - f[CENTRE_X]) + depth * yaw_shift
    py = y + dy + f[PITCH_SQUEEZE] * (y - f[NECK_Y]) + depth * pitch_shift
    rx, ry = px - f[NECK_X], py - f[NECK_Y]
    head_x = f[NECK_X] + f[COSINE] * rx - f[SINE] * ry + f[SHIFT_X] - x
    head_y = f[NECK_Y] + f[SINE] * rx + f[COSINE] * ry + f[SHIFT_Y] - y
    sway = k[SWAY] * _smoothstep(SWAY_FROM[0], SWAY_FROM[1], np.sqrt(from_middle)) if k[SWAY] > 0 else 0.0
    # The body: it follows a little, and rises with the breath; its foot stays.
    above = min(max((f[GROUND_Y] - y) / (f[GROUND_Y] - f[SHOULDER_Y]), 0.0), 1.0)
    lift = above * above * (3.0 - 2.0 * above)
    share = 1.0
    if f[FLOATS] == 0:
        if k[FOLLOWS] == 3:
            share = 1.0 - (1.0 - HAIR_FOLLOW) * _smoothstep(f[CHIN_Y], f[HAIR_END_Y], y)
        else:
            share = 1.0 - _smoothstep(f[CHIN_Y], f[NECK_END_Y], y)
            if k[FOLLOWS] == 1:
                aside = abs(x - f[NECK_X]) / f[HALF_WIDTH]
                share *= 1.0 - _smoothstep(NECK_BAND[0], NECK_BAND[1], aside)
    body_x, body_y = SHOULDER_FOLLOW * lift * f[SHIFT_X], SHOULDER_FOLLOW * lift * f[SHIFT_Y]
    chest = _smoothstep(f[CHIN_Y], f[SHOULDER_Y], y) * lift
    return (
        body_x + share * (head_x - body_x) + sway * f[SWAY_X] + chest * f[WIDEN] * (x - f[NECK_X]),
        body_y + share * (head_y - body_y) + sway * f[SWAY_Y] - lift * f[LIFT],
    )


@compiled
def place_layers(
    common: NDArray[np.float64],
    layers: NDArray[np.float64],
    places: NDArray[np.int32],
    node_px: int,
    nodes: NDArray[np.float32],
    spans: NDArray[np.int32],
) -> None:
    """Find where each node's pixel comes from, in each layer.

    Parameters
    ----------
    common, layers
        float64, shape (FRAME_SIZE,) and (layers, LAYER_SIZE).
    places
        The atlas's; columns 1 to 4 are width, height, x, y.
    nodes
        float32, shape (layers, rows + 1, columns + 1, 2), written where the layer lies: source minus place.
    spans
        int32, shape (layers, 4), written: the squares between nodes in which the layer lies: columns from, to before,
        rows from, to before.
    """
    rows, columns = nodes.shape[1] - 1, nodes.shape[2] - 1
    samples = 6
    for layer in range(layers.shape[0]):
        k = layers[layer]
        width, height = float(places[layer, 1]), float(places[layer, 2])
        if width <= 0:
            spans[layer, :] = 0
            continue
        x0, y0 = float(places[layer, 3]), float(places[layer, 4])
        low_x = low_y = 1e9
        high_x = high_y = -1e9
        for i in range(samples):
            for j in range(samples):
                x, y = x0 + width * j / (samples - 1), y0 + height * i / (samples - 1)
                dx, dy = moved(x, y, k, common)
                low_x, high_x = min(low_x, x + dx), max(high_x, x + dx)
                low_y, high_y = min(low_y, y + dy), max(high_y, y + dy)
        # What lies between the samples may go a little farther.
        spans[layer, 0] = min(max(int((low_x - node_px / 2) // node_px), 0), columns)
        spans[layer, 1] = min(max(int((high_x + node_px / 2) // node_px) + 1, 0), columns)
        spans[layer, 2] = min(max(int((low_y - node_px / 2) // node_px), 0), rows)
        spans[layer, 3] = min(max(int((high_y + node_px / 2) // node_px) + 1, 0), rows)
        for i in range(spans[layer, 2], spans[layer, 3] + 1):
            dx = dy = step_x = step_y = 0.0
            if i > spans[layer, 2]:
                dx, dy = -nodes[layer, i - 1, spans[layer, 0], 0], -nodes[layer, i - 1, spans[layer, 0], 1]
            for j in range(spans[layer, 0], spans[layer, 1] + 1):
                px, py = float(j * node_px), float(i * node_px)
                before_x, before_y = dx, dy
                dx, dy = dx + step_x, dy + step_y
                for _ in range(INVERSIONS if j > spans[layer, 0] + 1 else FIRST_INVERSIONS):
                    dx, dy = moved(px - dx, py - dy, k, common)
                if j > spans[layer, 0]:
                    step_x, step_y = dx - before_x, dy - before_y
                nodes[layer, i, j, 0], nodes[layer, i, j, 1] = -dx, -dy
