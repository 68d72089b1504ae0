"""Script → stream of speech, one piece per line."""

from __future__ import annotations

from collections.abc import Iterator

from phonoscope.core.events import EventSink, Progress, ignore_events
from phonoscope.core.script import Line, Script
from phonoscope.core.speech import Speech
from phonoscope.speech.coverage import Casting, check_coverage
from phonoscope.speech.espeak import EspeakEngine
from phonoscope.speech.options import Engine, SpeakOptions
from phonoscope.speech.voices import Voice, find_voice


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
        No such voice.
    ScriptError
        The script's letters belong to a language that the voice does not speak.
    MissingPartError
        The engine is not installed.
    """
    options = options or SpeakOptions()
    cast = tuple((line, _voice_for(line, options)) for line in script.lines)
    castings = check_coverage(cast, events)
    return _stream(castings, script.characters, options, events, engine or EspeakEngine())


def _voice_for(line: Line, options: SpeakOptions) -> Voice:
    """Return who speaks a line: the script's own wish first, then the options."""
    if line.voice or line.language:
        wish = line.voice
        if not wish and options.voice:
            # Another language by the same speaker: at least of the same gender.
            wish = find_voice(options.voice, options.language).gender
        return find_voice(wish, line.language or options.language)
    return find_voice(options.voice, options.language)


def _stream(
    castings: tuple[Casting, ...], characters: int, options: SpeakOptions, events: EventSink, engine: Engine
) -> Iterator[Speech]:
    """Yield the speech of each line."""
    done = 0
    events(Progress("speech", 0, characters, "characters"))
    for casting in castings:
        speech = engine.synthesize(casting.line, casting.voice, options, events)
        done += casting.characters
        events(Progress("speech", done, characters, "characters"))
        if speech.duration_s > 0:
            yield speech
