"""Sentences spoken by espeak-ng, whose phones are known."""

from __future__ import annotations

from dataclasses import dataclass
from math import gcd

import numpy as np
from numpy.typing import NDArray
from scipy.signal import resample_poly

from phonoscope.core.speech import Phone
from phonoscope.script import read_script
from phonoscope.speech import SpeakOptions, speak
from phonoscope.speech.hearing.features import FRAME_RATE_HZ, HOP, RATE_HZ
from phonoscope.speech.hearing.phoneset import SILENCE, classes_of


@dataclass(frozen=True)
class Spoken:
    """A sentence: float32 mono samples at `RATE_HZ`, its phones, and the class of every 10 ms."""

    samples: NDArray[np.float32]
    phones: tuple[Phone, ...]
    classes: NDArray[np.int64]


def spoken(text: str, voice: str = "", rate_hz: int = RATE_HZ) -> Spoken:
    """Let a text be spoken."""
    speech = next(speak(read_script(text), SpeakOptions(voice=voice)))
    common = gcd(rate_hz, speech.sound.rate_hz)
    samples = resample_poly(speech.sound.samples, rate_hz // common, speech.sound.rate_hz // common).astype(np.float32)
    classes = np.full(-(-len(samples) * FRAME_RATE_HZ // rate_hz), SILENCE)
    for phone in speech.phones:
        parts = classes_of(phone.ipa)
        edges = np.linspace(phone.start_s, phone.end_s, len(parts) + 1) * FRAME_RATE_HZ
        for part, start, end in zip(parts, edges[:-1], edges[1:], strict=True):
            classes[round(start) : round(end)] = part
    assert rate_hz != RATE_HZ or len(classes) == -(-len(samples) // HOP)
    return Spoken(samples, speech.phones, classes)
