from __future__ import annotations

import io
import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.performance.acting import act
from tests.performance.speeches import babble

from phonoscope.core.errors import InputError
from phonoscope.core.performance import ARKIT, CHANNEL, CHANNELS, HEAD, Performance
from phonoscope.performance import PerformanceWriter, PerformOptions, document, perform, read_performance
from phonoscope.performance import write_performance as write

FPS = Fraction(30000, 1001)


@pytest.fixture(scope="module")
def text() -> str:
    stream = io.StringIO()
    write(stream, perform([babble(4), babble(3, 2)], PerformOptions(fps=FPS)), FPS)
    return stream.getvalue()


def saved(tmp_path: Path, content: Any) -> Path:
    path = tmp_path / "a.performance.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return path


def small(**changes: Any) -> dict[str, Any]:
    row = [0.1] * len(CHANNELS) + [0.0] * len(HEAD)
    plain: dict[str, Any] = {
        "schema": "performance.1",
        "fps": "30/1",
        "names": list(CHANNELS),
        "head": list(HEAD),
        "frames": [row, row],
    }
    return {k: v for k, v in {**plain, **changes}.items() if v is not None}


def test_what_is_written_is_read(tmp_path: Path, text: str) -> None:
    played = act([babble(4), babble(3, 2)], PerformOptions(fps=FPS))
    again = read_performance(saved(tmp_path, text))
    assert again.fps == FPS
    np.testing.assert_allclose(again.curves, played.curves, atol=5.1e-5)
    np.testing.assert_allclose(again.head, played.head, atol=5.1e-5)


def test_document_is_plain_json_with_a_row_for_each_frame(text: str) -> None:
    whole = json.loads(text)
    assert whole["schema"] == "performance.1"
    assert whole["names"][: len(ARKIT)] == list(ARKIT)
    assert len(text.splitlines()) == len(whole["frames"]) + 2
    assert "-0," not in text
    assert max(len(n) for n in text.rsplit("[", maxsplit=1)[-1].split(",")) < 10


def test_mouth_close_takes_back_the_jaw(text: str) -> None:
    whole = json.loads(text)
    rows = np.array(whole["frames"])
    close, jaw, gap = (rows[:, CHANNEL[name]] for name in ("mouthClose", "jawOpen", "lipGap"))
    shut = (rows[:, CHANNEL["mouthPressLeft"]] == 1) & (gap == 0)
    assert shut.any()
    np.testing.assert_allclose(close[shut], jaw[shut], atol=1e-4)
    assert (close <= jaw + 1e-4).all()
    assert close[np.argmax(gap)] < 0.3 * jaw[np.argmax(gap)]


def test_empty_performance(tmp_path: Path) -> None:
    stream = io.StringIO()
    write(stream, [], Fraction(25))
    assert len(read_performance(saved(tmp_path, stream.getvalue()))) == 0


def test_files_from_elsewhere_may_name_fewer_channels(tmp_path: Path) -> None:
    path = saved(tmp_path, small(names=["lipGap", "jawOpen"], frames=[[0.02, 0.3, 0, 0, 0, 0, 0]]))
    read = read_performance(path)
    assert read.curve("jawOpen")[0] == pytest.approx(0.3)
    assert not read.curve("mouthPucker").any()


def test_hair_may_swing_to_either_side(tmp_path: Path) -> None:
    row = [*ROW]
    row[CHANNEL["swayX"]], row[CHANNEL["swayY"]] = -0.7, 0.4
    read = read_performance(saved(tmp_path, small(frames=[row])))
    assert read.curve("swayX")[0] == pytest.approx(-0.7)
    row[CHANNEL["swayY"]] = -1.2
    with pytest.raises(InputError, match="swayY"):
        read_performance(saved(tmp_path, small(frames=[row])))


def test_mouth_shapes_are_kept(tmp_path: Path) -> None:
    row = [*ROW]
    row[CHANNEL["mouthShape"]] = 9
    assert read_performance(saved(tmp_path, small(frames=[row]))).curve("mouthShape")[0] == 9
    row[CHANNEL["mouthShape"]] = 10
    with pytest.raises(InputError, match="mouthShape"):
        read_performance(saved(tmp_path, small(frames=[row])))


