from __future__ import annotations

import csv
import io
from fractions import Fraction

import numpy as np
import pytest

from phonoscope.core.errors import InputError
from phonoscope.core.performance import ARKIT, CHANNEL, CHANNELS, HEAD, Performance
from phonoscope.exports import ArkitWriter
from phonoscope.exports.arkit import BLENDSHAPES, COLUMNS, timecode
from phonoscope.performance.document import FULL_JAW_GAP

FPS = Fraction(30)


def rows(*frames: dict[str, float], head: dict[str, float] | None = None) -> list[dict[str, str]]:
    curves = np.zeros((len(frames), len(CHANNELS)), np.float32)
    for row, frame in zip(curves, frames, strict=True):
        for name, value in frame.items():
            row[CHANNEL[name]] = value
    turns = np.tile(np.array([(head or {}).get(name, 0.0) for name in HEAD], np.float32), (len(frames), 1))
    stream = io.StringIO()
    ArkitWriter(stream, FPS).add(Performance(FPS, curves, turns))
    return list(csv.DictReader(io.StringIO(stream.getvalue())))


def test_columns_are_those_of_live_link_face() -> None:
    assert len(COLUMNS) == 63
    assert COLUMNS[:4] == ("Timecode", "BlendShapeCount", "EyeBlinkLeft", "EyeLookDownLeft")
    assert COLUMNS[9] == "EyeBlinkRight"
    assert COLUMNS[16:21] == ("JawForward", "JawRight", "JawLeft", "JawOpen", "MouthClose")
    assert COLUMNS[53:55] == ("TongueOut", "HeadYaw")
    assert COLUMNS[-1] == "RightEyeRoll"
    assert sorted(BLENDSHAPES) == sorted(ARKIT)


def test_values_stand_under_their_names() -> None:
    for name in set(ARKIT) - {"mouthClose", "jawOpen"}:
        (row,) = rows({name: 0.5})
        shown = {column for column, value in row.items() if float(value.replace(":", "") or 0) == 0.5}
        assert shown == {name[0].upper() + name[1:]}
        assert row["BlendShapeCount"] == "61"


def test_the_mouth_is_closed_as_far_as_the_lips_are_nearer_than_the_jaw() -> None:
    shut, half, wide = rows(
        {"jawOpen": 0.4, "lipGap": 0.0},
        {"jawOpen": 0.4, "lipGap": 0.2 * FULL_JAW_GAP},
        {"jawOpen": 0.4, "lipGap": 0.1},
    )
    assert [float(row["MouthClose"]) for row in (shut, half, wide)] == pytest.approx([0.4, 0.2, 0], abs=1e-5)


def test_head_and_eyes_are_radians_about_arkits_axes() -> None:
    (row,) = rows({}, head={"yaw": 10, "pitch": 5, "roll": 2})
    angles = [float(row[f"Head{turn}"]) for turn in ("Yaw", "Pitch", "Roll")]
    assert angles == pytest.approx(np.radians([10, -5, -2]), abs=1e-5)
    (row,) = rows({"eyeLookOutLeft": 0.1, "eyeLookInRight": 0.1, "eyeLookUpLeft": 0.2, "eyeLookUpRight": 0.2})
    assert float(row["LeftEyeYaw"]) == float(row["RightEyeYaw"]) == pytest.approx(np.radians(3), abs=1e-5)
    assert float(row["LeftEyePitch"]) == float(row["RightEyePitch"]) == pytest.approx(-np.radians(6), abs=1e-5)


def test_time_codes_are_true_time() -> None:
    assert [timecode(n, FPS) for n in (0, 29, 30)] == ["00:00:00:00.000", "00:00:00:29.000", "00:00:01:00.000"]
    assert timecode(30 * 3661, FPS) == "01:01:01:00.000"
    ntsc = Fraction(30000, 1001)
    for frame in (0, 30, 1799, 107892):
        hours, minutes, seconds, frames = timecode(frame, ntsc).split(":")
        time_s = int(hours) * 3600 + int(minutes) * 60 + int(seconds) + float(frames) / float(ntsc)
        assert time_s == pytest.approx(float(frame / ntsc), abs=1e-4)


def test_pieces_must_follow_on_each_other() -> None:
    writer = ArkitWriter(io.StringIO(), FPS)
    piece = Performance(FPS, np.zeros((2, len(CHANNELS)), np.float32), np.zeros((2, 5), np.float32), first_frame=4)
    with pytest.raises(InputError, match="frame 0"):
        writer.add(piece)
