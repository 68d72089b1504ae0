"""Script or voice to speech: sound with timed phones and words. Scripts are spoken offline by espeak-ng."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from phonoscope.speech.hearing.listening import hear
    from phonoscope.speech.hearing.options import HearOptions
    from phonoscope.speech.options import SpeakOptions
    from phonoscope.speech.speaking import Unread, find_unread, speak
    from phonoscope.speech.voices import Voice, find_voice, list_voices

__all__ = [
    "HearOptions",
    "SpeakOptions",
    "Unread",
    "Voice",
    "find_unread",
    "find_voice",
    "hear",
    "list_voices",
    "speak",
]

_WHERE = {
    "hear": "hearing.listening",
    "HearOptions": "hearing.options",
    "SpeakOptions": "options",
    **dict.fromkeys(("Unread", "find_unread", "speak"), "speaking"),
    **dict.fromkeys(("Voice", "find_voice", "list_voices"), "voices"),
}
"""By name: the module that it is imported from."""


def __getattr__(name: str) -> Any:
    """Import a name from its module when it is first asked for: a list of voices must not cost what hearing does."""
    if name not in _WHERE:
        raise AttributeError(f"module 'phonoscope.speech' has no attribute '{name}'")
    from importlib import import_module

    return getattr(import_module(f"phonoscope.speech.{_WHERE[name]}"), name)
