"""The frame that stands for a video: eyes open, and what comes in with a scene is there."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from phonoscope.core.performance import CHANNELS, HEAD
from phonoscope.rendering.plan import WorkFolder
from phonoscope.rendering.poster import LIDS, poster_frame
from phonoscope.rendering.rehearsal import Acted, save_acted
from phonoscope.scene.document.video import SceneDocument
from phonoscope.scene.timeline import place_scenes
from tests.rendering.documents import scene_document

FPS = 25


def chosen(tmp_path: Path, near: int, shut: dict[int, set[int]], people: int = 1) -> int:
    """Return the poster of two scenes of 8 s, of whom everybody's lids are shut in some frames of the second one."""
    scene = {"avatars": [{"picture": "avatar:anna"}] * people, "duration_s": 8}
    document = SceneDocument.model_validate(scene_document(scene, scene))
    timeline = place_scenes([8, 8], [0, 1], Fraction(FPS))
    work = WorkFolder(tmp_path)
    for place in range(people):
        curves = np.zeros((1, 8 * FPS, len(CHANNELS)), np.float32)
        save_acted(Acted(curves, np.zeros((1, 8 * FPS, len(HEAD)), np.float32)), work.acted(0, place))
        curves[:, sorted(shut.get(place, ())), LIDS[0]] = 0.8
        save_acted(Acted(curves, np.zeros((1, 8 * FPS, len(HEAD)), np.float32)), work.acted(1, place))
    return poster_frame(document, timeline, work, near)


SECOND = 7 * FPS
"""Where the second scene begins."""


def test_it_is_the_wanted_one_where_nobody_blinks(tmp_path: Path) -> None:
    assert chosen(tmp_path, SECOND + 100, {}) == SECOND + 100


def test_it_waits_until_the_scene_is_complete(tmp_path: Path) -> None:
    assert chosen(tmp_path, SECOND + 2, {}) == SECOND + FPS + int(1.5 * FPS)


@pytest.mark.parametrize(("people", "frame"), [(1, 103), (2, 95)])
def test_it_goes_around_blinks_of_everybody(tmp_path: Path, people: int, frame: int) -> None:
    shut = {0: set(range(96, 103)), 1: set(range(101, 108))}
    assert chosen(tmp_path, SECOND + 100, shut, people) == SECOND + frame


def test_sleepers_have_one_too(tmp_path: Path) -> None:
    assert chosen(tmp_path, SECOND + 100, {0: set(range(200))}) == SECOND + 100
