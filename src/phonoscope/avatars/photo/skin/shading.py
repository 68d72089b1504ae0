"""What each movement does to the light on the skin: maps of the logarithm of its gain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.curves import bump, smoothstep
from phonoscope.avatars.photo.finding.face_frame import FaceFrame
from phonoscope.avatars.photo.finding.landmarks import CHIN, EYES
from phonoscope.avatars.photo.photometry import Photometry
from phonoscope.avatars.photo.skin.creases import Crease, near_crease, raise_crease, trace_crease
from phonoscope.avatars.photo.skin.skin_map import SOURCE_LIGHT, SkinMap

Map = NDArray[np.float64]

SHADINGS = (
    "cheek_fold_left", "cheek_fold_right", "cheek_left", "cheek_right", "crow_left", "crow_right",
    "corner_left", "corner_right", "droop_left", "droop_right", "nose_left", "nose_right",
    "forehead", "forehead_left", "forehead_right", "frown", "chin", "jaw", "puff",
)  # fmt: skip
"""What is shaded; see `relighting` for what moves it. Left and right are the picture's."""

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

SMOOTH, ROUGH, SMOOTH_DEPTH, ROUGH_DEPTH = 0.008, 0.030, 0.55, 0.95
"""From the first roughness to the second, folds deepen from the first share to the second."""

NOISE_SEEN = 0.8
"""Share of a picture's grain that passes for relief where each of its pixels is seen."""

GROWN_IRIS, CHILDS_IRIS, CHILDS_DEPTH = 0.080, 0.096, 0.20
"""Width of the iris in face heights: eyes are as large as ever while a face grows. Children, and drawings with eyes
like theirs, hardly wrinkle: their folds have this share of the depth."""

SOFT_WIDTH = 1.7
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

_FOLD_LANDMARKS = ((129, 203, 206, 216, 212, 202), (358, 423, 426, 436, 432, 422))
"""From each wing of the nose, past the corner of the mouth."""

