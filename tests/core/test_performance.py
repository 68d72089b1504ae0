from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from phonoscope.core.performance import ARKIT, CHANNELS, Performance, pose


def test_there_are_arkits_52_channels_and_no_name_twice() -> None:
    assert len(ARKIT) == 52
    assert len(set(CHANNELS)) == len(CHANNELS)


def test_a_pose_rests_unless_its_mouth_is_asked_for() -> None:
    assert pose()["mouthRest"] == 1
    assert pose(eyeBlinkLeft=1)["mouthRest"] == 1
    assert pose(lipGap=0.05)["mouthRest"] == 0
    assert pose(jawOpen=0.5, mouthRest=0.25)["mouthRest"] == 0.25


def test_a_pose_of_an_unknown_channel_is_refused() -> None:
    with pytest.raises(KeyError, match="jawOpne"):
        pose(jawOpne=1)


def test_curves_are_read_only_and_found_by_name() -> None:
    curves = np.zeros((3, len(CHANNELS)), np.float32)
    curves[:, CHANNELS.index("lipGap")] = (0.1, 0.2, 0.3)
    performance = Performance(Fraction(30), curves, np.zeros((3, 5), np.float32))
    assert performance.pose(1)["lipGap"] == pytest.approx(0.2)
    assert performance.curve("lipGap").tolist() == pytest.approx([0.1, 0.2, 0.3])
    with pytest.raises(ValueError, match="read-only"):
        performance.curves[0, 0] = 1
