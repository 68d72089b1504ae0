from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.mouth import compositor as mk

SIZE = 40
UPPER, LOWER = (200, 120, 110), (180, 60, 70)
Layers = tuple[NDArray[np.float32], ...]


def _skin(colour: tuple[int, int, int]) -> NDArray[np.uint8]:
    return np.broadcast_to(np.array(colour, np.uint8), (SIZE, SIZE, 3)).copy()


def _distances(opening: float) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Straight lips: the upper one ends above the middle, the lower one begins below it."""
    rows = np.broadcast_to((np.arange(SIZE, dtype=np.float32) - SIZE / 2 + 0.5)[:, None], (SIZE, SIZE))
    return (rows + np.float32(opening / 2)).copy(), (rows - np.float32(opening / 2)).copy()


def _plane(colour: tuple[float, float, float] = (0, 0, 0), alpha: float = 0.0) -> NDArray[np.float32]:
    plane = np.zeros((SIZE + 2, SIZE + 2, 4), np.float32)
    plane[..., :3] = np.array(colour) * alpha
    plane[..., 3] = alpha
    return plane


def _look(**values: float) -> NDArray[np.float32]:
    look = np.zeros(mk.LOOK_SIZE, np.float32)
    look[[mk.SOFTNESS, mk.REACH_NEAR, mk.REACH_FAR, mk.OPEN_WIDE]] = 1.5, 2, 6, 4
    look[[mk.CONTACT_REACH, mk.CONTACT_HALF_WIDTH, mk.RIM_WIDTH]] = 4, 20, 4
    look[mk.PLANE_MIDDLE] = SIZE / 2
    for name, value in values.items():
        look[getattr(mk, name)] = value
    return look


def _compose(opening: float, layers: Layers, look: NDArray[np.float32]) -> NDArray[np.uint8]:
    maps = np.tile(np.eye(2, 3, dtype=np.float32), (5, 1, 1))
    out = np.zeros((SIZE, SIZE, 3), np.uint8)
    mk.compose_mouth(out, (_skin(UPPER), _skin(LOWER)), _distances(opening), layers, (maps, look))
    return out


EMPTY = (_plane(), _plane(), _plane(), _plane(), _plane(), _plane())


def test_closed_lips_hide_the_inside() -> None:
    red = _plane((255, 0, 0), 1.0)
    out = _compose(-2.0, (red, red, red, red, red, red), _look(PLATE=1, LOWER_TEETH=1))
    np.testing.assert_array_equal(out[: SIZE // 2 - 3], _skin(UPPER)[: SIZE // 2 - 3])
    np.testing.assert_array_equal(out[SIZE // 2 + 3 :], _skin(LOWER)[SIZE // 2 + 3 :])
    assert out[..., 1].min() >= 60


def test_shares_add_up_to_one() -> None:
    """Everything of one colour stays that colour, however lips overlap or gape: no line, no seam."""
    grey = _skin((128, 128, 128))
    layers = tuple(_plane((128, 128, 128), 1.0) for _ in range(6))
    maps = np.tile(np.eye(2, 3, dtype=np.float32), (5, 1, 1))
    look = _look(LOWER_TEETH=1, PLATE=1, MOVED=0.5)
    for opening in (-6.0, -1.0, -0.2, 0.0, 0.3, 1.0, 5.0):
        out = np.zeros((SIZE, SIZE, 3), np.uint8)
        mk.compose_mouth(out, (grey, grey), _distances(opening), layers, (maps, look))
        assert np.abs(out[:, 1:-1].astype(int) - 128).max() <= 1, opening


def test_layers_lie_in_order() -> None:
    tongue, lower, upper = _plane((250, 0, 0), 1.0), _plane((0, 250, 0), 1.0), _plane((0, 0, 250), 1.0)
    middle = SIZE // 2, SIZE // 2
    assert _compose(24, (tongue, lower, upper, *EMPTY[3:]), _look(LOWER_TEETH=1))[middle].argmax() == 2
    assert _compose(24, (tongue, lower, *EMPTY[2:]), _look(LOWER_TEETH=1))[middle].argmax() == 1
    assert _compose(24, (tongue, lower, *EMPTY[2:]), _look(LOWER_TEETH=0))[middle].argmax() == 0


def test_the_raised_tip_lies_behind_the_upper_teeth_or_over_them() -> None:
    tip, lower, upper = _plane((250, 0, 0), 1.0), _plane((0, 250, 0), 1.0), _plane((0, 0, 250), 1.0)
    middle = SIZE // 2, SIZE // 2
    layers = (EMPTY[0], lower, upper, *EMPTY[3:5], tip)
    assert _compose(24, layers, _look(LOWER_TEETH=1, TIP=1))[middle].argmax() == 2
    assert _compose(24, layers, _look(LOWER_TEETH=1, TIP=1, TIP_FRONT=1))[middle].argmax() == 0
    assert _compose(24, layers, _look(LOWER_TEETH=1, TIP=0, TIP_FRONT=1))[middle].argmax() == 2
    assert _compose(24, (EMPTY[0], lower, *EMPTY[2:5], tip), _look(LOWER_TEETH=1, TIP=1))[middle].argmax() == 0


def test_round_lips_and_corners_are_darker() -> None:
    teeth = (*EMPTY[:2], _plane((200, 200, 200), 1.0), *EMPTY[3:])
    middle = SIZE // 2, SIZE // 2
    plain, rounded = (_compose(24, teeth, _look(ROUND_SHADE=r))[middle] for r in (0.0, 0.5))
    assert int(rounded[1]) < 0.6 * int(plain[1])
    row = _compose(24, teeth, _look(CORNER_SHADE=0.5))[SIZE // 2, :, 1].astype(int)
    assert row[1] < 0.6 * row[SIZE // 2]


def test_the_photographed_plate_covers_drawn_teeth_and_mixes() -> None:
    drawn = _plane((0, 0, 250), 1.0)
    rest = np.full((SIZE + 2, SIZE + 2, 4), (200, 0, 0, 1), np.float32)
    moved = np.full((SIZE + 2, SIZE + 2, 4), (0, 200, 0, 1), np.float32)
    middle = SIZE // 2, SIZE // 2
    layers = (*EMPTY[:2], drawn, rest, moved, _plane())
    np.testing.assert_array_equal(_compose(24, layers, _look(PLATE=1))[middle], (200, 0, 0))
    np.testing.assert_array_equal(_compose(24, layers, _look(PLATE=1, MOVED=1))[middle], (0, 200, 0))
    np.testing.assert_array_equal(_compose(24, layers, _look(PLATE=1, MOVED=0.5))[middle], (100, 100, 0))
    assert _compose(24, layers, _look(PLATE=0))[middle].argmax() == 2


def test_lips_shade_the_teeth() -> None:
    teeth = (*EMPTY[:2], _plane((200, 200, 200), 1.0), *EMPTY[3:])
    column = _compose(24, teeth, _look(SHADE_NEAR=0.4, SHADE_FAR=0.2, SHADE_LOWER=0.6))[:, SIZE // 2, 1].astype(int)
    top, bottom = SIZE // 2 - 10, SIZE // 2 + 9
    assert column[top] < column[SIZE // 2] - 40
    assert column[bottom] < column[SIZE // 2] - 12
    warm = _compose(24, teeth, _look(SHADE_NEAR=0.4, WARMTH=0.5))[top, SIZE // 2]
    assert warm[0] > warm[1] > warm[2]


def test_a_narrow_opening_is_darker() -> None:
    teeth = (*EMPTY[:2], _plane((200, 200, 200), 1.0), *EMPTY[3:])
    narrow, wide = (int(_compose(opening, teeth, _look())[SIZE // 2, SIZE // 2, 1]) for opening in (3.0, 24.0))
    assert narrow < wide - 5


def test_the_moist_rim_lies_on_the_lower_lip_only() -> None:
    plain = _compose(24, EMPTY, _look(MUCOSA=150))
    rim = _compose(24, EMPTY, _look(RIM=1, MUCOSA=150)).astype(int)
    changed = (rim != plain).any(-1).any(1)
    assert changed.any()
    assert np.nonzero(changed)[0].min() > SIZE // 2
    narrow = _compose(2, EMPTY, _look(MUCOSA=150))
    np.testing.assert_array_equal(narrow, _compose(2, EMPTY, _look(RIM=1, MUCOSA=150)))


def test_contact_shadow_ends_before_the_corners() -> None:
    plain = _compose(0, EMPTY, _look()).astype(int)
    shaded = _compose(0, EMPTY, _look(CONTACT=0.5)).astype(int)
    darker = (plain - shaded).sum(-1)
    assert darker[SIZE // 2 - 2 : SIZE // 2 + 2, SIZE // 2].max() > 60
    assert darker[:, 0].max() == 0
    assert darker[: SIZE // 4].max() == 0


def test_contact_shadow_is_as_warm_as_the_lips() -> None:
    shaded = _compose(0, EMPTY, _look(CONTACT=0.5, WARMTH=0.4)).astype(float)
    plain = _compose(0, EMPTY, _look()).astype(float)
    share = shaded[SIZE // 2, SIZE // 2] / plain[SIZE // 2, SIZE // 2]
    assert share[0] > 1.1 * share[1]


def test_lips_that_nearly_touch_show_no_teeth() -> None:
    teeth = (*EMPTY[:2], _plane((200, 200, 200), 1.0), *EMPTY[3:])
    look = _look(SEAM=1, SEAM_REACH=6)
    look[mk.MUCOSA : mk.MUCOSA + 3] = 180, 90, 90
    red = [_compose(opening, teeth, look)[SIZE // 2, SIZE // 2].astype(int) for opening in (1.6, 4.0, 24.0)]
    assert red[0][0] > 1.5 * red[0][1]
    assert red[0][1] < red[1][1] < red[2][1]
    assert np.ptp(red[2]) == 0


def test_planes_may_lie_anywhere() -> None:
    maps = np.tile(np.eye(2, 3, dtype=np.float32), (5, 1, 1))
    maps[:, :, 2] = 1e6
    out = np.zeros((SIZE, SIZE, 3), np.uint8)
    layers = tuple(_plane((255, 255, 255), 1.0) for _ in range(6))
    mk.compose_mouth(out, (_skin(UPPER), _skin(LOWER)), _distances(24), layers, (maps, _look(PLATE=1, LOWER_TEETH=1)))
    assert out[SIZE // 2].max() == 0
