"""Parts → sound: hands that are no machines, and notes laid round the loop so that its end runs into its beginning."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from phonoscope.sound.music.instruments.drums import DRUMS
from phonoscope.sound.music.instruments.model import Instrument
from phonoscope.sound.music.instruments.plucked import PLUCKED
from phonoscope.sound.music.instruments.struck import STRUCK
from phonoscope.sound.music.instruments.sustained import SUSTAINED
from phonoscope.sound.music.reading import notes_of
from phonoscope.sound.music.score import Composition, Note, Part
from phonoscope.sound.synthesis.waves import RATE_HZ, Wave, rise, seeded

INSTRUMENTS: dict[str, Instrument] = STRUCK | PLUCKED | SUSTAINED
KIT = "drums"
"""The instrument of parts that are beats."""

LOOSE_S = 0.006
"""Standard deviation of a good player's timing (Hennig et al., 2011: about 10 ms for professionals without a click)."""

LOOSE_VELOCITY = 0.05
MOST_DEVIATIONS = 2.0

LAYERS = 0.4, 0.6, 0.75, 0.9
"""Forces at which notes are recorded; in between only loudness differs."""

LOUDER = 1.6
"""Amplitude is velocity to the power of this: 30 dB over what a hand can do."""

LONG_S, SWELL_S, SWELL = 2.5, 4.3, np.float32(0.13)
"""Notes held for longer breathe: they lose and regain a quarter of their amplitude in so many seconds."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A note when it is really played: seconds, hertz and force."""

    start_s: float
    length_s: float
    pitch: int
    velocity: float
    drum: str


def performed(piece: Composition, number: int) -> tuple[Hit, ...]:
    """Return what a player makes of a part: swing, small deviations, a body behind the beat."""
    part = piece.parts[number]
    rng = seeded(piece.name, number, part.instrument)
    beat_s = piece.beat_samples / RATE_HZ
    hits = []
    for note in sorted(notes_of(part.line, piece), key=lambda n: (n.start_beats, n.pitch, n.drum)):
        wobble = np.clip(rng.standard_normal(2), -MOST_DEVIATIONS, MOST_DEVIATIONS) * part.looseness
        start_s = _swung(note, piece) * beat_s + note.later_s + part.laid_back_s + LOOSE_S * wobble[0]
        velocity = min(max(note.velocity * (1 + LOOSE_VELOCITY * wobble[1]), 0.05), 1.0)
        hits.append(Hit(start_s, note.length_beats * beat_s, note.pitch, velocity, note.drum))
    return tuple(hits)


def _swung(note: Note, piece: Composition) -> float:
    steps = note.start_beats / piece.swing_beats
    late = piece.swing * piece.swing_beats if abs(steps % 2 - 1) < 1e-6 else 0.0
    return note.start_beats + late


def play(piece: Composition, number: int) -> Wave:
    """Return a part as sound, shape (2, samples of the loop), at whatever level it has."""
    part = piece.parts[number]
    hits = performed(piece, number)
    lay = _drum_sounds(part) if part.instrument == KIT else _note_sounds(part, hits)
    loop = np.zeros((2, piece.samples), np.float32)
    for place, hit in enumerate(hits):
        _add_round(loop, round(hit.start_s * RATE_HZ), lay(hit, place))
    return _breathing(loop, part, piece) if part.breathing else loop


def _add_round(loop: Wave, start: int, sound: Wave) -> None:
    """Add a sound into a loop; what passes its end comes round to its beginning."""
    at, done = start % loop.shape[1], 0
    while done < sound.shape[1]:
        count = min(loop.shape[1] - at, sound.shape[1] - done)
        loop[:, at : at + count] += sound[:, done : done + count]
        at, done = 0, done + count


def _sides(pan: float) -> NDArray[np.float32]:
    """Return the gains of left and right, shape (2, 1), of equal power."""
    angle = (min(max(pan, -1), 1) + 1) * math.pi / 4
    return np.array([[math.cos(angle)], [math.sin(angle)]], np.float32)


