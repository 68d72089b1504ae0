"""Transitions begin with the one scene, end with the other, and go there without a jump."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
import pytest
import skimage.data

from phonoscope.core.colour import frame_to_rgb, rgb_to_frame
from phonoscope.core.errors import UsageError
from phonoscope.core.frames import VideoFrame
from phonoscope.scene.transitions.frame import transition_frame
from phonoscope.scene.transitions.settings import (
    DIRECTIONS,
    TRANSITIONS,
    Circle,
    Cover,
    Cut,
    Defocus,
    Direction,
    Dissolve,
    Fade,
    Slide,
    TransitionSettings,
    Wipe,
    Zoom,
)

SIZE = (322, 182)
ALL: list[TransitionSettings] = [
    Cut(),
    Dissolve(),
    Fade(),
    Fade((250, 240, 200)),
    *(kind(direction) for kind in (Slide, Cover, Wipe) for direction in DIRECTIONS),
    Zoom(),
    Circle(),
    Defocus(),
]
STEPS = np.linspace(0, 1, 61)


@dataclass(frozen=True)
class Scenes:
    first: VideoFrame
    second: VideoFrame

    def at(self, settings: TransitionSettings, progress: float) -> VideoFrame:
        frame = self.first if self.first.alpha is not None else self.second
        out = VideoFrame(
            np.full_like(frame.luma, 99),
            np.full_like(frame.chroma, 33),
            None if frame.alpha is None else np.full_like(frame.alpha, 77),
        )
        transition_frame(settings, self.first, self.second, progress, out)
        return out


def picture(rgb: np.ndarray) -> VideoFrame:  # type: ignore[type-arg]
    return rgb_to_frame(np.asarray(cv2.resize(np.ascontiguousarray(rgb), SIZE, interpolation=cv2.INTER_AREA), np.uint8))


def holed(frame: VideoFrame, x: int) -> VideoFrame:
    alpha = np.zeros(frame.luma.shape, np.uint8)
    cv2.circle(alpha, (x, 90), 60, (255,), -1, cv2.LINE_AA)
    return VideoFrame(frame.luma, frame.chroma, alpha)


@pytest.fixture(scope="module")
def scenes() -> Scenes:
    return Scenes(picture(skimage.data.astronaut()[:288]), picture(skimage.data.chelsea()[:250]))


@pytest.fixture(scope="module")
def holed_scenes(scenes: Scenes) -> Scenes:
    return Scenes(holed(scenes.first, 120), holed(scenes.second, 200))


def same(one: VideoFrame, other: VideoFrame) -> bool:
    alphas = (one.alpha, other.alpha)
    return (
        np.array_equal(one.luma, other.luma)
        and np.array_equal(one.chroma, other.chroma)
        and (alphas[0] is None or alphas[1] is None or np.array_equal(alphas[0], alphas[1]))
    )


def difference(one: VideoFrame, other: VideoFrame) -> float:
    return float(np.abs(one.luma.astype(int) - other.luma).mean())


@pytest.mark.parametrize("settings", ALL)
def test_ends_are_the_scenes_themselves(settings: TransitionSettings, scenes: Scenes, holed_scenes: Scenes) -> None:
    for given in (scenes, holed_scenes):
        assert same(given.at(settings, 0), given.first)
        assert same(given.at(settings, 1), given.second)


@pytest.mark.parametrize("settings", [settings for settings in ALL if settings != Cut()])
def test_nothing_jumps(settings: TransitionSettings, scenes: Scenes) -> None:
    frames = [scenes.at(settings, progress) for progress in STEPS]
    apart = difference(scenes.first, scenes.second)
    steps = [difference(one, other) for one, other in pairwise(frames)]
    # A fade goes two ways in the time of one, and what slides is all new after an eighth of it.
    assert max(steps) < 0.6 * apart
    assert max(steps[0], steps[-1]) < 0.12 * apart


@pytest.mark.parametrize("settings", ALL)
def test_the_same_moment_is_the_same_frame(settings: TransitionSettings, scenes: Scenes) -> None:
    before = scenes.at(settings, 0.4)
    scenes.at(settings, 0.9)
    assert same(scenes.at(settings, 0.4), before)


@pytest.mark.parametrize("settings", ALL)
def test_inputs_stay_and_levels_are_legal(settings: TransitionSettings, scenes: Scenes) -> None:
    luma, chroma = scenes.first.luma.copy(), scenes.second.chroma.copy()
    for progress in (0.2, 0.5, 0.8):
        out = scenes.at(settings, progress)
        assert out.luma.min() >= 16
        assert out.luma.max() <= 235
    assert np.array_equal(luma, scenes.first.luma)
    assert np.array_equal(chroma, scenes.second.chroma)


@pytest.mark.parametrize("settings", [Dissolve(), Wipe(), Wipe("up"), Circle()])
def test_more_and_more_of_the_second(settings: TransitionSettings, scenes: Scenes) -> None:
    left = [difference(scenes.at(settings, progress), scenes.second) for progress in STEPS]
    assert all(later <= sooner + 0.01 for sooner, later in pairwise(left))


def test_equal_scenes_stay_as_they_are(scenes: Scenes) -> None:
    still = Scenes(scenes.first, scenes.first)
    for settings in (Dissolve(), Wipe(), Wipe("down"), Circle()):
        assert same(still.at(settings, 0.37), scenes.first)


def test_a_fade_goes_through_its_colour(scenes: Scenes) -> None:
    rgb = frame_to_rgb(scenes.at(Fade((200, 40, 60)), 0.5))
    assert np.abs(rgb.astype(int) - (200, 40, 60)).max() <= 3


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_a_slide_moves_both(direction: Direction, scenes: Scenes) -> None:
    right, down = DIRECTIONS[direction]
    out = scenes.at(Slide(direction), 0.5)
    # What is seen between both scenes laid side by side, half-way from one to the other.
    axis = 1 if right else 0
    order = (scenes.second, scenes.first) if right + down > 0 else (scenes.first, scenes.second)
    strip = np.concatenate([scene.luma for scene in order], axis=axis)
    length = SIZE[0] if right else SIZE[1]
    seen = [
        begin
        for begin in range(0, length, 2)
        if np.array_equal(out.luma, np.take(strip, range(begin, begin + length), axis=axis))
    ]
    assert len(seen) == 1
    assert abs(seen[0] - length / 2) <= 1


def test_what_slides_does_not_shimmer(scenes: Scenes) -> None:
    """Every frame shows unchanged pixels of both scenes, luma and chroma moved alike."""
    for progress in np.linspace(0.3, 0.7, 17):
        out = scenes.at(Slide("left"), float(progress))
        moved = next(x for x in range(0, 322, 2) if np.array_equal(out.luma[:, 0], scenes.first.luma[:, x]))
        assert np.array_equal(out.luma[:, : 322 - moved], scenes.first.luma[:, moved:])
        assert np.array_equal(out.chroma[:, : (322 - moved) // 2], scenes.first.chroma[:, moved // 2 :])


def test_a_cover_casts_a_shadow(scenes: Scenes) -> None:
    out = scenes.at(Cover("right"), 0.5)
    before = scenes.first.luma[:, 163:170].astype(int)
    assert (out.luma[:, 163:170] < before)[before > 60].all()
    assert np.array_equal(out.luma[:, 200:], scenes.first.luma[:, 200:])


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_a_wipe_comes_from_the_other_side(direction: Direction, scenes: Scenes) -> None:
    out = scenes.at(Wipe(direction), 0.5)
    right, down = DIRECTIONS[direction]
    axis = 1 if right else 0
    begin, end = (range(20), range(-20, 0)) if right + down > 0 else (range(-20, 0), range(20))
    for frame, part in ((scenes.second, begin), (scenes.first, end)):
        assert np.array_equal(np.take(out.luma, part, axis=axis), np.take(frame.luma, part, axis=axis))


def test_a_circle_is_round_and_grows(scenes: Scenes) -> None:
    black = VideoFrame(np.full((182, 322), 16, np.uint8), np.full((91, 161, 2), 128, np.uint8))
    white = VideoFrame(np.full((182, 322), 235, np.uint8), np.full((91, 161, 2), 128, np.uint8))
    out = Scenes(black, white).at(Circle(), 0.3).luma
    across, along = (out[91] > 125).sum(), (out[:, 161] > 125).sum()
    assert abs(int(across) - int(along)) <= 2
    assert np.array_equal(out, out[:, ::-1])
    assert np.array_equal(out, out[::-1])


def test_a_zoom_of_nothing_is_the_frame(scenes: Scenes) -> None:
    barely = scenes.at(Zoom(), 0.01)
    assert difference(barely, scenes.first) < 0.1


def test_a_zoom_keeps_the_middle_and_the_colours_in_place() -> None:
    rgb = np.full((182, 322, 3), 60, np.uint8)
    rgb[71:111, 141:181] = (220, 60, 40)
    frame = rgb_to_frame(rgb)
    out = Scenes(frame, frame).at(Zoom(), 0.35)
    red, green = (frame_to_rgb(out)[..., k].astype(int) for k in range(2))
    y, x = np.nonzero(red - green > 80)
    assert x.mean() == pytest.approx(160.5, abs=0.6)
    assert y.mean() == pytest.approx(90.5, abs=0.6)
    light = np.nonzero(np.abs(out.luma.astype(int) - out.luma[0, 0]) > 12)
    assert np.ptp(light[1]) == pytest.approx(np.ptp(x), abs=2)


def test_holes_stay_holes(holed_scenes: Scenes) -> None:
    assert holed_scenes.first.alpha is not None
    assert holed_scenes.second.alpha is not None
    nowhere = (holed_scenes.first.alpha == 0) & (holed_scenes.second.alpha == 0)
    for settings in (Dissolve(), Fade(), Wipe(), Circle()):
        out = holed_scenes.at(settings, 0.45)
        assert out.alpha is not None
        assert (out.alpha[nowhere] == 0).all()


def test_what_is_hidden_adds_no_colour(scenes: Scenes) -> None:
    grey = VideoFrame(np.full((182, 322), 100, np.uint8), np.full((91, 161, 2), 128, np.uint8))
    hidden = VideoFrame(
        np.full((182, 322), 235, np.uint8), np.full((91, 161, 2), 200, np.uint8), np.zeros((182, 322), np.uint8)
    )
    out = Scenes(grey, hidden).at(Dissolve(), 0.5)
    assert (out.luma == 100).all()
    assert (out.chroma == 128).all()
    assert out.alpha is not None
    assert (out.alpha == 128).all()


def test_frames_that_do_not_fit_are_refused(scenes: Scenes, holed_scenes: Scenes) -> None:
    small = VideoFrame(np.zeros((2, 2), np.uint8), np.zeros((1, 1, 2), np.uint8))
    with pytest.raises(UsageError, match="pixels"):
        transition_frame(Cut(), scenes.first, small, 0.5, small)
    with pytest.raises(UsageError, match="alpha"):
        transition_frame(Cut(), holed_scenes.first, scenes.second, 0.5, scenes.at(Cut(), 0))
    with pytest.raises(UsageError, match="progress"):
        scenes.at(Cut(), float("nan"))


def test_settings_are_checked() -> None:
    with pytest.raises(UsageError, match="direction of a slide"):
        Slide("north")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="no colour"):
        Fade((0, 0, 256))
    assert set(TRANSITIONS) >= {"cut", "fade", "dissolve", "slide", "wipe", "zoom", "circle"}
