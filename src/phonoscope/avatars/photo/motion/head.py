"""The head as a body that turns: how much each part of the picture follows, and how far it may go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.curves import smoothstep
from phonoscope.avatars.photo.finding.face_frame import FaceFrame, head_angles_deg
from phonoscope.avatars.photo.finding.landmarks import CHIN, EAR_LEFT, EAR_RIGHT, FOREHEAD
from phonoscope.avatars.photo.motion.lattice import Lattice

TURN_LIMITS_DEG = ((15.0, 10.0), (25.0, 6.0), (90.0, 3.0))
"""Largest turn, by how far the photographed head is already turned (yaw up to, limit): the far cheek is not in the
photo, and shows as smear beyond this."""

SHIFT_LIMIT = 0.08
"""Largest movement of the whole head, in face heights."""

PIVOT_DOWN = 0.10
"""The head turns about a point this far below the middle of the ears, in face heights: the top of the spine."""

BACKGROUND_FALLOFF = 0.28
"""The background beside the head follows less and less over this width, in face heights: a sharp limit would need what
is behind the head."""

NECK_REACH = 0.55
"""The neck stops following this far below the chin, in face heights."""


@dataclass(frozen=True, slots=True, eq=False)
class HeadMotion:
    """How the nodes of a lattice follow head and chest.

    Attributes
    ----------
    follow
        float32, shape (rows, columns): 1 on the head, falling to 0 in the background, down the neck and at the edges.
    breathe
        float32, same shape: 1 on the chest and shoulders.
    edge
        float32, same shape: 1, falling to 0 at the edges of the photo, and where another head begins.
    pivot
        float64, shape (3,): what the head turns about, in face coordinates.
    limit_deg
        Largest turn about each axis.
    """

    follow: NDArray[np.float32]
    breathe: NDArray[np.float32]
    edge: NDArray[np.float32]
    pivot: NDArray[np.float64]
    limit_deg: float

    def movement(self, head: NDArray[np.floating[Any]]) -> NDArray[np.float64]:
        """Return the movement of a head (yaw, pitch, roll in degrees, x, y in face heights), within the limits.

        Returns
        -------
        float64, shape (3, 4): p → m[:, :3] @ p + m[:, 3] in face coordinates.
        """
        yaw, pitch, roll = np.clip(head[:3].astype(np.float64), -self.limit_deg, self.limit_deg)
        turn = turn_matrix(yaw, pitch, roll)
        shift = np.zeros(3)
        shift[:2] = np.clip(head[3:5], -SHIFT_LIMIT, SHIFT_LIMIT)
        return np.column_stack([turn, self.pivot - turn @ self.pivot + shift])


def build_head_motion(
    frame: FaceFrame, lattice: Lattice, person: NDArray[np.float32], edge: NDArray[np.floating[Any]]
) -> HeadMotion:
    """Decide how the picture follows the head.

    Parameters
    ----------
    person
        float32, shape (height, width) of the picture: how surely each pixel shows the person, 0 to 1.
    edge
        Shape (rows, columns): see `HeadMotion`.
    """
    from scipy.ndimage import distance_transform_edt, gaussian_filter

    size, step = frame.height_px, lattice.step_px
    chin, top = frame.points[CHIN, 1], frame.points[FOREHEAD, 1]
    middle = 0.5 * (chin + top) - 0.05
    radius = np.sqrt((lattice.u / 0.52) ** 2 + ((lattice.v - middle) / 0.78) ** 2)
    mask = _at_nodes(person, lattice) > 0.5
    mask |= radius < 1
    distance = distance_transform_edt(~mask) * step / size
    follow = (1 - smoothstep(chin - 0.05, chin + NECK_REACH, lattice.v)) * (1 - smoothstep(1.15, 2.1, radius))
    follow = follow * (1 - smoothstep(0, BACKGROUND_FALLOFF, distance))
    chest = gaussian_filter(mask.astype(np.float64), 0.05 * size / step) * smoothstep(
        chin + 0.05, chin + 0.5, lattice.v
    )
    ears = frame.points[[EAR_LEFT, EAR_RIGHT]].mean(0)
    yaw, _, _ = head_angles_deg(frame)
    return HeadMotion(
        follow=(gaussian_filter(follow, 0.03 * size / step) * edge).astype(np.float32),
        breathe=(chest * edge).astype(np.float32),
        edge=edge.astype(np.float32),
        pivot=ears + np.array([0, PIVOT_DOWN, 0.02]),
        limit_deg=next((limit for up_to, limit in TURN_LIMITS_DEG if abs(yaw) < up_to), TURN_LIMITS_DEG[-1][1]),
    )


def turn_matrix(yaw_deg: float, pitch_deg: float, roll_deg: float) -> NDArray[np.float64]:
    """Return the rotation, shape (3, 3): yaw to the picture's right, pitch chin up, roll clockwise, in that order."""
    yaw, pitch, roll = np.radians([-yaw_deg, -pitch_deg, roll_deg])
    cy, sy, cp, sp, cr, sr = np.cos(yaw), np.sin(yaw), np.cos(pitch), np.sin(pitch), np.cos(roll), np.sin(roll)
    about_v = np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
    about_u = np.array([[1, 0, 0], [0, cp, -sp], [0, sp, cp]])
    about_w = np.array([[cr, -sr, 0], [sr, cr, 0], [0, 0, 1]])
    return np.asarray(about_w @ about_v @ about_u, np.float64)


def _at_nodes(image: NDArray[np.float32], lattice: Lattice) -> NDArray[np.float32]:
    """Return the mean of an image over each cell of a lattice."""
    rows, columns = lattice.shape
    part = image[lattice.box.slices]
    return np.asarray(cv2.resize(part, (columns, rows), interpolation=cv2.INTER_AREA), np.float32)
