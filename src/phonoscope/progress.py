"""Progress of a video, also of one whose length is not known before its last sentence has been spoken."""

from __future__ import annotations

from fractions import Fraction

from phonoscope.core.events import Event, EventSink, Progress

REPORT_EVERY = 10
"""Frames between two reports of progress: often enough for a smooth bar, too seldom to cost time."""


class RenderProgress:
    """Turns frames drawn into progress of the whole.

    Parameters
    ----------
    characters
        What will be spoken, where the length comes out of speaking; 0 for a recording.
    duration_s
        Length of a recording, lead-out included; None where it is not known.
    """

    def __init__(self, events: EventSink, characters: int = 0, duration_s: float | None = None) -> None:
        self._events = events
        self._characters = characters
        self._duration_s = duration_s
        self._spoken = 0.0
        self._frames = 0

    def hear(self, event: Event) -> None:
        """Take the events of speech; it runs ahead of the frames, so its own progress is not shown as such."""
        if isinstance(event, Progress) and event.stage == "speech":
            self._spoken = event.done
        else:
            self._events(event)

    def count_frame(self, heard_s: float, fps: Fraction) -> None:
        """Count one frame, and report now and then; an unknown length is extrapolated from what has been heard."""
        self._frames += 1
        if self._frames % REPORT_EVERY == 1:
            self._events(Progress("render", self._frames, self._total(heard_s, fps), "frames"))

    def _total(self, heard_s: float, fps: Fraction) -> int | None:
        if self._duration_s is not None:
            return max(self._frames, round(self._duration_s * fps))
        share = min(1.0, self._spoken / self._characters) if self._characters else 0.0
        return max(self._frames, round(heard_s * fps / share)) if share > 0 else None
