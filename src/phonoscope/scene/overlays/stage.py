"""What overlays are made for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Final

from phonoscope.core.frames import Picture
from phonoscope.media.pictures import load_picture
from phonoscope.scene.document.assets import Assets

_FONT_FILES: Final = (".ttf", ".otf")


@dataclass(frozen=True, slots=True)
class VideoSpan:
    """Where the clock of an overlay lies in the video.

    Attributes
    ----------
    start_s
        Time of the video at which the clock shows 0.
    length_s
        Length of the whole video.
    """

    start_s: float
    length_s: float


@dataclass(frozen=True, slots=True, eq=False)
class OverlayStage:
    """What an overlay is made for.

    Attributes
    ----------
    size_px
        (width, height) of the canvas, even.
    fps
        Frames a second.
    assets
        Finds the files that the document names.
    video
        Where the overlay's clock lies in the video.
    scene_length_s
        Length of the scene; of the video for overlays of the whole document.
    language
        Of the document, such as ``en`` or ``zh-Hans``; empty when unknown.
    load
        Opens pictures that do not move.
    """

    size_px: tuple[int, int]
    fps: Fraction
    assets: Assets
    video: VideoSpan
    scene_length_s: float
    language: str = ""
    load: Callable[[Path], Picture] = load_picture

    @property
    def short_px(self) -> int:
        """Shorter side of the canvas: what sizes of text are shares of."""
        return min(self.size_px)

    def family(self, font: str) -> str:
        """Return a font of the document as scene.text wants it: a family's name, or where its file lies."""
        return str(self.assets.path(font)) if font.lower().endswith(_FONT_FILES) else font

    def time_s(self, number: int) -> float:
        """Return the time of a frame on the overlay's clock."""
        return float(number / self.fps)
