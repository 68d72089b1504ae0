"""A worker in a process of its own: takes tasks as JSON lines, and tells how it goes as JSON lines.

Started as ``python -m phonoscope.rendering.process FOLDER`` by `rendering.crew`; it ends when its input does.
"""

from __future__ import annotations

import json
import os
import queue
import sys
import threading
from pathlib import Path
from typing import Any, TextIO

from phonoscope.core.errors import MachineError, PhonoscopeError
from phonoscope.core.events import Event, Note

REPORT_EVERY = 10
"""Frames between two reports."""


def main(folder: Path) -> None:
    """Do the tasks of the job in a folder until there are no more."""
    told = _own_output()
    tasks: queue.Queue[dict[str, Any] | None] = queue.Queue()
    threading.Thread(target=_listen, args=(tasks,), daemon=True).start()

    def tell(**message: Any) -> None:
        told.write(json.dumps(message) + "\n")
        told.flush()

    try:
        _work(folder, tasks, tell)
    except PhonoscopeError as error:
        tell(event="error", **_described(error))
    except MemoryError:
        tell(event="error", **_described(MachineError("There is not enough memory.", "Ask for fewer --jobs.")))


def _work(folder: Path, tasks: queue.Queue[dict[str, Any] | None], tell: Any) -> None:
    # Only now: the folder's owner already knows that somebody is there.
    from phonoscope.rendering.job import Job
    from phonoscope.rendering.plan import WorkFolder
    from phonoscope.rendering.pulse import Pulse
    from phonoscope.rendering.tasks import Task, do
    from phonoscope.rendering.worker import Worker

    def pass_on(event: Event) -> None:
        if isinstance(event, Note):
            tell(event="note", message=event.message)

    worker = Worker(Job.load(folder), WorkFolder(folder), pass_on)
    while (message := tasks.get()) is not None:
        drawn = 0

        def report() -> None:
            nonlocal drawn
            told, drawn = drawn, 0
            tell(event="frames", count=told)

        pulse = Pulse(report)

        def count(frames: int, pulse: Pulse = pulse) -> None:
            nonlocal drawn
            drawn += frames
            if drawn >= REPORT_EVERY:
                pulse.beat()
            else:
                pulse()

        do(Task(**message), worker, count)
        report()
        tell(event="done")


def _own_output() -> TextIO:
    """Return what was standard output; whatever libraries print goes to standard error instead."""
    told = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return told


def _listen(tasks: queue.Queue[dict[str, Any] | None]) -> None:
    """Take tasks until the one who gives them is gone, and then leave at once."""
    for line in sys.stdin:
        tasks.put(json.loads(line))
    # Half a segment is under a temporary name, which the owner of the folder removes.
    os._exit(0)


def _described(error: PhonoscopeError) -> dict[str, Any]:
    return {
        "kind": type(error).__name__,
        "message": error.message,
        "remedy": error.remedy,
        "path": getattr(error, "path", ""),
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]))
