from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from phonoscope.capture import Retarget, parse_retarget, retarget
from phonoscope.core.errors import UsageError
from phonoscope.core.performance import CHANNEL, CHANNELS, Performance


@pytest.fixture
def lively(rng: np.random.Generator) -> Performance:
    curves = rng.uniform(0, 0.4, (20, len(CHANNELS))).astype(np.float32)
    return Performance(Fraction(30), curves, rng.uniform(-0.5, 0.5, (20, 5)).astype(np.float32))


def test_one_is_as_it_was(lively: Performance) -> None:
    same = retarget(lively, Retarget())
    assert np.array_equal(same.curves, lively.curves)
    assert np.array_equal(same.head, lively.head)


def test_a_group_is_strengthened_alone(lively: Performance) -> None:
    stronger = retarget(lively, parse_retarget("mouth=1.5,head=.5"))
    assert stronger.curve("lipGap") == pytest.approx(1.5 * lively.curve("lipGap").clip(0, 1 / 3), abs=1e-6)
    assert stronger.curve("jawOpen") == pytest.approx(1.5 * lively.curve("jawOpen"))
    assert stronger.curve("browInnerUp") == pytest.approx(lively.curve("browInnerUp"))
    assert stronger.curve("mouthRest") == pytest.approx(lively.curve("mouthRest"))
    assert stronger.head == pytest.approx(0.5 * lively.head)


def test_eyes_shut_entirely_at_any_strength(lively: Performance) -> None:
    for strength in ("0.5", "1", "2"):
        shown = retarget(lively, parse_retarget(f"eyes={strength}")).curve("eyeBlinkLeft")
        assert shown == pytest.approx(lively.curve("eyeBlinkLeft"))
    assert retarget(lively, parse_retarget("eyes=0")).curve("eyeBlinkLeft").max() == 0


def test_nothing_leaves_its_range(lively: Performance) -> None:
    strongest = retarget(lively, parse_retarget("2"))
    lip_gap = strongest.curves[:, CHANNEL["lipGap"]]
    assert lip_gap.max() <= 0.5
    assert strongest.curves.max() <= 1


def test_the_name_of_a_mouth_shape_is_no_measure(lively: Performance) -> None:
    curves = lively.curves.copy()
    curves[:, CHANNEL["mouthShape"]] = 7
    named = Performance(lively.fps, curves, lively.head)
    assert (retarget(named, Retarget(mouth=0.3, mirror=True)).curve("mouthShape") == 7).all()


def test_a_mirror_swaps_sides_and_twice_is_once_more(lively: Performance) -> None:
    mirrored = retarget(lively, Retarget(mirror=True))
    for name, other in (
        ("mouthSmileLeft", "mouthSmileRight"),
        ("eyeLookInLeft", "eyeLookInRight"),
        ("jawLeft", "jawRight"),
    ):
        assert np.array_equal(mirrored.curve(name), lively.curve(other))
    assert np.array_equal(mirrored.head, lively.head * np.array([-1, 1, -1, -1, 1], np.float32))
    assert np.array_equal(mirrored.curve("lipGap"), lively.curve("lipGap"))
    assert np.array_equal(retarget(mirrored, Retarget(mirror=True)).head, lively.head)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1", Retarget()),
        ("", Retarget()),
        ("0.5", Retarget(0.5, 0.5, 0.5, 0.5, 0.5)),
        ("mouth=1.2, head=.6", Retarget(mouth=1.2, head=0.6)),
        ("1.5,head=0", Retarget(1.5, 1.5, 1.5, 1.5, 0.0)),
        ("head=0,1.5", Retarget(1.5, 1.5, 1.5, 1.5, 0.0)),
    ],
)
def test_strengths_are_read(text: str, expected: Retarget) -> None:
    assert parse_retarget(text) == expected


@pytest.mark.parametrize(
    "text", ["strong", "mouth", "nose=1", "mouth=", "=1", "mouth=2.1", "-1", "nan", "1e9", "mouth=1=2"]
)
def test_other_strengths_are_refused(text: str) -> None:
    with pytest.raises(UsageError):
        parse_retarget(text)
