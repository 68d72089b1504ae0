from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from tests.avatars.drawn.puppets import ellipse, rectangle

from phonoscope.avatars.drawn.drawing.atlas import HEIGHT, OFFSET, PAD_PX, REACH_PX, WIDTH, Atlas, X, Y, room_px
from phonoscope.avatars.drawn.puppet import Sprite


def pixels(atlas: Atlas, row: int) -> NDArray[np.uint32]:
    place = atlas.places[row]
    start = place[OFFSET]
    part = atlas.pixels[start : start + place[WIDTH] * place[HEIGHT]]
    return np.reshape(part, (int(place[HEIGHT]), int(place[WIDTH])))


def test_pictures_lie_where_they_lay() -> None:
    sprite = ellipse(40, 30, 80, 60, (10, 20, 30))
    atlas = Atlas((rectangle(90, 10, 95, 12, (1, 2, 3)), sprite), (0, 0), (200, 100))
    part = pixels(atlas, 1)
    x, y = sprite.x - atlas.places[1, X], sprite.y - atlas.places[1, Y]
    width, height = sprite.size_px
    inside = np.ascontiguousarray(part[y : y + height, x : x + width]).view(np.uint8).reshape(height, width, 4)
    np.testing.assert_array_equal(inside, sprite.rgba)
    assert not part[:PAD_PX].any()


def test_what_the_canvas_cuts_off_goes_on() -> None:
    atlas = Atlas((rectangle(0, 50, 40, 100, (9, 9, 9)),), (0,), (200, 100))
    part, place = pixels(atlas, 0), atlas.places[0]
    assert part[70 - place[Y], -REACH_PX + 2 - place[X]] == part[70 - place[Y], 20 - place[X]] != 0
    assert part[100 + REACH_PX - 2 - place[Y], 20 - place[X]] != 0
    assert part[70 - place[Y], 41 - place[X]] == 0


def test_uniform_surroundings() -> None:
    atlas = Atlas((rectangle(50, 30, 90, 60, (9, 9, 9)),), (0,), (200, 100))
    place = atlas.places[0]
    around = atlas.uniform_px[: place[WIDTH] * place[HEIGHT]].reshape(place[HEIGHT], place[WIDTH])
    part = pixels(atlas, 0)
    for y, x in ((45, 70), (33, 70), (45, 87), (26, 70), (60, 95)):
        reach = int(around[y - place[Y], x - place[X]])
        near = part[y - place[Y] - reach + 1 : y - place[Y] + reach, x - place[X] - reach + 1 : x - place[X] + reach]
        assert (near == near.flat[0]).all()
        assert reach >= 1
    assert around[45 - place[Y], 70 - place[X]] >= 12
    assert around[45 - place[Y], 89 - place[X]] == 0


def test_a_picture_of_the_frame_is_cropped() -> None:
    atlas = Atlas((None, rectangle(0, 0, 4, 4, (1, 1, 1))), (room_px(30, 20), 0), (200, 100))
    rgba = np.zeros((20, 30, 4), np.uint8)
    rgba[5:9, 12:20] = (7, 8, 9, 255)
    atlas.set(0, Sprite(rgba, 100, 40))
    assert atlas.places[0, 1:].tolist() == [10, 6, 111, 44]
    part = pixels(atlas, 0)
    assert (part[1:-1, 1:-1] == 0xFF090807).all()
    assert not part[0].any()
    assert not part[:, -1].any()
    atlas.set(0, Sprite(np.zeros((20, 30, 4), np.uint8), 100, 40))
    assert atlas.places[0, WIDTH] == 0
