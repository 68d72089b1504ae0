"""Values of SSML's attributes → factors and decibels. https://www.w3.org/TR/speech-synthesis11/#S3.2.4"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from phonoscope.core.script import EXPRESSIONS, Direction, Style

RATES = {"x-slow": 0.6, "slow": 0.8, "medium": 1.0, "default": 1.0, "fast": 1.25, "x-fast": 1.6}
PITCHES = {"x-low": 0.7, "low": 0.85, "medium": 1.0, "default": 1.0, "high": 1.2, "x-high": 1.4}
VOLUMES_DB = {
    "silent": -100.0, "x-soft": -12.0, "soft": -6.0, "medium": 0.0, "default": 0.0, "loud": 4.0, "x-loud": 8.0,
}  # fmt: skip
"""The standard leaves the labels' values open; each step is clearly heard."""

BREAKS_S = {"none": 0.0, "x-weak": 0.1, "weak": 0.2, "medium": 0.4, "strong": 0.7, "x-strong": 1.2}
"""Pauses by strength: weak is a comma's, strong a sentence's, x-strong a paragraph's and a bit."""

RATE_LIMITS = (0.3, 4.0)
PITCH_LIMITS = (0.4, 2.5)
VOLUME_LIMITS_DB = (-100.0, 12.0)

REFERENCE_PITCH_HZ = 150.0
"""Taken for the voice's own pitch where SSML gives a change in Hz: between a man's 110 and a woman's 210."""

EXPRESSED_AS = {
    "cheerful": "happy", "friendly": "happy", "hopeful": "happy", "affectionate": "happy", "depressed": "sad",
    "disgruntled": "angry", "shouting": "angry", "unfriendly": "angry", "fearful": "surprised",
    "terrified": "surprised", "gentle": "calm", "serious": "neutral", "excitement": "excited", "anger": "angry",
    "sadness": "sad", "happiness": "happy", "surprise": "surprised",
}  # fmt: skip
"""Styles of ``express-as`` in other products, and what comes nearest here; others change nothing."""

EXPRESSION_LIMITS = (0.0, 1.5)

_NUMBER = re.compile(r"([+-]?)(\d+(?:\.\d*)?|\.\d+)\s*(%|st|hz|db|)", re.IGNORECASE)


def apply_prosody(style: Style, attributes: Mapping[str, str]) -> Style:
    """Return a style changed by the attributes of a ``prosody`` element; values that mean nothing change nothing."""
    rate = style.rate * _rate(attributes.get("rate", ""))
    pitch = style.pitch * _pitch(attributes.get("pitch", ""))
    volume_db = style.volume_db + _volume_db(attributes.get("volume", ""))
    return Style(
        _clamp(rate, RATE_LIMITS),
        _clamp(pitch, PITCH_LIMITS),
        _clamp(volume_db, VOLUME_LIMITS_DB),
        style.emphasis,
        style.say_as,
    )


def express_as(attributes: Mapping[str, str]) -> Direction | None:
    """Return the expression that ``style`` and ``styledegree`` mean, None where they mean nothing."""
    style = attributes.get("style", attributes.get("type", "")).strip().lower()
    name = EXPRESSED_AS.get(style, style)
    if name not in EXPRESSIONS:
        return None
    degree = _parse(attributes.get("styledegree", "1"))
    return Direction(name, _clamp(degree[1] if degree else 1.0, EXPRESSION_LIMITS))


def _clamp(value: float, limits: tuple[float, float]) -> float:
    return min(max(value, limits[0]), limits[1])


def _parse(text: str) -> tuple[str, float, str] | None:
    """Return (sign, number, unit) of a value, or None."""
    match = _NUMBER.fullmatch(text.strip())
    return (match[1], float(match[2]), match[3].lower()) if match and len(text) < 20 else None


def _rate(text: str) -> float:
    """Return the factor of a rate: ``fast``, ``80%``, ``+20%`` or the plain factor ``1.5``."""
    if text in RATES:
        return RATES[text]
    parsed = _parse(text)
    if not parsed or parsed[2] not in {"%", ""}:
        return 1.0
    sign, number, unit = parsed
    return _signed_factor(sign, number / 100 if unit else number)


def _pitch(text: str) -> float:
    """Return the factor of a pitch: ``high``, ``+10%``, ``+2st``, ``+20Hz``; a pitch in plain Hz is the voice's own."""
    if text in PITCHES:
        return PITCHES[text]
    parsed = _parse(text)
    if not parsed:
        return 1.0
    sign, number, unit = parsed
    signed = -number if sign == "-" else number
    if unit == "st":
        return float(2 ** (_clamp(signed, (-24, 24)) / 12))
    if unit == "%":
        return _signed_factor(sign, number / 100)
    if unit == "hz" and sign:
        return max(1 + signed / REFERENCE_PITCH_HZ, 0.1)
    return 1.0


def _volume_db(text: str) -> float:
    """Return the change of a volume in dB: ``loud``, ``-6dB``, ``+20%``, or SSML 1.0's 0 to 100."""
    if text in VOLUMES_DB:
        return VOLUMES_DB[text]
    parsed = _parse(text)
    if not parsed or parsed[2] not in {"db", "%", ""}:
        return 0.0
    sign, number, unit = parsed
    if unit == "db":
        return -number if sign == "-" else number
    factor = _signed_factor(sign, number / 100)
    return 20 * math.log10(factor) if factor > 1e-5 else VOLUMES_DB["silent"]


def _signed_factor(sign: str, number: float) -> float:
    """Return a factor from ``+0.2`` (1.2), ``-0.2`` (0.8) or ``0.8`` (0.8)."""
    return max({"+": 1 + number, "-": 1 - number}.get(sign, number), 0.0)
