"""What each movement does to the light on the skin: maps of the logarithm of its gain."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.curves import bump, smoothstep
from phonoscope.avatars.photo.finding.face_frame import FaceFrame
from phonoscope.avatars.photo.finding.landmarks import CHIN, EYES
from phonoscope.avatars.photo.photometry import Photometry
from phonoscope.avatars.photo.skin.creases import Crease, near_crease, raise_crease, trace_crease
from phonoscope.avatars.photo.skin.fold_lines import INNER_BROWS, SIDES, SULCUS, FoldLines
from phonoscope.avatars.photo.skin.skin_map import SOURCE_LIGHT, SkinMap, free_of_hair

Map = NDArray[np.float64]

SHADINGS = (
    "cheek_fold_left", "cheek_fold_right", "cheek_left", "cheek_right", "crow_left", "crow_right",
    "corner_left", "corner_right", "droop_left", "droop_right", "nose_left", "nose_right",
    "forehead", "forehead_left", "forehead_right", "frown", "chin", "jaw", "puff", "ease_left", "ease_right",
)  # fmt: skip
"""What is shaded; see `relighting` for what moves it. Left and right are the picture's; ``ease`` smooths the fold of a
cheek."""

CHEEK_FOLD = Crease(width=0.012, depth=0.0060, bulge=0.0050, search=0.020)
CHIN_FOLD = Crease(width=0.013, depth=0.0060, bulge=0.0030, search=0.012)
FOREHEAD_FOLD = Crease(width=0.0070, depth=0.0025, bulge=0.0015, search=0.014)
FROWN_FOLD = Crease(width=0.0070, depth=0.0040, bulge=0.0015, search=0.010)
CROW_FOLD = Crease(width=0.0050, depth=0.0018, bulge=0.0008, search=0.008)
BAG_FOLD = Crease(width=0.0075, depth=0.0028, bulge=0.0024, search=0.010)
NOSE_FOLD = Crease(width=0.0070, depth=0.0020, bulge=0.0008, search=0.006)
CORNER_FOLD = Crease(width=0.0080, depth=0.0036, bulge=0.0020)
DROOP_FOLD = Crease(width=0.0140, depth=0.0046, bulge=0.0030, search=0.012)
"""Folds of a grown face, in face heights: a nasolabial fold is 4 mm wide and 1 mm deeper than at rest."""

SHADE = 0.22
"""Light that a valley loses for seeing less of the sky, in logarithms: little of it, as faces are lit broadly."""

AMPLIFIED = 0.85
"""How much deeper folds that a photo shows become, as a share of their relief."""

MOST_SHADE, MOST_LIGHT = -0.45, 0.22
"""Limits of all shading."""

SMOOTH, ROUGH, SMOOTH_DEPTH, ROUGH_DEPTH = 0.008, 0.030, 0.42, 0.95
"""From the first roughness to the second, folds deepen from the first share to the second."""

FINE_DEPTH = 0.38
"""Share of the depth of fine lines that smooth skin shows: it creases broadly or not at all."""

NOISE_SEEN = 0.8
"""Share of a picture's grain that passes for relief where each of its pixels is seen."""

GROWN_IRIS, CHILDS_IRIS, CHILDS_DEPTH = 0.080, 0.096, 0.20
"""Width of the iris in face heights: eyes are as large as ever while a face grows. Children, and drawings with eyes
like theirs, hardly wrinkle: their folds have this share of the depth."""

SOFT_WIDTH = 2.1
"""Folds in smooth skin are wider by this factor, as there is more under it."""

WHITE, HEADROOM = 240.0, 70.0
"""Nearer to white (grey levels) than the second, skin brightens less and less: it would burn out."""

USUAL_CONTRAST, CONTRAST_RANGE = 0.17, (0.7, 1.3)
"""Contrast of soft light in a usual portrait; how much weaker and stronger flat and hard light make the shading."""

CHEEK_HEIGHT, CHEEK_RADIUS, CHEEK_GLOW = 0.013, 0.078, 0.025
"""A smiling cheek's height and radius in face heights, and its own gain, as it turns towards the viewer's light."""

JAW_UNDER_LIP, JAW_ON_NECK, JAW_HOLLOW = -0.09, -0.24, -0.06
"""Shade of a dropped jaw under the lip, on the throat, and in the cheeks it draws long."""

BURNT, BURNT_OUT = 252.0, 45.0
"""Skin that is nearly white in the photo (grey levels) shows no relief there, so it gets little."""

