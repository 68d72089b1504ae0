"""How to listen."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HearOptions:
    """What is known of a voice beforehand.

    Attributes
    ----------
    transcript
        What is said, as plain text; empty where it is not known.
    language
        Language of the transcript, such as ``en-us`` or ``fr``; empty for English. Without a transcript no
        language is needed.
    """

    transcript: str = ""
    language: str = ""
