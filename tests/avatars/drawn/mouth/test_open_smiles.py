"""Characters whose own mouth is an open smile rest in one."""

import pytest

from phonoscope.avatars.drawn.library import list_characters
from phonoscope.avatars.drawn.mouth.geometry import form_mouth
from phonoscope.avatars.drawn.mouth.wishes import read_wishes
from phonoscope.avatars.drawn.puppet import MouthLook
from phonoscope.avatars.drawn.styles import build_character, rig_of
from phonoscope.core.performance import pose

SMILING = {
    "adventurer": "variant26",
    "avataaars": "smile",
    "big-smile": "openedSmile",
    "micah": "laughing",
    "miniavs": "default",
    "personas": "bigSmile",
    "toon-head": "laugh",
}
SHUT = pose(jawOpen=0.1, mouthPressLeft=1.0, mouthPressRight=1.0)


@pytest.mark.parametrize("style", SMILING)
def test_open_at_rest_and_shut_for_speech(style: str) -> None:
    character = next(
        one for one in list_characters() if one.style == style and one.options["mouthVariant"] == SMILING[style]
    )
    puppet = build_character(character, (220, 220))
    assert isinstance(puppet.mouth, MouthLook)
    gaps = [
        form_mouth(read_wishes(moment), puppet.mouth, puppet.build.face_height_px).gap_px for moment in (pose(), SHUT)
    ]
    # To be seen in a picture of 220 pixels.
    assert gaps[0] > 3
    assert gaps[1] == 0


@pytest.mark.parametrize("style", sorted(SMILING.keys() - {"miniavs"}))
def test_other_mouths_of_these_styles_rest_shut(style: str) -> None:
    mouth = rig_of(style).mouth
    assert mouth is not None
    assert mouth.of({"mouth.sad"}).rest_opening == 0
