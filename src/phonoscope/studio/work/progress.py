"""What the engine tells while it works, as one number."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from phonoscope.core.events import Event

SPANS = {"speech": (0.0, 0.1), "render": (0.1, 0.95), "write": (0.95, 0.98), "save": (0.98, 1.0)}
"""Part of the whole that each stage takes: of a minute of film, speaking takes seconds."""


class Progress:
    """Takes the engine's events, and reports how far the work is; a sink of events.

    Parameters
    ----------
    report
        Is told the share that is done, 0 to 1, and the stage: a key of `SPANS`. What it raises stops the engine.
    before
        The share that an earlier try had done: nothing less is told until drawing shows how much of that was kept.

    Attributes
    ----------
    share
        What is done, 0 to 1; it only grows.
    """

    def __init__(self, report: Callable[[float, str], None], before: float = 0.0) -> None:
        self._report, self._before = report, before
        self._stage, self.share = "speech", 0.0

    def __call__(self, event: Event) -> None:
        """Take an event; those of stages that nobody waits for only show that the work goes on."""
        from phonoscope.core import events

        if isinstance(event, events.StageStarted):
            self.enter(event.stage)
        elif isinstance(event, events.Progress) and event.total and event.stage == self._stage:
            if self._stage == "render":
                self._before = 0.0
            first, last = SPANS[self._stage]
            self._advance(first + (last - first) * min(event.done / event.total, 1.0))
        else:
            self._advance(self.share)

    def enter(self, stage: str) -> None:
        """Begin a stage, unless it is none of ours."""
        if stage in SPANS:
            self._stage = stage
            self._advance(SPANS[stage][0])

    def _advance(self, share: float) -> None:
        # Scenes are heard one after the other, each from nothing to all of it.
        self.share = max(self.share, share)
        self._report(max(self.share, self._before), self._stage)
