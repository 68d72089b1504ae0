"""What an animal shows between its lips: a tongue, a few pointed teeth, and dark lips around them.

Human teeth in a dog's mouth look borrowed, and nobody knows the shape of a snout from one photo: small incisors that
hardly show, and an eye tooth at each side of both rows, do for whatever has fur.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.curves import smoothstep
from phonoscope.avatars.photo.mouth.interior import Interior
from phonoscope.avatars.photo.mouth.plane import MouthGrid, develop, mouth_grid
from phonoscope.avatars.photo.photometry import Photometry, picture_chroma, with_chroma

_FLESH = np.array([0.92, 0.55, 0.55])
"""Colour of a moist tongue and gum against the light on the head."""
_DEPTH = np.array([0.20, 0.085, 0.085])
"""Colour of the depth of the mouth."""
_ENAMEL = np.array([1.06, 1.02, 0.90])
_LIGHT, _LIGHT_SHARE, _LEAST_LIGHT = 78.0, 0.5, 88.0
"""Light on an animal: so much, and that share of its fur's brightness. Black fur is black by its colour, not by its
light."""
_DARK_LIP = 0.42
"""Brightness of the lips' inside against the skin beneath the mouth: animals' lips are dark."""

_SOFT = 0.006
"""Width of furry lips' edges, in face heights."""

_CANINE_MM, _CANINE_HALF_MM, _CANINE_LENGTH_MM = 14.0, 1.5, 3.0
"""Place beside the middle, half width, and length below the lip line of an upper eye tooth; a mouth is 48 mm wide.
Longer ones show as white dots between lips that hardly part."""
_INCISOR_MM, _INCISOR_LENGTH_MM, _INCISOR_ROW_MM = 3.0, 0.9, 9.0
"""Width, length below the lip line, and extent beside the middle of the incisors."""
_LOWER_SHARE = 0.62
"""Size of the lower teeth against the upper ones; their canines stand in front of the upper ones."""


def animal_photometry(photometry: Photometry, rgb: NDArray[np.uint8]) -> Photometry:
    """Return the looks of an animal's mouth: fur tells nothing of the colour of tongue and teeth."""
    light = max(_LIGHT + _LIGHT_SHARE * float(photometry.skin.mean()), _LEAST_LIGHT)
    chroma = max(picture_chroma(rgb), photometry.chroma)
    return replace(
        photometry,
        lip=with_chroma(light * _FLESH, chroma),
        tooth=np.minimum(with_chroma(light * _ENAMEL, chroma), 245.0),
        cavity=with_chroma(light * _DEPTH, chroma),
        chroma=chroma,
    )


def animal_interior(interior: Interior, photometry: Photometry, below: NDArray[np.float64]) -> Interior:
    """Return a mouth's inside with an animal's teeth and dark lips.

    Parameters
    ----------
    photometry
        Of `animal_photometry`.
    below
        Colour of the lower lip in the picture, shape (3,), 0 to 255.
    """
    grid = mouth_grid(interior.pixels_per_face_height, interior.millimetre)
    looks = replace(photometry, blur_px=photometry.blur_px * interior.pixels_per_face_height / interior.height_px)
    dark = np.minimum(below, photometry.skin) * _DARK_LIP
    return replace(
        interior,
        upper_teeth=_teeth(grid, looks, upper=True),
        lower_teeth=_teeth(grid, looks, upper=False),
        mucosa=dark.astype(np.float32),
        gloss=0.6 * interior.gloss,
        softness_px=max(interior.softness_px, _SOFT * interior.height_px),
    )


def _teeth(grid: MouthGrid, photometry: Photometry, upper: bool) -> NDArray[np.float32]:
    """Return a row of teeth, float32 RGBA, premultiplied."""
    size = 1.0 if upper else _LOWER_SHARE
    # The lower teeth stand up from where the lower lip hides them.
    y = grid.y if upper else 3.2 - grid.y
    from_canine = (np.abs(grid.x) - _CANINE_MM * (1.0 if upper else 0.84)) / size
    length = np.clip(y / (_CANINE_LENGTH_MM * size), 0, 1)
    half = _CANINE_HALF_MM * (1 - length**1.6)
    canine = smoothstep(-0.25, 0.25, half - np.abs(from_canine)) * (y < _CANINE_LENGTH_MM * size)
    tooth_x = (grid.x / _INCISOR_MM) % 1.0 - 0.5
    incisor_length = _INCISOR_LENGTH_MM * size * (1 - 1.2 * np.abs(tooth_x) ** 3)
    row = smoothstep(-0.2, 0.2, incisor_length - y) * (np.abs(grid.x) < _INCISOR_ROW_MM * size)
    alpha = np.maximum(canine, row)
    round_canine = 1 - 0.35 * np.clip(np.abs(from_canine / np.maximum(half, 0.3)), 0, 1) ** 2
    shade = np.where(canine > row, round_canine, 0.82 - 0.25 * np.abs(2 * tooth_x) ** 4)
    shade = shade * (0.86 + 0.14 * np.clip(length * 2, 0, 1))
    colour = photometry.tooth * (shade if upper else 0.85 * shade)[..., None]
    return develop(colour, np.asarray(alpha, np.float64), grid, photometry, seed=6 if upper else 7)
