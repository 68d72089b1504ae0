"""What people see while the work goes on."""

from __future__ import annotations

import pytest
from rich.progress import Progress

from phonoscope.cli.reports import ConsoleSink, event_sink, report_error
from phonoscope.core import events as ev
from phonoscope.core.errors import StoppedError, UsageError


def test_the_bar_is_that_of_the_stage_at_work() -> None:
    bar = Progress(disable=True)
    sink = ConsoleSink(bar)
    sink(ev.StageStarted("measure", "Listening"))
    sink(ev.Progress("measure", 0, 1, "s"))
    sink(ev.StageStarted("render", "Drawing frames"))
    sink(ev.Progress("render", 3, 10, "frames"))
    shown = [task for task in bar.tasks if task.visible]
    assert [(task.description, task.completed, task.total) for task in shown] == [("Drawing frames", 3, 10)]


@pytest.mark.parametrize(
    ("notes", "remedy"),
    [([], "No file was left behind"), (["A video is kept."], "A video is kept."), (["One.", "Both."], "Both.")],
)
def test_an_interruption_tells_what_was_kept(notes: list[str], remedy: str) -> None:
    stopped = KeyboardInterrupt()
    for note in notes:
        stopped.add_note(note)
    with pytest.raises(StoppedError) as caught, event_sink(False, True):
        raise stopped
    assert caught.value.remedy.startswith(remedy)


def test_errors_show_colons_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    report_error(UsageError("':cake:' is no emoji.", "Write :cake: itself."), json_lines=False)
    assert capsys.readouterr().err.count(":cake:") == 2
