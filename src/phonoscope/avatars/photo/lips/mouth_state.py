"""How the mouth was photographed, judged by what is seen between the lips and not by landmarks alone.

Landmarks take dark lips for an open mouth, and a row of teeth between dark or grey lips for a closed one. So the mouth
is read column by column: whether teeth or a dark opening lie on the lip line, or nothing but lips.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.finding.face_frame import FaceFrame
from phonoscope.avatars.photo.finding.landmarks import (
    CHEEKS,
    INNER_LOWER_LIP,
    INNER_UPPER_LIP,
    OUTER_LOWER_LIP,
    OUTER_UPPER_LIP,
)
from phonoscope.avatars.photo.lips.search import Band

MouthLook = Literal["closed", "parted", "teeth", "wide"]

WIDE_GAP = 0.10
"""Opening in face heights from which a mouth is wide open: more than speech ever opens it (about .08 in "aa")."""

CLOSED_GAP = 0.012
"""Opening below which landmarks see a closed mouth: two millimetres of an average face."""

_COLUMNS = 41
_HALF_WIDTH = 0.62
"""Share of the mouth's half width that is read: towards the corners, shadows look like openings."""
_ROW_STEP = 0.002
"""Rows are read this far apart, in face heights: half a pixel of a 250-pixel face."""
_SOFT = 0.004
"""Blur of the reading, in face heights: the lips' own wrinkles vanish, a row of teeth does not."""
_LIP_BAND = (0.15, 0.6)
"""Part of a lip, from its outer border inwards, that shows its colour whatever the opening does."""
_LEAST_LIP = 0.016
"""Least height of a lip for that band, in face heights: thinner ones are drawn in."""
_TOOTH_CONTRAST, _SURE_TOOTH_CONTRAST = 8.0, 16.0
"""Teeth are lighter than both lips by this in Lab L*; by more where landmarks see no opening: lips may be glossy."""
_TOOTH_LIGHT, _SURE_TOOTH_LIGHT = 0.62, 0.85
"""A tooth's least L* as a share of the cheeks', likewise."""
_LESS_RED, _SURE_LESS_RED = 0.35, 0.85
"""In colour, a tooth has lost this share of the lips' redness over the skin; all but all of it where landmarks see no
opening: the gloss of a painted lip is pale, but never quite."""
_RED_LIPS = 3.0
"""Least Lab a* of lips over the cheeks' for that to be asked."""
_LEAST_TEETH, _TEETH_SHARE, _SURE_TEETH_SHARE = 0.009, 0.30, 0.50
"""Teeth are so high (face heights) in so many of the columns; in more where landmarks see no opening."""
_CAVITY_DARK = 0.5
"""A cavity's most L*, as a share of the darker lip's."""
_LEAST_CAVITY, _CAVITY_SHARE = 0.034, 0.6
"""A cavity that landmarks do not see is so high (face heights) in so many columns: the valley between closed lips is
thinner, also in paintings (.03)."""
_NEAR = 0.012
"""What opens a mouth lies no farther from the landmarks' lip line, in face heights."""
_DARK_LIPS = 0.62
"""Lips darker than this share of the cheeks' L* mislead landmarks into seeing an opening."""
_EVEN_LIPS = 9.0
"""Range of L* from lip to lip below which nothing but lips is there."""
_MIDDLE_ROWS = (0.22, 0.78)
"""The part of the mouth's height, lips included, where that is judged: the rest is half skin."""


@dataclass(frozen=True, slots=True)
class MouthState:
    """How a mouth was photographed.

    Attributes
    ----------
    look
        ``closed``; ``parted``: a dark opening; ``teeth``: teeth between the lips; ``wide``: wide open.
    opening
        Height of the opening in the middle, in face heights; 0 when closed.
    top
        Where the opening begins: v in face coordinates, at the middle of the mouth; the lip line where it is closed.
    landmark_gap
        The opening that the landmarks tell, in face heights.
    teeth_share, cavity_share
        Share of the mouth's middle that shows teeth, and a dark opening.
    """

    look: MouthLook
    opening: float
    top: float
    landmark_gap: float
    teeth_share: float
    cavity_share: float

    @property
    def is_open(self) -> bool:
        """The lips do not touch."""
        return self.look != "closed"

    @property
    def corrects_landmarks(self) -> bool:
        """The picture shows another state than the landmarks."""
        return self.is_open != (self.landmark_gap >= CLOSED_GAP)


