"""Progress as typed events. A sink is any function that takes one; the command line has a console and a JSON sink."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Note:
    """Something that the user should know but need not act on: the photo was scaled down, several faces."""

    message: str


@dataclass(frozen=True, slots=True)
class StageStarted:
    """A stage begins: ``photo``, ``speech``, ``render`` …"""

    stage: str
    message: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a stage has come.

    Attributes
    ----------
    done, total
        In the stage's own unit (``unit``); `total` is None while it is unknown.
    """

    stage: str
    done: float
    total: float | None
    unit: str


@dataclass(frozen=True, slots=True)
class FileWritten:
    """A finished file lies at `path`."""

    path: str


Event = Note | StageStarted | Progress | FileWritten
EventSink = Callable[[Event], None]


def ignore_events(event: Event) -> None:
    """Take an event and do nothing: the sink of callers who want no progress."""
