"""Where everything of a render lies, and how the video is cut into segments."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from phonoscope.media.segments import SUFFIX
from phonoscope.scene.document.video import SceneDocument
from phonoscope.scene.timeline import Timeline, place_scenes

WHOLE_S = 4.0
"""A video that is no longer is one segment."""

LONGEST_SEGMENT_S = 10.0
"""Longest segment: as far apart as the whole pictures of a video are anyway."""

SEGMENTS_STEP = 4
"""The number of segments is a multiple of this, so that they share out evenly among two or four cores."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Frames of a video that are encoded alone: from `first_frame` to before `end_frame`."""

    number: int
    first_frame: int
    end_frame: int


def cut_into_segments(frames: int, fps: Fraction) -> tuple[Segment, ...]:
    """Return the segments of a video: the same wherever and by however many processes it is drawn."""
    duration_s = float(frames / fps)
    count = 1
    if duration_s > WHOLE_S:
        count = SEGMENTS_STEP * math.ceil(duration_s / (SEGMENTS_STEP * LONGEST_SEGMENT_S))
    bounds = [round(frames * place / count) for place in range(count + 1)]
    pairs = itertools.pairwise(bounds)
    return tuple(Segment(number, first, end) for number, (first, end) in enumerate(pairs) if end > first)


def timeline_of(document: SceneDocument, lengths_s: Sequence[float], fps: Fraction) -> Timeline:
    """Return where the scenes of a document are, given how long each of them is."""
    return place_scenes(lengths_s, [scene.transition.overlap_s for scene in document.scenes], fps)


@dataclass(frozen=True, slots=True)
class WorkFolder:
    """The folder of a render; each file in it appears whole or not at all."""

    folder: Path

    def heard(self, scene: int) -> Path:
        """What is said in a scene, and how long it is."""
        return self.folder / f"scene-{scene}.heard.json"

    def credits(self, scene: int) -> Path:
        """Whom to name for a scene's pictures; written last, when the scene has been acted."""
        return self.folder / f"scene-{scene}.credits.json"

    def sound(self, scene: int) -> Path:
        """The voice of a scene."""
        return self.folder / f"scene-{scene}.wav"

    def acted(self, scene: int, avatar: int) -> Path:
        """What an avatar does in a scene."""
        return self.folder / f"scene-{scene}-avatar-{avatar}"

    def segment(self, segment: Segment) -> Path:
        """A segment of the picture."""
        return self.folder / f"segment-{segment.number:04d}{SUFFIX}"

    @property
    def mixed(self) -> Path:
        """The sound of the whole video, as it was mixed."""
        return self.folder / "mix.wav"

    @property
    def encoded(self) -> Path | None:
        """The same as the finished file will hold it; None where nothing is heard."""
        return next(self.folder.glob("sound.*"), None)

    @property
    def mixed_mark(self) -> Path:
        """Tells that the sound is there, or that there is none."""
        return self.folder / "mixed"

    @property
    def key(self) -> Path:
        """What the folder's files belong to."""
        return self.folder / "key"
