from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from phonoscope.avatars.photo import PhotoAvatar, rig_photo
from phonoscope.avatars.photo.finding.landmarks import INNER_LOWER_LIP, INNER_UPPER_LIP
from phonoscope.avatars.photo.lips.line import COLUMNS
from phonoscope.avatars.photo.lips.search import cheapest_path
from phonoscope.avatars.photo.lips.tracing import trace_lips
from phonoscope.avatars.photo.rig import RigOptions
from phonoscope.core.frames import Picture
from phonoscope.core.performance import pose


def test_the_cheapest_path_follows_a_valley(rng: np.random.Generator) -> None:
    columns = np.arange(60)
    valley = np.round(15 + 6 * np.sin(columns / 9)).astype(int)
    cost = rng.uniform(0.6, 1, (31, 60))
    cost[valley, columns] = 0
    np.testing.assert_array_equal(cheapest_path(cost, 2, 0.05), valley)


def test_the_path_climbs_no_faster_than_its_reach(rng: np.random.Generator) -> None:
    path = cheapest_path(rng.uniform(0, 1, (40, 80)), 1, 0.0)
    assert np.abs(np.diff(path)).max() <= 1


def test_a_steep_price_keeps_the_path_level(rng: np.random.Generator) -> None:
    assert np.ptp(cheapest_path(rng.uniform(0, 1, (20, 50)), 3, 1000.0)) == 0


def test_a_toothy_smile_is_open(avatar: PhotoAvatar) -> None:
    lips = avatar.rigs[0].lips
    assert not lips.closed
    assert lips.x.shape == lips.upper.shape == lips.lower.shape == lips.gap.shape == (COLUMNS,)
    assert (lips.lower >= lips.upper - 1e-9).all()
    assert lips.gap[0] == lips.gap[-1] == 0
    assert 0.03 < lips.opening < 0.1
    assert 0.1 < lips.half_width < 0.25


def test_drawn_shut_lips_are_traced_as_closed(avatar: PhotoAvatar) -> None:
    shut = np.ascontiguousarray(avatar.draw(pose(lipGap=0.0, mouthPressLeft=1.0, mouthPressRight=1.0))[..., :3])
    lips = rig_photo(Picture(shut)).rigs[0].lips
    assert lips.closed
    assert lips.opening == 0
    np.testing.assert_array_equal(lips.upper, lips.lower)


def test_the_user_says_how_the_mouth_was_photographed(avatar: PhotoAvatar, portrait: Picture) -> None:
    frame = avatar.rigs[0].frame
    shut = trace_lips(portrait.rgb, frame, "closed")
    assert shut.closed
    np.testing.assert_array_equal(shut.upper, shut.lower)
    assert trace_lips(portrait.rgb, frame, "open").opening == avatar.rigs[0].lips.opening
    assert rig_photo(portrait, RigOptions(mouth="closed")).rests_open == (False,)


def test_teeth_that_landmarks_miss_are_found(avatar: PhotoAvatar, portrait: Picture) -> None:
    """Landmarks of a closed mouth on a picture of a toothy one, as they come with dark lips."""
    frame = avatar.rigs[0].frame
    points = frame.points.copy()
    for upper, lower in zip(INNER_UPPER_LIP, INNER_LOWER_LIP, strict=True):
        points[[upper, lower], 1] = 0.4 * points[upper, 1] + 0.6 * points[lower, 1]
    blind = replace(frame, points=points)
    for look in ("auto", "open"):
        lips = trace_lips(portrait.rgb, blind, look)
        assert not lips.closed, look
        assert lips.opening > 0.5 * avatar.rigs[0].lips.opening, look


def test_a_mouth_said_to_be_open_opens_somewhere(avatar: PhotoAvatar) -> None:
    frame = avatar.rigs[0].frame
    points = frame.points.copy()
    points[list(INNER_LOWER_LIP), 1] = points[list(INNER_UPPER_LIP), 1]
    plain = np.full_like(avatar.rigs[0].picture.rgb, 150)
    lips = trace_lips(plain, replace(frame, points=points), "open")
    assert not lips.closed
    assert 0 < lips.opening < 0.15


def test_distances_know_the_inside_of_the_mouth(avatar: PhotoAvatar) -> None:
    mouth = avatar.rigs[0].mouth_box
    points = avatar.rigs[0].face.landmarks_px
    x, y = points[[13, 14], :2].mean(0)
    row, column = round(y) - mouth.box.y0, round(x) - mouth.box.x0
    assert mouth.inside_px()[row, column] > 2
    assert abs(mouth.x[row, column]) < 0.2
    for landmark, is_inside in ((0, False), (17, False)):
        x, y = points[landmark, :2]
        value = mouth.inside_px()[round(y) - mouth.box.y0, round(x) - mouth.box.x0]
        assert (value > 0) == is_inside
    # Along a column distances grow by about a pixel a pixel at most: they are distances, not heights.
    near = np.abs(mouth.upper_distance_px[1:]) < 5
    assert np.abs(np.diff(mouth.upper_distance_px, axis=0))[near].max() < 1.5


def test_closed_mouths_of_real_portraits(media) -> None:  # type: ignore[no-untyped-def]
    from PIL import Image

    for name, closed in (("man_stubble.png", True), ("mouth_wide_open.jpg", False), ("teeth_smile_221px.png", False)):
        with Image.open(media / "portraits" / name) as image:
            even = image.convert("RGB").crop((0, 0, image.width // 2 * 2, image.height // 2 * 2))
            assert rig_photo(Picture(np.array(even))).rigs[0].lips.closed is closed, name


@pytest.mark.parametrize("reach", [1, 2])
def test_a_single_column_is_its_own_path(reach: int) -> None:
    assert cheapest_path(np.array([[3.0], [1.0], [2.0]]), reach, 1.0).tolist() == [1]