def test_files_from_before_there_was_hair_are_read(tmp_path: Path) -> None:
    names = [name for name in CHANNELS if not name.startswith(("sway", "mouthShape"))]
    read = read_performance(saved(tmp_path, small(names=names, frames=[[0.1] * len(names) + [0.0] * len(HEAD)])))
    assert read.curve("breath")[0] == pytest.approx(0.1)
    assert not read.curve("swayX").any()


def test_pieces_must_follow_on_each_other() -> None:
    writer = PerformanceWriter(io.StringIO(), Fraction(30))
    curves, head = np.zeros((3, len(CHANNELS)), np.float32), np.zeros((3, len(HEAD)), np.float32)
    writer.add(Performance(Fraction(30), curves, head, 0))
    with pytest.raises(InputError, match="frame 3"):
        writer.add(Performance(Fraction(30), curves, head, 4))
    with pytest.raises(InputError):
        writer.add(Performance(Fraction(25), curves, head, 3))


WRONG_ROW = [[0.0] * 60]
ROW = [0.0] * (len(CHANNELS) + len(HEAD))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "JSON"),
        ("[]", "top"),
        ("{", "JSON"),
        ("[" * 100_000, "JSON"),
        ('{"schema": NaN}', "JSON"),
        (json.dumps(small()).replace("0.1", "Infinity"), "JSON"),
        (json.dumps(small()).replace("0.1", "1e999"), "too large"),
        (json.dumps(small()).replace("0.1", "1" + "0" * 400), "too large"),
        (json.dumps(small()).replace("0.1", "1" * 5000), "JSON"),
        (small(schema="scene.1"), "schema"),
        (small(schema="performance.2"), "newer"),
        (small(schema=None), "schema"),
        (small(schema=["performance.1"]), "schema"),
        (small(fps=30), "frame rate"),
        (small(fps="30/0"), "frame rate"),
        (small(fps="1/1"), "frame rate"),
        (small(fps="-30/1"), "frame rate"),
        (small(fps=None), "frame rate"),
        (small(names=["lipGap", "nose"]), "unknown"),
        (small(names=[{}]), "unknown"),
        (small(names=["lipGap", "lipGap"]), "twice"),
        (small(names=["jawOpen"]), "lacks"),
        (small(head=["yaw"]), "columns"),
        (small(frames=None), "frames"),
        (small(frames={}), "frames"),
        (small(frames=WRONG_ROW), "Frame 0"),
        (small(frames=[ROW, "x"]), "Frame 1"),
        (small(frames=[[*ROW[:-1], "1"]]), "Frame 0"),
        (small(frames=[[*ROW[:-1], True]]), "Frame 0"),
        (small(frames=[[*ROW[:-1], None]]), "Frame 0"),
        (small(frames=[[2.0, *ROW[1:]]]), "browDownLeft"),
        (small(frames=[[-0.5, *ROW[1:]]]), "out of range"),
        (small(frames=[[*ROW[:-5], 400.0, 0, 0, 0, 0]]), "head"),
    ],
)
def test_hostile_documents_are_refused(tmp_path: Path, content: Any, says: str) -> None:
    with pytest.raises(InputError, match=says) as caught:
        read_performance(saved(tmp_path, content))
    assert caught.value.remedy


def test_files_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in (tmp_path / "none.json", tmp_path, Path("a\0b")):
        with pytest.raises(InputError):
            read_performance(path)
    (tmp_path / "binary.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="JSON"):
        read_performance(tmp_path / "binary.json")
    monkeypatch.setattr(document, "MAX_BYTES", 100)
    with pytest.raises(InputError, match="larger"):
        read_performance(saved(tmp_path, small()))


def test_old_documents_are_upgraded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(
        document.UPGRADES, "performance.0", lambda old: {**old, "schema": "performance.1", "fps": "25/1"}
    )
    assert read_performance(saved(tmp_path, small(schema="performance.0"))).fps == 25
