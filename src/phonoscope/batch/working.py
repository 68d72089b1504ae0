"""Videos are made one after the other, or several at a time in processes of their own."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from dataclasses import dataclass
from multiprocessing import active_children, get_context, parent_process
from multiprocessing.connection import wait as wait_for
from pathlib import Path
from types import FrameType

from phonoscope.batch.reporting import note_state
from phonoscope.batch.template import Template
from phonoscope.core.errors import StoppedError
from phonoscope.scene.document.reading import ReadScene

RenderOne = Callable[[ReadScene, Path], float | None]
"""Renders a document into a file, replacing what is there; returns the video's length in seconds, if it is known."""

Ended = float | None | Exception
"""The length of a video that was made, or why it could not be made."""


@dataclass(frozen=True, slots=True)
class Work:
    """A video that is to be made.

    Attributes
    ----------
    place
        Which of the rows, counted from 0.
    values
        Of the document's variables.
    """

    place: int
    values: Mapping[str, str]
    output: Path


@dataclass(frozen=True, slots=True)
class Worker:
    """Who makes videos.

    Attributes
    ----------
    jobs
        How many are made at a time.
    """

    template: Template
    render_one: RenderOne
    jobs: int = 1

    def work_through(self, work: Sequence[Work]) -> Iterator[tuple[int, Ended]]:
        """Yield the place of each piece of work with what has become of it, as soon as it has ended.

        Raises
        ------
        StoppedError, KeyboardInterrupt
            The user has stopped; processes at work have cleaned up after themselves.
        """
        if min(self.jobs, len(work)) > 1:
            yield from self._several(work)
            return
        for piece in work:
            yield piece.place, self.make(piece)

    def make(self, piece: Work) -> Ended:
        """Make one video; return why that was not possible, unless the user has stopped."""
        if _stop.asked:
            raise SystemExit
        try:
            return self._made(piece)
        except StoppedError:
            raise
        except Exception as error:  # One row must not end the others.
            return error

    def _made(self, piece: Work) -> float | None:
        read = self.template.read(piece.values)
        note_state(piece.output, "begun")
        try:
            return self.render_one(read, piece.output)
        except BaseException:
            note_state(piece.output, "left")
            raise

    def _several(self, work: Sequence[Work]) -> Iterator[tuple[int, Ended]]:
        # Started afresh: a copy of this process would share the open files and threads of libraries.
        pool = ProcessPoolExecutor(
            min(self.jobs, len(work)), mp_context=get_context("spawn"), initializer=_begin_process
        )
        before = set(active_children())
        try:
            waiting = {pool.submit(self.make, piece): piece.place for piece in work}
            while waiting:
                ended, _ = wait(waiting, return_when=FIRST_COMPLETED)
                for future in ended:
                    place, error = waiting.pop(future), future.exception()
                    if isinstance(error, StoppedError):
                        raise error
                    yield place, error if isinstance(error, Exception) else future.result()
        except BaseException:
            for process in set(active_children()) - before:
                process.terminate()
            raise
        finally:
            pool.shutdown(cancel_futures=True)


class _Stop:
    """Ends what a process is at, and remembers it: more work may lie in the queue.

    Asked once more, as by a pool that has lost another process, it lets the cleaning up go on.
    """

    asked = False

    def __call__(self, number: int, frame: FrameType | None) -> None:
        if self.asked:
            return
        self.asked = True
        # Nobody reports this one, and every block on the way out cleans up.
        raise SystemExit(number)


_stop = _Stop()


def _begin_process() -> None:
    """Leave an interruption to the first process, clean up when that one says so, and end when it is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _stop)
    first = parent_process()
    if first is not None:
        threading.Thread(target=_follow, args=(first.sentinel,), daemon=True).start()


def _follow(sentinel: int) -> None:
    """End at once when the first process has ended: it was killed, or it would have said so."""
    wait_for([sentinel])
    # What is half done lies under a temporary name.
    os._exit(1)
