"""The face's skin on a fine grid: what is skin, how rough it is, and where it has folds already."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.curves import smoothstep
from phonoscope.avatars.photo.finding.face_frame import FaceFrame
from phonoscope.avatars.photo.finding.landmarks import CHEEKS, EYES, FACE_OVAL, OUTER_LOWER_LIP, OUTER_UPPER_LIP
from phonoscope.avatars.photo.motion.lattice import Lattice
from phonoscope.core.frames import Box

FINENESS = 3
"""Nodes to a side of a lattice's cell: fine enough for a wrinkle of a millimetre."""

REACH_SIDE, REACH_UP, REACH_DOWN = 0.04, 0.02, 0.24
"""How far the grid reaches beyond the outline of the face, in face heights: below, there is the shadow of the jaw."""

FOLD_FINE, FOLD_COARSE = 0.0035, 0.014
"""Folds are darker than their surroundings at this scale: blurs between which they are seen, in face heights."""

SOURCE_LIGHT = 8.0
"""Added to grey levels before their logarithm: noise in the dark is no fold."""

SKIN_LIGHT, SKIN_COLOUR = (0.30, 0.55), (14.0, 30.0)
"""Skin is lighter than the first share of the cheeks' light, surely than the second; its Lab a*, b* lie nearer to
theirs than the second distance, surely than the first: brows, eyes, fringes and rims of glasses do not."""

FEATURES = (
    (*OUTER_UPPER_LIP, *OUTER_LOWER_LIP[::-1]),
    *((*eye.upper_lid, *eye.lower_lid[::-1]) for eye in EYES),
)
"""Outlines of what is no skin."""

BESIDE = 0.004, 0.018
"""Distances from these, in face heights, between which shading begins."""

STRANDS, STRANDS_REACH, STRANDS_ROUGH = (0.016, 0.032), 0.022, 0.03
"""Strands of hair make the relief stray across the face by more than the second, bare skin by less than the first, seen
within this reach, in face heights; both are more where cheeks are rougher than the last. Wrinkles of a forehead run
across it, and do not."""

ROUGH_REACH = 0.05
"""Half a side of the samples on the cheeks that tell how rough the skin is, in face heights."""


