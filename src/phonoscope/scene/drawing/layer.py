"""What is drawn over each other: layers that show patches of the canvas."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Protocol

from phonoscope.core.frames import Box, VideoFrame


@dataclass(frozen=True, slots=True, eq=False)
class Patch:
    """A rectangle of the canvas that something is drawn in.

    Attributes
    ----------
    box
        Where, in pixels of the canvas, all even. It may reach over the canvas's edges.
    frame
        What, of the box's size; opaque without `alpha`, which is straight (not premultiplied).
    key
        The same key at the same box means the same pixels, so that nothing need be drawn again. Of the same layer
        only: keys of different layers are not compared.
    opacity
        Times `frame`'s own, 0 to 1.
    """

    box: Box
    frame: VideoFrame
    key: Hashable
    opacity: float = 1.0


class Layer(Protocol):
    """Something that is seen for some of a scene's frames."""

    def patch(self, number: int) -> Patch | None:
        """Return what is seen in frame `number` of the scene, counted from 0; None for nothing.

        It depends on nothing but the number: frames are asked for in any order, by several processes. The patch's
        frame may be overwritten by the next call.
        """
        ...
