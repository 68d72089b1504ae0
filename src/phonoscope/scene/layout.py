"""The canvas: how large the video is, and where in it the photo lies."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.core.errors import UsageError
from phonoscope.core.frames import Box, Picture
from phonoscope.media.pictures import scale_picture
from phonoscope.scene.named_sizes import NAMED_SIZES

Fit = Literal["crop", "pad", "blur"]
FITS: tuple[Fit, ...] = ("crop", "pad", "blur")

SMALLEST_SIDE_PX, LARGEST_SIDE_PX = 64, 4096
"""Below, a face cannot speak; above, common H.264 decoders (level 5.2) refuse."""

SMALL_PHOTO_PX = 480
"""A photo whose shorter side is below this is enlarged: drawn teeth need more pixels than the photo has."""

WHOLE_PHOTO_PX = 1920 * 1080
"""Most pixels of a canvas that the user did not ask for by --size: one 1080p frame's worth encodes in real time."""

PAD_COLOUR = (0, 0, 0)
FLAT_COLOUR = (255, 255, 255)
"""What shows through the transparent parts of a photo."""


@dataclass(frozen=True, slots=True, eq=False)
class Canvas:
    """A photo laid out at the size of the video.

    Attributes
    ----------
    picture
        Even width and height; transparent where the photo is, and then beside it too.
    photo_box
        The part of the canvas that the photo covers.
    scale, offset_px
        A point (x, y) of the photo lies at ``(x + .5) * scale + offset - .5`` of the canvas; each is (x, y).
    """

    picture: Picture
    photo_box: Box
    scale: tuple[float, float]
    offset_px: tuple[float, float]

    def place(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Move points of the photo to the canvas; shape (n, 2) or (n, 3) in pixels, depth scaled like x."""
        scale = np.array([*self.scale, self.scale[0]])[: points.shape[-1]]
        shift = np.array([self.offset_px[0] - 0.5, self.offset_px[1] - 0.5, 0.0])[: points.shape[-1]]
        half = np.array([0.5, 0.5, 0.0])[: points.shape[-1]]
        return np.asarray((points + half) * scale + shift, np.float64)


def parse_size(text: str) -> tuple[int, int]:
    """Read ``720p``, ``1080p`` or ``WIDTHxHEIGHT`` as (width, height), made even.

    Raises
    ------
    UsageError
        When the text is neither, or the size is out of range.
    """
    if text.lower() in NAMED_SIZES:
        return NAMED_SIZES[text.lower()]
    match = re.fullmatch(r"(\d{1,5})\s*[x×]\s*(\d{1,5})", text.strip(), re.IGNORECASE)
    if not match:
        raise UsageError(
            f"'{text}' is not a size.", f"Use {', '.join(NAMED_SIZES)} or WIDTHxHEIGHT, as in --size 720x1280."
        )
    width, height = int(match[1]), int(match[2])
    if not all(SMALLEST_SIDE_PX <= side <= LARGEST_SIDE_PX for side in (width, height)):
        raise UsageError(
            f"A video of {width}x{height} is out of range.",
            f"Each side may be {SMALLEST_SIDE_PX} to {LARGEST_SIDE_PX} pixels.",
        )
    return _even(width), _even(height)


def whole_photo_size(photo_px: tuple[int, int], largest_px: int = WHOLE_PHOTO_PX) -> tuple[int, int]:
    """Return the canvas size for a whole photo: its own, unless that is very small or more than `largest_px` in all."""
    width, height = photo_px
    scale = max(1.0, SMALL_PHOTO_PX / min(width, height))
    scale = min(scale, math.sqrt(largest_px / (width * height)), LARGEST_SIDE_PX / max(width, height))
    return _even(round(width * scale)), _even(round(height * scale))


def flatten(picture: Picture) -> Picture:
    """Put a picture with transparent parts on plain white; return an opaque one as it is."""
    if picture.alpha is None:
        return picture
    alpha = picture.alpha[..., None].astype(np.uint16)
    rgb = (picture.rgb * alpha + np.array(FLAT_COLOUR, np.uint16) * (255 - alpha) + 127) // 255
    return Picture(rgb.astype(np.uint8))


def cover(picture_px: tuple[int, int], size_px: tuple[int, int]) -> tuple[int, int, int, int]:
    """Return how a picture covers a canvas: width and height that it is scaled to, what is cut left, and above."""
    scale = max(size_px[0] / picture_px[0], size_px[1] / picture_px[1])
    width, height = (max(side, round(own * scale)) for side, own in zip(size_px, picture_px, strict=True))
    return width, height, (width - size_px[0]) // 2, (height - size_px[1]) // 2


def lay_out(photo: Picture, size_px: tuple[int, int], fit: Fit, keep: Box) -> Canvas:
    """Lay a photo out on a canvas.

    Parameters
    ----------
    photo
        Opaque (`flatten`), or with its alpha where something else shall be seen behind it.
    size_px
        (width, height) of the canvas, even.
    fit
        What happens where the shapes differ: ``crop`` cuts the photo, ``pad`` leaves black bars, ``blur`` fills them
        with a blurred copy of the photo.
    keep
        The face, in pixels of the photo: a crop is placed around it.
    """
    photo_width, photo_height = photo.size_px
    width, height = size_px
    across, down = width / photo_width, height / photo_height
    if abs(across / down - 1) * min(size_px) < 2:  # the same shape to within a pixel or two: no bars, no cut
        return Canvas(scale_picture(photo, size_px), Box(0, 0, width, height), (across, down), (0.0, 0.0))
    if fit == "crop":
        return _crop(photo, size_px, max(across, down), keep)
    scale = min(across, down)
    inner = (min(width, _even(round(photo_width * scale))), min(height, _even(round(photo_height * scale))))
    x0, y0 = (width - inner[0]) // 4 * 2, (height - inner[1]) // 4 * 2
    box = Box(x0, y0, x0 + inner[0], y0 + inner[1])
    rgb = _blurred(photo, size_px) if fit == "blur" else np.full((height, width, 3), PAD_COLOUR, np.uint8)
    scaled = scale_picture(photo, inner)
    rgb[box.slices] = scaled.rgb
    alpha = None
    if scaled.alpha is not None:
        alpha = np.zeros((height, width), np.uint8)
        alpha[box.slices] = scaled.alpha
    return Canvas(Picture(rgb, alpha), box, (inner[0] / photo_width, inner[1] / photo_height), (float(x0), float(y0)))


def _crop(photo: Picture, size_px: tuple[int, int], scale: float, keep: Box) -> Canvas:
    """Scale the photo to cover the canvas, and cut so that the face is centred across and a third from the top."""
    width, height = size_px
    covered = (
        max(width, round(photo.size_px[0] * scale)),
        max(height, round(photo.size_px[1] * scale)),
    )
    scales = covered[0] / photo.size_px[0], covered[1] / photo.size_px[1]
    centre_x = (keep.x0 + keep.x1) / 2 * scales[0]
    centre_y = (keep.y0 + keep.y1) / 2 * scales[1]
    x0 = round(min(max(centre_x - width / 2, 0), covered[0] - width))
    y0 = round(min(max(centre_y - height * 0.42, 0), covered[1] - height))
    scaled = scale_picture(photo, covered)
    part = slice(y0, y0 + height), slice(x0, x0 + width)
    alpha = None if scaled.alpha is None else np.ascontiguousarray(scaled.alpha[part])
    return Canvas(
        Picture(np.ascontiguousarray(scaled.rgb[part]), alpha),
        Box(0, 0, width, height),
        scales,
        (float(-x0), float(-y0)),
    )


def _blurred(photo: Picture, size_px: tuple[int, int]) -> NDArray[np.uint8]:
    """Return a darkened, strongly blurred copy of the photo that covers the canvas; made small, then enlarged."""
    width, height = size_px
    small_width, small_height = max(2, width // 8), max(2, height // 8)
    scale = max(small_width / photo.size_px[0], small_height / photo.size_px[1])
    covered = (
        max(small_width, math.ceil(photo.size_px[0] * scale)),
        max(small_height, math.ceil(photo.size_px[1] * scale)),
    )
    small = cv2.resize(photo.rgb, covered, interpolation=cv2.INTER_AREA)
    x0, y0 = (covered[0] - small_width) // 2, (covered[1] - small_height) // 2
    small = small[y0 : y0 + small_height, x0 : x0 + small_width]
    small = cv2.GaussianBlur(small, (0, 0), 0.035 * max(small_width, small_height))
    large = cv2.resize(small, size_px, interpolation=cv2.INTER_CUBIC)
    return np.asarray(cv2.convertScaleAbs(large, alpha=0.7), np.uint8)


def _even(length_px: int) -> int:
    return max(2, length_px - length_px % 2)
