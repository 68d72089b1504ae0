from __future__ import annotations

import io
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from phonoscope.core.errors import InputError
from phonoscope.core.performance import ARKIT, CHANNEL, CHANNELS, Performance
from phonoscope.exports.arkit import COLUMNS, ArkitWriter
from phonoscope.imports import read_arkit

HEADER = ",".join(COLUMNS)


def performance(rng: np.random.Generator, frames: int = 90, fps: Fraction = Fraction(30)) -> Performance:
    """Return a performance whose jaw opens at least as far as its lips."""
    curves = np.zeros((frames, len(CHANNELS)), np.float32)
    for name in ARKIT:
        if not name.startswith(("mouth", "jaw", "tongue")):
            curves[:, CHANNEL[name]] = rng.uniform(0, 1, frames)
    jaw = np.abs(np.sin(np.arange(frames) / 5)).astype(np.float32)
    curves[:, CHANNEL["jawOpen"]] = jaw
    curves[:, CHANNEL["lipGap"]] = 0.094 * jaw * (np.arange(frames) % 20 > 6)
    head = rng.uniform(-5, 5, (frames, 5)).astype(np.float32)
    head[:, 3:] = 0
    return Performance(fps, curves, head)


def written(path: Path, acted: Performance) -> Path:
    stream = io.StringIO()
    ArkitWriter(stream, acted.fps).add(acted)
    path.write_text(stream.getvalue())
    return path


def row(code: str, **values: float) -> str:
    numbers = [f"{values.get(name, 0.0):.5f}" for name in COLUMNS[2:]]
    return f"{code},61,{','.join(numbers)}"


def recorded(path: Path, *rows: str) -> Path:
    path.write_text("\n".join([HEADER, *rows]) + "\n")
    return path


@pytest.mark.parametrize("fps", [Fraction(10), Fraction(25), Fraction(30), Fraction(60), Fraction(30000, 1001)])
def test_what_was_written_is_read(tmp_path: Path, rng: np.random.Generator, fps: Fraction) -> None:
    acted = performance(rng, 120, fps)
    take = read_arkit(written(tmp_path / "a.csv", acted))
    assert take.times_s == pytest.approx(np.arange(120) / float(fps), abs=2e-3)
    assert float(take.fps) == pytest.approx(float(fps), rel=2e-3)
    assert take.head == pytest.approx(acted.head, abs=1e-3)
    for name in ("lipGap", "jawOpen", "eyeBlinkLeft", "browInnerUp", "eyeLookInRight"):
        assert take.curves[:, CHANNEL[name]] == pytest.approx(acted.curve(name), abs=1e-4), name


def test_the_mouth_rests_where_it_is_shut_for_long(tmp_path: Path) -> None:
    rows = [row(f"10:00:{n // 60:02}:{n % 60:02}.000", JawOpen=0.5 * (n < 40)) for n in range(120)]
    rest = read_arkit(recorded(tmp_path / "a.csv", *rows)).curves[:, CHANNEL["mouthRest"]]
    assert rest[3:40].max() == 0
    assert rest[-1] == 1


def test_frames_without_a_face_are_left_out(tmp_path: Path) -> None:
    rows = [row("23:59:59:58.000"), "23:59:59:59.000,0", row("00:00:00:00.000"), row("00:00:00:01.000", JawOpen=0.4)]
    take = read_arkit(recorded(tmp_path / "a.csv", *rows))
    assert take.times_s == pytest.approx([0, 2 / 60, 3 / 60])
    assert take.curves[2, CHANNEL["jawOpen"]] == pytest.approx(0.4)


def test_lips_that_show_teeth_over_a_shut_jaw_are_parted(tmp_path: Path) -> None:
    showing = row("10:00:00:00.000", MouthUpperUpLeft=0.6, MouthUpperUpRight=0.6, MouthLowerDownLeft=0.5)
    pressed = row("10:00:00:01.000", MouthUpperUpLeft=0.6, MouthPressLeft=0.6, MouthPressRight=0.6)
    gap = read_arkit(recorded(tmp_path / "a.csv", showing, pressed)).curves[:, CHANNEL["lipGap"]]
    assert gap[0] > 0.01
    assert gap[1] == 0


def test_a_phone_held_from_below_does_not_tilt_the_head(tmp_path: Path) -> None:
    rows = [row(f"10:00:00:{n:02}.000", HeadPitch=-0.5 + 0.01 * (n % 2)) for n in range(40)]
    pitch = read_arkit(recorded(tmp_path / "a.csv", *rows)).head[:, 1]
    assert np.abs(pitch).max() < 8
    assert np.ptp(pitch) == pytest.approx(np.degrees(0.01), rel=0.01)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("", "no column timecode"),
        ("a,b,c\n1,2,3\n", "no column timecode"),
        (HEADER.replace("JawOpen", "Jaw") + "\n", "no column jawopen"),
        (HEADER + "\n", "no frames"),
        (HEADER + "\n" + row("soon") + "\n", "no time code"),
        (HEADER + "\n" + row("10:00:00:00").replace("0.00000", "nan", 1) + "\n", "where a number belongs"),
        (HEADER + "\n" + row("10:00:00:00").replace("0.00000", "x", 1) + "\n", "where a number belongs"),
        (HEADER + "\n" + "x" * 20_000 + "\n", "too long"),
        ("Timecode\0\n", "no column"),
    ],
)
def test_other_files_are_refused(tmp_path: Path, content: str, complaint: str) -> None:
    (tmp_path / "a.csv").write_text(content)
    with pytest.raises(InputError, match=complaint):
        read_arkit(tmp_path / "a.csv")


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"Timecode\xff\xfe\x00\x81" * 50)
    with pytest.raises(InputError):
        read_arkit(tmp_path / "a.csv")
    with pytest.raises(InputError, match="Cannot read"):
        read_arkit(tmp_path / "none.csv")
