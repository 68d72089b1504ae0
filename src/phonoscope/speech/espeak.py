"""The engine that is always there: espeak-ng's formant voices, with the exact time of every phone and word."""

from __future__ import annotations

from functools import lru_cache, partial

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.events import EventSink, Note, ignore_events
from phonoscope.core.script import Line, Pause, Span
from phonoscope.core.sound import Sound
from phonoscope.core.speech import SpeakerSpan, Speech, TimedDirection
from phonoscope.speech.espeak_library import RATE_HZ, RawSpeech, render
from phonoscope.speech.levels import TARGET_RMS_DB, energy_range, limit, speech_rms
from phonoscope.speech.markup import Markup, build_markup
from phonoscope.speech.options import SpeakOptions
from phonoscope.speech.pronunciation import ipa_to_mnemonics
from phonoscope.speech.timing import TimedPhone, correct_phones, shift_timed, time_phones, time_words
from phonoscope.speech.voices import Voice

EDGE_S = 0.04
"""Silence left before and behind the sound of a line, for soft onsets and releases below the energy threshold."""

_FADE_S = 0.005


class EspeakEngine:
    """Speaks with espeak-ng."""

    @property
    def rate_hz(self) -> int:
        """Sample rate of everything that it says."""
        return RATE_HZ

    def synthesize(self, line: Line, voice: Voice, options: SpeakOptions, events: EventSink = ignore_events) -> Speech:
        """Speak one line, pauses included; the same line gives the same samples, always."""
        markup = build_markup(line, options, voice.language, partial(_spell, voice_file(voice), events))
        raw = render(markup.text, voice_file(voice)) if _has_words(line) else RawSpeech(np.zeros(0, np.int16), ())
        samples = raw.samples.astype(np.float32) / 32768
        start, end = energy_range(samples, RATE_HZ)
        phones = time_phones(raw.events, end / RATE_HZ)
        if not phones:
            if len(raw.samples):
                events(Note(f"Nothing was said for “{line.text[:60]}” (line {line.line_number})."))
            samples, start, end = samples[:0], 0, 0
        samples, phones = _trim(samples, phones, start, end)
        samples, phones = _set_pauses(samples, phones, markup)
        phones = correct_phones(phones, samples)
        samples = limit(samples * np.float32(_gain(voice) * options.volume))
        # The edges of this line and the next are part of the pause.
        pause_s = max(_pause_behind_s(line) * options.pauses - (2 * EDGE_S if len(samples) else 0), 0)
        samples = np.concatenate([samples, _silence(pause_s)])
        sound = Sound(samples.astype(np.float32, copy=False), RATE_HZ)
        speakers = (SpeakerSpan(line.speaker, 0.0, sound.duration_s),) if line.speaker else ()
        return Speech(
            sound,
            tuple(p.phone for p in phones),
            time_words(phones, markup),
            speakers,
            directions=_time_directions(phones, markup, sound.duration_s, line.speaker),
        )


def _has_words(line: Line) -> bool:
    """Tell whether anything is left to say when what cannot be said is blanked out."""
    spans = (part for part in line.parts if isinstance(part, Span))
    return any(map(str.isalnum, "".join(span.phonemes or span.spoken or span.text for span in spans)))


def _silence(duration_s: float) -> NDArray[np.float32]:
    return np.zeros(round(duration_s * RATE_HZ), np.float32)


def _pause_behind_s(line: Line) -> float:
    """Return the length of the pauses behind a line's last words, in seconds."""
    pause_s = 0.0
    for part in reversed(line.parts):
        if isinstance(part, Span):
            break
        if isinstance(part, Pause):
            pause_s += part.duration_s
    return pause_s


@lru_cache(maxsize=64)
def _gain(voice: Voice) -> float:
    """Return the factor that brings a voice to the target level: measured on its sample, the same for every script."""
    line = Line((Span(voice.sample),))
    raw = render(build_markup(line, SpeakOptions()).text, voice_file(voice))
    rms = speech_rms(raw.samples.astype(np.float32) / 32768, RATE_HZ)
    return 10 ** (TARGET_RMS_DB / 20) / rms if rms > 0 else 1.0


def _spell(file: str, events: EventSink, ipa: str) -> str | None:
    """Return the mnemonics of a pronunciation, or tell that it cannot be said."""
    mnemonics = ipa_to_mnemonics(ipa, file)
    if mnemonics is None:
        events(Note(f"The pronunciation “{ipa[:40]}” has a sound that the voice lacks; the word is read as written."))
    return mnemonics


def voice_file(voice: Voice) -> str:
    """Return the name by which espeak-ng itself knows a voice: that of its file."""
    base, plus, variant = voice.id.partition("+")
    return _FILES.get(base, base) + plus + variant


_FILES = {"en-gb": "en", "fr-fr": "fr"}


def _trim(
    samples: NDArray[np.float32], phones: list[TimedPhone], start: int, end: int
) -> tuple[NDArray[np.float32], list[TimedPhone]]:
    """Cut espeak-ng's own silence off both ends and leave `EDGE_S` there, faded."""
    edge = round(EDGE_S * RATE_HZ)
    if end <= start:
        return samples[:0], phones
    first = start if not phones else min(start, round(phones[0].phone.start_s * RATE_HZ))
    before, behind = max(0, edge - first), max(0, end + edge - len(samples))
    padded = np.pad(samples, (before, behind))
    cut = padded[first + before - edge : end + before + edge].copy()
    fade = np.linspace(0, 1, round(_FADE_S * RATE_HZ), dtype=np.float32)
    cut[: len(fade)] *= fade
    cut[-len(fade) :] *= fade[::-1]
    return cut, shift_timed(phones, (edge - first) / RATE_HZ)


def _set_pauses(
    samples: NDArray[np.float32], phones: list[TimedPhone], markup: Markup
) -> tuple[NDArray[np.float32], list[TimedPhone]]:
    """Make every pause inside a line exactly as long as asked: espeak-ng's own depend on rate and punctuation."""
    for offset, pause_s in markup.pauses:
        index = _first_phone_from(phones, markup, offset)
        if index is None:
            continue  # behind the last word: silence after the line
        here = round(phones[index].phone.start_s * RATE_HZ)
        last = round(phones[index - 1].phone.end_s * RATE_HZ) if index else here
        extra = round(pause_s * RATE_HZ) - (here - last)
        if extra >= 0:
            samples = np.concatenate([samples[:here], np.zeros(extra, np.float32), samples[here:]])
        else:
            samples = np.concatenate([samples[: here + extra], samples[here:]])
        phones = phones[:index] + shift_timed(phones[index:], extra / RATE_HZ)
    return samples, phones


def _first_phone_from(phones: list[TimedPhone], markup: Markup, offset: int) -> int | None:
    """Return the first phone that speaks the written text from `offset` on."""
    for index, timed in enumerate(phones):
        if 0 <= timed.position < len(markup.sources) and markup.sources[timed.position] >= offset:
            return index
    return None


def _time_directions(
    phones: list[TimedPhone], markup: Markup, end_s: float, speaker: str
) -> tuple[TimedDirection, ...]:
    """Return a line's stage directions: each at the next word's start, or behind the last one where a pause follows."""
    timed = []
    for placed in markup.directions:
        index = _first_phone_from(phones, markup, placed.offset)
        if index is None or placed.is_before_pause:
            before = phones[:index]
            at_s = (before[-1].phone.end_s if before else 0.0) + placed.after_s
        else:
            at_s = phones[index].phone.start_s
        timed.append(TimedDirection(placed.direction.name, min(at_s, end_s), placed.direction.strength, speaker))
    return tuple(timed)
