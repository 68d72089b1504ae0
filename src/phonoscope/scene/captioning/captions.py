"""Captions as a layer: a page of words at a time, drawn once, and again when another word lights up."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from phonoscope.core.speech import Word
from phonoscope.scene.captioning.drawing import Covered, PageArtist
from phonoscope.scene.captioning.looks import caption_look
from phonoscope.scene.captioning.pages import Page, pages, single_words
from phonoscope.scene.document.assets import Assets
from phonoscope.scene.document.captions import Captions
from phonoscope.scene.drawing.layer import Patch
from phonoscope.scene.text import find_family
from phonoscope.scene.text.catalogue import is_path

if TYPE_CHECKING:
    from phonoscope.core.frames import Box, VideoFrame

KEPT_PAGES = 6
"""Drawn pages that are kept: words light up one after the other, and frames are asked for in order."""

POP_S = 0.1
"""How long a single word takes to pop in: long enough to be felt, too short to be watched."""

POP_FROM, POP_OVER = 0.82, 1.05
"""How large it is at first, and at most."""


@dataclass(frozen=True, slots=True, eq=False)
class CaptionStage:
    """What captions are made for.

    Attributes
    ----------
    size_px
        (width, height) of the canvas.
    fps
        Frames a second.
    assets
        Finds font files.
    language
        Of what is said; empty when unknown.
    covered
        What captions make way for, such as lower thirds.
    """

    size_px: tuple[int, int]
    fps: Fraction
    assets: Assets
    language: str = ""
    covered: tuple[Covered, ...] = ()


def caption_layer(told: Captions, words: Sequence[tuple[Word, str]], stage: CaptionStage) -> CaptionLayer:
    """Return the layer that shows what is said.

    Parameters
    ----------
    words
        In order, timed from the scene's start, each with who says it (empty for the only speaker).

    Raises
    ------
    UsageError
        There is no such font.
    """
    return CaptionLayer(told, words, stage)


class CaptionLayer:
    """Captions; see `caption_layer`."""

    def __init__(self, told: Captions, words: Sequence[tuple[Word, str]], stage: CaptionStage) -> None:
        self._told = told
        self._stage = stage
        family = str(stage.assets.path(told.font)) if is_path(told.font) else told.font
        look = caption_look(told, stage.size_px, find_family(family), stage.language)
        self._artist = PageArtist(told, look, stage.size_px, stage.covered)
        said = [(self._shown(word), speaker) for word, speaker in words if word.text.strip()]
        group = single_words if told.style == "word" else pages
        self._pages = group(said, self._artist.fits)
        self._starts = [page.start_s for page in self._pages]
        self._drawn = lru_cache(maxsize=KEPT_PAGES)(self._draw)

    @property
    def pages(self) -> Sequence[Page]:
        """What is shown when."""
        return self._pages

    def top_px(self, place: Covered, room_px: float = 0.0) -> float | None:
        """Return the highest point of the pages that touch a place while it is taken; None where none does.

        Parameters
        ----------
        room_px
            What is nearer touches it.
        """
        meanwhile = (page for page in self._pages if page.start_s < place.end_s and page.end_s > place.start_s)
        boxes = (self._artist.box_px(page) for page in meanwhile)
        return min(
            (
                top
                for left, top, right, bottom in boxes
                if left < place.right_px + room_px and right > place.left_px - room_px
                if top < place.bottom_px + room_px and bottom > place.top_px - room_px
            ),
            default=None,
        )

    def standing(self, number: int) -> tuple[Page, tuple[float, float, float, float]] | None:
        """Return the page that is shown in a frame, and its left, top, right and bottom; None where none is."""
        index = self._shown_at(float(number / self._stage.fps))
        return None if index is None else (self._pages[index], self._artist.box_px(self._pages[index]))

    def patch(self, number: int) -> Patch | None:
        """See `Layer`."""
        time_s = float(number / self._stage.fps)
        index = self._shown_at(time_s)
        if index is None:
            return None
        page = self._pages[index]
        lit = page.said_at(time_s) if self._told.style == "karaoke" else None
        scale = pop_scale(time_s - page.start_s) if self._told.style == "word" else 1.0
        drawn = self._drawn(index, lit, scale)
        if drawn is None:
            return None
        box, frame = drawn
        key: Hashable = (index, lit, scale)
        return Patch(box, frame, key)

    def _shown_at(self, time_s: float) -> int | None:
        """Return which page is shown at a time."""
        index = bisect_right(self._starts, time_s + 1e-9) - 1
        return None if index < 0 or time_s >= self._pages[index].end_s else index

    def _shown(self, word: Word) -> Word:
        text = word.text.upper() if self._told.capitals else word.text
        return Word(text, word.start_s, word.end_s)

    def _draw(self, index: int, lit: int | None, scale: float) -> tuple[Box, VideoFrame] | None:
        return self._artist.draw(self._pages[index], lit, scale)


def pop_scale(since_s: float) -> float:
    """Return how large a word is, some time after it has come: it grows a little too large, and settles."""
    if since_s >= POP_S:
        return 1.0
    share = max(0.0, since_s) / POP_S
    rise = 0.6
    if share < rise:
        return round(POP_FROM + (POP_OVER - POP_FROM) * (1 - (1 - share / rise) ** 2), 3)
    return round(POP_OVER + (1 - POP_OVER) * (share - rise) / (1 - rise), 3)
