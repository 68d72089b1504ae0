"""Can this voice say what is written? Checked before anything is spoken, so that no one hears "Cyrillic letter"."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import lru_cache

from phonoscope.core.errors import ScriptError
from phonoscope.core.events import EventSink, Note
from phonoscope.core.script import Direction, Line, Pause, Span
from phonoscope.speech.voices import Voice

LANGUAGE_OF_WRITING = {
    "CYRILLIC": "ru", "GREEK": "el", "ARABIC": "ar", "HEBREW": "he", "DEVANAGARI": "hi", "BENGALI": "bn",
    "GURMUKHI": "pa", "GUJARATI": "gu", "ORIYA": "or", "TAMIL": "ta", "TELUGU": "te", "KANNADA": "kn",
    "MALAYALAM": "ml", "SINHALA": "si", "THAI": "th", "MYANMAR": "my", "GEORGIAN": "ka", "ARMENIAN": "hy",
    "ETHIOPIC": "am", "HANGUL": "ko", "HIRAGANA": "ja", "KATAKANA": "ja", "CJK": "cmn",
    "LATIN": "en",
}  # fmt: skip
"""Language to propose for each writing system (first word of its letters' Unicode names)."""

_MOST = 0.5  # of a script's letters foreign to its voices: the wrong language was chosen, not a quotation
_NAMED = 12  # characters shown in a message


@dataclass(frozen=True, slots=True)
class Casting:
    """A line and who speaks it.

    Attributes
    ----------
    line
        What is said; characters that nobody can say are blanked out of it.
    characters
        Written characters, for progress.
    """

    line: Line
    voice: Voice
    characters: int


def check_coverage(cast: tuple[tuple[Line, Voice], ...], events: EventSink) -> tuple[Casting, ...]:
    """Return the lines without what cannot be said; tell about it.

    Raises
    ------
    ScriptError
        Nothing can be said, or most letters are of a writing system that the voice cannot read.
    """
    tally = _Tally()
    castings = tuple(Casting(_count(line, voice, tally), voice, len(line.text)) for line, voice in cast)
    _judge(tally, cast[0][1].language_name if cast else "", events)
    return castings


def unread_words(line: Line, voice: Voice) -> tuple[str, ...]:
    """Return the words of a line of which a voice leaves letters out, because it cannot read them."""
    found = []
    for part in line.parts:
        if isinstance(part, Span) and not (part.spoken or part.phonemes):
            _, unread = unspoken(part.text, voice)
            words = re.finditer(r"\w+", part.text) if unread else ()
            found += [word[0] for word in words if any(word.start() <= index < word.end() for index in unread)]
    return tuple(found)


@dataclass(slots=True)
class _Tally:
    """What was met in a script: how many letters and digits, and which that cannot be said."""

    letters: int = 0
    foreign: Counter[str] = field(default_factory=Counter)
    pictures: Counter[str] = field(default_factory=Counter)


def _count(line: Line, voice: Voice, tally: _Tally) -> Line:
    """Return a line without what cannot be said, and count it."""
    parts: list[Span | Pause | Direction] = []
    for part in line.parts:
        if not isinstance(part, Span):
            parts.append(part)
        elif part.spoken or part.phonemes:
            tally.letters += 1
            parts.append(part)
        else:
            drawn, unread = unspoken(part.text, voice)
            tally.pictures.update(part.text[i] for i in drawn if not _is_joiner(part.text[i]))
            tally.foreign.update(part.text[i] for i in unread)
            tally.letters += sum(map(str.isalnum, part.text))
            parts.append(replace(part, spoken=_blank(part.text, drawn + unread) if drawn or unread else ""))
    return replace(line, parts=tuple(parts))


def _judge(tally: _Tally, language: str, events: EventSink) -> None:
    """Refuse a script that cannot be said; note what is skipped in one that can."""
    if not tally.letters:
        shown = _shown(tally.pictures) or "punctuation"
        raise ScriptError(f"The script has nothing that can be spoken, only {shown}.", "Write at least one word.")
    if tally.foreign.total() > _MOST * tally.letters:
        writing = Counter(writing_of(c) for c in tally.foreign.elements()).most_common(1)[0][0]
        code = LANGUAGE_OF_WRITING.get(writing, "")
        remedy = f"Choose a language that is written so, for example --language {code}." if code else "Write otherwise."
        if language == "Japanese" and writing == "CJK":
            remedy = "Write it in kana: the Japanese voice knows no kanji."
        raise ScriptError(f"The {language} voice cannot read {_shown(tally.foreign)} ({writing.capitalize()}).", remedy)
    if tally.foreign:
        events(Note(f"Skipped, because the {language} voice cannot read it: {_shown(tally.foreign)}."))
    if tally.pictures:
        events(Note(f"Skipped, because it is not spoken: {_shown(tally.pictures)}."))


def _shown(characters: Counter[str]) -> str:
    """Return the characters for a message, in the order of the text."""
    text = " ".join(list(characters)[:_NAMED])
    return f"“{text}”{' and others' if len(characters) > _NAMED else ''}" if text else ""


def unspoken(text: str, voice: Voice) -> tuple[list[int], list[int]]:
    """Return the indexes of pictures and of letters that a voice cannot read."""
    if text.isascii():
        return [], []
    pictures = [index for index, char in enumerate(text) if _is_picture(char)]
    foreign = [
        index
        for word in re.finditer(r"\w+", text)
        # A Greek letter by itself is a symbol (π, µ), which every voice knows.
        if not (len(word[0]) == 1 and writing_of(word[0]) == "GREEK")
        for index in range(word.start(), word.end())
        if _is_foreign(text[index], voice)
    ]
    return pictures, foreign


def _blank(text: str, indexes: list[int]) -> str:
    """Return the text with spaces at some places."""
    chars = list(text)
    for index in indexes:
        chars[index] = " "
    return "".join(chars)


@lru_cache(maxsize=4096)
def _is_picture(char: str) -> bool:
    """Tell emoji, dingbats and arrows, and the invisible characters that join them."""
    code = ord(char)
    if code < 0x2190:
        return code == 0x200D
    return _is_joiner(char) or unicodedata.category(char) in {"So", "Co", "Cn"} or 0x1F000 <= code <= 0x1FAFF


def _is_joiner(char: str) -> bool:
    code = ord(char)
    return code == 0x200D or 0xFE00 <= code <= 0xFE0F or 0xE0000 <= code <= 0xE01EF


@lru_cache(maxsize=4096)
def writing_of(char: str) -> str:
    """Return the writing system of a letter, ``LATIN`` for what is read in every language."""
    if ord(char) < 0x250 or not char.isalpha() or ord(char) in range(0x2100, 0x2190):
        return "LATIN"
    name = unicodedata.name(char, "UNKNOWN").split(" ")[0].split("-")[0]
    return (
        "LATIN" if name in {"MODIFIER", "FULLWIDTH", "MATHEMATICAL", "MICRO", "OHM", "FEMININE", "MASCULINE"} else name
    )


def _is_foreign(char: str, voice: Voice) -> bool:
    writing = writing_of(char)
    return writing != "LATIN" and writing not in voice.writings
