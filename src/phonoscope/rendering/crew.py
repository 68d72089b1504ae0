"""Those who work on a video: this process alone, or several others, each with one core."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol, Self

from phonoscope.core import errors
from phonoscope.core.errors import MachineError, PhonoscopeError, SceneError
from phonoscope.core.events import EventSink, Note
from phonoscope.rendering.job import Job
from phonoscope.rendering.plan import WorkFolder
from phonoscope.rendering.pulse import BEAT_S
from phonoscope.rendering.tasks import Task, do

if TYPE_CHECKING:
    from phonoscope.rendering.backstage import Backstage

LAST_WORDS_BYTES = 2000
"""How much of what a process said before it died is shown."""


class Crew(Protocol):
    """Does tasks."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None: ...

    def run(self, tasks: Sequence[Task], count: Callable[[int], None]) -> None:
        """Do all tasks, begun in their order; `count` is told of frames that are drawn, and twice a second at least.

        Raises
        ------
        PhonoscopeError
            What went wrong first; the other tasks are given up.
        """
        ...


class Soloist:
    """Does everything in this process, one task after the other."""

    def __init__(self, job: Job, work: WorkFolder, events: EventSink, backstage: Backstage | None = None) -> None:
        from phonoscope.rendering.worker import Worker

        self._worker = Worker(job, work, events, backstage)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """There is nobody to be sent home."""

    def run(self, tasks: Sequence[Task], count: Callable[[int], None]) -> None:
        """See `Crew`."""
        for task in tasks:
            do(task, self._worker, count)


class Troupe:
    """Several processes, which take the next task whenever they have done one.

    Parameters
    ----------
    size
        How many.
    scenes
        How many scenes there are: everybody begins by looking at the pictures of one.
    work
        The folder of the job, which has been saved there.
    """

    def __init__(self, size: int, scenes: int, work: WorkFolder, events: EventSink) -> None:
        self._size = size
        self._scenes = scenes
        self._work = work
        self._events = events
        self._members: list[_Member] = []
        self._news: queue.Queue[tuple[_Member, dict[str, Any]]] = queue.Queue()
        self._noted: set[str] = set()

    def __enter__(self) -> Self:
        try:
            for number in range(self._size):
                member = _Member(number, self._work.folder, self._news)
                self._members.append(member)
                member.give(Task("prepare", number % self._scenes))
        except OSError as error:
            self._dismiss()
            raise MachineError(f"No process can be started: {error.strerror}.", "Try again with --jobs 1.") from error
        except BaseException:
            self._dismiss()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._dismiss()

    def run(self, tasks: Sequence[Task], count: Callable[[int], None]) -> None:
        """See `Crew`."""
        waiting = list(reversed(tasks))
        idle: list[_Member] = []
        while len(idle) < len(self._members) or waiting:
            try:
                member, news = self._news.get(timeout=BEAT_S)
            except queue.Empty:
                count(0)
                continue
            if news["event"] == "frames":
                count(news["count"])
            elif news["event"] == "note":
                self._note(news["message"])
            elif news["event"] != "done":
                raise _error(news)
            elif waiting:
                member.give(waiting.pop())
            else:
                idle.append(member)
        # The next ones to be asked are those who are idle now.
        for member in idle:
            self._news.put((member, {"event": "done"}))

    def _note(self, message: str) -> None:
        """Pass a note on, once: several processes look at the same pictures."""
        if message not in self._noted:
            self._noted.add(message)
            self._events(Note(message))

    def _dismiss(self) -> None:
        for member in self._members:
            member.dismiss()
        self._members.clear()


class _Member:
    """A process."""

    def __init__(self, number: int, folder: Path, news: queue.Queue[tuple[_Member, dict[str, Any]]]) -> None:
        self._log = folder / f"worker-{number}.log"
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(  # noqa: S603 (our own interpreter and module)
                [sys.executable, "-m", "phonoscope.rendering.process", str(folder)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                encoding="utf-8",
                # Ctrl-C in a terminal goes to this process alone, which then sends the others home.
                start_new_session=os.name == "posix",
                env=_environment(),
            )
        threading.Thread(target=self._report, args=(news,), daemon=True).start()

    def give(self, task: Task) -> None:
        """Hand a task over; should the process be gone, its reports tell."""
        with suppress(OSError, ValueError):
            if self._process.stdin is not None:
                self._process.stdin.write(json.dumps(asdict(task)) + "\n")
                self._process.stdin.flush()

    def dismiss(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                if stream is not None:
                    stream.close()

    def _report(self, news: queue.Queue[tuple[_Member, dict[str, Any]]]) -> None:
        """Pass on what the process tells, and tell if it ends."""
        with suppress(OSError, ValueError):
            for line in self._process.stdout or ():
                news.put((self, json.loads(line)))
        code = self._process.wait()
        news.put((self, {"event": "gone", "code": code, "said": self._last_words()}))

    def _last_words(self) -> str:
        try:
            return self._log.read_bytes()[-LAST_WORDS_BYTES:].decode("utf-8", "replace")
        except OSError:
            return ""


def _environment() -> dict[str, str]:
    """Return the environment of a process that has one core: libraries do not spread over the others."""
    return {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "NUMBA_NUM_THREADS": "1"}


def _error(news: dict[str, Any]) -> PhonoscopeError:
    """Return what a process failed of."""
    if news["event"] == "error":
        kind = getattr(errors, news["kind"], MachineError)
        if kind is SceneError:
            return SceneError(news["message"], news["remedy"], news["path"])
        error: PhonoscopeError = kind(news["message"], news["remedy"])
        return error
    last = news["said"].strip().splitlines()
    told = f": {last[-1]}" if last else ""
    if news["code"] == -getattr(signal, "SIGKILL", 9):
        return MachineError(
            "The system ended a process that was drawing, most likely for want of memory.",
            "Run it again with --jobs 1; what is finished is kept.",
        )
    return MachineError(
        f"A process that was drawing ended with code {news['code']}{told}.", "Run it again; what is finished is kept."
    )
