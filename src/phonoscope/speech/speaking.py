"""Script → stream of speech, one piece per line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from phonoscope.core.errors import ScriptError, UsageError
from phonoscope.core.events import EventSink, Progress, ignore_events
from phonoscope.core.script import Line, Script
from phonoscope.core.speech import Speech, TimedDirection
from phonoscope.speech.coverage import Casting, check_coverage, unread_words
from phonoscope.speech.espeak import EspeakEngine
from phonoscope.speech.options import Engine, SpeakOptions
from phonoscope.speech.speakers import cast_voices
from phonoscope.speech.voices import Voice, find_voice


@dataclass(frozen=True, slots=True)
class Unread:
    """Words of a script that are left out, because the voice that speaks them cannot read them.

    Attributes
    ----------
    speaker
        Name of who should say them; empty for the only speaker.
    voice
        Name of the voice.
    words
        As they are written, in order, each once.
    """

    speaker: str
    voice: str
    words: tuple[str, ...]


def speak(
    script: Script, options: SpeakOptions | None = None, events: EventSink = ignore_events, engine: Engine | None = None
) -> Iterator[Speech]:
    """Speak a script, one line at a time, as it is asked for.

    The whole script is checked at once: voices exist, and can say what is written. Speaking itself is lazy.

    Parameters
    ----------
    script
        What to say.
    options
        How; None for the default voice at its own pace.
    events
        Takes `Progress` in characters, and `Note` about what cannot be said.
    engine
        Who speaks; None for espeak-ng.

    Yields
    ------
    Speech
        One piece per line, with the pause behind it; all have the engine's sample rate. Each piece begins where the
        last one ends.

    Raises
    ------
    UsageError
        The options name no voice or language that there is, or a speaker who is not in the script.
    ScriptError
        The script does, or its letters belong to a language that the voice does not speak.
    MissingPartError
        The engine is not installed.
    """
    options = options or SpeakOptions()
    voices = cast_voices(script, options)
    cast = tuple((line, _voice_for(line, options, voices)) for line in script.lines)
    castings = check_coverage(cast, events)
    return _stream(castings, script.characters, options, events, engine or EspeakEngine())


def find_unread(script: Script, options: SpeakOptions | None = None) -> tuple[Unread, ...]:
    """Return what `speak` leaves out of a script, by who should say it.

    Raises
    ------
    UsageError, ScriptError
        As `speak`.
    """
    options = options or SpeakOptions()
    voices = cast_voices(script, options)
    found: dict[tuple[str, str], dict[str, None]] = {}
    for line in script.lines:
        voice = _voice_for(line, options, voices)
        if words := unread_words(line, voice):
            found.setdefault((line.speaker, voice.name), {}).update(dict.fromkeys(words))
    return tuple(Unread(speaker, voice, tuple(words)) for (speaker, voice), words in found.items())


def _voice_for(line: Line, options: SpeakOptions, voices: Mapping[str, Voice]) -> Voice:
    """Return who speaks a line: the script's own wish first, then the speaker's voice, then the options."""
    usual = voices.get(line.speaker) or find_voice(options.voice, options.language)
    if not line.voice and not line.language:
        return usual
    try:
        if line.voice:
            return find_voice(line.voice, line.language or options.language or usual.language)
        meant = find_voice("", line.language)
        if options.voice and _primary(meant) == _primary(usual):
            return usual
        # Another language by the same speaker: at least of the same gender.
        return find_voice(usual.gender if options.voice else "", line.language)
    except UsageError as error:
        message = f"{error.message.rstrip('.')} (line {line.line_number} of the script)."
        raise ScriptError(message, error.remedy, line.line_number) from error


def _primary(voice: Voice) -> str:
    return voice.language.partition("-")[0]


def _stream(
    castings: tuple[Casting, ...], characters: int, options: SpeakOptions, events: EventSink, engine: Engine
) -> Iterator[Speech]:
    """Yield the speech of each line."""
    done = 0
    waiting: tuple[TimedDirection, ...] = ()
    events(Progress("speech", 0, characters, "characters"))
    for casting in castings:
        speech = engine.synthesize(casting.line, casting.voice, options, events)
        done += casting.characters
        events(Progress("speech", done, characters, "characters"))
        directions = (*waiting, *speech.directions)
        waiting = ()
        if speech.duration_s > 0:
            yield replace(speech, directions=directions) if directions else speech
        else:
            # Nothing but directions, and no pause to play them in: they come with what follows.
            waiting = tuple(replace(direction, at_s=0.0) for direction in directions)
