from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from phonoscope.avatars.photo import PhotoAvatar
from phonoscope.avatars.photo.drawing.warp import LOWER, UPPER
from phonoscope.avatars.photo.lips.line import LipLine
from phonoscope.avatars.photo.motion.controls import read_controls
from phonoscope.avatars.photo.motion.lip_closing import (
    JAW_AT_LIPS,
    UPPER_CLOSING,
    close_corners,
    close_lips,
    flatten_smile,
    gapes_by,
    upper_share,
)
from phonoscope.avatars.photo.motion.mouth_motion import move_mouth
from phonoscope.avatars.photo.motion.mouth_space import MouthSpace, photographed_drop, see_mouth, spread_profile
from phonoscope.core.performance import pose


@pytest.fixture(scope="module")
def smile(avatar: PhotoAvatar) -> LipLine:
    return avatar.rigs[0].lips


@pytest.fixture(scope="module")
def shout(smile: LipLine) -> LipLine:
    """A box, a fifth of a face height high."""
    gap = 0.2 * (1 - np.abs(smile.x) ** 6)
    upper = 0.4 + 0.05 * np.abs(smile.x) ** 4
    return replace(smile, upper=upper, lower=upper + gap, gap=gap, opening=0.2)


def _space(avatar: PhotoAvatar, lips: LipLine) -> MouthSpace:
    return see_mouth(avatar.rigs[0].frame, avatar.rigs[0].solver.lattice, lips)


def test_only_dropped_jaws_gape(smile: LipLine, shout: LipLine) -> None:
    assert gapes_by(smile) == 0
    assert gapes_by(shout) == 1


def test_lips_of_a_smile_share_alike_along_the_mouth(smile: LipLine) -> None:
    np.testing.assert_allclose(upper_share(smile), UPPER_CLOSING)


def test_lips_of_a_gaping_mouth_meet_on_a_parabola(shout: LipLine) -> None:
    drop, spread = photographed_drop(shout), spread_profile(shout.x)
    left = shout.gap - drop * spread
    met = shout.upper - JAW_AT_LIPS * drop * (1 - spread) + upper_share(shout) * left
    inner = np.abs(shout.x) < 0.8
    fit = np.polyval(np.polyfit(shout.x[inner], met[inner], 2), shout.x)
    even = shout.upper - JAW_AT_LIPS * drop * (1 - spread) + UPPER_CLOSING * left
    wavy = np.polyval(np.polyfit(shout.x[inner], even[inner], 2), shout.x)
    assert np.abs(met - fit)[inner].max() < 0.6 * np.abs(even - wavy)[inner].max()


def test_no_column_of_a_smile_stays_open(avatar: PhotoAvatar, smile: LipLine) -> None:
    mouth = _space(avatar, smile)
    still = np.zeros(mouth.x.shape)
    jaw = ((still, still, still), (still, still, still))
    cell = avatar.rigs[0].solver.lattice.step_px / avatar.rigs[0].frame.height_px
    upper, lower = close_lips(mouth, jaw, cell)
    on_lips = (mouth.above <= 0) & (mouth.below <= 0) & (np.abs(mouth.x) < 1)
    assert on_lips.any()
    assert (upper[1] - lower[1] >= mouth.gap - photographed_drop(smile) * mouth.spread - 1e-9)[on_lips].all()


def test_a_rounded_smile_loses_its_bow(avatar: PhotoAvatar, smile: LipLine) -> None:
    mouth = _space(avatar, smile)
    upper, lower = flatten_smile(mouth)
    np.testing.assert_array_equal(upper[1], lower[1])
    near = np.abs(mouth.away) < 0.02
    assert np.abs(upper[1][near & (np.abs(mouth.x) < 0.1)]).max() < 0.003
    assert upper[1][near & (np.abs(np.abs(mouth.x) - 1) < 0.1)].min() > 0.01
    flat = replace(smile, upper=np.full_like(smile.upper, 0.4), lower=np.full_like(smile.upper, 0.4))
    flat = replace(flat, gap=np.zeros_like(smile.gap), opening=0.0, closed=True)
    assert flatten_smile(_space(avatar, flat))[0][1].max() == 0


@pytest.mark.parametrize(
    "mood",
    [
        {"mouthSmileLeft": 1.0, "mouthSmileRight": 1.0},
        {"mouthSmileLeft": 1.0},
        {"mouthFrownLeft": 1.0, "mouthFrownRight": 1.0, "browDownLeft": 1.0, "browDownRight": 1.0},
        {"mouthStretchLeft": 1.0, "mouthStretchRight": 1.0, "jawOpen": 0.6},
    ],
)
def test_lips_shut_in_any_mood(avatar: PhotoAvatar, mood: dict[str, float]) -> None:
    """Both lips' edges meet or overlap in every column, however the face looks."""
    rig = avatar.rigs[0]
    motion = move_mouth(read_controls(pose(lipGap=0.0, **mood)), rig.lips)
    warp = rig.solver.solve(motion.weights, np.eye(3, 4), 0)
    inner = np.linspace(-0.85, 0.85, 31)
    edges = []
    for layer, line in ((UPPER, rig.lips.upper), (LOWER, rig.lips.lower)):
        u = rig.lips.centre_u + inner * rig.lips.half_width
        x, y = rig.frame.to_picture(u, np.interp(inner, rig.lips.x, line), np.interp(inner, rig.lips.x, rig.lips.depth))
        edges.append(y + rig.solver.lattice.sample(warp.forward[layer, 1], x, y))
    assert (edges[1] - edges[0]).max() < 0.004 * rig.frame.height_px


def test_corners_are_what_a_smile_opens_beside_its_middle(avatar: PhotoAvatar, smile: LipLine) -> None:
    mouth = _space(avatar, smile)
    upper, lower = close_corners(mouth)
    closes = upper[1] - lower[1]
    near = (mouth.above <= 0) | (mouth.below <= 0)
    assert closes.min() >= 0
    assert closes[near & (np.abs(mouth.x) < 0.1)].max() < 0.3 * closes[near & (np.abs(mouth.x) > 0.6)].max()
