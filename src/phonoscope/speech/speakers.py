"""Which voice each speaker of a dialogue has."""

from __future__ import annotations

import difflib
from collections.abc import Mapping

from phonoscope.core.errors import UsageError
from phonoscope.core.script import Script
from phonoscope.speech.options import SpeakOptions
from phonoscope.speech.voices import Voice, find_voice, list_voices


def cast_voices(script: Script, options: SpeakOptions) -> Mapping[str, Voice]:
    """Return the voice of each speaker of a script; the same script and options give the same voices.

    Raises
    ------
    UsageError
        The options name a speaker who is not in the script, or a voice that there is not.
    """
    asked = {_plain(name): voice for name, voice in options.voices.items()}
    names = {_plain(name): name for name in script.speakers}
    unknown = next((name for name in options.voices if _plain(name) not in names), None)
    if unknown is not None:
        raise _unknown_speaker(unknown, script.speakers)
    cast = {
        name: find_voice(asked[plain], options.language)
        for plain, name in names.items()
        if asked.get(plain, "").strip()
    }
    usual = find_voice(options.voice, options.language)
    before: Voice | None = None
    for name in script.speakers:
        if name not in cast:
            cast[name] = _next_voice(usual, before, set(cast.values()))
        before = cast[name]
    return cast


def _next_voice(usual: Voice, before: Voice | None, taken: set[Voice]) -> Voice:
    """Return a voice for a speaker: the usual one, else one of the other gender than who spoke before."""
    if usual not in taken and (before is None or before.gender != usual.gender):
        return usual
    same_accent = [v for v in list_voices() if v.language == usual.language]
    primary = usual.language.partition("-")[0]
    others = [v for v in list_voices() if v.language.partition("-")[0] == primary and v.language != usual.language]
    free = [v for v in (*same_accent, *others) if v not in taken]
    wanted = [v for v in free if before is None or v.gender != before.gender]
    # More speakers than voices: two of them share one.
    return next(iter([*wanted, *free]), usual)


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _unknown_speaker(name: str, speakers: tuple[str, ...]) -> UsageError:
    near = difflib.get_close_matches(name, speakers, n=1, cutoff=0.6)
    named = f"Did you mean {near[0]}?" if near else f"They are: {', '.join(speakers[:12]) or 'none'}."
    return UsageError(f"There is no speaker “{name[:40]}” in the script.", named)
