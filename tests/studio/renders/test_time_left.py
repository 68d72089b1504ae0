"""How far a render is, and how long it will take."""

from __future__ import annotations

from datetime import timedelta

import pytest

from phonoscope.core.events import Note, StageStarted
from phonoscope.core.events import Progress as Step
from phonoscope.studio.database.base import now
from phonoscope.studio.jobs.tables import Job
from phonoscope.studio.renders.reading import seconds_left
from phonoscope.studio.renders.tables import Render
from phonoscope.studio.work.progress import Progress

MOMENT = now()


def left(progress: float, begun: float | None = 0.1, state: str = "running") -> float | None:
    since = None if begun is None else MOMENT - timedelta(seconds=10)
    return seconds_left(Render(drawn_from=begun, drawn_since=since), Job(progress=progress, state=state), MOMENT)


def test_the_time_left_follows_from_how_quickly_this_try_draws() -> None:
    assert left(0.5) == pytest.approx(12.5)
    assert left(0.9, begun=0.8) == pytest.approx(10.0)  # what an earlier try has drawn took no time now
    assert left(1.0) == 0


def test_nothing_is_guessed_without_anything_to_go_by() -> None:
    assert left(0.05, begun=None) is None and left(0.11) is None and left(0.5, state="queued") is None


def test_progress_only_grows() -> None:
    told: list[tuple[float, str]] = []
    progress = Progress(lambda share, stage: told.append((round(share, 3), stage)))
    for event in (
        StageStarted("speech", "Speaking"),
        Step("speech", 10, 10, "characters"),
        Step("speech", 5, 10, "characters"),  # the next scene
        Note("A remark."),
        StageStarted("unheard-of", ""),
        StageStarted("render", "Drawing"),
        Step("speech", 10, 10, "characters"),
        Step("render", 50, 100, "frames"),
        Step("render", 50, None, "frames"),
    ):
        progress(event)
    progress.enter("save")
    shares = [share for share, _ in told]
    assert shares == sorted(shares) and shares[0] == 0 and shares[-1] == 0.98
    assert (0.525, "render") in told and told[3] == (0.1, "speech") and len(told) == 9


def test_a_try_goes_on_from_where_the_one_before_it_was() -> None:
    told: list[float] = []
    progress = Progress(lambda share, stage: told.append(round(share, 3)), before=0.6)
    for event in (
        StageStarted("speech", "Speaking"),
        Step("speech", 10, 10, "characters"),
        Note("A remark."),
        StageStarted("render", "Drawing"),
        Step("render", 50, 100, "frames"),  # so much of it was kept
        Step("render", 60, 100, "frames"),
    ):
        progress(event)
    assert told == [0.6, 0.6, 0.6, 0.6, 0.525, 0.61] and progress.share == pytest.approx(0.61)
