import numpy as np
from tests.avatars.drawn.puppets import HEIGHT, WIDTH, puppet

from phonoscope.avatars.drawn.drawing.atlas import Atlas
from phonoscope.avatars.drawn.drawing.stage import Stage
from phonoscope.avatars.drawn.motion.controls import read_controls
from phonoscope.avatars.drawn.motion.field import place_layers
from phonoscope.avatars.drawn.motion.movement import Motion
from phonoscope.core.performance import Pose, pose


class Drawing:
    """A character without eyes and mouth on a stage."""

    def __init__(self) -> None:
        character = puppet()
        count = len(character.layers)
        self.atlas = Atlas(tuple(layer.sprite for layer in character.layers), [0] * count, character.size_px)
        self.motion = Motion(character)
        self.stage = Stage(self.atlas, character.size_px, 0xFFF0F0F0)

    def draw(self, moment: Pose) -> np.ndarray:  # type: ignore[type-arg]
        common = self.motion.common(read_controls(moment))
        place_layers(common, self.motion.layers, self.atlas.places, 16, self.stage.nodes, self.stage.spans)
        self.stage.draw()
        return self.stage.rgba()


def test_what_has_not_moved_is_not_drawn_again() -> None:
    drawing = Drawing()
    first = drawing.draw(pose((0, 0, 3, 0, 0)))
    drawing.stage.frame()
    # Whatever is written now stays: only what changes is overwritten.
    drawing.stage._canvas[:HEIGHT, :WIDTH] = 0
    assert not drawing.draw(pose((0, 0, 3, 0, 0))).any()
    moved = drawing.draw(pose((0, 0, 3, 0.01, 0)))
    assert 0 < (moved[..., 3] > 0).mean() < 0.8
    assert (first[..., 3] == 255).all()


def test_what_has_moved_is_drawn_as_if_for_the_first_time() -> None:
    moments = [pose((4.0 * i, -i, 2.0 * i, 0.01 * i, 0), breath=0.3 * i) for i in range(-3, 4)]
    drawing = Drawing()
    for moment in [*moments, pose(), moments[2], moments[2], pose()]:
        np.testing.assert_array_equal(drawing.draw(moment), Drawing().draw(moment))
