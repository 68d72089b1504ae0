from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.ndimage import binary_fill_holes
from tests.avatars.drawn.puppets import (
    BACKGROUND,
    BROW,
    HAIR,
    HEIGHT,
    MOUTH,
    NOSE,
    PUPIL,
    SHIRT,
    SKIN,
    WIDTH,
    centre,
    ellipse,
    puppet,
    rectangle,
    where,
)

from phonoscope.avatars.drawn.avatar import DrawnAvatar
from phonoscope.avatars.drawn.mouth.drawing import MouthPainter
from phonoscope.avatars.drawn.puppet import Layer, MouthPictures, Puppet, Role, Sprite
from phonoscope.core.avatar import Avatar
from phonoscope.core.colour import frame_to_rgb, rgb_to_frame
from phonoscope.core.mouth_shapes import MOUTH_SHAPES
from phonoscope.core.performance import CHANNELS, Pose, pose

HEADS = [
    (yaw, pitch, roll, 0.0, 0.0)
    for yaw in (-20.0, 0.0, 20.0)
    for pitch in (-12.0, 0.0, 12.0)
    for roll in (-10.0, 0.0, 10.0)
]
EVERYTHING = pose(
    (9.0, -6.0, 5.0, 0.02, 0.01),
    eyeBlinkLeft=0.4, eyeLookOutLeft=0.5, browInnerUp=0.7, jawOpen=0.5, lipGap=0.05, breath=0.8, swayX=0.7,
    mouthSmileLeft=0.5, cheekSquintLeft=0.4,
)  # fmt: skip


def sprites(character: Puppet) -> list[Sprite]:
    """Return what a character shows at rest, in the order of painting."""
    shown: list[Sprite] = []
    for layer in character.layers:
        if layer.sprite is not None:
            shown.append(layer.sprite)
        elif layer.role is Role.EYE:
            look = next(look for look in character.eyes if look.side == layer.side)
            shown += [sprite for sprite in (look.white, look.pupil) if sprite is not None]
        else:
            shown.append(MouthPainter(MOUTH, character.build.face_height_px).paint(pose()))
    return shown


def composed(character: Puppet, background: tuple[int, int, int, int]) -> NDArray[np.float64]:
    """Return a character's layers laid over each other, premultiplied."""
    canvas = np.tile(np.array(background, np.float64), (HEIGHT, WIDTH, 1))
    for sprite in sprites(character):
        width, height = sprite.size_px
        part = canvas[sprite.y : sprite.y + height, sprite.x : sprite.x + width]
        above = sprite.rgba.astype(np.float64)[: part.shape[0], : part.shape[1]]
        part[:] = above + part * (1 - above[..., 3:] / 255)
    return canvas


def test_is_an_avatar() -> None:
    avatar: Avatar = DrawnAvatar(puppet())
    assert avatar.size_px == (WIDTH, HEIGHT)
    assert avatar.rests_open == (False,)
    assert DrawnAvatar(replace(puppet(), mouth=replace(MOUTH, rest_opening=0.5))).rests_open == (True,)


@pytest.mark.parametrize("blink", ["lid", "squash", "swap", "none"])
def test_rest_is_the_plain_drawing(blink: str) -> None:
    character = puppet(blink)  # type: ignore[arg-type]
    drawn = DrawnAvatar(character).draw(pose())
    assert np.abs(drawn - composed(character, (*BACKGROUND, 255))).max() <= 2


def test_a_frame_depends_on_its_pose_only() -> None:
    one, other = DrawnAvatar(puppet()), DrawnAvatar(puppet())
    for head in HEADS[::5]:
        one.draw(pose(head, eyeBlinkLeft=1.0, jawOpen=0.3, lipGap=0.03))
    one.draw_frame(pose())
    np.testing.assert_array_equal(one.draw(EVERYTHING), other.draw(EVERYTHING))
    np.testing.assert_array_equal(one.draw_frame(EVERYTHING).chroma, other.draw_frame(EVERYTHING).chroma)


def test_a_pose_may_be_reused_for_another() -> None:
    avatar, moment = DrawnAvatar(puppet()), pose()
    first = avatar.draw(moment)
    moment.head[0] = 15.0
    assert not np.array_equal(avatar.draw(moment), first)


def test_the_frame_is_the_picture() -> None:
    avatar = DrawnAvatar(puppet())
    for moment in (pose(), EVERYTHING, pose((0, 8, 0, 0, 0)), pose()):
        frame = avatar.draw_frame(moment)
        expected = rgb_to_frame(np.ascontiguousarray(avatar.draw(moment)[..., :3]))
        assert np.abs(frame.luma.astype(int) - expected.luma).max() <= 1
        assert np.abs(frame.chroma.astype(int) - expected.chroma).max() <= 1
        assert frame.alpha is None


