"""The drawn avatar: a puppet that acts."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.drawn.changing import changing_layers, without_backdrop
from phonoscope.avatars.drawn.drawing.atlas import Atlas
from phonoscope.avatars.drawn.drawing.compositing import NODE_PX
from phonoscope.avatars.drawn.drawing.stage import Stage
from phonoscope.avatars.drawn.motion.controls import read_controls
from phonoscope.avatars.drawn.motion.field import place_layers
from phonoscope.avatars.drawn.motion.movement import Motion
from phonoscope.avatars.drawn.puppet import MouthLook, Puppet
from phonoscope.core.frames import Picture, VideoFrame
from phonoscope.core.performance import Pose, pose


class DrawnAvatar:
    """A drawn character that acts: an `Avatar` with one face.

    Not for two threads at a time: frames are drawn in place.

    Parameters
    ----------
    puppet
        The character, taken apart.
    cut_out
        Nothing is behind it: neither the background's colour nor the layers `BACKDROP`, unless these are all there is.
    """

    def __init__(self, puppet: Puppet, cut_out: bool = False) -> None:
        self._puppet = without_backdrop(puppet) if cut_out else puppet
        self._cut_out = cut_out
        self._changing = changing_layers(self._puppet)
        layers = self._puppet.layers
        static = tuple(layer.sprite for layer in layers)
        rooms = [self._changing[row].room_px if row in self._changing else 0 for row in range(len(layers))]
        self._atlas = Atlas(static, rooms, puppet.size_px)
        self._motion = Motion(self._puppet)
        red, green, blue = puppet.background
        background = 0 if cut_out else 255 << 24 | blue << 16 | green << 8 | red
        self._stage = Stage(self._atlas, puppet.size_px, background)
        self._picture: Picture | None = None
        # What is on the stage: no pose equals this one.
        self._moment = np.empty(0, np.float32)

    @property
    def size_px(self) -> tuple[int, int]:
        """(width, height)."""
        return self._puppet.size_px

    @property
    def rests_open(self) -> tuple[bool, ...]:
        """Whether it is drawn with an open smile."""
        mouth = self._puppet.mouth
        return (isinstance(mouth, MouthLook) and mouth.rest_opening > 0,)

    @property
    def picture(self) -> Picture:
        """The character at rest, with `alpha` where it has been cut out."""
        if self._picture is None:
            rgba = self.draw(pose())
            alpha = np.ascontiguousarray(rgba[..., 3]) if self._cut_out else None
            self._picture = Picture(np.ascontiguousarray(rgba[..., :3]), alpha)
        return self._picture

    def draw(self, *poses: Pose) -> NDArray[np.uint8]:
        """Return a pose as a new RGBA image, uint8, shape (height, width, 4), not premultiplied."""
        self._draw(poses[0])
        return self._stage.rgba()

    def draw_frame(self, *poses: Pose) -> VideoFrame:
        """Draw a pose in the encoder's layout, into a frame that the next call overwrites."""
        self._draw(poses[0])
        return self._stage.frame()

    def _draw(self, pose_: Pose) -> None:
        """Draw one frame: what changes its picture, then where everything lies, then all of it."""
        moment = np.concatenate([pose_.curves, pose_.head])
        if np.array_equal(moment, self._moment):
            return
        self._moment = moment
        controls = read_controls(pose_)
        for row, changing in self._changing.items():
            self._atlas.set(row, changing.paint(pose_, controls))
        stage = self._stage
        common = self._motion.common(controls)
        place_layers(common, self._motion.layers, self._atlas.places, NODE_PX, stage.nodes, stage.spans)
        stage.draw()
