"""Where a head is and how it is turned: a rigid shape fitted to landmarks, robustly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from phonoscope.capture.landmarks import CHIN, EARS, FOREHEAD, RIGID

ROUNDS: Final = 4
"""Rounds of reweighting; it moves by less than a hundredth of a degree after three."""

OUTLYING: Final = 0.02
"""Distance from the shape, in face heights, at which a landmark counts half (Cauchy's weight)."""

PIVOT_BELOW_EARS: Final = np.array([0.0, 0.10, 0.02])
"""The top of the spine, which a head turns about, from the middle of the ears, in face heights."""


@dataclass(frozen=True, slots=True, eq=False)
class HeadFit:
    """A head in a picture: landmark p of the shape lies at ``scale_px * rotation @ p + place_px``.

    Attributes
    ----------
    scale_px
        Face height in pixels.
    rotation
        float64, shape (3, 3): its columns are the face's axes (right, down, away) in the picture's.
    place_px
        float64, shape (3,): where the shape's origin lies: x right, y down, z away.
    """

    scale_px: float
    rotation: NDArray[np.float64]
    place_px: NDArray[np.float64]

    def into_face(self, points_px: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return points of the picture, shape (n, 3), in the face's own coordinates, in face heights."""
        return np.asarray((points_px - self.place_px) @ self.rotation / self.scale_px)

    def into_picture(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return points of the face, shape (..., 3), in the picture, in pixels."""
        return np.asarray(self.scale_px * points @ self.rotation.T + self.place_px)


def fit_head(shape: NDArray[np.float64], landmarks_px: NDArray[np.float64]) -> HeadFit:
    """Fit a face's shape to the landmarks of a picture, by what moves with the skull only.

    Iteratively reweighted least squares (Holland & Welsch 1977) over the similarity of Umeyama (1991): a hand before
    the face or a raised forehead counts little.

    Parameters
    ----------
    shape
        float64, shape (478, 3): landmarks (right, down, away) of a face, in face heights.
    landmarks_px
        float64, shape (478, 3): x right, y down, z away, in pixels.
    """
    model, seen = shape[list(RIGID)], landmarks_px[list(RIGID)]
    weights = np.ones(len(model))
    for _ in range(ROUNDS):
        fit = _similarity(model, seen, weights)
        away = np.linalg.norm(fit.into_face(seen) - model, axis=1)
        weights = 1 / (1 + (away / OUTLYING) ** 2)
    return fit


def _similarity(model: NDArray[np.float64], seen: NDArray[np.float64], weights: NDArray[np.float64]) -> HeadFit:
    share = (weights / weights.sum())[:, None]
    model_middle, seen_middle = (share * model).sum(0), (share * seen).sum(0)
    model_arms, seen_arms = model - model_middle, seen - seen_middle
    left, spread, right = np.linalg.svd((share * seen_arms).T @ model_arms)
    upright = np.array([1.0, 1.0, np.sign(np.linalg.det(left) * np.linalg.det(right))])
    rotation = (left * upright) @ right
    scale_px = max(float((spread * upright).sum() / (share * model_arms**2).sum()), 1e-6)
    return HeadFit(scale_px, rotation, seen_middle - scale_px * rotation @ model_middle)


def face_height(shape: NDArray[np.float64]) -> float:
    """Return the distance from the top of the forehead to the chin of landmarks, shape (478, 3)."""
    return float(np.linalg.norm(shape[FOREHEAD] - shape[CHIN]))


def head_movement(fit: HeadFit, rest: HeadFit, shape: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how a head has moved from its rest, as in `core.performance.HEAD`.

    Returns
    -------
    float64, shape (5,): yaw to the picture's right, pitch chin up, roll clockwise, in degrees, then the way of the top
    of the spine to the right and down, in face heights; all in the resting face's own axes.
    """
    yaw, pitch, roll = turn_angles_deg(rest.rotation.T @ fit.rotation)
    pivot = shape[list(EARS)].mean(0) + PIVOT_BELOW_EARS
    way = rest.rotation.T @ (fit.into_picture(pivot) - rest.into_picture(pivot)) / rest.scale_px
    return np.array([yaw, pitch, roll, way[0], way[1]])


def turn_angles_deg(turn: NDArray[np.float64]) -> tuple[float, float, float]:
    """Return yaw (to the picture's right), pitch (chin up) and roll (clockwise) of a rotation, shape (3, 3).

    They are applied in the order pitch, yaw, roll, about the picture's axes.
    """
    yaw = np.arcsin(np.clip(turn[2, 0], -1, 1))
    pitch = -np.arctan2(turn[2, 1], turn[2, 2])
    roll = np.arctan2(turn[1, 0], turn[0, 0])
    return float(np.degrees(yaw)), float(np.degrees(pitch)), float(np.degrees(roll))


def middle_fit(fits: list[HeadFit]) -> HeadFit:
    """Return the fit in the middle of several: medians of place and size, and the rotation nearest to the median's."""
    rotation = np.median([fit.rotation for fit in fits], axis=0)
    left, _, right = np.linalg.svd(rotation)
    upright = np.array([1.0, 1.0, np.sign(np.linalg.det(left) * np.linalg.det(right))])
    place_px = np.median([fit.place_px for fit in fits], axis=0)
    return HeadFit(float(np.median([fit.scale_px for fit in fits])), (left * upright) @ right, place_px)
