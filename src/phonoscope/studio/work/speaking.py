"""What a worker tells its supervisor: JSON lines on what was standard output."""

from __future__ import annotations

import json
import logging
import os
import threading
from contextlib import suppress
from typing import Any, TextIO


class Speaking:
    """Says things, from any thread; nobody may be listening any more."""

    def __init__(self, output: TextIO) -> None:
        self._output, self._lock = output, threading.Lock()

    def say(self, **message: Any) -> None:
        """Say one thing."""
        line = json.dumps(message) + "\n"
        with self._lock, suppress(OSError, ValueError):
            self._output.write(line)
            self._output.flush()


class SpokenLog(logging.Handler):
    """A log that the supervisor writes into the server's."""

    def __init__(self, speaking: Speaking) -> None:
        super().__init__(logging.INFO)
        self._speaking = speaking

    def emit(self, record: logging.LogRecord) -> None:
        """Say a line of the log."""
        self._speaking.say(log=self.format(record), level=record.levelno)


def take_output() -> Speaking:
    """Return a voice over standard output; whatever libraries print goes to standard error instead."""
    output = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return Speaking(output)
