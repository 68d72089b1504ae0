"""What it takes to be an avatar."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.frames import VideoFrame
from phonoscope.core.performance import Pose


class Avatar(Protocol):
    """Something that can act: a photo, later a drawing or a neural engine."""

    @property
    def size_px(self) -> tuple[int, int]:
        """(width, height) of what it draws."""
        ...

    @property
    def rests_open(self) -> bool:
        """True when the mouth at rest stands open: it comes back in long pauses, and is closed in short ones."""
        ...

    def draw(self, pose: Pose) -> NDArray[np.uint8]:
        """Return the pose as a new RGBA image, uint8, shape (height, width, 4)."""
        ...

    def draw_frame(self, pose: Pose) -> VideoFrame:
        """Draw the pose in the encoder's layout, into a frame that the next call overwrites."""
        ...
