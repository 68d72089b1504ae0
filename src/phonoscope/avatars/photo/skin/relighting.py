"""The gain of the light on a face's skin, for a pose."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.drawing.warp import SEEN, Warp
from phonoscope.avatars.photo.finding.face_frame import FaceFrame
from phonoscope.avatars.photo.motion.controls import Controls
from phonoscope.avatars.photo.motion.lattice import Lattice
from phonoscope.avatars.photo.photometry import Photometry
from phonoscope.avatars.photo.skin.shading import SHADINGS, ShadingMaps, fade_out
from phonoscope.avatars.photo.skin.skin_map import FINENESS, SkinMap, map_skin
from phonoscope.core.frames import Box

LEAST_GAIN = 0.004
"""Logarithm of a gain that shows: half a grey level in white."""

RIM = 0.03
"""Shading fades out over this width inside its grid, in face heights."""

ANSWERS = (
    # shading, control, gain, whether a resting mouth lacks it
    ("cheek_fold", "smile", 0.85, False),
    ("cheek_fold", "sneer", 0.50, False),
    ("cheek_fold", "cheek", 0.20, False),
    ("cheek_fold", "upper_raise_mm", 0.12, True),
    # A dropped jaw and rounded lips draw the fold smooth: less of a new one, and then what the photo shows of it.
    ("cheek_fold", "jaw", -0.30, True),
    ("cheek_fold", "pucker", -0.30, True),
    ("cheek", "smile", 0.75, False),
    ("cheek", "cheek", 0.45, False),
    ("crow", "cheek", 0.75, False),
    ("crow", "smile", 0.25, False),
    ("corner", "smile", 0.80, False),
    ("droop", "frown", 0.90, False),
    ("nose", "sneer", 0.90, False),
    ("chin", "shrug", 0.90, False),
    ("chin", "frown_left", 0.25, False),
    ("chin", "frown_right", 0.25, False),
    ("chin", "press", 0.20, True),
    ("chin", "roll", 0.15, True),
    ("chin", "jaw", 0.20, True),
    ("forehead", "brow_inner", 0.90, False),
    ("forehead_left", "brow_outer_left", 0.90, False),
    ("forehead_right", "brow_outer_right", 0.90, False),
    ("frown", "brow_down_left", 0.50, False),
    ("frown", "brow_down_right", 0.50, False),
    # Sad brows draw together as well.
    ("frown", "brow_inner", 0.15, False),
    ("jaw", "jaw", 0.90, True),
    ("puff", "puff", 1.00, False),
)
"""What shades what: the weight of a shading is the sum of its controls times their gains. Where both sides have their
own, left answers to left."""

EASED = 0.35
"""Most of a photographed fold that is smoothed."""


@dataclass(frozen=True, slots=True, eq=False)
class Shading:
    """One map, cropped to what is not zero.

    Attributes
    ----------
    slices
        Its part of the skin map's grid.
    values
        float32: logarithm of the gain at weight 1.
    """

    slices: tuple[slice, slice]
    values: NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Relighting:
    """How the skin of a photo answers.

    Attributes
    ----------
    lattice
        Of the face.
    source
        Part of the picture that the maps cover, in whole cells of the lattice.
    shadings
        In the order of `SHADINGS`; empty for a face that is not shaded.
    """

    lattice: Lattice
    source: Box
    shadings: tuple[Shading, ...]

    def gain(self, controls: Controls, warp: Warp) -> tuple[Box, NDArray[np.float32]] | None:
        """Return what the drawn skin's light is multiplied by, or None if by nothing.

        Returns
        -------
        The part of the picture, and float32, shape (rows, columns): gains at nodes in the middle of equal cells of it.
        """
        weights = shading_weights(controls)
        active = [(s, w) for s, w in zip(self.shadings, weights, strict=bool(self.shadings)) if abs(w) > LEAST_GAIN]
        if not active:
            return None
        node_px = self.lattice.step_px / FINENESS
        total = np.zeros((round(self.source.height / node_px), round(self.source.width / node_px)), np.float32)
        for shading, weight in active:
            total[shading.slices] += np.float32(weight) * shading.values
        target = self._target([shading.slices for shading, _ in active], warp)
        columns, rows = self._source_nodes(target, warp)
        moved = cv2.remap(total, columns, rows, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
        return target, np.asarray(cv2.exp(moved), np.float32)

    def _target(self, parts: list[tuple[slice, slice]], warp: Warp) -> Box:
        """Return the part of the picture that parts of the grid may move to, in whole cells."""
        lattice, step = self.lattice, self.lattice.step_px
        corner = np.array([self.source.y0 - lattice.box.y0, self.source.x0 - lattice.box.x0]) // step
        farthest = int(np.ceil(float(np.abs(warp.sources[SEEN]).max()) / step)) + 1
        low = np.array([[part.start for part in slices] for slices in parts]).min(0) // FINENESS
        high = -(-np.array([[part.stop for part in slices] for slices in parts]).max(0) // FINENESS)
        row, column = np.maximum(corner + low - farthest, 0).tolist()
        end_row, end_column = np.minimum(corner + high + farthest, lattice.shape).tolist()
        x0, y0 = lattice.box.x0, lattice.box.y0
        return Box(x0 + column * step, y0 + row * step, x0 + end_column * step, y0 + end_row * step)

    def _source_nodes(self, target: Box, warp: Warp) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return where the target's nodes come from: columns and rows of the source's grid."""
        step, lattice = self.lattice.step_px, self.lattice
        node_px = step / FINENESS
        top, left = (target.y0 - lattice.box.y0) // step, (target.x0 - lattice.box.x0) // step
        cells = slice(top, top + target.height // step), slice(left, left + target.width // step)
        size = round(target.width / node_px), round(target.height / node_px)
        scale = np.float32(1 / node_px)
        x, y = (
            cv2.resize(warp.sources[SEEN, axis][cells] * scale, size, interpolation=cv2.INTER_LINEAR) for axis in (0, 1)
        )
        x += np.arange(size[0], dtype=np.float32) + np.float32((target.x0 - self.source.x0) / node_px)
        y += np.arange(size[1], dtype=np.float32)[:, None] + np.float32((target.y0 - self.source.y0) / node_px)
        return np.asarray(x, np.float32), np.asarray(y, np.float32)


def shading_weights(controls: Controls) -> list[float]:
    """Return the weight of each of `SHADINGS` for a pose."""
    awake = 1 - controls.rest
    weights = dict.fromkeys(SHADINGS, 0.0)
    for shading, control, gain, is_speech in ANSWERS:
        share = gain * awake if is_speech else gain
        if shading in weights:
            weights[shading] += share * float(getattr(controls, control))
            continue
        for side in ("_left", "_right"):
            own = control + side if hasattr(controls, control + side) else control
            weights[shading + side] += share * float(getattr(controls, own))
    # A fold that is not there cannot be drawn smooth: only the photographed one eases.
    for side in ("_left", "_right"):
        weights["ease" + side] = min(-weights["cheek_fold" + side], EASED)
    return [float(np.clip(weights[name], 0, 1)) for name in SHADINGS]


def build_relighting(
    rgb: NDArray[np.uint8], frame: FaceFrame, lattice: Lattice, photometry: Photometry, edge: NDArray[np.float32]
) -> Relighting:
    """Prepare the shading of a face.

    Parameters
    ----------
    rgb
        uint8, shape (height, width, 3): the photo.
    edge
        float32, shape of the lattice: 0 where nothing may change.
    """
    skin = map_skin(rgb, frame, lattice)
    if photometry.flat:
        return Relighting(lattice, skin.box, ())
    fade = fade_out(skin, RIM) * _free(skin, lattice, edge)
    maps = ShadingMaps(skin, frame, photometry).draw()
    return Relighting(lattice, skin.box, tuple(_cropped(maps[name] * fade) for name in SHADINGS))


def unlit(lattice: Lattice) -> Relighting:
    """Return what leaves the light alone: fur and tin do not wrinkle."""
    return Relighting(lattice, lattice.box, ())


def _free(skin: SkinMap, lattice: Lattice, edge: NDArray[np.float32]) -> NDArray[np.float64]:
    step = lattice.step_px
    top, left = (skin.box.y0 - lattice.box.y0) // step, (skin.box.x0 - lattice.box.x0) // step
    part = edge[top : top + skin.box.height // step, left : left + skin.box.width // step]
    return np.asarray(cv2.resize(part, skin.relief.shape[::-1], interpolation=cv2.INTER_LINEAR), np.float64)


def _cropped(values: NDArray[np.float64]) -> Shading:
    shows = np.abs(values) > 0.25 * LEAST_GAIN
    if not shows.any():
        return Shading((slice(0, 1), slice(0, 1)), np.zeros((1, 1), np.float32))
    rows, columns = np.flatnonzero(shows.any(1)), np.flatnonzero(shows.any(0))
    slices = slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)
    return Shading(slices, np.ascontiguousarray(np.where(shows, values, 0)[slices], np.float32))
