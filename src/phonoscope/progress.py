"""Progress of a video whose length is not known before its last sentence has been spoken."""

from __future__ import annotations

from fractions import Fraction

from phonoscope.core.events import Event, EventSink, Progress

REPORT_EVERY = 10
"""Frames between two reports of progress: often enough for a smooth bar, too seldom to cost time."""


class RenderProgress:
    """Turns characters spoken and frames drawn into progress of the whole, while its length is not yet known."""

    def __init__(self, characters: int, events: EventSink) -> None:
        self._characters = characters
        self._events = events
        self._spoken = 0.0
        self._frames = 0

    def hear(self, event: Event) -> None:
        """Take the events of speech; they run ahead of the frames, so their progress is not shown as such."""
        if isinstance(event, Progress):
            self._spoken = event.done
        else:
            self._events(event)

    def count_frame(self, heard_s: float, fps: Fraction) -> None:
        """Count one frame, and report now and then; the length is extrapolated from what has been heard."""
        self._frames += 1
        if self._frames % REPORT_EVERY == 1:
            share = min(1.0, self._spoken / max(1, self._characters))
            total = max(self._frames, round(heard_s * fps / share)) if share > 0 else None
            self._events(Progress("render", self._frames, total, "frames"))
