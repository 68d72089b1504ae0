"""The pictures of overlays: stills and animations, decoded in the size in which they are shown."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from phonoscope.core.frames import Picture
from phonoscope.media.animated_picture import AnimatedPicture, animation_size
from phonoscope.media.pictures import load_picture, scale_picture


class Source(Protocol):
    """A picture, or the pictures of an animation."""

    @property
    def has_holes(self) -> bool:
        """Something can be seen through it."""
        ...

    def index(self, since_s: float) -> int:
        """Return which frame is seen at a time since it was first seen."""
        ...

    def frame(self, index: int) -> Picture:
        """Return a frame."""
        ...


@dataclass(frozen=True, slots=True)
class Showing:
    """How a picture is shown.

    Attributes
    ----------
    nearest
        How much it is enlarged at most.
    loop
        An animation begins again; otherwise its last frame stays.
    """

    nearest: float = 1.0
    loop: bool = True


class Still:
    """A picture that does not move, in the size in which it is shown at its nearest."""

    def __init__(self, picture: Picture) -> None:
        self._picture = picture
        self.has_holes = picture.alpha is not None

    def index(self, since_s: float) -> int:
        """Return which picture is seen at a time."""
        return 0

    def frame(self, index: int) -> Picture:
        """Return it."""
        return self._picture


class Animated:
    """A picture with frames."""

    has_holes = True

    def __init__(self, frames: AnimatedPicture, loop: bool) -> None:
        self._frames = frames
        self._loop = loop

    def index(self, since_s: float) -> int:
        """Return which frame is seen at a time."""
        return self._frames.index(since_s, self._loop)

    def frame(self, index: int) -> Picture:
        """Return a frame."""
        return self._frames.frame(index)


def open_source(
    path: Path, most_px: tuple[float, float], showing: Showing, load: Callable[[Path], Picture] = load_picture
) -> tuple[Source, tuple[int, int]]:
    """Open a picture, and return it with the size in which it is shown: as large as `most_px` lets its shape be.

    Raises
    ------
    PhotoError
        It cannot be read, or is too large.
    """
    own_px = animation_size(path)
    if own_px is not None:
        size_px = _fitted(own_px, most_px)
        return Animated(AnimatedPicture(path, _enlarged(size_px, showing.nearest)), showing.loop), size_px
    picture = load(path)
    size_px = _fitted(picture.size_px, most_px)
    wanted = _enlarged(size_px, showing.nearest)
    if wanted[0] < picture.size_px[0]:
        picture = scale_picture(picture, wanted)
    return Still(picture), size_px


def _fitted(own_px: tuple[int, int], most_px: tuple[float, float]) -> tuple[int, int]:
    factor = min(most_px[0] / own_px[0], most_px[1] / own_px[1])
    return max(1, round(own_px[0] * factor)), max(1, round(own_px[1] * factor))


def _enlarged(size_px: tuple[int, int], factor: float) -> tuple[int, int]:
    return math.ceil(size_px[0] * factor), math.ceil(size_px[1] * factor)
