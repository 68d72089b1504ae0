"""Small pictures of videos: a moment that stands for them, and what is transparent."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from phonoscope.core.frames import Picture
from phonoscope.rendering.options import RenderOptions
from phonoscope.rendering.render import render_scene
from phonoscope.studio.work.frames import frame_at
from phonoscope.studio.work.thumbnails import CHEQUER_GREYS, chequered
from tests.rendering.documents import opened, scene_document, talking


def test_what_is_transparent_lies_on_a_chequerboard() -> None:
    rgb = np.zeros((64, 64, 3), np.uint8)
    rgb[:, 32:] = 200, 10, 10
    alpha = np.zeros((64, 64), np.uint8)
    alpha[:, 32:] = 255
    shown = chequered(Picture(rgb, alpha))
    assert shown.alpha is None
    assert set(np.unique(shown.rgb[:, :32])) == set(CHEQUER_GREYS)
    assert (shown.rgb[:, 32:] == (200, 10, 10)).all()


def test_what_is_not_stays_as_it_is() -> None:
    picture = Picture(np.zeros((4, 4, 3), np.uint8))
    assert chequered(picture) is picture


@pytest.mark.parametrize("name", ["clear.webm", "clear.mov"])
def test_a_frame_of_a_transparent_video_is_transparent(tmp_path: Path, name: str) -> None:
    scene = talking("Hi.", avatars=[{"picture": "avatar:anna", "cut_out": True}], background="transparent")
    read = opened(scene_document(scene, canvas={"width": 128, "height": 128}), tmp_path)
    video = render_scene(read, tmp_path / name, RenderOptions(jobs=1))
    assert video.poster_s is not None and 0 < video.poster_s < video.duration_s
    shown = frame_at(video.path, video.poster_s)
    assert shown is not None and shown.alpha is not None
    assert shown.alpha[0, 0] < 8 and shown.alpha[-1, 64] > 248
