"""A video as background."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from pydantic import ValidationError

from phonoscope.core.errors import MediaError
from phonoscope.core.frames import VideoFrame
from phonoscope.media.options import VideoOptions
from phonoscope.media.writer import VideoWriter
from phonoscope.scene.backgrounds import BackgroundLayer, BackgroundStage, background_layer
from phonoscope.scene.document.backgrounds import VideoBackground

SIZE = (96, 64)
LEVELS = (40, 80, 120, 160, 200)


class Folder:
    def __init__(self, path: Path) -> None:
        self._path = path

    def path(self, asset: str) -> Path:
        return self._path / asset


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> BackgroundStage:
    """A folder with half a second of video: five greys, 10 frames a second."""
    folder = tmp_path_factory.mktemp("film")
    with VideoWriter(folder / "film.mp4", VideoOptions((128, 64), Fraction(10), quality=5)) as writer:
        for level in LEVELS:
            chroma = np.full((32, 64, 2), 128, np.uint8)
            writer.write_frame(VideoFrame(np.full((64, 128), level, np.uint8), chroma))
    return BackgroundStage(SIZE, Fraction(10), 2.0, Folder(folder))


def film(stage: BackgroundStage, **settings: object) -> BackgroundLayer:
    return background_layer(VideoBackground.model_validate({"video": "film.mp4", **settings}), stage)


def levels(layer: BackgroundLayer, numbers: list[int]) -> list[int]:
    found = []
    for number in numbers:
        patch = layer.patch(number)
        assert patch is not None
        assert patch.frame.size_px == SIZE
        found.append(round(float(patch.frame.luma.mean())))
    layer.close()
    return found


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, [40, 80, 120, 160, 200, 40, 80]),
        ({"loop": False}, [40, 80, 120, 160, 200, 200, 200]),
        ({"start_s": 0.2}, [120, 160, 200, 120, 160, 200, 120]),
        ({"start_s": 0.1, "end_s": 0.3}, [80, 120, 80, 120, 80, 120, 80]),
        ({"end_s": 0.2, "loop": False}, [40, 80, 80, 80, 80, 80, 80]),
        ({"end_s": 99}, [40, 80, 120, 160, 200, 40, 80]),
    ],
)
def test_parts(settings: dict[str, object], expected: list[int], stage: BackgroundStage) -> None:
    np.testing.assert_allclose(levels(film(stage, **settings), list(range(7))), expected, atol=2)


def test_any_order(stage: BackgroundStage) -> None:
    np.testing.assert_allclose(levels(film(stage), [4, 0, 3, 13, 2, 2]), [200, 40, 160, 160, 120, 120], atol=2)


def test_it_can_be_darker(stage: BackgroundStage) -> None:
    np.testing.assert_allclose(levels(film(stage, darken=0.5), [0, 4]), [28, 108], atol=2)


def test_a_frame_that_is_shown_again_keeps_its_key(stage: BackgroundStage) -> None:
    slow = BackgroundStage(SIZE, Fraction(30), 2.0, stage.assets)
    layer = film(slow)
    keys = [patch.key for n in range(9) if (patch := layer.patch(n)) is not None]
    assert keys[0] == keys[1] == keys[2] != keys[3]
    assert len(set(keys)) == 3
    layer.close()


def test_a_part_that_there_is_not_is_refused(stage: BackgroundStage) -> None:
    with pytest.raises(MediaError, match="before its part begins"):
        film(stage, start_s=3)


def test_an_end_before_the_start_is_refused(stage: BackgroundStage) -> None:
    with pytest.raises(ValidationError, match="before it starts"):
        film(stage, start_s=0.3, end_s=0.2)