def test_cut_out_has_real_alpha() -> None:
    character = puppet()
    avatar = DrawnAvatar(character, cut_out=True)
    expected = composed(character, (0, 0, 0, 0))
    drawn = avatar.draw(pose())
    assert np.abs(drawn[..., 3] - expected[..., 3]).max() <= 2
    seen = expected[..., 3] > 32
    colours = expected[..., :3] * 255 / np.maximum(expected[..., 3:], 1)
    # A level of a premultiplied colour is several of the colour, where little is seen.
    assert np.abs(drawn[..., :3] - colours)[seen].max() <= 8
    assert avatar.picture.alpha is not None
    np.testing.assert_array_equal(avatar.picture.alpha, drawn[..., 3])
    assert DrawnAvatar(character).picture.alpha is None


def test_cut_out_frame_is_not_premultiplied() -> None:
    avatar = DrawnAvatar(puppet(), cut_out=True)
    frame = avatar.draw_frame(pose((5, 0, 0, 0, 0)))
    drawn = avatar.draw(pose((5, 0, 0, 0, 0)))
    assert frame.alpha is not None
    np.testing.assert_array_equal(frame.alpha, drawn[..., 3])
    soft = (frame.alpha > 60) & (frame.alpha < 200)
    assert soft.sum() > 100
    # Edges of hair are as dark as hair, not as what is behind.
    hair = soft & where(drawn, HAIR, 24)
    assert hair.sum() > 50
    assert np.abs(frame_to_rgb(frame)[hair].astype(int) - HAIR).max(-1).mean() < 20


def test_cut_out_drops_the_backdrop_where_there_is_more() -> None:
    wall = Layer(Role.BACKDROP, rectangle(0, 0, WIDTH, HEIGHT, (0, 255, 255)))
    character = puppet()
    behind = replace(character, layers=(wall, *character.layers))
    assert DrawnAvatar(behind, cut_out=True).draw(pose())[5, 5, 3] == 0
    assert DrawnAvatar(behind).draw(pose())[5, 5].tolist() == [0, 255, 255, 255]
    face = replace(character, layers=(wall, *(layer for layer in character.layers if layer.sprite is None)))
    assert DrawnAvatar(face, cut_out=True).draw(pose())[5, 5, 3] == 255


@pytest.mark.parametrize("floats", [False, True])
def test_nothing_opens_in_any_pose(floats: bool) -> None:
    avatar = DrawnAvatar(puppet(floats=floats), cut_out=True)
    for head in HEADS:
        solid = avatar.draw(pose(head, breath=1.0, swayX=1.0, jawOpen=0.5, lipGap=0.05))[..., 3] > 250
        assert (binary_fill_holes(solid) == solid).all(), head


def test_the_neck_does_not_tear() -> None:
    character = puppet()
    # Without hair, only the neck joins the head and the body.
    bald = tuple(layer for layer in character.layers if layer.role not in (Role.HAIR, Role.REAR_HAIR))
    avatar = DrawnAvatar(replace(character, layers=bald), cut_out=True)
    for head in HEADS:
        solid = avatar.draw(pose((*head[:3], 0.1, -0.05), breath=-1.0))[..., 3] > 250
        widths = solid[100:240].sum(1)
        assert widths.min() >= 20, head
        steps = np.abs(np.diff(solid.argmax(1)[152:176]))
        assert steps.max() <= 6, head


def test_the_foot_stays() -> None:
    avatar = DrawnAvatar(puppet())
    rest, moved = avatar.draw(pose()), avatar.draw(EVERYTHING)
    # A pixel up, they begin to rise: by a hundredth of one.
    assert np.abs(rest[-1].astype(int) - moved[-1]).max() <= 8
    assert centre(where(moved, SHIRT))[1] < centre(where(rest, SHIRT))[1]


def test_turning_moves_what_is_in_front_farther() -> None:
    avatar = DrawnAvatar(puppet())
    rest = avatar.draw(pose())
    for yaw in (-15.0, 15.0):
        turned = avatar.draw(pose((yaw, 0, 0, 0, 0)))
        nose, brows, skin = (
            (centre(where(turned, colour))[0] - centre(where(rest, colour))[0]) * np.sign(yaw)
            for colour in (NOSE, BROW, SKIN)
        )
        assert nose > brows > skin
        assert brows > 4


def test_pitch_and_roll_and_shifts() -> None:
    avatar = DrawnAvatar(puppet())
    x, y = centre(where(avatar.draw(pose()), NOSE))

    def nose(*head: float) -> tuple[float, float]:
        moved_x, moved_y = centre(where(avatar.draw(Pose(pose().curves, np.array(head, np.float32))), NOSE))
        return moved_x - x, moved_y - y

    assert nose(0, 10, 0, 0, 0)[1] < -3
    assert nose(0, -10, 0, 0, 0)[1] > 3
    assert nose(0, 0, 8, 0, 0)[0] > 4
    assert nose(0, 0, 0, 0.05, 0)[0] == pytest.approx(5, abs=0.7)
    assert nose(0, 0, 0, 0, 0.05)[1] == pytest.approx(5, abs=0.7)


