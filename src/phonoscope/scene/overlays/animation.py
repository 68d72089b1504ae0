"""How overlays come and go: which motion is going on at a moment, and how far it has got. Pure functions of time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from phonoscope.scene.document.overlays import Animation, Easing, Motion
from phonoscope.scene.overlays.easing import ease

_CLOCK_S: Final = 1e-6
"""Times nearer than this are the same: seconds in a document are decimal, times of frames are not."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A coming or going at one moment; at rest between them.

    Attributes
    ----------
    motion
        What is going on; ``none`` at rest.
    shown
        Share of the motion's time, before easing: 0 hidden, 1 at rest. It shrinks while something goes.
    easing
        How that becomes a share of the way. What goes leaves as it came, backwards: it gathers speed.
    leaving
        It goes, instead of coming.
    """

    motion: Motion = "none"
    shown: float = 1.0
    easing: Easing = "linear"
    leaving: bool = False

    def way(self, begin: float = 0.0, end: float = 1.0) -> float:
        """Return how much of the way has been covered by a part that moves between two shares of the time."""
        return ease(self.easing, (self.shown - begin) / max(end - begin, 1e-6))


REST: Final = Passage()


@dataclass(frozen=True, slots=True)
class Schedule:
    """When an overlay is seen, and how it comes and goes.

    Attributes
    ----------
    start_s, end_s
        It is seen from the one to just before the other.
    enter, exit
        Both are shortened by the same share where they do not fit in between.
    """

    start_s: float
    end_s: float
    enter: Animation
    exit: Animation

    @property
    def enter_s(self) -> float:
        """How long it takes to come."""
        return _length_s(self.enter) * self._fit

    @property
    def exit_s(self) -> float:
        """How long it takes to go."""
        return _length_s(self.exit) * self._fit

    @property
    def _fit(self) -> float:
        wanted_s = _length_s(self.enter) + _length_s(self.exit)
        return min(1.0, max(0.0, self.end_s - self.start_s) / wanted_s) if wanted_s else 1.0

    def passage(self, time_s: float, frame_s: float) -> Passage | None:
        """Return what is going on in a frame; None outside of the schedule.

        Parameters
        ----------
        time_s
            When the frame begins.
        frame_s
            How long it is seen. Motions are taken in its middle: the first frame shows a little already.
        """
        if not self.start_s - _CLOCK_S <= time_s < self.end_s - _CLOCK_S:
            return None
        middle_s = time_s + frame_s / 2
        since_s, left_s = middle_s - self.start_s, self.end_s - middle_s
        if since_s < self.enter_s:
            return Passage(self.enter.kind, max(0.0, since_s / self.enter_s), self.enter.easing)
        # It may end before the middle of its last frame; then nothing is left of its time.
        if self.exit_s > 0 and left_s < self.exit_s:
            return Passage(self.exit.kind, max(0.0, left_s / self.exit_s), self.exit.easing, leaving=True)
        return REST


def _length_s(animation: Animation) -> float:
    return 0.0 if animation.kind == "none" else animation.duration_s
