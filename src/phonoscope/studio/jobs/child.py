"""A worker process, as the server sees it."""

from __future__ import annotations

import json
import logging
import os
import shutil
import signal
import subprocess
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import IO, Any, cast

from phonoscope.studio.database.base import new_id
from phonoscope.studio.jobs.dead import worker_name
from phonoscope.studio.jobs.memory import family, held_bytes
from phonoscope.studio.settings import Settings

log = logging.getLogger(__name__)

TEMPORARY = "workers"
"""Folder of what workers need for a moment, one for each, so that nothing is left of those that are killed."""

LAST_WORDS = 20
"""Lines of a worker's standard error that are told when it dies."""


@dataclass(slots=True)
class Held:
    """A job that a worker is at; `since_s` is when it last got on, by the monotonic clock."""

    job_id: str
    kind: str
    since_s: float = field(default_factory=time.monotonic)


class Child:
    """A worker process.

    Parameters
    ----------
    command
        What to start; the lane is added.
    news
        Is called, in a thread, with a job that changed, and with None when the process has ended.

    Attributes
    ----------
    name
        Under which it holds jobs; tells the machine and the process.
    ready
        Whether it has ever been ready to work.
    held
        What it is at.
    """

    def __init__(
        self, command: Sequence[str], lane: str, settings: Settings, news: Callable[[str | None], None]
    ) -> None:
        self.lane, self.ready = lane, False
        self.held: Held | None = None
        self._news = news
        self._folder = settings.work_dir / TEMPORARY / new_id()
        self._folder.mkdir(parents=True)
        self._said: deque[str] = deque(maxlen=LAST_WORDS)
        self._process = subprocess.Popen(  # noqa: S603 (our own interpreter and module)
            [*command, lane],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
            # A process group of its own: Ctrl-C in a terminal goes to the server alone, which then stops the workers.
            start_new_session=True,
            env=os.environ | dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(self._folder)),
        )
        self._input = cast(IO[str], self._process.stdin)
        self.name = worker_name(self._process.pid)
        # Not among the arguments, where everybody on the machine can read it.
        given = settings.model_dump(mode="json", exclude={"password"})
        self._write(json.dumps({"name": self.name, "settings": given}))
        output, errors = cast(IO[str], self._process.stdout), cast(IO[str], self._process.stderr)
        threading.Thread(target=self._listen, args=(output,), name="worker's reports", daemon=True).start()
        threading.Thread(target=self._overhear, args=(errors,), name="worker's errors", daemon=True).start()

    @property
    def held_bytes(self) -> int:
        """How much memory it holds, with the processes that it has started; 0 where the system does not tell."""
        return held_bytes(self._process.pid)

    @property
    def code(self) -> int | None:
        """How the process ended; None while it lives."""
        return self._process.poll()

    @property
    def last_words(self) -> str:
        """What it wrote to its standard error last."""
        return "\n".join(self._said)

    def wake(self) -> None:
        """Tell it that a job waits."""
        self._write("wake")

    def stop(self) -> None:
        """Ask it to give its job back and to leave."""
        self._write("stop")

    def kill(self) -> None:
        """End it, whatever it is doing, with the processes that belong to it."""
        if os.name != "posix":
            self._process.kill()
            return
        # Those that draw have groups of their own.
        others = list(family(self._process.pid))[1:]
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        for process_id in others:
            with suppress(ProcessLookupError, PermissionError):
                os.kill(process_id, signal.SIGKILL)

    def wait(self, timeout_s: float) -> bool:
        """Wait until it has ended; False if it has not by then."""
        try:
            self._process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            return False
        return True

    def _write(self, line: str) -> None:
        # Should the process be gone, its end tells.
        with suppress(OSError, ValueError):
            self._input.write(line + "\n")
            self._input.flush()

    def _listen(self, output: IO[str]) -> None:
        with output:
            for line in output:
                with suppress(ValueError, KeyError, TypeError):
                    self._hear(json.loads(line))
        self._process.wait()
        with suppress(OSError):
            self._input.close()
        shutil.rmtree(self._folder, ignore_errors=True)
        self._news(None)

    def _hear(self, message: dict[str, Any]) -> None:
        if "log" in message:
            log.log(message["level"], "%s", message["log"], extra={"worker": self.name})
        elif "ready" in message:
            self.ready = True
        elif "began" in message:
            self.held = Held(message["began"], message["kind"])
            self._news(self.held.job_id)
        elif "changed" in message:
            if self.held is not None:
                self.held.since_s = time.monotonic()
            self._news(message["changed"])
        elif "ended" in message:
            self.held = None
            self._news(message["ended"])

    def _overhear(self, errors: IO[str]) -> None:
        with errors:
            for line in errors:
                self._said.append(line.rstrip())
                log.debug("%s", line.rstrip(), extra={"worker": self.name})
