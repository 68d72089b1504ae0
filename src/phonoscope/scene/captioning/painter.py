"""Captions over frames that stream by: what will be said later is not known yet."""

from __future__ import annotations

from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING

import numpy as np

from phonoscope.core.frames import Box, VideoFrame
from phonoscope.scene.captioning.drawing import PageArtist
from phonoscope.scene.captioning.looks import caption_look
from phonoscope.scene.captioning.pages import Page, cue_pages
from phonoscope.scene.document.captions import Captions
from phonoscope.scene.drawing.compositor import Compositor
from phonoscope.scene.drawing.layer import Patch
from phonoscope.scene.text import find_family, missing_letters

if TYPE_CHECKING:
    from phonoscope.media.subtitles import Cue

KEPT = 2
"""Pages, and cues, that are kept: the one that is shown, and the one before."""


class CaptionPainter:
    """Paints the cue of the moment over frames, low in the middle: white words with a dark outline.

    Parameters
    ----------
    size_px
        (width, height) of the frames.
    font
        A family that ships, a font file's path, or empty for the usual one.
    language
        Of what is said; empty when unknown.

    Raises
    ------
    UsageError
        There is no such font, or the file cannot be used.
    """

    def __init__(self, size_px: tuple[int, int], font: str = "", language: str = "") -> None:
        told = Captions()
        self._size_px = size_px
        self._family = find_family(font)
        self._artist = PageArtist(told, caption_look(told, size_px, self._family, language), size_px)
        self._pages = lru_cache(maxsize=KEPT)(lambda cue: tuple(cue_pages(cue, self._artist.fits)))
        self._plate = lru_cache(maxsize=KEPT)(self._draw)
        width, height = size_px
        self._luma, self._alpha = np.empty((2, height, width), np.uint8)
        self._chroma = np.empty((height // 2, width // 2, 2), np.uint8)

    def missing_letters(self, text: str) -> str:
        """Return the letters of `text` that no font has, each once, in order."""
        return missing_letters(text, self._family)

    def paint(self, frame: VideoFrame, cue: Cue, time_s: float) -> VideoFrame:
        """Return the frame with the words on it that are shown at a time, in a frame that the next call overwrites."""
        page = next((page for page in reversed(self._pages(cue)) if page.start_s <= time_s), None)
        plate = None if page is None else self._plate(page, frame.alpha is not None)
        if plate is None:
            return frame
        # The avatar redraws only what moves, so its own frame must stay as it drew it.
        painted = VideoFrame(self._luma, self._chroma, None if frame.alpha is None else self._alpha)
        _copy(frame, painted)
        _copy(plate.over(_rows(frame, plate.rows)), _rows(painted, plate.rows))
        return painted

    def _draw(self, page: Page, transparent: bool) -> _Plate | None:
        drawn = self._artist.draw(page)
        return None if drawn is None else _Plate(Patch(*drawn, page), self._size_px, transparent)


class _Plate:
    """A drawn page, and the rows of the frame that it lies on: nothing else is composed anew for every frame."""

    def __init__(self, words: Patch, size_px: tuple[int, int], transparent: bool) -> None:
        width, height = size_px
        box = words.box
        self.rows = slice(max(0, box.y0), min(height, box.y1))
        strip = Box(0, 0, width, self.rows.stop - self.rows.start)
        self._strip, self._calls = strip, count()
        lifted = Box(box.x0, box.y0 - self.rows.start, box.x1, box.y1 - self.rows.start)
        self._words = Patch(lifted, words.frame, words.key)
        self._compositor = Compositor((strip.width, strip.height), transparent)

    def over(self, behind: VideoFrame) -> VideoFrame:
        """Return the rows of a frame with the words over them."""
        return self._compositor.compose([Patch(self._strip, behind, next(self._calls)), self._words]).frame


def _rows(frame: VideoFrame, rows: slice) -> VideoFrame:
    """Return some rows of a frame, an even number from an even one on, without copying them."""
    alpha = None if frame.alpha is None else frame.alpha[rows]
    return VideoFrame(frame.luma[rows], frame.chroma[rows.start // 2 : rows.stop // 2], alpha)


def _copy(frame: VideoFrame, out: VideoFrame) -> None:
    """Copy a frame into another of the same size."""
    np.copyto(out.luma, frame.luma)
    np.copyto(out.chroma, frame.chroma)
    if frame.alpha is not None and out.alpha is not None:
        np.copyto(out.alpha, frame.alpha)