@dataclass(frozen=True, slots=True, eq=False)
class SkinMap:
    """A grid over the face, `FINENESS` times as fine as the lattice; arrays of shape (rows, columns).

    Attributes
    ----------
    box
        Part of the picture that it covers: whole cells of the lattice.
    size_px
        Face height in pixels.
    x, y
        float64, shapes (columns,) and (rows,): place of the nodes in the picture, in face heights.
    inside
        bool: within the outline of the face.
    skin
        float64, 0 to 1: how surely this is bare skin: not lips, eyes, brows, hair or a beard.
    light
        float64: soft light on the face, in grey levels.
    relief
        float64: logarithm of the light, seen between two blurs: negative in folds.
    roughness
        Standard deviation of the relief on the cheeks: .01 is smooth, .05 old.
    contrast
        Standard deviation of the soft light across the face, in logarithms: .1 is flat light, .3 hard.
    """

    box: Box
    size_px: float
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    inside: NDArray[np.bool_]
    skin: NDArray[np.float64]
    light: NDArray[np.float64]
    relief: NDArray[np.float64]
    roughness: float
    contrast: float

    @property
    def node_px(self) -> float:
        """Distance of the nodes, in pixels."""
        return float(self.x[1] - self.x[0]) * self.size_px

    def look_up(self, values: NDArray[np.float64], places: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the values at the nodes nearest to places (..., 2), in face heights."""
        column = np.clip(np.round((places[..., 0] - self.x[0]) / (self.x[1] - self.x[0])), 0, self.x.size - 1)
        row = np.clip(np.round((places[..., 1] - self.y[0]) / (self.y[1] - self.y[0])), 0, self.y.size - 1)
        return np.asarray(values[row.astype(int), column.astype(int)], np.float64)


def map_skin(rgb: NDArray[np.uint8], frame: FaceFrame, lattice: Lattice) -> SkinMap:
    """Look at the skin of a face in a picture, uint8, shape (height, width, 3)."""
    size = frame.height_px
    box = _face_box(frame, lattice)
    node_px = lattice.step_px / FINENESS
    shape = round(box.height / node_px), round(box.width / node_px)
    part = rgb[box.slices]
    small = np.asarray(cv2.resize(part, shape[::-1], interpolation=cv2.INTER_AREA), np.uint8)
    sigma = size / node_px
    grey = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY).astype(np.float32)
    light = np.log(grey + np.float32(SOURCE_LIGHT))
    relief = cv2.GaussianBlur(light, (0, 0), max(FOLD_FINE * sigma, 0.3)) - cv2.GaussianBlur(
        light, (0, 0), FOLD_COARSE * sigma
    )
    x = (np.arange(0.5, shape[1]) * node_px - 0.5 + box.x0) / size
    y = (np.arange(0.5, shape[0]) * node_px - 0.5 + box.y0) / size
    places = (frame.landmarks_px[:, :2] - (box.x0, box.y0) + 0.5) / node_px - 0.5
    inside = _filled(shape, places[list(FACE_OVAL)])
    cheeks = frame.landmarks_px[list(CHEEKS), :2] / size
    skin = _skin(small, (cheeks - (x[0], y[0])) * size / node_px, sigma) * _beside_features(shape, places, sigma)
    soft = cv2.GaussianBlur(light, (0, 0), 0.03 * sigma)[(inside > 0) & (skin > 0.5)]
    return SkinMap(
        box=box,
        size_px=size,
        x=x,
        y=y,
        inside=inside > 0,
        skin=skin,
        light=np.asarray(cv2.GaussianBlur(grey, (0, 0), max(0.01 * sigma, 0.5)), np.float64),
        relief=relief.astype(np.float64),
        roughness=_roughness(relief, (cheeks - (x[0], y[0])) * size / node_px, ROUGH_REACH * sigma),
        contrast=float(soft.std()) if soft.size else 0.1,
    )


def free_of_hair(skin: SkinMap, right: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return where no strands hang over a forehead, 0 to 1, shape (rows, columns).

    Parameters
    ----------
    right
        Shape (2,): the face's right in the picture.
    """
    spacing = float(skin.x[1] - skin.x[0])
    down, across = np.gradient(skin.relief, spacing)
    # Times the size of a strand: as much as the light strays there.
    stray = FOLD_FINE * (across * right[0] + down * right[1]) / max(float(np.hypot(*right)), 1e-6)
    spread = cv2.GaussianBlur(stray**2, (0, 0), STRANDS_REACH / spacing)
    return 1 - smoothstep(*STRANDS, np.sqrt(spread) / max(1.0, skin.roughness / STRANDS_ROUGH))


def _face_box(frame: FaceFrame, lattice: Lattice) -> Box:
    outline = frame.landmarks_px[list(FACE_OVAL), :2]
    size, step, whole = frame.height_px, lattice.step_px, lattice.box
    low = outline.min(0) - np.array([REACH_SIDE, REACH_UP]) * size
    high = outline.max(0) + np.array([REACH_SIDE, REACH_DOWN]) * size
    corner = np.array([whole.x0, whole.y0])
    first = np.clip(np.floor((low - corner) / step).astype(int), 0, None)
    last = np.minimum(np.ceil((high - corner) / step).astype(int), (lattice.shape[1], lattice.shape[0]))
    x0, y0 = (corner + first * step).tolist()
    x1, y1 = (corner + np.maximum(last, first + 2) * step).tolist()
    return Box(x0, y0, x1, y1)


def _skin(small: NDArray[np.uint8], cheeks: NDArray[np.float64], sigma: float) -> NDArray[np.float64]:
    """Tell bare skin by its colour, which is the cheeks'."""
    blurred = np.asarray(cv2.GaussianBlur(small, (0, 0), max(0.008 * sigma, 0.5)), np.uint8)
    lab = np.asarray(cv2.cvtColor(blurred, cv2.COLOR_RGB2LAB), np.float64)
    rows = np.clip(np.round(cheeks[:, 1]).astype(int), 0, lab.shape[0] - 1)
    columns = np.clip(np.round(cheeks[:, 0]).astype(int), 0, lab.shape[1] - 1)
    own = np.median(lab[rows, columns], 0)
    colour = np.hypot(lab[..., 1] - own[1], lab[..., 2] - own[2])
    likely = smoothstep(*SKIN_LIGHT, lab[..., 0] / max(own[0], 1)) * (1 - smoothstep(*SKIN_COLOUR, colour))
    return np.asarray(cv2.GaussianBlur(likely, (0, 0), max(0.006 * sigma, 0.5)), np.float64)


def _beside_features(shape: tuple[int, int], places: NDArray[np.float64], sigma: float) -> NDArray[np.float64]:
    """Return 0 on lips and eyes, rising to 1 beside them."""
    features = np.zeros(shape, np.uint8)
    for ring in FEATURES:
        features |= _filled(shape, places[list(ring)])
    away = cv2.distanceTransform(1 - features, cv2.DIST_L2, 3)
    return smoothstep(*BESIDE, np.asarray(away, np.float64) / sigma)


def _filled(shape: tuple[int, int], outline: NDArray[np.float64]) -> NDArray[np.uint8]:
    mask = np.zeros(shape, np.uint8)
    cv2.fillPoly(mask, [np.round(outline).astype(np.int32)], (1,))
    return mask


def _roughness(relief: NDArray[np.float32], places: NDArray[np.float64], reach: float) -> float:
    found = []
    for x, y in np.round(places).astype(int):
        half = max(2, int(reach))
        part = relief[max(y - half, 0) : y + half, max(x - half, 0) : x + half]
        if part.size:
            found.append(float(np.sqrt(np.mean(part**2))))
    # The smoother cheek: hair or a shadow may lie on the other.
    return min(found, default=0.0)
