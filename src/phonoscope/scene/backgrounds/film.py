"""A video behind everything else."""

from __future__ import annotations

from fractions import Fraction

import cv2
import numpy as np

from phonoscope.core.frames import Box, VideoFrame
from phonoscope.media.clip import Clip, ClipPart
from phonoscope.media.covering import PlaneCover
from phonoscope.scene.backgrounds.stage import BackgroundStage
from phonoscope.scene.document.backgrounds import VideoBackground
from phonoscope.scene.drawing.layer import Patch


class FilmLayer:
    """A layer that shows a video, which it holds open from the first frame until it is closed.

    Raises
    ------
    MediaError
        The file cannot be used.
    """

    def __init__(self, background: VideoBackground, stage: BackgroundStage) -> None:
        end_s = None if background.end_s is None else _exactly(background.end_s)
        part = ClipPart(_exactly(background.start_s), end_s, background.loop)
        self._clip = Clip(stage.assets.path(background.video), stage.size_px, stage.fps, part, PlaneCover())
        self._box = Box(0, 0, *stage.size_px)
        self._darken = background.darken
        self._shown: Patch | None = None

    def patch(self, number: int) -> Patch:
        """See `Layer`."""
        frame = self._clip.frame(number)
        key = self._clip.shown_s
        if self._shown is None or self._shown.key != key:
            self._shown = Patch(self._box, darkened(frame, self._darken), key)
        return self._shown

    def close(self) -> None:
        """Let go of the file."""
        self._clip.close()
        self._shown = None


def darkened(frame: VideoFrame, darken: float) -> VideoFrame:
    """Return a frame whose light is less by `darken`, 0 to 1, as encoded."""
    if darken <= 0:
        return frame
    levels = np.arange(256)
    luma, chroma = (
        np.clip(np.rint(zero + (levels - zero) * (1 - darken)), 0, 255).astype(np.uint8) for zero in (16, 128)
    )
    return VideoFrame(
        np.asarray(cv2.LUT(frame.luma, luma), np.uint8), np.asarray(cv2.LUT(frame.chroma, chroma), np.uint8)
    )


def _exactly(seconds: float) -> Fraction:
    """Return a number of seconds as it was written, without what binary fractions add."""
    return Fraction(seconds).limit_denominator(1_000_000)
