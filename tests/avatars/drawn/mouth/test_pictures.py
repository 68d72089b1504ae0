import pytest
from tests.avatars.drawn.mouth.looks import AH, EE, EF, EL, OO, SHUT

from phonoscope.avatars.drawn.mouth.pictures import choose_shape
from phonoscope.core.performance import Pose, pose


@pytest.mark.parametrize(
    ("moment", "shape"),
    [
        (pose(), "X"),
        (SHUT, "A"),
        (EE, "B"),
        (pose(jawOpen=0.44, lipGap=0.05, mouthStretchLeft=0.35, mouthStretchRight=0.35), "C"),
        (AH, "D"),
        (pose(jawOpen=0.6, lipGap=0.045, mouthFunnel=0.55, mouthPucker=0.55), "E"),
        (OO, "F"),
        (EF, "G"),
        (EL, "H"),
    ],
    ids="XABCDEFGH",
)
def test_nearest_shape(moment: Pose, shape: str) -> None:
    assert choose_shape(moment) == shape


@pytest.mark.parametrize(("chosen", "shape"), [(1.0, "X"), (2.0, "A"), (9.0, "H")])
def test_what_was_chosen_is_shown(chosen: float, shape: str) -> None:
    assert choose_shape(pose(lipGap=0.07, mouthShape=chosen)) == shape


@pytest.mark.parametrize("chosen", [0.0, -1.0, 10.0, float("nan"), float("inf")])
def test_what_is_no_shape_is_passed_over(chosen: float) -> None:
    assert choose_shape(pose(lipGap=0.072, jawOpen=0.8, mouthShape=chosen)) == "D"