def test_features_never_leave_the_face() -> None:
    avatar = DrawnAvatar(puppet(floats=True))
    rest = avatar.draw(pose())
    for yaw in (-80.0, 80.0):
        for pitch in (-60.0, 60.0):
            turned = avatar.draw(pose((yaw, pitch, 0, 0, 0)))
            skin_x, skin_y = np.nonzero(where(turned, SKIN))[::-1]
            for colour in (NOSE, PUPIL):
                x, y = np.nonzero(where(turned, colour))[::-1]
                assert len(x) > 0.5 * where(rest, colour).sum()
                assert skin_x.min() < x.min() <= x.max() < skin_x.max()
                assert y.max() < skin_y.max()


def test_a_half_turned_face_turns_no_farther() -> None:
    character = puppet()
    aside = DrawnAvatar(
        replace(character, eyes=(character.eyes[0], replace(character.eyes[1], box_px=(176, 82, 198, 98))))
    )
    straight = DrawnAvatar(character)

    def way(avatar: DrawnAvatar, yaw: float) -> float:
        return abs(centre(where(avatar.draw(pose((yaw, 0, 0, 0, 0))), NOSE))[0] - 160)

    assert way(aside, 20.0) < 0.75 * way(straight, 20.0)
    assert way(aside, -20.0) == pytest.approx(way(straight, -20.0), abs=0.1)


def test_brows() -> None:
    character = puppet()
    avatar = DrawnAvatar(replace(character, layers=character.layers[:-1]))

    def ends(moment: Pose) -> tuple[float, float]:
        """Return how high the outer and the inner end of the left brow lie."""
        found = where(avatar.draw(moment), BROW, 40)
        return centre(found & (np.arange(WIDTH) < 140))[1], centre(found & (abs(np.arange(WIDTH) - 151) < 4))[1]

    outer, inner = ends(pose())
    raised = ends(pose(browInnerUp=1.0, browOuterUpLeft=1.0, browOuterUpRight=1.0))
    assert raised[0] < outer - 3
    assert raised[1] < inner - 3
    angry = ends(pose(browDownLeft=1.0, browDownRight=1.0))
    assert angry[1] > inner + 2
    assert angry[1] - angry[0] > 3
    sad = ends(pose(browInnerUp=1.0))
    assert sad[1] < inner - 3
    assert abs(sad[0] - outer) < 2


def test_sway_moves_the_tips_of_hair() -> None:
    long = Layer(Role.REAR_HAIR, rectangle(112, 60, 208, 230, HAIR))
    character = puppet()
    avatar = DrawnAvatar(replace(character, layers=(long, *character.layers[3:])))
    rest, swung = avatar.draw(pose()), avatar.draw(pose(swayX=1.0))
    edges = [(where(picture, HAIR)).argmax(1) for picture in (rest, swung)]
    assert abs(int(edges[1][95]) - int(edges[0][95])) <= 1
    assert edges[1][215] - edges[0][215] >= 3


def test_a_mouth_of_pictures() -> None:
    shapes = {name: rectangle(150, 124, 170, 132, (10 * i, 200, 10)) for i, name in enumerate(MOUTH_SHAPES)}
    character = replace(puppet(), mouth=MouthPictures(shapes))
    avatar = DrawnAvatar(character)
    shut, wide = avatar.draw(pose()), avatar.draw(pose(jawOpen=1.0, lipGap=0.12))
    assert not np.array_equal(shut[128, 160], wide[128, 160])
    for picture in (shut, wide):
        assert picture[128, 160, 1] == 200


def test_layers_beyond_the_canvas() -> None:
    character = puppet()
    wide = Layer(Role.BODY, ellipse(-60, 200, 400, 300, (200, 0, 0)))
    avatar = DrawnAvatar(replace(character, layers=(*character.layers, wide)))
    drawn = avatar.draw(EVERYTHING)
    assert where(drawn, (200, 0, 0))[-1].all()


def test_wild_poses_do_no_harm() -> None:
    avatar = DrawnAvatar(puppet())
    for value in (np.nan, np.inf, -np.inf, 1e6, -3.0):
        drawn = avatar.draw(Pose(np.full(len(CHANNELS), value, np.float32), np.full(5, value, np.float32)))
        assert drawn.shape == (HEIGHT, WIDTH, 4)
        assert where(drawn, SKIN).sum() > 500


def test_a_character_without_mouth_and_eyes() -> None:
    character = puppet()
    plain = replace(character, mouth=None, eyes=())
    assert where(DrawnAvatar(plain).draw(EVERYTHING), PUPIL).sum() == 0
