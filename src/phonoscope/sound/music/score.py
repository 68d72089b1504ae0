"""What a composition is made of, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Note:
    """A note, or a stroke on a drum.

    Attributes
    ----------
    start_beats, length_beats
        When, from the beginning of the piece, and how long.
    pitch
        MIDI number; for drums 60.
    velocity
        How hard it is struck, 0 to 1.
    later_s
        How much after its time it comes: strums, and hands that are no machines.
    drum
        The drum that is struck; empty for notes.
    """

    start_beats: float
    length_beats: float
    pitch: int
    velocity: float
    later_s: float = 0.0
    drum: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A pattern laid over the chords.

    Attributes
    ----------
    form
        A letter a bar, which pattern is played; `.` is silence. Spaces are for the reader.
    patterns
        Steps that share a bar evenly, by letter. A digit plays that note of the chord, from 0 (its lowest; past the
        last an octave higher); `x` the whole chord, `X` with force, `d` and `u` strummed down or up (`D` with force),
        `c` held with every change of chord; `-` holds on, `.` is silence.
    low, voices
        From which MIDI number chords are laid out, and in how many notes; one voice is a bass, whose digits are bass
        note, fifth, octave, third and seventh.
    pedal
        Whether notes ring until the chord changes.
    dynamics
        A digit a bar, 1 (softest) to 9; empty is all the same.
    """

    form: str
    patterns: Mapping[str, str]
    low: int = 55
    voices: int = 4
    pedal: bool = False
    dynamics: str = ""


@dataclass(frozen=True, slots=True)
class Melody:
    """Notes written out.

    Attributes
    ----------
    bars
        Bars of notes as `E5:1.5` (pitch and beats), `-:1` a rest, set apart by `|`.
    """

    bars: str
    dynamics: str = ""


@dataclass(frozen=True, slots=True)
class Beat:
    """Strokes on drums.

    Attributes
    ----------
    form
        As in a figure.
    patterns
        By letter, the steps of each drum that sounds: `X` loud, `x` as usual, `o` soft, `.` none.
    """

    form: str
    patterns: Mapping[str, Mapping[str, str]]
    dynamics: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Who plays what, and where in the mix.

    Attributes
    ----------
    level_lu
        Loudness over that of the piece; what is measured decides, not how loud the instrument happens to be.
    pan
        -1 (left) to 1.
    reverb, delay
        Amount sent to the room and to the echo, 0 to 1.
    breathing
        How deep it yields to each beat, 0 to 1, as if pressed by the kick drum.
    laid_back_s
        How much behind the beat it plays.
    looseness
        How far from a machine, 1 is a good player.
    """

    instrument: str
    line: Figure | Melody | Beat
    level_lu: float
    pan: float = 0.0
    reverb: float = 0.2
    delay: float = 0.0
    breathing: float = 0.0
    laid_back_s: float = 0.0
    looseness: float = 1.0


@dataclass(frozen=True, slots=True)
class Composition:
    """A loop as it is written down.

    Attributes
    ----------
    beat_samples
        Samples at 48 kHz in a beat, so that a loop is a whole number of them.
    swing
        How much later the second of two steps of `swing_beats` comes, as a share of a step.
    room, echo_beats
        Name of the room, and the time of the echo.
    """

    name: str
    title: str
    description: str
    moods: tuple[str, ...]
    key: str
    beat_samples: int
    chords: str
    parts: tuple[Part, ...]
    bar_beats: int = 4
    swing: float = 0.0
    swing_beats: float = 0.5
    room: str = "hall"
    echo_beats: float = 0.75

    @property
    def bars(self) -> int:
        """How many bars it has."""
        return self.chords.count("|") + 1

    @property
    def samples(self) -> int:
        """Its length."""
        return self.bars * self.bar_beats * self.beat_samples
