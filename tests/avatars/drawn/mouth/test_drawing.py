import importlib
import itertools
from dataclasses import replace
from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from tests.avatars.drawn.mouth.looks import AH, EE, EF, EL, ES, FACE_PX, LINE, LOOKS, OO, SHUT, SMILES, between

from phonoscope.avatars.drawn.mouth.drawing import MouthPainter, patch_box
from phonoscope.avatars.drawn.mouth.skia_library import load_skia
from phonoscope.avatars.drawn.puppet import MouthLook
from phonoscope.core.errors import MissingPartError
from phonoscope.core.performance import CHANNELS, Pose, pose

SPOKEN = {"ah": AH, "ee": EE, "oo": OO, "f": EF, "l": EL, "s": ES}


def drawn(look: MouthLook, moment: Pose) -> NDArray[np.int32]:
    return MouthPainter(look, FACE_PX).paint(moment).rgba.astype(np.int32)


def height_px(rgba: NDArray[np.int32]) -> float:
    """Return the height of what is painted in the middle."""
    middle = rgba[:, rgba.shape[1] // 2, 3]
    return float(middle.sum() / 255)


def count(rgba: NDArray[np.int32], colour: tuple[int, int, int]) -> int:
    return int((np.abs(rgba - (*colour, 255)).max(-1) < 3).sum())


@pytest.mark.parametrize("name", LOOKS)
@pytest.mark.parametrize("moment", [SHUT, pose()], ids=["shut", "rest"])
def test_nothing_is_seen_between_shut_lips(name: str, moment: Pose) -> None:
    look = LOOKS[name]
    rgba = drawn(look, moment)
    assert rgba[:, :, 3].max() == 255
    assert count(rgba, look.teeth or (0, 0, 0)) == count(rgba, look.tongue or (0, 0, 0)) == 0
    if look.kind == "line":
        assert rgba[:, :, 2].max() == 0
        assert height_px(rgba) < 1.25 * look.line_px
    elif look.kind == "shape":
        assert height_px(rgba) < 1.15 * look.line_px


@pytest.mark.parametrize("name", LOOKS)
@pytest.mark.parametrize("sound", SPOKEN)
def test_vowels_open_the_mouth(name: str, sound: str) -> None:
    look = LOOKS[name]
    assert height_px(drawn(look, SPOKEN[sound])) > height_px(drawn(look, SHUT)) + 4


def test_teeth_and_tongue_are_seen_where_they_should() -> None:
    assert count(drawn(LINE, AH), (255, 128, 255)) > 60
    assert count(drawn(LINE, AH), (255, 255, 255)) > 60
    assert count(drawn(LINE, EE), (255, 255, 255)) > count(drawn(LINE, AH), (255, 255, 255))
    assert count(drawn(LINE, EF), (255, 255, 255)) > 60
    assert count(drawn(LINE, EL), (255, 128, 255)) > 30
    assert count(drawn(LINE, OO), (255, 255, 255)) == 0
    bare = replace(LINE, teeth=None, tongue=None)
    assert {count(drawn(bare, moment), (255, 255, 255)) for moment in SPOKEN.values()} == {0}


@pytest.mark.parametrize("line_px", [1.5, 3.0, 5.0, 8.0])
@pytest.mark.parametrize("sound", [*SPOKEN, "rest"])
def test_a_shape_keeps_a_dark_rim_around_teeth_and_tongue(sound: str, line_px: float) -> None:
    look = replace(SMILES["shape"], line_px=line_px, rest_teeth=1.0)
    rgba = drawn(look, SPOKEN.get(sound, pose()))
    # Teeth and tongue are the only ones with green in them.
    bright = rgba[:, :, 1] > 64
    assert bright.any() == (sound != "oo")
    to_edge_px = cv2.distanceTransform((rgba[:, :, 3] > 127).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    assert to_edge_px[bright].min(initial=np.inf) >= max(0.3 * line_px, 1.0)


@pytest.mark.parametrize("name", SMILES)
def test_an_open_smile_shows_its_teeth_at_rest_and_shuts_for_speech(name: str) -> None:
    look = SMILES[name]
    resting = drawn(look, pose())
    assert height_px(resting) > height_px(drawn(look, SHUT)) + 8
    assert count(resting, (255, 255, 255)) > 60
    np.testing.assert_array_equal(drawn(look, SHUT), drawn(replace(look, rest_opening=0.0), SHUT))


@pytest.mark.parametrize("name", SMILES)
def test_an_open_smile_does_not_pop(name: str) -> None:
    painter = MouthPainter(SMILES[name], FACE_PX)
    shown = [painter.paint(between(SHUT, pose(), step / 500)).rgba.astype(np.int32) for step in range(501)]
    assert max(np.abs(now - last).sum() / (4 * 255) for last, now in itertools.pairwise(shown)) < 36


@pytest.mark.parametrize("name", LOOKS)
@pytest.mark.parametrize("sound", SPOKEN)
def test_nothing_pops(name: str, sound: str) -> None:
    painter = MouthPainter(LOOKS[name], FACE_PX)
    steps = 500
    changes, last = [], None
    for step in range(steps + 1):
        now = painter.paint(between(SHUT, SPOKEN[sound], step / steps)).rgba.astype(np.int32)
        if last is not None:
            changes.append(np.abs(now - last).sum() / (4 * 255))
        last = now
    # In pixels' worth of change, of some hundreds that change on the whole way.
    assert max(changes) < 36
    assert sum(changes) > 60


@pytest.mark.parametrize("half_width_px", [2.0, 8.0, 300.0])
@pytest.mark.parametrize("name", LOOKS)
def test_every_size_is_drawn_within_its_box(half_width_px: float, name: str) -> None:
    scale = half_width_px / LINE.half_width_px
    look = replace(
        LOOKS[name],
        half_width_px=half_width_px,
        line_px=max(1.0, scale * LOOKS[name].line_px),
        reach_px=scale * LINE.reach_px,
        rest_opening=1.0,
    )
    painter = MouthPainter(look, FACE_PX * scale)
    wide = {channel: 1.0 for channel in CHANNELS if channel.startswith("mouth") and channel not in ("mouthRest",)}
    extremes = [
        *SPOKEN.values(),
        SHUT,
        pose(),
        pose(mouthRest=1.0, mouthSmileLeft=1.0, mouthSmileRight=1.0),
        pose(mouthSmileLeft=1.0, mouthSmileRight=1.0, lipGap=0.5, mouthLeft=1.0),
        pose(mouthFrownLeft=1.0, mouthFrownRight=1.0, lipGap=0.5, mouthRight=1.0, tongueOut=1.0),
        pose(mouthStretchLeft=1.0, mouthStretchRight=1.0, lipGap=0.1, jawLeft=1.0),
        pose(**wide),
    ]
    for moment in extremes:
        alpha = painter.paint(moment).rgba[:, :, 3]
        assert alpha.max() > 100
        border = np.concatenate([alpha[0], alpha[-1], alpha[:, 0], alpha[:, -1]])
        assert border.max() == 0


def test_sprite_lies_where_the_mouth_is() -> None:
    sprite = MouthPainter(LINE, FACE_PX).paint(pose())
    ys, xs = np.nonzero(sprite.rgba[:, :, 3] > 127)
    assert sprite.x + 0.5 * (xs.min() + xs.max() + 1) == pytest.approx(100, abs=0.6)
    assert sprite.y + ys.max() + 1 == pytest.approx(82, abs=0.6)
    assert (sprite.x, sprite.y, sprite.x + sprite.size_px[0], sprite.y + sprite.size_px[1]) == patch_box(LINE)


def test_one_patch_is_painted_over_and_over() -> None:
    painter = MouthPainter(LINE, FACE_PX)
    first = painter.paint(pose())
    resting = first.rgba.copy()
    second = painter.paint(AH)
    assert first is second
    assert not second.rgba.flags.writeable
    assert (second.rgba != resting).any()
    np.testing.assert_array_equal(painter.paint(pose()).rgba, resting)


def test_pixels_are_premultiplied() -> None:
    rgba = drawn(LOOKS["turned"], AH)
    assert (rgba[:, :, :3] <= rgba[:, :, 3:]).all()


def test_flat_ends_stay_flat() -> None:
    flat = drawn(replace(LINE, smile=0.0, round_ends=False), pose())
    round_ = drawn(replace(LINE, smile=0.0), pose())
    assert round_[:, :, 3].sum() > flat[:, :, 3].sum() + 8 * 255


@pytest.mark.parametrize(
    ("error", "remedy"),
    [(ImportError("libEGL.so.1: cannot open"), "libegl1"), (ModuleNotFoundError("skia"), "skia-python")],
)
def test_what_is_missing_is_told(error: ImportError, remedy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(name: str) -> Any:
        raise error

    load_skia.cache_clear()
    monkeypatch.setattr(importlib, "import_module", refuse)
    with pytest.raises(MissingPartError, match=remedy):
        MouthPainter(LINE, FACE_PX)
    monkeypatch.undo()
    load_skia.cache_clear()
