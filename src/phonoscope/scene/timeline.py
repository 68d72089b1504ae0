"""When each scene of a video is seen, and when in it its parts come and go. Pure arithmetic on frames and seconds."""

from __future__ import annotations

import math
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from phonoscope.scene.document.anchors import Moment, parse_moment

if TYPE_CHECKING:
    from phonoscope.core.speech import Word


@dataclass(frozen=True, slots=True)
class PlacedScene:
    """A scene's place in the video.

    Attributes
    ----------
    index
        Which scene of the document.
    first_frame, frames
        Where it begins, and how long it is, its transitions included.
    overlap
        Frames at its beginning in which the scene before is still seen.
    """

    index: int
    first_frame: int
    frames: int
    overlap: int

    @property
    def end_frame(self) -> int:
        """The first frame after it."""
        return self.first_frame + self.frames


@dataclass(frozen=True, slots=True)
class Timeline:
    """All scenes, one after the other."""

    fps: Fraction
    scenes: tuple[PlacedScene, ...]

    @property
    def frames(self) -> int:
        """Frames of the whole video."""
        return self.scenes[-1].end_frame

    @property
    def duration_s(self) -> float:
        """Length of the whole video."""
        return float(self.frames / self.fps)

    def start_s(self, index: int) -> float:
        """Return when a scene begins."""
        return float(self.scenes[index].first_frame / self.fps)

    def length_s(self, index: int) -> float:
        """Return how long a scene is."""
        return float(self.scenes[index].frames / self.fps)

    def at(self, number: int) -> tuple[PlacedScene, PlacedScene | None]:
        """Return the scene that is seen in a frame, and the one that is still seen before it, in a transition."""
        place = bisect_right(self.scenes, number, key=lambda scene: scene.first_frame) - 1
        current = self.scenes[max(0, place)]
        if place > 0 and number < current.first_frame + current.overlap:
            return current, self.scenes[place - 1]
        return current, None


def place_scenes(lengths_s: Sequence[float], overlaps_s: Sequence[float], fps: Fraction) -> Timeline:
    """Place scenes of given lengths one after the other.

    Parameters
    ----------
    lengths_s
        Of each scene, its transitions included.
    overlaps_s
        Of each scene: how long the scene before is still seen at its beginning; the first one's counts for nothing.
        No transition may take more than half of either scene.
    """
    placed: list[PlacedScene] = []
    begin = 0
    frames_of = [max(1, math.ceil(round(length * fps, 6))) for length in lengths_s]
    for index, frames in enumerate(frames_of):
        overlap = 0
        if index:
            most = min(frames, frames_of[index - 1]) // 2
            overlap = min(round(overlaps_s[index] * fps), most)
        begin -= overlap
        placed.append(PlacedScene(index, begin, frames, overlap))
        begin += frames
    return Timeline(fps, tuple(placed))


def moment_s(anchor: str, length_s: float, words: Sequence[Word]) -> float | None:
    """Return when a moment of a scene is, in seconds from its start; None where its word is not said.

    Parameters
    ----------
    anchor
        As `document.anchors` tells.
    words
        What is said in the scene, timed from its start.
    """
    moment = parse_moment(anchor)
    if moment.kind == "start":
        return moment.offset_s
    if moment.kind == "end":
        return max(0.0, length_s + moment.offset_s)
    if moment.kind == "share":
        return max(0.0, moment.share * length_s + moment.offset_s)
    found = _said(moment, words)
    return None if found is None else max(0.0, found + moment.offset_s)


def _said(moment: Moment, words: Sequence[Word]) -> float | None:
    """Return when the phrase of a moment begins, or ends, for the n-th time."""
    wanted = [plain for part in moment.word.split() if (plain := plain_word(part))]
    said = [(plain, word) for word in words if (plain := plain_word(word.text))]
    if not wanted:
        return None
    left = moment.occurrence
    for place in range(len(said) - len(wanted) + 1):
        if [plain for plain, _ in said[place : place + len(wanted)]] == wanted:
            left -= 1
            if not left:
                return said[place + len(wanted) - 1][1].end_s if moment.at_end else said[place][1].start_s
    return None


def plain_word(text: str) -> str:
    """Return a word without punctuation and capitals, to be compared."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in folded if unicodedata.category(c)[0] in "LMN")
