"""What there is to do for a video, and how one worker does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from phonoscope.rendering.plan import Segment

if TYPE_CHECKING:
    from phonoscope.rendering.worker import Worker

Kind = Literal["prepare", "act", "mix", "draw"]


@dataclass(frozen=True, slots=True)
class Task:
    """Something to be done by one worker.

    Attributes
    ----------
    kind
        ``prepare`` or ``act`` a scene, ``mix`` the sound, or ``draw`` a segment.
    number
        Of the scene, or the segment.
    first_frame, end_frame
        Of the segment.
    """

    kind: Kind
    number: int = 0
    first_frame: int = 0
    end_frame: int = 0


def draw_task(segment: Segment) -> Task:
    """Return the task of drawing a segment."""
    return Task("draw", segment.number, segment.first_frame, segment.end_frame)


def do(task: Task, worker: Worker, count: Callable[[int], None]) -> None:
    """Let a worker do a task; `count` is told of frames that are drawn, and of none while other work goes on."""
    if task.kind == "prepare":
        worker.prepare(task.number)
    elif task.kind == "act":
        worker.act(task.number, count)
    elif task.kind == "mix":
        worker.mix(count)
    else:
        worker.draw(Segment(task.number, task.first_frame, task.end_frame), count)
