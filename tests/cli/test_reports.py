"""What people see while the work goes on."""

from __future__ import annotations

from rich.progress import Progress

from phonoscope.cli.reports import ConsoleSink
from phonoscope.core import events as ev


def test_the_bar_is_that_of_the_stage_at_work() -> None:
    bar = Progress(disable=True)
    sink = ConsoleSink(bar)
    sink(ev.StageStarted("measure", "Listening"))
    sink(ev.Progress("measure", 0, 1, "s"))
    sink(ev.StageStarted("render", "Drawing frames"))
    sink(ev.Progress("render", 3, 10, "frames"))
    shown = [task for task in bar.tasks if task.visible]
    assert [(task.description, task.completed, task.total) for task in shown] == [("Drawing frames", 3, 10)]
