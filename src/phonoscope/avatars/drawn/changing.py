"""The layers that are drawn anew: eyes and the mouth."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from phonoscope.avatars.drawn.drawing.atlas import room_px
from phonoscope.avatars.drawn.eyes.painting import EyePainter
from phonoscope.avatars.drawn.eyes.state import read_eye
from phonoscope.avatars.drawn.motion.controls import Controls
from phonoscope.avatars.drawn.mouth.drawing import MouthPainter, patch_box
from phonoscope.avatars.drawn.mouth.pictures import choose_shape
from phonoscope.avatars.drawn.puppet import EyeLook, Layer, MouthLook, MouthPictures, Puppet, Role, Sprite
from phonoscope.core.performance import Pose


class Changing(Protocol):
    """A layer whose picture is another one in each frame."""

    @property
    def room_px(self) -> int:
        """Pixels that its largest picture takes in an atlas."""
        ...

    def paint(self, pose: Pose, controls: Controls) -> Sprite:
        """Return its picture; the next call may draw over it."""
        ...


class ChangingEye:
    """An eye."""

    def __init__(self, look: EyeLook, face_height_px: float) -> None:
        self._painter = EyePainter(look, face_height_px)
        # An only eye does what the person's left one does.
        self._is_left = look.side == "left"
        self.room_px = room_px(*self._painter.size_px)

    def paint(self, pose: Pose, controls: Controls) -> Sprite:
        """See `Changing`."""
        return self._painter.paint(read_eye(controls.left if self._is_left else controls.right))


class DrawnMouth:
    """A mouth that is drawn."""

    def __init__(self, look: MouthLook, face_height_px: float) -> None:
        self._painter = MouthPainter(look, face_height_px)
        x0, y0, x1, y1 = patch_box(look)
        self.room_px = room_px(x1 - x0, y1 - y0)

    def paint(self, pose: Pose, controls: Controls) -> Sprite:
        """See `Changing`."""
        return self._painter.paint(pose)


class PicturedMouth:
    """A mouth that is one of several pictures."""

    def __init__(self, pictures: MouthPictures) -> None:
        self._shapes = pictures.shapes
        self.room_px = max(room_px(*sprite.size_px) for sprite in pictures.shapes.values())

    def paint(self, pose: Pose, controls: Controls) -> Sprite:
        """See `Changing`."""
        return self._shapes[choose_shape(pose)]


def changing_layers(puppet: Puppet) -> dict[int, Changing]:
    """Return the layers that are drawn anew, by their place in the order of painting."""
    found: dict[int, Changing] = {}
    height_px = puppet.build.face_height_px
    for row, layer in enumerate(puppet.layers):
        if layer.sprite is not None:
            continue
        if layer.role is Role.EYE and (look := _eye_of(puppet, layer)) is not None:
            found[row] = ChangingEye(look, height_px)
        elif layer.role is Role.MOUTH and isinstance(puppet.mouth, MouthLook):
            found[row] = DrawnMouth(puppet.mouth, height_px)
        elif layer.role is Role.MOUTH and isinstance(puppet.mouth, MouthPictures):
            found[row] = PicturedMouth(puppet.mouth)
    return found


def _eye_of(puppet: Puppet, layer: Layer) -> EyeLook | None:
    return next((eye for eye in puppet.eyes if eye.side == layer.side), None)


def without_backdrop(puppet: Puppet) -> Puppet:
    """Return a puppet with nothing behind it; where the backdrop is the face itself, it stays."""
    if not any(layer.role in (Role.HEAD, Role.BODY) for layer in puppet.layers):
        return puppet
    return replace(puppet, layers=tuple(layer for layer in puppet.layers if layer.role is not Role.BACKDROP))
