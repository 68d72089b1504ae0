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
from phonoscope.avatars.photo.motion.hair import loose_hair
from phonoscope.avatars.photo.motion.lattice import Lattice, at_nodes

TURN_LIMITS_DEG = ((15.0, 10.0), (25.0, 6.0), (90.0, 3.0))
"""Largest turn, by how far the photographed head is already turned (yaw up to, limit): the far cheek is not in the
photo, and shows as smear beyond this."""

EASY = 0.7
"""Share of a limit that a head reaches freely; beyond, it slows down instead of stopping dead."""

SHIFT_LIMIT = 0.08
"""Largest movement of the whole head, in face heights."""

FREE_STRAIN, MOST_STRAIN = 0.45, 0.75
"""A movement that squeezes the picture beside the head by more than the first share is cut down, so as to never reach
the second: there is less room where a border or another head is near."""

MOST_BEND, LEAST_BENT = 0.036, 0.1
"""A straight line beside the head that bends by the first, in face heights, counts as much as a fold; lines that follow
by less than the second do not count."""

STEEP = 1.5
"""Slopes of what follows, per face height, below which nothing folds."""

PIVOT_DOWN = 0.10
"""The head turns about a point this far below the middle of the ears, in face heights: the top of the spine."""

BACKGROUND_FALLOFF, STRAIGHT_FALLOFF = 0.28, 0.16
"""The background beside the head follows less and less over this width, in face heights: a sharp limit would need what
is behind the head. Where it has straight edges, less of it follows."""

NECK_REACH, NECK_LEAST = 0.55, 0.26
"""The neck stops following this far below the chin, in face heights: at a collar or a necklace, but not before the
second, or a nod would fold it."""

NECK_WIDTH = 0.38, 0.80
"""Below the chin, what lies farther from the middle than the first follows less, beyond the second nothing follows, in
face heights."""

COLLAR_FROM = 0.12
"""Edges nearer to the chin than this, in face heights, are the jaw's own."""

OUTLINE = 0.045
"""Edges nearer to the head than this, in face heights, are its own outline."""

EDGE_BLUR, EDGE_SPREAD = 0.012, 0.06
"""Blur of edges that are compared, and reach of their influence, in face heights."""

EDGE_CONTRAST = 6.0, 22.0
"""Slopes, in grey levels over a hundredth of a face height, between which an edge counts."""

COLLAR_COUNTS = 0.5
"""How strong an edge below the neck stops it from following."""


@dataclass(frozen=True, slots=True, eq=False)
class HeadMotion:
    """How the nodes of a lattice follow head and chest.

    Attributes
    ----------
    follow
        float32, shape (rows, columns): 1 on the head, falling to 0 in the background, down the neck and at the edges.
    breathe
        float32, same shape: 1 on the chest and shoulders.
    hair
        float32, same shape: how freely hair sways, 0 on the face.
    edge
        float32, same shape: 1, falling to 0 at the edges of the photo, and where another head begins.
    pivot
        float64, shape (3,): what the head turns about, in face coordinates.
    limit_deg
        Largest turn about each axis.
    strain
        float32, shape (n, 5): how much a unit of each of the head's movements squeezes the picture at a steep place of
        `follow`; at 1 it folds.
    """

    follow: NDArray[np.float32]
    breathe: NDArray[np.float32]
    hair: NDArray[np.float32]
    edge: NDArray[np.float32]
    pivot: NDArray[np.float64]
    limit_deg: float
    strain: NDArray[np.float32]

    def movement(self, head: NDArray[np.floating[Any]]) -> NDArray[np.float64]:
        """Return the movement of a head (yaw, pitch, roll in degrees, x, y in face heights), within the limits.

        Returns
        -------
        float64, shape (3, 4): p → m[:, :3] @ p + m[:, 3] in face coordinates.
        """
        limit = np.array([self.limit_deg] * 3 + [SHIFT_LIMIT] * 2)
        wanted = _slowed(head[:5].astype(np.float64) / limit) * limit
        yaw, pitch, roll, x, y = wanted * self._room(wanted)
        turn = turn_matrix(yaw, pitch, roll)
        shift = np.array([x, y, 0.0])
        return np.column_stack([turn, self.pivot - turn @ self.pivot + shift])

    def _room(self, head: NDArray[np.float64]) -> float:
        """Return the part of a movement for which there is room beside the head, at the borders and other heads."""
        # Not a matrix product: the threads of its library would spin on, and take the encoder's core.
        strain = float(np.einsum("nk,k->n", self.strain, head.astype(np.float32)).max(initial=0.0))
        if strain <= FREE_STRAIN:
            return 1.0
        room = MOST_STRAIN - FREE_STRAIN
        return (FREE_STRAIN + room * (1 - float(np.exp(-(strain - FREE_STRAIN) / room)))) / strain


