from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.avatars.drawn.puppets import LINE, PUPIL, WHITE, WIDTH, centre, ellipse, eye, puppet, where

from phonoscope.avatars.drawn.avatar import DrawnAvatar
from phonoscope.avatars.drawn.eyes.painting import EyePainter
from phonoscope.avatars.drawn.eyes.state import EyeState, read_eye
from phonoscope.avatars.drawn.motion.controls import read_controls
from phonoscope.avatars.drawn.puppet import BlinkKind, EyeLook, Sprite
from phonoscope.core.performance import Pose, pose

OPEN = EyeState(0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
LEFT = np.arange(WIDTH) < 160


def shut(share: float) -> EyeState:
    return EyeState(share, share, share, 0.0, 0.0, 0.0)


def seen(look: EyeLook, state: EyeState) -> NDArray[np.float64]:
    """Return an eye on grey, in its patch."""
    rgba = EyePainter(look, 100.0).paint(state).rgba.astype(np.float64)
    return np.asarray(rgba[..., :3] + 128 * (1 - rgba[..., 3:] / 255))


@pytest.mark.parametrize("blink", ["lid", "squash", "swap"])
def test_a_blink_closes_steadily(blink: BlinkKind) -> None:
    look = eye("left", 143, blink)
    open_px = [int((seen(look, shut(share)).min(-1) > 220).sum()) for share in (0, 0.2, 0.4, 0.6, 0.8, 1)]
    assert open_px == sorted(open_px, reverse=True)
    assert open_px[0] > 150
    assert open_px[-1] == 0


@pytest.mark.parametrize("blink", ["lid", "squash", "swap"])
def test_a_shut_eye_is_a_line(blink: BlinkKind) -> None:
    picture = seen(eye("left", 143, blink), shut(1.0))
    line = np.abs(picture - LINE).max(-1) < 60
    assert line.any(0).sum() >= 18
    assert line.sum(0).max() <= 5


def test_an_eye_that_does_not_blink() -> None:
    look = eye("left", 143, "none")
    np.testing.assert_array_equal(seen(look, shut(1.0)), seen(look, OPEN))


def test_lids_show_the_skin_behind() -> None:
    rgba = EyePainter(eye("left", 143), 100.0).paint(shut(0.5)).rgba
    y, x = np.nonzero((rgba[..., :3].min(-1) > 220) & (rgba[..., 3] == 255))
    top = np.nonzero((EyePainter(eye("left", 143), 100.0).paint(OPEN).rgba)[..., 3] == 255)[0].min()
    assert y.min() > top + 3
    # Above the lid's edge there is nothing.
    assert rgba[top, x[0], 3] == 0


@pytest.mark.parametrize(
    ("channels", "way"),
    [
        ({"eyeLookOutLeft": 0.8, "eyeLookInRight": 0.8}, (1, 0)),
        ({"eyeLookInLeft": 0.8, "eyeLookOutRight": 0.8}, (-1, 0)),
        ({"eyeLookUpLeft": 0.8, "eyeLookUpRight": 0.8}, (0, -1)),
        ({"eyeLookDownLeft": 0.8, "eyeLookDownRight": 0.8}, (0, 1)),
    ],
)
def test_gaze(channels: dict[str, float], way: tuple[int, int]) -> None:
    avatar = DrawnAvatar(puppet())
    before, after = (where(avatar.draw(moment), PUPIL, 40) for moment in (pose(), pose(**channels)))
    for side in (LEFT, ~LEFT):
        x0, y0 = centre(before & side)
        x1, y1 = centre(after & side)
        assert (round((x1 - x0) / 6), round((y1 - y0) / 4)) == way


def test_a_pupil_is_cut_off_by_its_white() -> None:
    look = replace(eye("left", 143), reach_px=(14.0, 0.0))
    picture = EyePainter(look, 100.0).paint(replace(OPEN, gaze_x=1.0)).rgba
    white = EyePainter(replace(look, pupil=None), 100.0).paint(OPEN).rgba
    assert (picture[..., 3].astype(int) - white[..., 3]).max() <= 1


def test_an_eye_without_a_pupil_goes_itself() -> None:
    look = replace(eye("left", 143), pupil=None, white=ellipse(137, 84, 149, 96, PUPIL), box_px=(137, 84, 149, 96))
    painter = EyePainter(look, 100.0)
    x0, _ = centre(painter.paint(OPEN).rgba[..., 3] > 127)
    x1, _ = centre(painter.paint(replace(OPEN, gaze_x=1.0)).rgba[..., 3] > 127)
    assert 1.0 < x1 - x0 < 4


def test_an_eye_in_which_nothing_may_move_stays() -> None:
    look = replace(eye("left", 143), pupil=None, reach_px=(0.0, 0.0))
    np.testing.assert_array_equal(seen(look, replace(OPEN, gaze_x=1.0, gaze_y=1.0)), seen(look, OPEN))


@pytest.mark.parametrize("share", [0.75, 0.8, 0.85, 0.9, 0.95])
def test_a_dot_that_becomes_a_line_stays_solid(share: float) -> None:
    look = replace(eye("left", 143, "squash"), pupil=None, white=ellipse(103, 50, 183, 130, LINE), line_px=18.0)
    look = replace(look, box_px=(103, 50, 183, 130))
    alpha = EyePainter(look, 100.0).paint(shut(share)).rgba[..., 3].astype(int)
    # No more than an edge is neither there nor not.
    assert ((alpha > 40) & (alpha < 215)).sum() < 0.15 * (alpha >= 215).sum()
    assert (alpha >= 215).any(0).sum() >= 70


def test_a_wink_is_of_one_side() -> None:
    avatar = DrawnAvatar(puppet())
    # The person's left is the picture's right.
    white = where(avatar.draw(pose(eyeBlinkLeft=1.0)), WHITE)
    assert (white & LEFT).sum() > 100
    assert (white & ~LEFT).sum() == 0


def test_wide_and_squinting() -> None:
    def area(moment: Pose) -> int:
        return int((seen(eye("right", 177), read_eye(read_controls(moment).right)).min(-1) > 220).sum())

    rest = area(pose())
    assert area(pose(eyeWideLeft=1.0)) > 1.1 * rest
    assert area(pose(eyeSquintLeft=1.0)) < 0.9 * rest
    assert area(pose(mouthSmileLeft=1.0)) < 0.95 * rest
    assert area(pose(eyeWideRight=1.0, mouthSmileRight=1.0)) == rest


def test_lashes_come_down_and_a_socket_stays() -> None:
    look = eye("left", 143)
    lashes = np.zeros((40, 60, 4), np.uint8)
    lashes[2:8, 10:50] = (0, 0, 255, 255)
    x, y = 113, 66
    merged = lashes.copy()
    white = look.white
    at = merged[white.y - y : white.y - y + white.size_px[1], white.x - x : white.x - x + white.size_px[0]]
    at[:] = np.maximum(at, white.rgba)
    lashed = replace(look, white=replace(white, rgba=merged, x=x, y=y))

    def blue(state: EyeState) -> float:
        rgba = EyePainter(lashed, 100.0).paint(state).rgba
        middle = slice(rgba.shape[1] // 2 - 5, rgba.shape[1] // 2 + 5)
        return centre(np.asarray((rgba[..., 2] > 200) & (rgba[..., 0] < 50))[:, middle])[1]

    assert blue(shut(1.0)) > blue(OPEN) + 5
    socket = replace(look, white=ringed(white.rgba, white.x, white.y))
    rest, closed = (EyePainter(socket, 100.0).paint(state).rgba for state in (OPEN, shut(1.0)))
    ring = (rest[..., 3] > 60) & (rest[..., 3] < 120) & (np.abs(np.arange(rest.shape[0])[:, None] - 18) > 12)
    assert ring.sum() > 20
    np.testing.assert_array_equal(rest[ring], closed[ring])


def ringed(white: NDArray[np.uint8], x: int, y: int) -> Sprite:
    ring = ellipse(127, 74, 159, 106, (0, 0, 0), alpha=0.35)
    rgba = ring.rgba.copy()
    part = rgba[y - ring.y : y - ring.y + white.shape[0], x - ring.x : x - ring.x + white.shape[1]]
    part[:] = white + part * (1 - white[..., 3:] / 255.0)
    return replace(ring, rgba=rgba)
