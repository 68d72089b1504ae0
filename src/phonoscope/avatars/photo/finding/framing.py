"""Head and shoulders: where to cut a picture around a face, and how far to turn it, without going past its edges."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.finding.face_frame import head_angles_deg, measure_face_frame
from phonoscope.avatars.photo.finding.faces import Face
from phonoscope.avatars.photo.finding.landmarks import EYES, OUTER_LOWER_LIP
from phonoscope.core.errors import UsageError
from phonoscope.core.frames import Box, Picture

HEIGHT_FACES = 2.7
"""Height of the frame in face heights: with the eyes on the upper third, .9 lie above them (hair reaches .75 above),
and 1.2 below the chin show the shoulders."""

EYE_LINE = 1 / 3
"""Where the eyes lie, from the top: the upper third, as portraits are composed."""

LEAST_WIDTH_FACES = 1.6
"""Least width of the frame in face heights: narrower ones would cut off ears and hair."""

SMALLEST_SHARE = 0.5
"""A face near the picture's edge gets a smaller frame, down to this share: there the face itself fills it."""

SHIFT_COST, SHRINK_COST, TURN_COST = 1.0, 1.5, 1.2
"""What it costs to move the face from its place (a face height), to show less around it (all of it), and to leave it
tilted (all of its tilt); the frame of the least cost is taken."""

LEVEL_ROLL_DEG = 1.5
"""A face tilted by less is level: turning it would only soften the picture."""

ASPECTS = (0.25, 4.0)
"""Range of width over height."""

LARGEST_SIDE_PX = 8192


@dataclass(frozen=True, slots=True)
class FrameOptions:
    """How a picture is framed.

    Attributes
    ----------
    aspect
        Width over height.
    size_px
        (width, height) of the result, which then sets the aspect; None keeps the picture's own resolution.
    straighten
        Whether the picture is turned until the face is upright.
    """

    aspect: float = 1.0
    size_px: tuple[int, int] | None = None
    straighten: bool = True

    def __post_init__(self) -> None:
        if self.size_px is not None:
            object.__setattr__(self, "aspect", self.size_px[0] / max(self.size_px[1], 1))
            if min(self.size_px) < 16 or max(self.size_px) > LARGEST_SIDE_PX:
                raise UsageError(
                    f"A picture of {self.size_px[0]}x{self.size_px[1]} is out of range.",
                    f"Each side may be 16 to {LARGEST_SIDE_PX} pixels.",
                )
        if not (math.isfinite(self.aspect) and ASPECTS[0] <= self.aspect <= ASPECTS[1]):
            raise UsageError(
                f"A picture {self.aspect:g} times as wide as it is high is out of range.", "Use 1:4 to 4:1, as in 16:9."
            )