_SIDES = (-1.0, 1.0)
_SULCUS, _CHIN_PAD = 18, 199
_APPLES = ((50, 205), (280, 425))
_HOLLOWS = (207, 427)
_CORNERS = (61, 291)
_EYE_CORNERS = (33, 263)
_INNER_CORNERS = (133, 362)
_INNER_BROWS = (107, 336)
_WINGS = (129, 358)


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
        # The face's axes as seen in the picture; a turned face is narrower.
        self.right, self.down = frame.rotation[:2, 0], frame.rotation[:2, 1]
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
        self.width = SOFT_WIDTH + (1 - SOFT_WIDTH) * age * (1 - childish)
        self.hardness = float(np.clip(skin.contrast / USUAL_CONTRAST, *CONTRAST_RANGE))

    def draw(self) -> dict[str, Map]:
        """Return the map of each of `SHADINGS`, of the skin map's shape."""
        maps: dict[str, Map] = {}
        for index, name in enumerate(("left", "right")):
            side = _SIDES[index]
            maps[f"cheek_fold_{name}"] = self._folds([self._ordered(_FOLD_LANDMARKS[index], side)], CHEEK_FOLD, 0.026)
            maps[f"cheek_{name}"] = self._cheek(index)
            maps[f"crow_{name}"] = self._crow(index, side)
            maps[f"corner_{name}"] = self._folds([self._corner(index, side)], CORNER_FOLD, 0.0)
            maps[f"droop_{name}"] = self._folds([self._droop(index, side)], DROOP_FOLD, 0.02)
            maps[f"nose_{name}"] = self._folds(self._nose(index, side), NOSE_FOLD, 0.012)
        lines = list(self._forehead_lines())
        forehead = self._folds(lines, FOREHEAD_FOLD, 0.018)
        x = self._across(0.5 * (self.points[_INNER_BROWS[0]] + self.points[_INNER_BROWS[1]]))
        maps["forehead"] = forehead * bump(x, 0.13)
        maps["forehead_left"], maps["forehead_right"] = (forehead * bump(side * x - 0.17, 0.11) for side in _SIDES)
        maps["frown"] = self._folds(list(self._frown_lines()), FROWN_FOLD, 0.016)
        maps["chin"] = self._folds([self._chin_line()], CHIN_FOLD, 0.02) + self._bulge([_CHIN_PAD], 0.006, 0.05)
        maps["jaw"] = self._jaw()
        maps["puff"] = self._bulge(list(_HOLLOWS), 0.028, 0.10)
        maps = {name: np.where(shading < 0, shading * self.unburnt, shading) for name, shading in maps.items()}
        headroom = np.clip((WHITE - self.skin.light) / HEADROOM, 0, 1)
        most = MOST_LIGHT * headroom
        return {name: np.clip(np.minimum(maps[name], maps[name] * headroom), MOST_SHADE, most) for name in SHADINGS}

    def _folds(self, lines: list[NDArray[np.float64]], kind: Crease, amplified_reach: float) -> Map:
        """Return the shading of folds along lines, new ones and those that the photo shows within a reach of them."""
        height, valley, near = (np.zeros(self.skin.relief.shape) for _ in range(3))
        soft = replace(kind, width=kind.width * self.width)
        for index, line in enumerate(lines):
            traced = trace_crease(self.skin, line, kind.search)
            added, deep = raise_crease(self.skin, traced, soft, index)
            height += added
            valley = np.maximum(valley, deep)
            if amplified_reach:
                near = np.maximum(near, near_crease(self.skin, traced, amplified_reach))
        relief = self.skin.relief
        shown = AMPLIFIED * near * np.where(relief < 0, relief, 0.35 * relief)
        drawn = self._lit(self.depth * height) - SHADE * self.hardness * self.depth * valley
        return np.asarray((drawn + shown) * self.skin.skin, np.float64)

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

    def _place(self, origin: NDArray[np.float64], right: float, down: float) -> NDArray[np.float64]:
        return np.asarray(origin + right * self.right + down * self.down)

    def _ordered(self, landmarks: tuple[int, ...], side: float) -> NDArray[np.float64]:
        """Return a line with the cheek at its right hand."""
        line = self.points[list(landmarks)]
        return line if side < 0 else line[::-1]

    def _cheek(self, index: int) -> Map:
        middle = 0.5 * (self.points[_APPLES[index][0]] + self.points[_APPLES[index][1]])
        apple = self._around(middle, CHEEK_RADIUS)
        return (self._lit(CHEEK_HEIGHT * apple) + CHEEK_GLOW * apple) * self.skin.skin

    def _crow(self, index: int, side: float) -> Map:
        """Lines from the outer corner of the eye, and the fold under its lower lid."""
        corner = self.points[_EYE_CORNERS[index]]
        lines = []
        for start, stop in (
            ((0.030, -0.014), (0.075, -0.040)),
            ((0.034, 0.004), (0.085, 0.004)),
            ((0.028, 0.020), (0.075, 0.042)),
        ):
            line = np.stack([self._place(corner, side * right, down) for right, down in (start, stop)])
            lines.append(line[::-1] if side < 0 else line)
        lid = self.points[list(EYES[index].lower_lid)]
        bag = np.stack([p + self.down * 0.030 for p in lid[1:-1]])
        # From right to left its right hand is up: the bag lies between the fold and the lid.
        return self._folds(lines, CROW_FOLD, 0.018) + self._folds(
            [bag[::-1] if bag[0, 0] > bag[-1, 0] else bag], BAG_FOLD, 0.012
        )

    def _corner(self, index: int, side: float) -> NDArray[np.float64]:
        """The short fold beside a smiling corner of the mouth."""
        corner = self.points[_CORNERS[index]]
        line = [
            self._place(corner, side * right, down) for right, down in ((0.014, -0.020), (0.021, 0.0), (0.018, 0.020))
        ]
        return np.stack(line if side < 0 else line[::-1])

    def _droop(self, index: int, side: float) -> NDArray[np.float64]:
        """From a corner of the mouth down to the jaw."""
        corner = self.points[_CORNERS[index]]
        line = [
            self._place(corner, side * right, down) for right, down in ((0.004, 0.012), (0.016, 0.04), (0.022, 0.085))
        ]
        return np.stack(line if side < 0 else line[::-1])

    def _nose(self, index: int, side: float) -> list[NDArray[np.float64]]:
        """Two wrinkles across the side of the bridge."""
        wing, eye = self.points[_WINGS[index]], self.points[_INNER_CORNERS[index]]
        lines = []
        for share in (0.66, 0.82):
            origin = wing + (eye - wing) * share
            lines.append(
                np.stack([self._place(origin, -side * 0.045, -0.012), self._place(origin, -side * 0.012, 0.006)])
            )
        return [line if side < 0 else line[::-1] for line in lines]

    def _forehead_lines(self) -> Iterator[NDArray[np.float64]]:
        """Across the forehead, above the brows and along them."""
        brows = np.concatenate([self.points[[70, 63, 105, 66, 107]], self.points[[336, 296, 334, 293, 300]]])
        top = self.points[10]
        # The longest first.
        for share in (0.48, 0.28, 0.70):
            # Nearer to the hair the lines straighten.
            level = brows + (top - brows.mean(0)) * share
            middle = level.mean(0)
            yield middle + (level - middle) * np.array([0.92 - 0.25 * share, 1.0])

    def _frown_lines(self) -> Iterator[NDArray[np.float64]]:
        """Upright, between the brows."""
        left, right = (self.points[i] for i in _INNER_BROWS)
        middle = 0.5 * (left + right)
        for side, brow in zip(_SIDES, (left, right), strict=True):
            origin = middle + 0.42 * (brow - middle)
            line = [self._place(origin, side * 0.004, -0.035), origin, self._place(origin, -side * 0.002, 0.04)]
            yield np.stack(line if side < 0 else line[::-1])

    def _chin_line(self) -> NDArray[np.float64]:
        """Under the lower lip; what it pushes up is the chin."""
        origin = self.points[_SULCUS]
        line = [self._place(origin, right, 0.012 + 3.2 * right**2) for right in (-0.075, -0.04, 0.0, 0.04, 0.075)]
        # From left to right its right hand is down.
        return np.stack(line)

    def _jaw(self) -> Map:
        """Soft shadows of a dropped jaw: under the lip, in the cheeks and on the throat."""
        under_lip = JAW_UNDER_LIP * self._around(self._place(self.points[_SULCUS], 0, 0.005), 0.045)
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
