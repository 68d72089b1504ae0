"""Plain text → the phones that are expected to be heard, word by word, in any language that espeak-ng reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

import numpy as np

from phonoscope.core.errors import ScriptError
from phonoscope.core.events import EventSink, Note, ignore_events
from phonoscope.core.script import Line, Span
from phonoscope.speech.coverage import LANGUAGE_OF_WRITING, unspoken, writing_of
from phonoscope.speech.espeak import voice_file
from phonoscope.speech.espeak_library import RATE_HZ, render
from phonoscope.speech.hearing.phoneset import VOWELS, classes_of
from phonoscope.speech.hearing.word_forms import other_forms, other_readings
from phonoscope.speech.markup import build_markup
from phonoscope.speech.options import SpeakOptions
from phonoscope.speech.timing import TimedPhone, time_phones, written_words
from phonoscope.speech.voices import Voice, find_voice

LONGEST_SENTENCE = 400
"""Characters read at a time: enough for any sentence, little sound to make of it in vain."""

QUICK = 1.8
"""Rate at which sentences are read, for speed: only the phones are wanted. Above 2, espeak-ng begins to lose some."""

MOST_UNREAD = 0.9
"""Share of letters that the language does not write with, above which it is the wrong language."""

_LENGTH = "ːˑ\u0303"
"""What belongs to the symbol before it."""

_APART = re.compile(r"(?<=[.!?…])[\"'”’»)\]]*\s+|(?<=[。！？।؟])[」』”]*|\n\s*\n")
_ASIDE = re.compile(r"\[[^\[\]\n]{1,80}\]|<[^<>\n]{1,80}>|♪")
"""What transcripts and subtitles hold beside what is said: [music], [pause 1s], <i>."""
_CUE = re.compile(r"^(?:\d+\s*\n)?\d\d?:\d\d(?::\d\d)?[.,]\d+\s*-->.*$|^WEBVTT.*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class ExpectedPhone:
    """A phone that should be heard.

    Attributes
    ----------
    ipa
        Symbol with length mark, without stress marks.
    classes
        What the recogniser calls it (`phoneset.CLASSES`): two for a diphthong; never empty.
    stress
        0 unstressed, 1 primary, 2 secondary.
    """

    ipa: str
    classes: tuple[int, ...]
    stress: int = 0


Form = tuple[ExpectedPhone, ...]


@dataclass(frozen=True, slots=True)
class ExpectedWord:
    """A word that should be heard.

    Attributes
    ----------
    text
        As written, with its punctuation.
    forms
        Ways to say it, the likeliest first, none empty; no form at all where nobody knows how it is read.
    """

    text: str
    forms: tuple[Form, ...]


@lru_cache(maxsize=4096)
def expected_phones(ipa: str, stress: int = 0) -> Form:
    """Return the phones of one of espeak-ng's: it writes a vowel with a sonorant behind it as one, such as ``ɔːɹ``."""
    classes = classes_of(ipa)
    for cut in range(1, len(ipa)):
        head, tail = classes_of(ipa[:cut]), classes_of(ipa[cut:])
        if head and tail and head + tail == classes and (head[-1] in VOWELS) != (tail[0] in VOWELS):
            if ipa[cut] in _LENGTH:
                continue
            return (*expected_phones(ipa[:cut], stress), *expected_phones(ipa[cut:], 0))
    return (ExpectedPhone(ipa, classes, stress),) if classes else ()


def expect(text: str, language: str = "", events: EventSink = ignore_events) -> tuple[ExpectedWord, ...]:
    """Return the words of a transcript with the ways to say them.

    Parameters
    ----------
    text
        Plain text; marks in square or angle brackets and the times of subtitles are passed over.
    language
        Such as ``fr`` or ``en-GB``; empty for the one whose writing the text is in, English if it is Latin.

    Raises
    ------
    UsageError
        There is no such language; the remedy names what comes near.
    ScriptError
        The text has no words, or hardly any letter of it can be read in the language.
    """
    text = _ASIDE.sub(
        " ",
        _CUE.sub(
            "\n", text.replace("\r\n", "\n").encode(errors="replace").decode().replace("\0", " ").lstrip("\ufeff")
        ),
    )
    voice = _reader(text, language, events)
    letters = sum(map(str.isalnum, text))
    if not letters:
        raise ScriptError("The transcript has no words.", "Give what is said as text, or leave the transcript out.")
    _, unread = unspoken(text, voice)
    if len(unread) > MOST_UNREAD * letters:
        code = LANGUAGE_OF_WRITING.get(writing_of(text[unread[0]]), "")
        remedy = f"Tell its language, for example --language {code}." if code else "Tell its language."
        raise ScriptError(f"The transcript is not written as {voice.language_name} is.", remedy)
    return tuple(word for sentence in _sentences(text) for word in _read(sentence, voice))


def _reader(text: str, language: str, events: EventSink) -> Voice:
    """Return the voice that knows how the text is read."""
    if language.strip():
        return find_voice("", language)
    letters = [char for char in text[:5000] if char.isalpha()]
    writings = [writing_of(char) for char in letters]
    for telling in ("HIRAGANA", "KATAKANA", *dict.fromkeys(writings)):
        # Kanji are written between kana; any other writing is the one of most letters.
        share = writings.count(telling) / len(letters) if letters else 0.0
        code = LANGUAGE_OF_WRITING.get(telling, "en")
        if code not in ("en", "cmn" if "HIRAGANA" in writings else "") and share > (0.05 if code == "ja" else 0.5):
            voice = find_voice("", code)
            events(Note(f"The transcript is taken for {voice.language_name}; --language tells otherwise."))
            return voice
    return find_voice("")


