"""Where the ``phonoscope`` command begins: ready for Ctrl-C and unexpected faults before anything heavy is imported."""

from __future__ import annotations

import errno
import os
import signal
import sys
from types import FrameType

TRACEBACK_VARIABLE = "PHONOSCOPE_TRACEBACK"
"""Set to 1, an unexpected fault shows where it happened."""

STOP_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")
"""Ctrl-C, a request to terminate, a closed terminal; the last does not exist everywhere."""


class _Stop:
    """Remembers that the user asked to stop: an interruption inside a library's start-up may surface as any error."""

    asked = False

    def __call__(self, number: int, frame: FrameType | None) -> None:
        self.asked = True
        raise KeyboardInterrupt


def main() -> None:
    """Run the command line; the exit code tells success (0), usage (2), input (3) or machine (4)."""
    stop = _Stop()
    for name in STOP_SIGNALS:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), stop)
    try:
        from phonoscope.cli.main import run

        code = run(sys.argv[1:])
    except SystemExit:
        raise
    except BrokenPipeError:
        code = _leave_quietly()
    except BaseException as error:
        code = _explain(error, stop.asked)
    sys.exit(code)


def _explain(error: BaseException, stopped: bool) -> int:
    """Print what went wrong, as one message, and return the exit code."""
    for name in STOP_SIGNALS:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    from phonoscope.cli.reports import NOTHING_LEFT, STOPPED, report_error
    from phonoscope.core.errors import MachineError, PhonoscopeError, StoppedError

    if isinstance(error, StoppedError):
        pass
    # The command-line framework wraps an interruption in an error of its own.
    elif stopped or isinstance(error, KeyboardInterrupt) or isinstance(error.__context__, KeyboardInterrupt):
        error = StoppedError(STOPPED, NOTHING_LEFT)
    elif isinstance(error, MemoryError):
        error = MachineError("There is not enough memory.", "Ask for a smaller --size, or close other programs.")
    elif isinstance(error, OSError) and error.errno == errno.ENOSPC:
        # Files that we write say so themselves.
        error = MachineError("Cannot write to standard output: the disk is full.", "Free some space.")
    elif not isinstance(error, PhonoscopeError):
        if os.environ.get(TRACEBACK_VARIABLE) == "1":
            raise error
        error = MachineError(
            f"Something unexpected happened: {type(error).__name__}: {error}.",
            f"Please report it, with what {TRACEBACK_VARIABLE}=1 prints.",
        )
    try:
        return report_error(error, "--json" in sys.argv[1:])
    except OSError:  # Nobody listens any more.
        return error.exit_code


def _leave_quietly() -> int:
    """End as other tools do when their reader has left (``| head``): without a word."""
    # The interpreter flushes standard output once more at its end, and would complain.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0
