"""Made-up dialogues for the tests."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from tests.performance.speeches import RATE_HZ, babble, cut, speech

from phonoscope.core.script import EXPRESSIONS, GESTURES
from phonoscope.core.sound import silence
from phonoscope.core.speech import SpeakerSpan, Speech, TimedDirection


def spoken_by(piece: Speech, speaker: str) -> Speech:
    """Return a piece of speech with its speaker and their directions."""
    directions = tuple(replace(direction, speaker=speaker) for direction in piece.directions)
    return replace(piece, speakers=(SpeakerSpan(speaker, 0.0, piece.duration_s),), directions=directions)


def directed(piece: Speech, *directions: tuple[str, float], strength: float = 1.0) -> Speech:
    """Return a piece of speech with directions (name, seconds)."""
    return replace(piece, directions=tuple(TimedDirection(name, at_s, strength) for name, at_s in directions))


def pause(duration_s: float, *directions: tuple[str, float], strength: float = 1.0) -> Speech:
    """Return silence with directions (name, seconds)."""
    return directed(Speech(silence(duration_s, RATE_HZ)), *directions, strength=strength)


def dialogue(turns: int, seed: int = 0, speakers: Sequence[str] = "AB") -> list[Speech]:
    """Return turns of random length, with random directions."""
    rng = np.random.default_rng(seed)
    names = [*GESTURES, *EXPRESSIONS]
    pieces = []
    for turn in range(turns):
        piece = babble(float(rng.uniform(1.5, 5)), seed * 100 + turn)
        times_s = sorted(rng.uniform(0, piece.duration_s, rng.integers(0, 4)))
        piece = directed(piece, *((str(rng.choice(names)), float(t)) for t in times_s), strength=rng.uniform(0.4, 1.5))
        pieces.append(spoken_by(piece, speakers[turn % len(speakers)]))
    return pieces


def turn(speaker: str, duration_s: float = 3.0) -> Speech:
    """Return a turn without directions, in phrases of a second."""
    words = " ".join(["t ˈɑ:0.2 n ə t ˈi:0.2 n ə _:0.4"] * max(1, round(duration_s)))
    return spoken_by(speech(words, lead_s=0.1, tail_s=0.2), speaker)


def cut_up(piece: Speech) -> list[Speech]:
    """Cut a piece between all its phones; speakers and directions stay where they are."""
    pairs = zip(piece.phones, piece.phones[1:], strict=False)
    inside = [np.ceil(b.start_s * RATE_HZ) / RATE_HZ for a, b in pairs if b.start_s - a.end_s > 0.01]
    at_s = [float(t) - 0.005 for t in inside]
    ends = [0.0, *[round(t * RATE_HZ) / RATE_HZ for t in at_s], piece.duration_s + 1]
    parts = []
    for part, (start_s, end_s) in zip(cut(piece, at_s), itertools.pairwise(ends), strict=True):
        inside_part = (d for d in piece.directions if start_s <= d.at_s < end_s)
        told = replace(part, directions=tuple(replace(d, at_s=d.at_s - start_s) for d in inside_part))
        parts.append(spoken_by(told, piece.speakers[0].speaker) if piece.speakers else told)
    return parts