def _slowed(share: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return shares of limits that are never quite reached."""
    room = 1 - EASY
    beyond = np.maximum(np.abs(share) - EASY, 0)
    return np.asarray(np.sign(share) * (np.minimum(np.abs(share), EASY) + room * (1 - np.exp(-beyond / room))))


def build_head_motion(
    frame: FaceFrame,
    lattice: Lattice,
    person: NDArray[np.float32],
    edge: NDArray[np.floating[Any]],
    rgb: NDArray[np.uint8] | None = None,
) -> HeadMotion:
    """Decide how the picture follows the head.

    Parameters
    ----------
    person
        float32, shape (height, width) of the picture: how surely each pixel shows the person, 0 to 1.
    edge
        Shape (rows, columns): see `HeadMotion`.
    rgb
        uint8, shape (height, width, 3): the photo, whose hair sways, and whose straight lines and necklaces stay put;
        None for a plain one.
    """
    from scipy.ndimage import distance_transform_edt, gaussian_filter

    size, step = frame.height_px, lattice.step_px
    chin, top = frame.points[CHIN, 1], frame.points[FOREHEAD, 1]
    middle = 0.5 * (chin + top) - 0.05
    radius = np.sqrt((lattice.u / 0.52) ** 2 + ((lattice.v - middle) / 0.78) ** 2)
    seen = at_nodes(person, lattice)
    mask = (seen > 0.5) | (radius < 1)
    distance = distance_transform_edt(~mask) * step / size
    straight, neck, hair = np.zeros(lattice.shape), np.full(lattice.shape, NECK_REACH), np.zeros(lattice.shape)
    if rgb is not None:
        edges = _edges(rgb, lattice, size)
        straight = np.clip(
            1.5 * gaussian_filter(np.where(distance < OUTLINE, 0, edges), EDGE_SPREAD * size / step), 0, 1
        )
        neck = _neck_reach(np.where(seen > 0.5, edges, 0), lattice, chin, size)
        hair = loose_hair(rgb, frame, lattice, seen)
    falloff = BACKGROUND_FALLOFF + (STRAIGHT_FALLOFF - BACKGROUND_FALLOFF) * straight
    follow = (1 - smoothstep(0, 1, (lattice.v - chin + 0.05) / (neck + 0.05))) * (1 - smoothstep(1.15, 2.1, radius))
    follow = follow * (1 - smoothstep(0, 1, distance / falloff))
    # Necks follow, shoulders do not.
    follow = follow * (1 - smoothstep(*NECK_WIDTH, np.abs(lattice.u)) * smoothstep(-0.1, 0.15, lattice.v - chin))
    chest = gaussian_filter(mask.astype(np.float64), 0.05 * size / step) * smoothstep(
        chin + 0.05, chin + 0.5, lattice.v
    )
    follow = gaussian_filter(follow, 0.03 * size / step) * edge
    ears = frame.points[[EAR_LEFT, EAR_RIGHT]].mean(0)
    pivot = ears + np.array([0, PIVOT_DOWN, 0.02])
    yaw, _, _ = head_angles_deg(frame)
    return HeadMotion(
        follow=follow.astype(np.float32),
        breathe=(chest * edge).astype(np.float32),
        hair=(hair * edge).astype(np.float32),
        edge=edge.astype(np.float32),
        pivot=pivot,
        strain=_strain(frame, lattice, follow, np.where(mask, 0, straight), pivot),
        limit_deg=next((limit for up_to, limit in TURN_LIMITS_DEG if abs(yaw) < up_to), TURN_LIMITS_DEG[-1][1]),
    )


def _strain(
    frame: FaceFrame,
    lattice: Lattice,
    follow: NDArray[np.float64],
    straight: NDArray[np.float64],
    pivot: NDArray[np.float64],
) -> NDArray[np.float32]:
    """Return `HeadMotion.strain`.

    A movement d(p) = follow(p) D(p) with a slowly changing D has the determinant 1 + grad(follow) · D. Where straight
    lines follow, it is how far they bend that counts.
    """
    down, right = np.gradient(follow, lattice.step_px / frame.height_px)
    places = np.stack([lattice.u, lattice.v, lattice.w], -1) - pivot
    unit = np.eye(3)
    ways = [places @ (turn_matrix(*angles) - np.eye(3)).T for angles in unit.tolist()]
    ways += [np.broadcast_to(axis, places.shape) for axis in unit[:2]]
    seen = np.stack([way @ frame.rotation[:2].T for way in ways], -1)
    steep = np.hypot(right, down) > STEEP
    squeezed = -np.einsum("na,nak->nk", np.stack([right, down], -1)[steep], seen[steep])
    bends = (follow * straight / MOST_BEND)[..., None, None] * seen
    bent = bends[follow * straight > LEAST_BENT].transpose(1, 0, 2).reshape(-1, 5)
    return np.asarray(np.concatenate([squeezed, bent, -bent]), np.float32)


def _edges(rgb: NDArray[np.uint8], lattice: Lattice, size_px: float) -> NDArray[np.float64]:
    """Return how strong and straight an edge each cell shows, 0 to 1 (the structure tensor's coherence)."""
    # Twice as fine as the lattice, and no finer: pictures are large.
    rows, columns = lattice.shape
    grey = cv2.cvtColor(rgb[lattice.box.slices], cv2.COLOR_RGB2GRAY)
    small = cv2.resize(grey, (2 * columns, 2 * rows), interpolation=cv2.INTER_AREA).astype(np.float32)
    per_face = 2 * size_px / lattice.step_px
    soft = cv2.GaussianBlur(small, (0, 0), EDGE_BLUR * per_face)
    down, right = np.gradient(soft * np.float32(per_face / 100))
    xx, yy, xy = (
        cv2.GaussianBlur(product, (0, 0), 2 * EDGE_BLUR * per_face)
        for product in (right * right, down * down, right * down)
    )
    strength = xx + yy
    coherence = np.hypot(xx - yy, 2 * xy) / np.maximum(strength, 1e-6)
    straight = smoothstep(*EDGE_CONTRAST, 2 * np.sqrt(strength)) * coherence**2
    return np.asarray(cv2.resize(straight, (columns, rows), interpolation=cv2.INTER_AREA), np.float64)


def _neck_reach(edges: NDArray[np.float64], lattice: Lattice, chin: float, size_px: float) -> NDArray[np.float64]:
    """Return how far below the chin the neck follows, to the first strong edge: face heights, shape (rows, columns)."""
    from scipy.ndimage import gaussian_filter1d

    below = lattice.v - chin
    strong = (edges > COLLAR_COUNTS) & (below > COLLAR_FROM) & (below < NECK_REACH)
    first = np.where(strong.any(0), np.where(strong, below, NECK_REACH).min(0), NECK_REACH)
    reach = gaussian_filter1d(first, 2 * EDGE_SPREAD * size_px / lattice.step_px, mode="nearest")
    return np.broadcast_to(np.clip(reach, NECK_LEAST, NECK_REACH), lattice.shape)


def turn_matrix(yaw_deg: float, pitch_deg: float, roll_deg: float) -> NDArray[np.float64]:
    """Return the rotation, shape (3, 3): yaw to the picture's right, pitch chin up, roll clockwise, in that order."""
    yaw, pitch, roll = np.radians([-yaw_deg, -pitch_deg, roll_deg])
    cy, sy, cp, sp, cr, sr = np.cos(yaw), np.sin(yaw), np.cos(pitch), np.sin(pitch), np.cos(roll), np.sin(roll)
    about_v = np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
    about_u = np.array([[1, 0, 0], [0, cp, -sp], [0, sp, cp]])
    about_w = np.array([[cr, -sr, 0], [sr, cr, 0], [0, 0, 1]])
    return np.asarray(about_w @ about_v @ about_u, np.float64)