_CHIN_PAD = 199
_APPLES = ((50, 205), (280, 425))
_HOLLOWS = (207, 427)


class ShadingMaps:
    """Draws the maps of one face.

    Parameters
    ----------
    skin
        The face's skin.
    frame
        Where its landmarks are.
    photometry
        Its light.
    """

    def __init__(self, skin: SkinMap, frame: FaceFrame, photometry: Photometry) -> None:
        self.skin = skin
        self.points = frame.landmarks_px[:, :2] / frame.height_px
        self.lines = FoldLines(frame)
        self.right, self.down = self.lines.right, self.lines.down
        self.light = photometry.light
        self.unburnt = np.clip((BURNT - skin.light) / BURNT_OUT, 0.2, 1)
        noise = (
            NOISE_SEEN * photometry.grain / (max(skin.node_px, 1.0) * (float(photometry.skin.mean()) + SOURCE_LIGHT))
        )
        roughness = float(np.sqrt(max(skin.roughness**2 - noise**2, 0.0)))
        age = float(np.clip((roughness - SMOOTH) / (ROUGH - SMOOTH), 0, 1))
        childish = float(smoothstep(GROWN_IRIS, CHILDS_IRIS, np.array(_iris_width(frame))))
        grown = SMOOTH_DEPTH + (ROUGH_DEPTH - SMOOTH_DEPTH) * age
        self.depth = grown + (CHILDS_DEPTH - grown) * childish
        self.fine = FINE_DEPTH + (1 - FINE_DEPTH) * age
        self.width = SOFT_WIDTH + (1 - SOFT_WIDTH) * age * (1 - childish)
        self.hardness = float(np.clip(skin.contrast / USUAL_CONTRAST, *CONTRAST_RANGE))

    def draw(self) -> dict[str, Map]:
        """Return the map of each of `SHADINGS`, of the skin map's shape."""
        maps: dict[str, Map] = {}
        for index, name in enumerate(("left", "right")):
            side = SIDES[index]
            cheek_fold = [self.lines.cheek(index, side)]
            maps[f"cheek_fold_{name}"] = self._folds(cheek_fold, CHEEK_FOLD, 0.026)
            maps[f"ease_{name}"] = -self._shown(self._traced(cheek_fold, CHEEK_FOLD), 0.026) * self.skin.skin
            maps[f"cheek_{name}"] = self._cheek(index)
            maps[f"crow_{name}"] = self._crow(index, side)
            maps[f"corner_{name}"] = self._folds([self.lines.corner(index, side)], CORNER_FOLD, 0.0)
            maps[f"droop_{name}"] = self._folds([self.lines.droop(index, side)], DROOP_FOLD, 0.02)
            maps[f"nose_{name}"] = self._folds(self.lines.nose(index, side), NOSE_FOLD, 0.012, self.fine)
        lines = list(self.lines.forehead())
        forehead = self._folds(lines, FOREHEAD_FOLD, 0.018, self.fine) * free_of_hair(self.skin, self.right)
        x = self._across(0.5 * (self.points[INNER_BROWS[0]] + self.points[INNER_BROWS[1]]))
        maps["forehead"] = forehead * bump(x, 0.13)
        maps["forehead_left"], maps["forehead_right"] = (forehead * bump(side * x - 0.17, 0.11) for side in SIDES)
        maps["frown"] = self._folds(list(self.lines.frown()), FROWN_FOLD, 0.016)
        maps["chin"] = self._folds([self.lines.chin()], CHIN_FOLD, 0.02) + self._bulge([_CHIN_PAD], 0.006, 0.05)
        maps["jaw"] = self._jaw()
        maps["puff"] = self._bulge(list(_HOLLOWS), 0.028, 0.10)
        maps = {name: np.where(shading < 0, shading * self.unburnt, shading) for name, shading in maps.items()}
        headroom = np.clip((WHITE - self.skin.light) / HEADROOM, 0, 1)
        most = MOST_LIGHT * headroom
        return {name: np.clip(np.minimum(maps[name], maps[name] * headroom), MOST_SHADE, most) for name in SHADINGS}

    def _folds(self, lines: list[NDArray[np.float64]], kind: Crease, amplified_reach: float, depth: float = 1.0) -> Map:
        """Return the shading of folds along lines, new ones and those that the photo shows within a reach of them."""
        height, valley = np.zeros(self.skin.relief.shape), np.zeros(self.skin.relief.shape)
        soft = replace(kind, width=kind.width * self.width)
        traced = self._traced(lines, kind)
        for index, line in enumerate(traced):
            added, deep = raise_crease(self.skin, line, soft, index)
            height += added
            valley = np.maximum(valley, deep)
        depth *= self.depth
        drawn = self._lit(depth * height) - SHADE * self.hardness * depth * valley
        return np.asarray((drawn + self._shown(traced, amplified_reach)) * self.skin.skin, np.float64)

    def _traced(self, lines: list[NDArray[np.float64]], kind: Crease) -> list[NDArray[np.float64]]:
        return [trace_crease(self.skin, line, kind.search) for line in lines]

    def _shown(self, lines: list[NDArray[np.float64]], reach: float) -> Map:
        """Return the relief that the photo shows within a reach of lines."""
        near = np.zeros(self.skin.relief.shape)
        for line in lines if reach else ():
            near = np.maximum(near, near_crease(self.skin, line, reach))
        relief = self.skin.relief
        return np.asarray(AMPLIFIED * near * np.where(relief < 0, relief, 0.35 * relief), np.float64)

    def _lit(self, height: Map) -> Map:
        """Return what the photo's light makes of a relief (Lambert)."""
        spacing = self.skin.x[1] - self.skin.x[0]
        down, right = np.gradient(height, spacing)
        facing = -(right * self.light[0] + down * self.light[1]) / max(self.light[2], 0.5)
        return self.hardness * np.asarray(facing, np.float64)

    def _bulge(self, landmarks: list[int], height: float, radius: float) -> Map:
        return self._lit(height * self._near(landmarks, radius)) * self.skin.skin

    def _near(self, landmarks: list[int], radius: float) -> Map:
        near = np.zeros(self.skin.relief.shape)
        for index in landmarks:
            near = np.maximum(near, self._around(self.points[index], radius))
        return near

    def _around(self, place: NDArray[np.float64], radius: float) -> Map:
        return bump(np.hypot(self.skin.x - place[0], self.skin.y[:, None] - place[1]), radius)

    def _across(self, origin: NDArray[np.float64]) -> Map:
        """Return how far nodes lie to the face's right of a place."""
        right = self.right / max(float(np.hypot(*self.right)), 1e-6)
        x, y = self.skin.x - origin[0], self.skin.y[:, None] - origin[1]
        return np.asarray(x * right[0] + y * right[1], np.float64)

    def _cheek(self, index: int) -> Map:
        middle = 0.5 * (self.points[_APPLES[index][0]] + self.points[_APPLES[index][1]])
        apple = self._around(middle, CHEEK_RADIUS)
        return (self._lit(CHEEK_HEIGHT * apple) + CHEEK_GLOW * apple) * self.skin.skin

    def _crow(self, index: int, side: float) -> Map:
        """Lines from the outer corner of the eye, and the fold under its lower lid."""
        crow = self._folds(self.lines.crow(index, side), CROW_FOLD, 0.018)
        return crow + self._folds([self.lines.bag(index)], BAG_FOLD, 0.012)

    def _jaw(self) -> Map:
        """Soft shadows of a dropped jaw: under the lip, in the cheeks and on the throat."""
        under_lip = JAW_UNDER_LIP * self._around(self.lines.place(self.points[SULCUS], 0, 0.005), 0.045)
        hollow = JAW_HOLLOW * self._near(list(_HOLLOWS), 0.055)
        outside = np.asarray(cv2.distanceTransform((~self.skin.inside).astype(np.uint8), cv2.DIST_L2, 3), np.float64)
        outside *= self.skin.x[1] - self.skin.x[0]
        jaw = self.points[CHIN]
        below = (self.skin.y[:, None] - jaw[1]) * self.down[1] + (self.skin.x - jaw[0]) * self.down[0]
        throat = smoothstep(-0.12, 0.02, below) * smoothstep(0, 0.02, outside) * bump(outside, 0.09)
        throat = throat * bump(self._across(jaw), 0.22)
        return np.asarray(
            self.hardness * (self.depth * (under_lip + hollow) * self.skin.skin + JAW_ON_NECK * throat), np.float64
        )


def _iris_width(frame: FaceFrame) -> float:
    """Return the mean width of both irises, in face heights."""
    return float(np.mean([np.hypot(*(frame.points[e.iris[1], :2] - frame.points[e.iris[3], :2])) for e in EYES]))


def fade_out(skin: SkinMap, reach: float) -> Map:
    """Return 1 well inside the grid, 0 at its sides."""
    across, along = (smoothstep(0, reach, np.minimum(p - p[0], p[-1] - p)) for p in (skin.x, skin.y))
    return across * along[:, None]
