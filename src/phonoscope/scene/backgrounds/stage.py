"""What a background is made for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from phonoscope.core.frames import Picture
from phonoscope.media.pictures import load_picture
from phonoscope.scene.document.assets import Assets
from phonoscope.scene.layout import Canvas


@dataclass(frozen=True, slots=True, eq=False)
class BackgroundStage:
    """What a background is made for.

    Attributes
    ----------
    size_px
        (width, height) of the canvas, even.
    fps
        Frames a second of the video.
    duration_s
        Length of the scene.
    assets
        Finds the files that the document names.
    photo
        The picture of the scene's first avatar, laid out in its box, which need not have the canvas's size.
    cut_out
        The people of the same picture with their alpha, where they stand before the background.
    load
        Opens pictures.
    """

    size_px: tuple[int, int]
    fps: Fraction
    duration_s: float
    assets: Assets
    photo: Canvas | None = None
    cut_out: Picture | None = None
    load: Callable[[Path], Picture] = load_picture
