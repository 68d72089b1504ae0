"""What happens when in a finished video: what its transcript and its timeline are made from."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from phonoscope.media.subtitles import Cue


@dataclass(frozen=True, slots=True)
class SceneSpan:
    """A scene.

    Attributes
    ----------
    id
        What it is called.
    start_s, end_s
        When it is seen, its transitions included.
    title
        Its heading; empty for none.
    description
        What is seen in it, for those who do not see it.
    transition
        How it follows the scene before: ``cut``, ``fade``, ``dissolve`` …
    overlap_s
        How long the scene before is still seen at its beginning.
    """

    id: str
    start_s: float
    end_s: float
    title: str = ""
    description: str = ""
    transition: str = "cut"
    overlap_s: float = 0.0


@dataclass(frozen=True, slots=True)
class SoundSpan:
    """Something that is heard.

    Attributes
    ----------
    name
        What it is called: a scene's voice, a piece of music, an effect.
    start_s, end_s
        When it is heard.
    path
        Its file, as it shall be told; empty where it has none, as pieces and effects of our own.
    source_start_s
        Where in its file it begins.
    volume_db
        How loud it is, relative to voices.
    ducking_db
        How much softer it is while somebody speaks.
    """

    name: str
    start_s: float
    end_s: float
    path: str = ""
    source_start_s: float = 0.0
    volume_db: float = 0.0
    ducking_db: float = 0.0


@dataclass(frozen=True, slots=True)
class VideoOutline:
    """A whole video.

    Attributes
    ----------
    title, description
        What it is called, and what it is about; either may be empty.
    duration_s, fps, size_px
        Of the video; size is (width, height).
    scenes
        In order.
    cues
        What is said, in order.
    voices, music, effects
        What is heard.
    """

    title: str
    duration_s: float
    fps: Fraction
    size_px: tuple[int, int]
    scenes: tuple[SceneSpan, ...]
    cues: tuple[Cue, ...] = ()
    voices: tuple[SoundSpan, ...] = ()
    music: tuple[SoundSpan, ...] = ()
    effects: tuple[SoundSpan, ...] = ()
    description: str = ""