def _sentences(text: str) -> Iterator[str]:
    """Cut a text where sentences end, and where they are too long."""
    for part in _APART.split(text):
        sentence = " ".join(part.split())
        while len(sentence) > LONGEST_SENTENCE:
            cut = sentence.rfind(" ", 0, LONGEST_SENTENCE) + 1 or LONGEST_SENTENCE
            yield sentence[:cut].strip()
            sentence = sentence[cut:]
        if sentence.strip():
            yield sentence


def _read(sentence: str, voice: Voice) -> Iterator[ExpectedWord]:
    """Yield the words of a sentence as they are said in it."""
    pictures, unread = unspoken(sentence, voice)
    blank = set(pictures) | set(unread)
    spoken = "".join(" " if index in blank else char for index, char in enumerate(sentence))
    markup = build_markup(Line((Span(sentence, spoken=spoken),)), SpeakOptions(rate=QUICK), voice.language)
    timed: list[TimedPhone] = []
    if any(map(str.isalnum, spoken)):
        raw = render(markup.text, voice_file(voice))
        timed = time_phones(raw.events, len(raw.samples) / RATE_HZ)
    tokens = [part for span in written_words(markup, timed) for part in _runs(*span, set(unread))]
    said: list[list[ExpectedPhone]] = [[] for _ in tokens]
    current = 0
    for each in timed:
        source = markup.sources[each.position] if 0 <= each.position < len(markup.sources) else -1
        if source >= 0:
            current = next((i for i, (_, end) in enumerate(tokens) if source < end), len(tokens) - 1)
        said[current] += expected_phones(each.phone.ipa, each.phone.stress)
    yield from _words(sentence, tokens, said, set(unread), voice)


def _runs(start: int, end: int, unread: set[int]) -> Iterator[tuple[int, int]]:
    """Cut a written word where characters that can be read meet others: each kanji is a word of its own kind."""
    first = start
    for index in range(start + 1, end):
        if (index in unread) != (index - 1 in unread):
            yield first, index
            first = index
    yield first, end


def _words(
    sentence: str, tokens: list[tuple[int, int]], said: list[list[ExpectedPhone]], unread: set[int], voice: Voice
) -> Iterator[ExpectedWord]:
    """Yield the words; what makes no sound, such as a dash, belongs to the word before it."""
    silent = ""
    index = 0
    last: ExpectedWord | None = None
    while index < len(tokens):
        # espeak-ng says some words as one: "of the".
        behind = index + 1
        texts = [sentence[slice(*tokens[index])].strip()]
        while behind < len(tokens) and not said[behind] and said[index] and _is_word(sentence, tokens[behind], unread):
            texts.append(sentence[slice(*tokens[behind])].strip())
            behind += 1
        if said[index] or tokens[index][0] in unread:
            for text, form in zip(texts, _shared(said[index], texts, voice), strict=True):
                if last:
                    yield last
                last = ExpectedWord(f"{silent}{text}", _forms(text, form, voice))
                silent = ""
        elif last:
            last = ExpectedWord(f"{last.text} {texts[0]}".strip(), last.forms)
        else:
            silent += f"{texts[0]} "
        index = behind
    if last:
        yield last


def _forms(text: str, form: Form, voice: Voice) -> tuple[Form, ...]:
    """Return the ways to say a word."""
    if not form:
        return ()
    others = other_forms(text, tuple(phone.ipa for phone in form), voice.language)
    stress = max(phone.stress for phone in form)
    read = [_alone(reading, voice) for reading in other_readings(text, voice.language)]
    forms = (form, *(tuple(_stressed(other, stress)) for other in others), *read)
    return tuple(each for each in dict.fromkeys(forms) if each)


def _stressed(ipa: tuple[str, ...], stress: int) -> Iterator[ExpectedPhone]:
    """Yield the phones of a form; its first vowel carries the word's stress."""
    for phone in (part for symbol in ipa for part in expected_phones(symbol)):
        if phone.classes[0] in VOWELS:
            yield replace(phone, stress=stress)
            stress = 0
        else:
            yield phone


def _is_word(sentence: str, token: tuple[int, int], unread: set[int]) -> bool:
    return token[0] not in unread and any(map(str.isalnum, sentence[slice(*token)]))


def _shared(phones: list[ExpectedPhone], texts: list[str], voice: Voice) -> list[Form]:
    """Share the phones of words that are said as one among them, by how long each is alone."""
    if len(texts) == 1:
        return [tuple(phones)]
    alone = np.cumsum([0, *(max(len(_alone(text, voice)), 1) for text in texts)])
    cuts = np.round(alone / alone[-1] * len(phones)).astype(int)
    return [tuple(phones[start:end]) for start, end in pairwise(cuts)]


@lru_cache(maxsize=512)
def _alone(text: str, voice: Voice) -> Form:
    """Return the phones of some words by themselves."""
    markup = build_markup(Line((Span(text),)), SpeakOptions(rate=QUICK), voice.language)
    raw = render(markup.text, voice_file(voice))
    phones = (timed.phone for timed in time_phones(raw.events, len(raw.samples) / RATE_HZ))
    return tuple(part for phone in phones for part in expected_phones(phone.ipa, phone.stress))