@dataclass(frozen=True, slots=True, eq=False)
class _Chart:
    """The mouth read column by column; rows go down in steps of `_ROW_STEP` face heights.

    `lab` is float32 (rows, columns, 3), `start` the v of its first row; the next five are float64 (columns,): rows
    where the lips begin and end, the landmarks' inner contours, and the middle between these. `cheek` is a Lab colour.
    """

    lab: NDArray[np.float32]
    start: float
    top: NDArray[np.float64]
    bottom: NDArray[np.float64]
    inner_top: NDArray[np.float64]
    inner_bottom: NDArray[np.float64]
    middle: NDArray[np.float64]
    cheek: NDArray[np.float64]


def mouth_state(rgb: NDArray[np.uint8], frame: FaceFrame) -> MouthState:
    """Judge how the mouth of a face was photographed; `rgb` is uint8 (height, width, 3), the whole picture.

    Landmarks are believed unless the picture contradicts them clearly: an opening drawn into closed lips is worse than
    teeth that move with a lip.
    """
    chart = _read(rgb, frame)
    centre = slice(_COLUMNS // 3, -_COLUMNS // 3)
    gap = float(np.median((chart.inner_bottom - chart.inner_top)[centre])) * _ROW_STEP
    lips = _lip_colours(chart)
    seen_open = gap >= CLOSED_GAP
    teeth = _runs(chart, _teeth(chart, lips, sure=not seen_open))
    cavity = _runs(chart, chart.lab[..., 0] < _CAVITY_DARK * min(lip[0] for lip in lips))
    teeth_share = float((np.ptp(teeth, 1) * _ROW_STEP > _LEAST_TEETH).mean())
    cavity_share = float((np.ptp(cavity, 1) * _ROW_STEP > _LEAST_CAVITY).mean())
    has_teeth = teeth_share >= (_TEETH_SHARE if seen_open else _SURE_TEETH_SHARE)
    line = chart.start + float(np.median(chart.middle)) * _ROW_STEP
    if seen_open:
        if gap < WIDE_GAP and not has_teeth and _is_all_lip(chart):
            return MouthState("closed", 0.0, line, gap, teeth_share, cavity_share)
        opening, top = gap, chart.start + float(np.median(chart.inner_top[centre])) * _ROW_STEP
    elif has_teeth or cavity_share >= _CAVITY_SHARE:
        rows = np.median((teeth if has_teeth else cavity)[centre], 0)
        opening, top = float(np.ptp(rows)) * _ROW_STEP, chart.start + float(rows[0]) * _ROW_STEP
    else:
        return MouthState("closed", 0.0, line, gap, teeth_share, cavity_share)
    look: MouthLook = "wide" if opening > WIDE_GAP else "teeth" if has_teeth else "parted"
    return MouthState(look, opening, top, gap, teeth_share, cavity_share)


def _read(rgb: NDArray[np.uint8], frame: FaceFrame) -> _Chart:
    """Straighten the mouth into rows and columns."""
    points = frame.points
    corners = points[[OUTER_UPPER_LIP[0], OUTER_UPPER_LIP[-1]]]
    centre, half = corners[:, 0].mean(), 0.5 * abs(np.ptp(corners[:, 0]))
    u = centre + np.linspace(-_HALF_WIDTH, _HALF_WIDTH, _COLUMNS) * half
    lines = [_line(points, lips, u) for lips in (OUTER_UPPER_LIP, OUTER_LOWER_LIP, INNER_UPPER_LIP, INNER_LOWER_LIP)]
    depth = _line(points[:, [0, 2]], INNER_UPPER_LIP, u)
    start = float(lines[0].min()) - 4 * _ROW_STEP
    rows = int(np.ceil((lines[1].max() - start) / _ROW_STEP)) + 4
    face = _face_lab(rgb, frame)
    band = Band(frame, u, np.full_like(u, start), depth)
    lab = band.read(face[0], np.arange(rows) * _ROW_STEP, face[1])
    top, bottom, inner_top, inner_bottom = ((line - start) / _ROW_STEP for line in lines)
    cheeks = frame.landmarks_px[list(CHEEKS), :2] - face[1]
    place = np.clip(cheeks.astype(int), 0, np.array(face[0].shape[1::-1]) - 1)
    return _Chart(
        lab=lab,
        start=start,
        top=top,
        bottom=np.maximum(bottom, top + 2),
        inner_top=inner_top,
        inner_bottom=np.maximum(inner_bottom, inner_top),
        middle=0.5 * (inner_top + inner_bottom),
        cheek=np.median(face[0][place[:, 1], place[:, 0]], 0).astype(np.float64),
    )


def _face_lab(rgb: NDArray[np.uint8], frame: FaceFrame) -> tuple[NDArray[np.float32], tuple[int, int]]:
    """Return the face in Lab, softened, and where its first pixel lies in the picture."""
    points = frame.landmarks_px[:, :2]
    low, high = np.floor(points.min(0)).astype(int), np.ceil(points.max(0)).astype(int)
    x0, y0 = (int(np.clip(c, 0, n - 2)) for c, n in zip(low, rgb.shape[1::-1], strict=True))
    face = rgb[y0 : max(high[1], y0 + 2), x0 : max(high[0], x0 + 2)]
    lab = cv2.cvtColor(face.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
    return np.asarray(cv2.GaussianBlur(lab, (0, 0), max(0.5, _SOFT * frame.height_px)), np.float32), (x0, y0)


def _line(points: NDArray[np.float64], along: tuple[int, ...], u: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the height of a contour above each `u`."""
    place = points[list(along)]
    place = place[np.argsort(place[:, 0])]
    return np.interp(u, place[:, 0], place[:, 1])


def _lip_colours(chart: _Chart) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the Lab colours of the upper and the lower lip, taken near their outer borders."""
    least = _LEAST_LIP / _ROW_STEP
    upper = np.maximum(chart.inner_top - chart.top, least)
    lower = np.maximum(chart.bottom - chart.inner_bottom, least)
    rows = np.arange(len(chart.lab))[:, None]
    first, last = _LIP_BAND
    from_top, from_bottom = rows - chart.top, chart.bottom - rows
    in_upper = (from_top >= first * upper) & (from_top <= last * upper + 1)
    in_lower = (from_bottom >= first * lower) & (from_bottom <= last * lower + 1)
    colours = [np.median(chart.lab[part], 0).astype(np.float64) for part in (in_upper, in_lower)]
    return colours[0], colours[1]


def _teeth(chart: _Chart, lips: tuple[NDArray[np.float64], NDArray[np.float64]], sure: bool) -> NDArray[np.bool_]:
    """Return which places of the chart look like teeth; `sure` asks for more."""
    upper, lower = lips
    light = chart.lab[..., 0]
    contrast, share = (_SURE_TOOTH_CONTRAST, _SURE_TOOTH_LIGHT) if sure else (_TOOTH_CONTRAST, _TOOTH_LIGHT)
    tooth = (light > max(upper[0], lower[0]) + contrast) & (light > share * chart.cheek[0])
    red = 0.5 * (upper[1] + lower[1]) - chart.cheek[1]
    if red > _RED_LIPS:
        less = _SURE_LESS_RED if sure else _LESS_RED
        tooth &= chart.lab[..., 1] < chart.cheek[1] + (1 - less) * red
    rows = np.arange(len(light))[:, None]
    height = chart.bottom - chart.top
    # The outer parts of the lips are half skin, which is light, too.
    return np.asarray(tooth & (rows > chart.top + 0.15 * height) & (rows < chart.bottom - 0.2 * height))


def _runs(chart: _Chart, found: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return for each column where the longest run near the lip line begins and ends, float64 (columns, 2)."""
    runs = np.repeat(chart.middle[:, None], 2, 1)
    near = _NEAR / _ROW_STEP
    for column in range(_COLUMNS):
        edges = np.flatnonzero(np.diff(np.concatenate([[False], found[:, column], [False]]).astype(int)))
        for first, last in zip(edges[::2], edges[1::2], strict=True):
            reaches = first < chart.inner_bottom[column] + near and last > chart.inner_top[column] - near
            if reaches and last - first > np.ptp(runs[column]):
                runs[column] = first, last
    return runs


def _is_all_lip(chart: _Chart) -> bool:
    """Tell whether nothing but dark lips is there: they look like a hole to landmarks."""
    height = chart.bottom - chart.top
    share = np.linspace(*_MIDDLE_ROWS, 15)[:, None]
    rows = np.clip(chart.top + share * height, 0, len(chart.lab) - 1).astype(int)
    light = np.median(chart.lab[rows, np.arange(_COLUMNS), 0][:, _COLUMNS // 4 : -_COLUMNS // 4], 1)
    return bool(np.median(light) < _DARK_LIPS * chart.cheek[0] and np.ptp(light) < _EVEN_LIPS)