def _layer(velocity: float) -> float:
    return min(LAYERS, key=lambda force: abs(force - velocity))


def _drum_sounds(part: Part) -> Callable[[Hit, int], Wave]:
    made: dict[tuple[str, float, int], Wave] = {}

    def sound(hit: Hit, place: int) -> Wave:
        drum, key = DRUMS[hit.drum], (hit.drum, _layer(hit.velocity), place % 4)
        if key not in made:
            made[key] = drum.stroke(key[1], seeded(*key))
        gain = drum.level * hit.velocity**LOUDER
        return np.asarray(gain * _sides(drum.pan + part.pan) * made[key])

    return sound


def _note_sounds(part: Part, hits: tuple[Hit, ...]) -> Callable[[Hit, int], Wave]:
    instrument = INSTRUMENTS[part.instrument]
    longest: dict[tuple[int, float, int], float] = {}
    for place, hit in enumerate(hits):
        key = hit.pitch, _layer(hit.velocity), place % instrument.takes
        longest[key] = max(longest.get(key, 0.0), hit.length_s + instrument.release_s)
    made: dict[tuple[int, float, int], Wave] = {}

    def sound(hit: Hit, place: int) -> Wave:
        key = hit.pitch, _layer(hit.velocity), place % instrument.takes
        if key not in made:
            made[key] = _recorded(instrument, part.instrument, key, longest[key])
        samples = round((hit.length_s + instrument.release_s) * RATE_HZ)
        wave = _read(made[key], samples, instrument, place)
        pan = part.pan + instrument.width * (hit.pitch - 64) / 30
        level = np.float32(hit.velocity**LOUDER * math.sqrt(len(wave)))
        return np.asarray(level * _held(wave.shape[1], instrument) * _sides(pan) * wave)

    return sound


def _recorded(instrument: Instrument, name: str, key: tuple[int, float, int], duration_s: float) -> Wave:
    """Return a note at unit loudness in its first quarter of a second, shape (1 or 2, n)."""
    pitch, force, take = key
    hz = 440 * 2 ** ((pitch - 69) / 12)
    wave = np.atleast_2d(instrument.tone(hz, force, duration_s, seeded(name, pitch, take)))
    return np.asarray(wave / (np.sqrt((wave[:, : RATE_HZ // 4] ** 2).mean()) + np.float32(1e-9)))


def _read(wave: Wave, samples: int, instrument: Instrument, place: int) -> Wave:
    if not instrument.endless:
        return wave[:, :samples]
    # Each note begins elsewhere in the stretch, as no two bows are the same.
    start = (place * 30_011) % wave.shape[1]
    return np.take(wave, np.arange(start, start + samples), axis=1, mode="wrap")


def _held(samples: int, instrument: Instrument) -> NDArray[np.float32]:
    """Return the gain over a note: its attack, and its release at the end."""
    gain: NDArray[np.float32] = np.ones(samples, np.float32)
    attack, release = (round(each * RATE_HZ) for each in (instrument.attack_s, instrument.release_s))
    if instrument.endless and samples > LONG_S * RATE_HZ:
        turn = np.arange(samples, dtype=np.float32) * np.float32(2 * math.pi / (SWELL_S * RATE_HZ))
        gain -= SWELL * (1 - np.cos(turn))
    attack = min(attack, max(samples - release, 1))
    if instrument.attack_s:
        gain[:attack] *= rise(np.arange(attack) / attack, 1.0).astype(np.float32)
    release = min(release, samples)
    gain[samples - release :] *= (1 - rise(np.arange(release) / release, 1.0)).astype(np.float32) ** 1.5
    return gain


def _breathing(loop: Wave, part: Part, piece: Composition) -> Wave:
    """Yield to each beat, as if the kick drum pressed the sound down."""
    place = np.arange(piece.beat_samples) / piece.beat_samples
    gain = 1 - part.breathing * np.exp(-((place / 0.28) ** 2)) * np.clip(place / 0.02, 0, 1)
    return np.asarray(loop * np.tile(gain.astype(np.float32), piece.samples // piece.beat_samples))
