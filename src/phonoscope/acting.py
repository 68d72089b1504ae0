"""Everybody in a picture acts what is said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import tee

from phonoscope.casting import Cast
from phonoscope.choices import ActingChoices, parse_gaze
from phonoscope.core.performance import Performance
from phonoscope.core.speech import Speech
from phonoscope.performance import PerformOptions, perform
from phonoscope.performance.mouth_shapes import hold_mouth_shapes


def act_speech(
    acting: ActingChoices, seed: int, actors: Cast, pieces: Iterator[Speech], fps: Fraction
) -> Iterator[tuple[Performance, ...]]:
    """Let all parts act the same speech; yield the same stretch of frames of each."""
    options = PerformOptions(
        fps=fps,
        seed=seed,
        expression=acting.expression,
        expression_strength=acting.strength,
        style=acting.style,
        gaze=parse_gaze(acting.gaze),
    )
    parts = zip(actors.parts, actors.avatar.rests_open, tee(pieces, len(actors.parts)), strict=True)
    return zip(
        *(
            perform(
                heard,
                replace(options, return_in_pauses=not rests_open, speaker=part.speaker, partners=part.partners),
            )
            for part, rests_open, heard in parts
        ),
        strict=True,
    )


def held_shapes(actors: Cast, acted: Iterator[tuple[Performance, ...]]) -> Iterator[tuple[Performance, ...]]:
    """Choose the pictures of a mouth that changes between pictures; pass all other performances on."""
    if not actors.mouth_pictures:
        return acted
    return ((performance,) for performance in hold_mouth_shapes(performances[0] for performances in acted))
