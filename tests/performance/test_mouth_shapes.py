from __future__ import annotations

import itertools
from collections.abc import Iterator
from fractions import Fraction

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.performance.acting import act
from tests.performance.speeches import babble, speech

from phonoscope.core.mouth_shapes import MOUTH_SHAPES, A, nearest_shapes
from phonoscope.core.performance import CHANNELS, HEAD, Performance, pose
from phonoscope.performance import PerformOptions
from phonoscope.performance.mouth_shapes import HOLD, LOOK_AHEAD, hold_mouth_shapes

FPS = Fraction(25)
POSES = {
    "X": pose(),
    "A": pose(mouthPressLeft=1.0, mouthPressRight=1.0),
    "B": pose(jawOpen=0.1, lipGap=0.028, mouthStretchLeft=0.5, mouthStretchRight=0.5),
    "C": pose(jawOpen=0.4, lipGap=0.05, mouthStretchLeft=0.2, mouthStretchRight=0.2),
    "D": pose(jawOpen=0.8, lipGap=0.072),
    "F": pose(lipGap=0.011, mouthFunnel=1.0, mouthPucker=1.0),
    "G": pose(lipGap=0.012, mouthRollLower=1.0),
}


def performance(wanted: str) -> Performance:
    curves = np.stack([POSES[shape].curves for shape in wanted])
    return Performance(FPS, curves, np.zeros((len(wanted), len(HEAD)), np.float32))


def cut(whole: Performance, lengths: list[int]) -> Iterator[Performance]:
    bounds = np.cumsum([0, *lengths]).tolist()
    for start, stop in itertools.pairwise(bounds):
        yield Performance(whole.fps, whole.curves[start:stop].copy(), whole.head[start:stop].copy(), start)


def column(pieces: list[Performance]) -> NDArray[np.float32]:
    return np.concatenate([piece.curve("mouthShape") for piece in pieces])


def shown(wanted: str) -> str:
    shapes = column(list(hold_mouth_shapes([performance(wanted)])))
    return "".join(MOUTH_SHAPES[int(shape) - 1] for shape in shapes)


def runs(shapes: str) -> list[tuple[str, int]]:
    return [(shape, len(list(group))) for shape, group in itertools.groupby(shapes)]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("XXXX", "XXXX"),
        ("XXXBBCCXXX", "XXXBBCCXXX"),
        # What is gone again at once is not shown; what changes all the time is shown on twos.
        ("CCCDCCC", "CCCCCCC"),
        ("CCBDFCCC", "CCBBFFCC"),
        # A closure of one frame lasts for two, and begins at its moment, whatever is cut off before it.
        ("CCCACCCC", "CCCAACCC"),
        ("CCBACCC", "CCCAACC"),
        ("CCABDDD", "CCAADDD"),
        # The vowel between two closures is seen.
        ("CCAAADAAACC", "CCAADDAAACC"),
        ("CCAADAACC", "CCAAAAACC"),
        # Teeth on the lip are waited for.
        ("CCBGGCC", "CCCGGCC"),
        ("CCAGCCC", "CCAAGGC"),
        ("DDDGDDD", "DDDGGDD"),
    ],
)
def test_what_is_shown(wanted: str, expected: str) -> None:
    assert shown(wanted) == expected


@pytest.mark.parametrize("seed", range(6))
def test_shapes_are_held_and_closures_never_lost(seed: int) -> None:
    rng = np.random.default_rng(seed)
    lengths = rng.integers(1, 5, 200)
    names = rng.choice(list(POSES), 200, p=[0.05, 0.2, 0.2, 0.2, 0.15, 0.1, 0.1])
    wanted = "".join(str(name) * int(length) for name, length in zip(names, lengths, strict=True))
    seen = shown(wanted)
    assert min(length for _, length in runs(seen)[1:-1]) >= HOLD
    place = 0
    for shape, length in runs(wanted):
        if shape == "A":
            part = seen[place : place + length]
            assert part[0] == "A"
            assert part.count("A") >= min(length, HOLD)
        place += length


@pytest.mark.parametrize("size", [1, 2, 3, 7, 64])
def test_shapes_do_not_depend_on_the_pieces(size: int) -> None:
    whole = act(babble(6.0))
    expected = column(list(hold_mouth_shapes([whole])))
    sizes = [size] * (len(whole) // size) + ([len(whole) % size] if len(whole) % size else [])
    pieces = list(hold_mouth_shapes(cut(whole, sizes)))
    np.testing.assert_array_equal(column(pieces), expected)
    np.testing.assert_array_equal(np.concatenate([p.head for p in pieces]), whole.head)
    kept = [column for column, name in enumerate(CHANNELS) if name != "mouthShape"]
    np.testing.assert_array_equal(np.concatenate([p.curves for p in pieces])[:, kept], whole.curves[:, kept])
    assert [p.first_frame for p in pieces] == np.cumsum([0, *(len(p) for p in pieces[:-1])]).tolist()


def test_frames_come_soon() -> None:
    taken = 0

    def endless() -> Iterator[Performance]:
        nonlocal taken
        while True:
            taken += 1
            yield performance("C")

    stream = hold_mouth_shapes(endless())
    assert len(next(stream)) == 1
    assert taken == 1 + LOOK_AHEAD


def test_nothing_becomes_nothing() -> None:
    assert list(hold_mouth_shapes([])) == []
    assert shown("XX") == "XX"


@pytest.mark.parametrize("fps", [Fraction(25), Fraction(30), Fraction(60)])
def test_every_closure_of_speech_is_seen(fps: Fraction) -> None:
    whole = speech("b ˈɑ b m ˈɪ p ˈi:0.05 p t ˈa m ˈʌ b w ˈu p", phone_s=0.07)
    played = act(whole, PerformOptions(fps=fps))
    shapes = column(list(hold_mouth_shapes([played]))).astype(int) - 1
    for phone in whole.phones:
        if phone.ipa in "pbm":
            first = int(phone.start_s * fps) - 1
            last = int(phone.end_s * fps) + 2
            assert A in shapes[first : last + 1], phone


def test_lips_that_touch_are_shut() -> None:
    touching = performance("ABCDFGX")
    curves = touching.curves.copy()
    curves[:, CHANNELS.index("lipGap")] = 0
    curves[:, CHANNELS.index("mouthRest")] = 0
    assert nearest_shapes(curves).tolist() == [A] * 7
