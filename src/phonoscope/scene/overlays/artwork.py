"""What an overlay looks like: parts that are painted one over the other, at their place on the canvas."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, Protocol

from phonoscope.scene.document.overlays import Motion
from phonoscope.scene.overlays.rect import Rect

if TYPE_CHECKING:
    import skia

Manner = Literal["follow", "grow", "rise", "spread", "drift", "fade"]
"""How a part takes part in a motion that is staged: it makes the motion itself; it is uncovered in the motion's
direction, from below, or from its middle to both sides; it drifts a little way in the motion's direction while it
fades in; or it only fades in."""


class Cells(Protocol):
    """Text cut into cells, in reading order, which cover a part's bounds without overlap."""

    def of(self, kind: Literal["words", "letters"]) -> tuple[Rect, ...]:
        """Return those of words or of letters."""
        ...


@dataclass(frozen=True, slots=True)
class Cue:
    """When and how a part of something moves that comes in bit by bit.

    Attributes
    ----------
    begin, end
        Shares of the motion's time.
    manner
        How it moves.
    drift_px
        How far it drifts.
    """

    begin: float = 0.0
    end: float = 1.0
    manner: Manner = "follow"
    drift_px: float = 0.0


WHOLE: Final = Cue()
"""Of a part that makes the whole motion."""


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A part of an overlay.

    Attributes
    ----------
    paint
        Paints it on a Skia canvas, in pixels of the video's canvas.
    bounds
        What it covers, with shadows.
    cue
        Its share in staged motions.
    mask
        What it is seen through while it moves; None for everywhere.
    cells
        Words and letters of text; None for what is no text.
    faded
        Paints it in an opacity, for what needs no layer of its own for that; None for everything else.
    letters_px
        Size of its letters.
    sampled
        It is made of pixels, which blur when it is painted anew between pixels.
    """

    paint: Callable[[skia.Canvas], None]
    bounds: Rect
    cue: Cue = WHOLE
    mask: Rect | None = None
    cells: Cells | None = None
    faded: Callable[[skia.Canvas, float], None] | None = None
    letters_px: float = 0.0
    sampled: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Content:
    """What is seen at one moment.

    Attributes
    ----------
    key
        The same key means the same picture.
    parts
        From behind to before.
    """

    key: Hashable
    parts: tuple[Part, ...]


class Artwork(Protocol):
    """An overlay at rest."""

    @property
    def box(self) -> Rect:
        """The thing itself, without shadows: it turns and grows about its middle."""
        ...

    @property
    def staged(self) -> frozenset[Motion]:
        """Motions that its parts make one after the other."""
        ...

    @property
    def mirrored(self) -> bool:
        """It is read from right to left."""
        ...

    def content(self, since_s: float, time_s: float) -> Content:
        """Return what is seen at a time after the overlay's start, which is `time_s` of its clock."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class StillArtwork:
    """Something that does not change by itself; see `Artwork`."""

    box: Rect
    parts: tuple[Part, ...]
    staged: frozenset[Motion] = frozenset()
    mirrored: bool = False

    def content(self, since_s: float, time_s: float) -> Content:
        """See `Artwork`."""
        return Content("still", self.parts)
