"""Whose is what: movement ends at the edges of the photo, and where another head begins."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.curves import smoothstep
from phonoscope.avatars.photo.finding.face_frame import FaceFrame
from phonoscope.avatars.photo.finding.faces import Face
from phonoscope.avatars.photo.motion.lattice import Lattice
from phonoscope.core.frames import Box

EDGE_REACH = 0.16
"""Movement fades out over this width at the edges of the photo, in face heights."""

BORDER_REACH = 0.12
"""The same at the border to another head: narrower, as cheeks may touch there."""

HEAD_RADIUS = 0.62
"""Half of a head with its hair, in face heights: the larger of two heads owns more of what lies between them."""


@dataclass(frozen=True, slots=True, eq=False)
class Surroundings:
    """What a face must not move.

    Attributes
    ----------
    bounds
        The part of the picture that is photo: nothing moves outside.
    others
        The other faces of the picture.
    """

    bounds: Box
    others: tuple[Face, ...] = ()


def movable(lattice: Lattice, frame: FaceFrame, around: Surroundings) -> NDArray[np.float64]:
    """Return how freely each node of a lattice may move: 1, falling to 0 where it must not; shape (rows, columns).

    What lies between two heads is divided by a straight line (a power diagram), so that the parts of any number of
    faces never overlap.
    """
    free = _inside_photo(lattice, around.bounds, EDGE_REACH * frame.height_px)
    x, y = lattice.x + lattice.box.x0, lattice.y + lattice.box.y0
    own, own_radius = frame.landmarks_px[:, :2].mean(0), HEAD_RADIUS * frame.height_px
    for other in around.others:
        centre, radius = other.landmarks_px[:, :2].mean(0), HEAD_RADIUS * other.size_px
        apart = max(float(np.hypot(*(centre - own))), 1.0)
        power = (x - centre[0]) ** 2 + (y - centre[1]) ** 2 - radius**2
        power -= (x - own[0]) ** 2 + (y - own[1]) ** 2 - own_radius**2
        # Nodes nearer than a cell to the border stand still, so that cells of both sides join there.
        inside_px = power / (2 * apart) - lattice.step_px
        free = free * smoothstep(0, 1, inside_px / (BORDER_REACH * frame.height_px))
    return free


def _inside_photo(lattice: Lattice, bounds: Box, reach_px: float) -> NDArray[np.float64]:
    """Return 1 inside, 0 at and outside the edges of the lattice and of the photo; shape (rows, columns)."""
    box, step = lattice.box, lattice.step_px
    # Nodes at the rim stand half a cell inside; from there on nothing moves, so that the rest joins without a step.
    left = lattice.x + box.x0 - max(box.x0, bounds.x0) - step
    right = min(box.x1, bounds.x1) - 1 - (lattice.x + box.x0) - step
    top = lattice.y + box.y0 - max(box.y0, bounds.y0) - step
    bottom = min(box.y1, bounds.y1) - 1 - (lattice.y + box.y0) - step
    reach = max(reach_px, 1.0)
    across = np.minimum(left, right) / reach
    along = np.minimum(top, bottom) / reach
    return np.asarray(smoothstep(0, 1, across) * smoothstep(0, 1, along), np.float64)