@dataclass(frozen=True, slots=True, eq=False)
class Framing:
    """Where a picture is cut.

    Attributes
    ----------
    matrix
        float64, shape (2, 3): from pixels of the picture to pixels of the result.
    size_px
        (width, height) of the result, even.
    turned_deg
        How far the picture is turned anticlockwise.
    remaining_roll_deg
        How far the face stays tilted: where the picture ends, it cannot be turned.
    """

    matrix: NDArray[np.float64]
    size_px: tuple[int, int]
    turned_deg: float
    remaining_roll_deg: float

    @property
    def scale(self) -> float:
        """How many times larger the result shows things."""
        return float(np.hypot(*self.matrix[0, :2]))

    def place(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Move points of the picture to the result; shape (n, 2), or (n, 3) with a depth that is scaled."""
        moved = points[:, :2] @ self.matrix[:, :2].T + self.matrix[:, 2]
        return moved if points.shape[1] == 2 else np.column_stack([moved, points[:, 2] * self.scale])

    def place_face(self, face: Face) -> Face:
        """Return a face of the picture where it lies in the result."""
        landmarks = self.place(face.landmarks_px)
        frame = measure_face_frame(landmarks)
        yaw, pitch, roll = head_angles_deg(frame)
        limit = np.array(self.size_px)
        low = np.clip(np.floor(landmarks[:, :2].min(0)).astype(int), 0, limit - 1)
        high = np.clip(np.ceil(landmarks[:, :2].max(0)).astype(int), low + 1, limit)
        return replace(
            face,
            box=Box(int(low[0]), int(low[1]), int(high[0]), int(high[1])),
            landmarks_px=landmarks,
            size_px=frame.height_px,
            yaw_deg=yaw,
            pitch_deg=pitch,
            roll_deg=roll,
        )


def frame_faces(size_px: tuple[int, int], faces: Sequence[Face], options: FrameOptions | None = None) -> Framing:
    """Find the head-and-shoulders frame of a face, or the frame around several.

    It is centred, the eyes on the upper third, upright, and all inside the picture; where the picture ends too early,
    the frame is smaller, the face off its place, or less straightened, whichever is the least.

    Parameters
    ----------
    size_px
        (width, height) of the picture.
    faces
        Of the picture; several are not straightened.

    Raises
    ------
    UsageError
        If no frame of the wanted aspect holds all the faces.
    """
    options = options or FrameOptions()
    wanted = _Wanted.around(faces, options)
    rolls = np.linspace(1, 0, 7) * wanted.roll_deg if abs(wanted.roll_deg) >= LEVEL_ROLL_DEG else np.zeros(1)
    best: tuple[float, float, float, NDArray[np.float64]] | None = None
    for turned_deg in rolls:
        left = abs(wanted.roll_deg - turned_deg) / max(abs(wanted.roll_deg), 1e-6)
        # The last is the largest frame that fits at all, if even the smallest of these does not.
        for share in (*np.linspace(1, SMALLEST_SHARE, 21), _largest_share(wanted, size_px) if left >= 1 else 0):
            centre, shift = wanted.fitted(size_px, float(turned_deg), float(share))
            if centre is None:
                continue
            cost = SHIFT_COST * shift + SHRINK_COST * (1 - share) + TURN_COST * min(left, 1) * (len(rolls) > 1)
            if best is None or cost < best[0]:
                best = cost, float(turned_deg), float(share), centre
    if best is None:
        # A sliver of a picture: all of it that has the wanted shape.
        best = 0.0, 0.0, _largest_share(wanted, size_px), 0.5 * np.array(size_px, np.float64)
    _, turned_deg, share, centre = best
    framing = _framing(wanted, options, centre, turned_deg, share)
    if not all(_shows(framing, face) for face in faces):
        what = "The face does" if len(faces) == 1 else f"The {len(faces)} faces do"
        raise UsageError(
            f"{what} not fit into a part of the photo that is {options.aspect:.2g} times as wide as high.",
            "Choose another aspect, or keep the whole photo.",
        )
    return framing


def cut_picture(picture: Picture, framing: Framing) -> Picture:
    """Cut a picture to its frame, turned and scaled; where only a cut is asked for, pixels stay as they are."""
    rgb = _warped(picture.rgb, framing)
    return Picture(rgb, None if picture.alpha is None else _warped(picture.alpha, framing))


@dataclass(frozen=True, slots=True, eq=False)
class _Wanted:
    """The frame as it would be in an endless picture, in the faces' own upright axes.

    `anchor` is the eyes' place in the picture, `up` how far the frame's top lies above it, `unit` a face height.
    """

    anchor: NDArray[np.float64]
    width: float
    height: float
    up: float
    unit: float
    roll_deg: float

    @classmethod
    def around(cls, faces: Sequence[Face], options: FrameOptions) -> _Wanted:
        unit = max(face.size_px for face in faces)
        roll = faces[0].roll_deg if options.straighten and len(faces) == 1 else 0.0
        eyes = np.array([_eyes(face) for face in faces])
        span = np.ptp(eyes, 0) if len(faces) > 1 else np.zeros(2)
        height = max(HEIGHT_FACES * unit + span[1], (LEAST_WIDTH_FACES * unit + span[0]) / options.aspect)
        anchor = 0.5 * (eyes.min(0) + eyes.max(0))
        up = EYE_LINE * height if len(faces) == 1 else max(0.5 * span[1] + 0.9 * unit, EYE_LINE * height)
        return cls(anchor, height * options.aspect, height, up, unit, roll)

    def fitted(
        self, size_px: tuple[int, int], turned_deg: float, share: float
    ) -> tuple[NDArray[np.float64] | None, float]:
        """Return the centre of the frame moved into the picture, None where it cannot be, and by how many faces."""
        angle = math.radians(turned_deg)
        cos, sin = abs(math.cos(angle)), abs(math.sin(angle))
        width, height = share * self.width, share * self.height
        reach = 0.5 * np.array([width * cos + height * sin, width * sin + height * cos])
        limit = np.array(size_px, np.float64)
        if share <= 0 or (2 * reach > limit + 1e-6).any():
            return None, 0.0
        down = np.array([-math.sin(angle), math.cos(angle)])
        wanted = self.anchor + down * share * (0.5 * self.height - self.up)
        centre = np.clip(wanted, reach, limit - reach)
        return centre, float(np.hypot(*(centre - wanted))) / self.unit


def _shows(framing: Framing, face: Face) -> bool:
    """Tell whether eyes and mouth are in the frame."""
    points = framing.place(face.landmarks_px[[33, 263, *OUTER_LOWER_LIP], :2])
    return bool(((points >= 0) & (points < framing.size_px)).all())


def _eyes(face: Face) -> NDArray[np.float64]:
    return np.asarray(face.landmarks_px[[i for eye in EYES for i in eye.upper_lid + eye.lower_lid], :2].mean(0))


def _largest_share(wanted: _Wanted, size_px: tuple[int, int]) -> float:
    return min(size_px[0] / wanted.width, size_px[1] / wanted.height, 1.0)


def _framing(
    wanted: _Wanted, options: FrameOptions, centre: NDArray[np.float64], turned_deg: float, share: float
) -> Framing:
    width, height = share * wanted.width, share * wanted.height
    size = options.size_px or (int(width), int(height))
    size = max(2, size[0] - size[0] % 2), max(2, size[1] - size[1] % 2)
    scale = 1.0 if options.size_px is None else size[0] / width
    angle = math.radians(turned_deg)
    turn = scale * np.array([[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]])
    # Pixel centres lie at whole numbers: the middle of n pixels is (n - 1) / 2.
    shift = (np.array(size) - 1) / 2 - turn @ (centre - 0.5)
    if scale == 1.0 and turned_deg == 0.0:
        shift = np.round(shift)
    return Framing(np.column_stack([turn, shift]), size, turned_deg, wanted.roll_deg - turned_deg)


def _warped(pixels: NDArray[np.uint8], framing: Framing) -> NDArray[np.uint8]:
    matrix, (width, height) = framing.matrix, framing.size_px
    if np.array_equal(matrix[:, :2], np.eye(2)):
        x, y = (-matrix[:, 2]).astype(int)
        if x >= 0 and y >= 0 and x + width <= pixels.shape[1] and y + height <= pixels.shape[0]:
            return np.ascontiguousarray(pixels[y : y + height, x : x + width])
    shrink = 1 / framing.scale
    if shrink > 1.05:
        # As large as the result, area-averaged, before it is turned.
        size = tuple(max(1, round(side / shrink)) for side in pixels.shape[1::-1])
        scales = np.array([size[0] / pixels.shape[1], size[1] / pixels.shape[0]])
        pixels = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
        turn = matrix[:, :2] / scales
        matrix = np.column_stack([turn, matrix[:, 2] - turn @ (0.5 * (scales - 1))])
    warped = cv2.warpAffine(pixels, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(warped, np.uint8)
