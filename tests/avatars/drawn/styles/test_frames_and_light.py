"""How much of a character is shown, and light that is laid over its skin."""

from __future__ import annotations

import numpy as np
import pytest

from phonoscope.avatars.drawn.avatar import DrawnAvatar
from phonoscope.avatars.drawn.character import Character
from phonoscope.avatars.drawn.portraits import draw_portrait
from phonoscope.avatars.drawn.styles import build_character
from phonoscope.avatars.drawn.styles.building import frame_of, read_colour
from phonoscope.avatars.drawn.styles.definitions import load_style
from phonoscope.avatars.drawn.styles.rigs import rig_of, styles_with_rigs
from phonoscope.core.performance import pose

SIDE_PX = 240
SKIN = "#7c5234"


def test_hair_that_stands_up_high_is_shown_whole() -> None:
    high, low = (Character("adventurer", {"hairVariant": hair}) for hair in ("short15", "short04"))
    assert frame_of(low) == rig_of("adventurer").frame
    assert frame_of(high)[1] < frame_of(low)[1]
    top = DrawnAvatar(build_character(high, (SIDE_PX, SIDE_PX))).draw(pose())[0, :, :3]
    assert np.all(top == top[0])


@pytest.mark.parametrize("style", styles_with_rigs())
def test_other_frames_are_for_variants_that_there_are(style: str) -> None:
    components = load_style(style)["components"]
    for name, frame in rig_of(style).frames.items():
        part, _, variant = name.partition(".")
        assert variant in components[part]["variants"], name
        assert frame[0] < frame[2] and frame[1] < frame[3]


def test_light_on_brown_skin_leaves_it_brown() -> None:
    character = Character(
        "personas", {"skinColor": SKIN, "hairVariant": "bald", "eyesVariant": "open"}, background="#ffffff"
    )
    video = DrawnAvatar(build_character(character, (SIDE_PX, SIDE_PX))).draw(pose())[:, :, :3]
    # White laid over dark skin as light doubles its colours, of which 36 % are taken.
    lit = 1.36 * np.array(read_colour(SKIN))
    cheek = (int(0.47 * SIDE_PX), int(0.36 * SIDE_PX))
    for picture in (video, draw_portrait(character, SIDE_PX)):
        assert np.abs(picture[cheek] - lit).max() < 3
