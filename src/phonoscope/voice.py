"""Who is heard in a video: a script that is spoken, or a recording; what the face listens to, and what is played."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import numpy as np

from phonoscope.choices import VideoChoices, VoiceChoices
from phonoscope.core.errors import MediaError, UsageError
from phonoscope.core.events import EventSink, Note, ignore_events
from phonoscope.core.script import Script
from phonoscope.core.sound import Sound, SoundStream, silence
from phonoscope.core.speech import Speech
from phonoscope.media.sound_file import SoundOptions, open_sound
from phonoscope.media.trim import parse_trim
from phonoscope.sound.effects import VoiceChanges, change_voice
from phonoscope.sound.enhancement import EnhanceOptions, enhance
from phonoscope.speech import HearOptions, SpeakOptions, find_voice, hear, speak

LEAD_IN_S, LEAD_OUT_S = 0.5, 0.6
"""Silence before the first and after the last word of a script: the face is seen at rest, and comes back to rest."""

RECORDING_LEAD_OUT_S = 0.3
"""Silence after a recording: time for the lips to close. Before it there is none: its times stay as they are."""

TITLE_LENGTH = 60
"""Characters of the script that make the title when none is given."""


@dataclass(frozen=True, slots=True, eq=False)
class Voice:
    """Who is heard.

    Attributes
    ----------
    pieces
        Timed speech, clean: what the face acts.
    sound
        What is played instead of the pieces' own sound, and just as long; None to play that.
    rate_hz, channels
        Of what is played; no channels where there is nothing to hear.
    title
        What it may be called.
    text
        Everything that is said, as far as it is known.
    speakers
        Names of those who speak, in order of appearance; none where there is only one.
    language
        BCP 47 tag of most of what is said; empty when unknown.
    """

    pieces: Iterator[Speech]
    sound: SoundStream | None
    rate_hz: int
    channels: int
    title: str
    text: str
    speakers: tuple[str, ...] = ()
    language: str = ""

    @property
    def is_heard(self) -> bool:
        """There is something to hear."""
        return self.channels > 0

    def played(self) -> Iterator[tuple[Speech, Sound]]:
        """Yield the pieces, each with the sound that is played meanwhile."""
        blocks = Blocks(self.sound) if self.sound is not None else None
        for piece in self.pieces:
            yield piece, piece.sound if blocks is None else blocks.take(len(piece.sound.samples))


def spoken_voice(script: Script, choices: VideoChoices, events: EventSink, lead_in_s: float = LEAD_IN_S) -> Voice:
    """Return who speaks a script, after `lead_in_s` seconds of silence.

    The first piece is spoken here, so that a script that cannot be spoken is refused before any other work.
    """
    voices = {role.speaker: role.voice for role in choices.roles if role.voice}
    speech = replace(choices.speech, voices={**choices.speech.voices, **voices})
    pieces = _with_rests(speak(script, speech, events), lead_in_s, LEAD_OUT_S)
    lead_in = next(pieces)

    def again() -> Iterator[Sound]:
        # A voice speaks a thousand times faster than it is heard: speaking twice is cheaper than remembering.
        return (piece.sound for piece in _with_rests(speak(script, speech), lead_in_s, LEAD_OUT_S))

    return Voice(
        pieces=chain((lead_in,), pieces),
        sound=treated(
            Stream(again, lead_in.sound.rate_hz, None), choices.enhance, VoiceChanges(choices.effect), events
        ),
        rate_hz=lead_in.sound.rate_hz,
        channels=1,
        title=_first_words(script),
        text="".join(line.text for line in script.lines),
        speakers=script.speakers,
        language=_language(script, speech),
    )


def recorded_voice(
    path: Path | str, recording: SoundStream, choices: VideoChoices, events: EventSink, lead_in_s: float = 0.0
) -> Voice:
    """Return who is heard in a recording, after `lead_in_s` seconds of silence.

    Its beginning is listened to here, so that what cannot be heard is refused before any other work.
    """
    pieces = _with_rests(listen(recording, choices.voice, events), lead_in_s, RECORDING_LEAD_OUT_S)
    first = next(pieces)
    length_s = None if recording.duration_s is None else lead_in_s + recording.duration_s + RECORDING_LEAD_OUT_S
    changes = VoiceChanges(choices.effect, choices.voice.pitch)

    def again() -> Iterator[Sound]:
        if lead_in_s:
            yield silence_like(first.sound, lead_in_s)
        yield from recording
        yield silence_like(first.sound, RECORDING_LEAD_OUT_S)

    return Voice(
        pieces=chain((first,), pieces),
        sound=treated(Stream(again, recording.rate_hz, length_s), choices.enhance, changes, events),
        rate_hz=recording.rate_hz,
        channels=1 if first.sound.samples.ndim == 1 else first.sound.samples.shape[1],
        title=Path(path).stem,
        text=choices.voice.transcript,
        language=find_voice(language=choices.voice.language).language if choices.voice.language else "",
    )


def unheard_voice(path: Path | str, recording: SoundStream, choices: VideoChoices, events: EventSink) -> Voice:
    """Return who speaks in a recording that is played, but not listened to."""
    blocks = iter(recording)
    first = next(blocks, None)
    if first is None:
        raise MediaError("There is nothing to hear.", "Give a voice that is longer than a moment.")
    changes = VoiceChanges(choices.effect, choices.voice.pitch)
    return Voice(
        pieces=(Speech(block) for block in chain((first,), blocks)),
        sound=treated(recording, choices.enhance, changes, events),
        rate_hz=recording.rate_hz,
        channels=1 if first.samples.ndim == 1 else first.samples.shape[1],
        title=Path(path).stem,
        text="",
    )


def no_voice(title: str) -> Voice:
    """Return somebody who says nothing."""
    return Voice(iter(()), None, 0, 0, title, "")


def open_recording(path: Path | str, choices: VoiceChoices, events: EventSink = ignore_events) -> SoundStream:
    """Open the part of a recording that is meant, at the speed that is wanted, and otherwise as it is."""
    start_s, end_s = parse_trim(choices.trim) if choices.trim else (0.0, None)
    sound = open_sound(path, SoundOptions(track=choices.track, start_s=start_s, end_s=end_s), events)
    return change_voice(sound, VoiceChanges(speed=choices.speed))


def listen(recording: SoundStream, choices: VoiceChoices, events: EventSink) -> Iterator[Speech]:
    """Hear what is said when in a recording.

    Raises
    ------
    UsageError
        There is no such language.
    """
    if choices.language:
        _check_language(choices.language)
    return _noted(hear(recording, HearOptions(choices.transcript, choices.language), events), events)


def _noted(pieces: Iterable[Speech], events: EventSink) -> Iterator[Speech]:
    """Pass pieces on, and tell at the end if nothing was said in any of them."""
    silent = True
    for piece in pieces:
        silent = silent and not piece.phones
        yield piece
    if silent:
        events(Note("No voice is heard in the recording: the lips stay at rest."))


def _check_language(language: str) -> None:
    """Refuse a language that no transcript can be read in."""
    try:
        find_voice(language=language)
    except UsageError as error:
        raise UsageError(
            f"Transcripts in the language '{language[:40]}' cannot be read: it is not known.",
            "Give a code such as en-us, fr or hi; 'phonoscope voices' lists them.",
        ) from error


def treated(sound: SoundStream, enhanced: bool, changes: VoiceChanges, events: EventSink) -> SoundStream | None:
    """Return the sound with all that was asked for done to it, as long as before; None where nothing was."""
    if enhanced:
        return enhance(sound, EnhanceOptions(changes=changes), events)
    return change_voice(sound, changes) if changes else None


@dataclass(frozen=True, slots=True, eq=False)
class Stream:
    """A `SoundStream` out of a function that begins it anew."""

    begin: Callable[[], Iterator[Sound]]
    rate_hz: int
    duration_s: float | None

    def __iter__(self) -> Iterator[Sound]:
        """Yield consecutive blocks."""
        return self.begin()


class Blocks:
    """Takes a stream of sound apart into blocks of any length."""

    def __init__(self, sound: SoundStream) -> None:
        self._coming = iter(sound)
        self._rate_hz = sound.rate_hz
        self._rest = np.zeros(0, np.float32)

    def take(self, samples: int) -> Sound:
        """Return the next samples; silence where the stream has ended."""
        parts, missing = [self._rest[:samples]], samples - len(self._rest)
        self._rest = self._rest[samples:]
        while missing > 0 and (block := next(self._coming, None)) is not None:
            parts.append(block.samples[:missing])
            self._rest = block.samples[missing:]
            missing -= len(block.samples)
        parts = [part for part in parts if len(part)] or [self._rest[:0]]
        joined = np.concatenate(parts)
        padding = [(0, samples - len(joined))] + [(0, 0)] * (joined.ndim - 1)
        return Sound(np.pad(joined, padding), self._rate_hz)


def _with_rests(pieces: Iterable[Speech], lead_in_s: float, lead_out_s: float) -> Iterator[Speech]:
    """Put silence before and after speech."""
    last = None
    for piece in pieces:
        if last is None and lead_in_s:
            yield Speech(silence_like(piece.sound, lead_in_s))
        yield piece
        last = piece
    if last is None:
        raise MediaError("There is nothing to hear.", "Give a voice that is longer than a moment.")
    yield Speech(silence_like(last.sound, lead_out_s))


def silence_like(sound: Sound, duration_s: float) -> Sound:
    """Return silence with the rate and the channels of a sound."""
    mono = silence(duration_s, sound.rate_hz)
    if sound.samples.ndim == 1:
        return mono
    return Sound(np.repeat(mono.samples[:, None], sound.samples.shape[1], axis=1), sound.rate_hz)


def _language(script: Script, speech: SpeakOptions) -> str:
    """Return the language of a script: its own where all of it has the same, else that of the voice."""
    told = {line.language for line in script.lines if line.text.strip()}
    if len(told) == 1 and "" not in told:
        return told.pop()
    return find_voice(speech.voice, speech.language).language


def _first_words(script: Script) -> str:
    """Return the first words of the script, cut at a word's end."""
    text = " ".join(next((line.text for line in script.lines if line.text), "").split())
    return text if len(text) <= TITLE_LENGTH else text[:TITLE_LENGTH].rsplit(" ", 1)[0] + " …"
