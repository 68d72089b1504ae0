"""Raw events → phones and words with times."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.speech import Phone, Word
from phonoscope.speech.espeak_library import RATE_HZ, RawEvent
from phonoscope.speech.markup import Markup

_STRESS = {"ˈ": 1, "ˌ": 2}
_SILENT = {"", "_", "_:", "_!", "|", "||"}
_MODIFIERS = {"ʲ", "ː", "ʰ", "ʷ", "ˠ", "̃"}
# Mnemonics that a few languages' rules leave where IPA should be.
_OWN_SPELLING = {
    "g": "ɡ", "t[": "t̪", "d[": "d̪", "u:": "uː", "i:": "iː", "a:": "aː", "r.": "ɽ", "N": "ŋ", "kh": "kʰ", "th": "tʰ",
    "ph": "pʰ", "s.": "ʂ",
    "inɡ": "ɪŋ", "n^": "ɲ", "k^": "c", "l.": "ɭ", "t.": "ʈ", "d.": "ɖ", "z.": "ʐ", "i.": "ɨ", "n.": "ɳ",
}  # fmt: skip
# "(en)" tells that another language's rules take over; "-" joins syllables.
_NOISE = re.compile(r"\([a-z\-]+\)|[ˈˌ\-_|'\"]")


@dataclass(frozen=True, slots=True)
class TimedPhone:
    """A phone and the character of the markup whose word it belongs to.

    Attributes
    ----------
    position
        Character of the markup, or -1.
    """

    phone: Phone
    position: int


RELEASE_LEAD_S = {"m": 0.017, "n": 0.019, "ɲ": 0.019, "ŋ": 0.019, "b": 0.012, "l": 0.030}
"""How much earlier than espeak-ng's event the vowel behind a consonant is heard, in seconds.

espeak-ng counts the formant transition to the consonant. Medians over 24 to 64 places each in four voices, where the
energy above 600 Hz reaches 35 % of the vowel's; the other consonants lie within 10 ms.
"""

MAX_CLOSURE_S = 0.06
"""A stop begins with its silent closure (35 to 45 ms before the burst), which espeak-ng counts to the phone before."""

MIN_STOP_S = 0.045
"""Shortest stop. In a cluster ("big blue") espeak-ng leaves the second only its burst; people close for it at once."""

_STOPS = frozenset("ptkcqʔbdɡɟɢʈɖ")
_SHORTEST_S = 0.001
_QUIET = 0.025  # of the loudest sample of the line: silence in a closure, with the ringing before it
_STEP = 55  # samples: 2.5 ms


def correct_phones(phones: list[TimedPhone], samples: NDArray[np.float32]) -> list[TimedPhone]:
    """Move the boundaries of phones to where they are heard, and seen on the lips.

    Parameters
    ----------
    phones
        With the times of espeak-ng's events.
    samples
        float32, shape (n,), at `RATE_HZ`: the sound itself.
    """
    loud = np.abs(samples)
    steps = loud[: len(loud) // _STEP * _STEP].reshape(-1, _STEP).max(axis=1) if len(loud) >= _STEP else loud[:0]
    quiet = steps < _QUIET * loud.max(initial=0)
    out: list[TimedPhone] = []
    for timed in phones:
        phone = timed.phone
        last = out[-1].phone if out else None
        start_s = _stop_start_s(phone, last, quiet) if phone.ipa[0] in _STOPS else _released_start_s(phone, last)
        if start_s >= phone.end_s - _SHORTEST_S or (last and start_s < last.start_s + _SHORTEST_S):
            start_s = phone.start_s
        if last and last.end_s > start_s:
            out[-1] = TimedPhone(replace(last, end_s=start_s), out[-1].position)
        out.append(TimedPhone(replace(phone, start_s=start_s), timed.position))
    return out


def _stop_start_s(phone: Phone, last: Phone | None, quiet: NDArray[np.bool_]) -> float:
    """Return where a stop's closure begins."""
    start_s = _closure_start_s(quiet, phone.start_s)
    if last:
        middle_s = (last.start_s + last.end_s) / 2
        start_s = min(start_s, max(phone.end_s - MIN_STOP_S, middle_s))
    return start_s


def _released_start_s(phone: Phone, last: Phone | None) -> float:
    """Return where a phone begins to be heard behind a consonant."""
    if last is None or last.end_s < phone.start_s - 1e-6:
        return phone.start_s
    # No more than half of a short consonant.
    return phone.start_s - min(RELEASE_LEAD_S.get(last.ipa, 0.0), (phone.start_s - last.start_s) / 2)


def _closure_start_s(quiet: NDArray[np.bool_], start_s: float) -> float:
    """Return where the silence before a burst begins, at most `MAX_CLOSURE_S` before it."""
    burst = min(round(start_s * RATE_HZ / _STEP), len(quiet))
    earliest = max(0, burst - round(MAX_CLOSURE_S * RATE_HZ / _STEP))
    # The event may come a few milliseconds after the burst.
    last = next((index for index in range(burst, max(burst - 5, earliest), -1) if quiet[index - 1]), None)
    if last is None:
        return start_s
    while last > earliest and quiet[last - 1]:
        last -= 1
    return min(start_s, last * _STEP / RATE_HZ)


def shift_timed(phones: list[TimedPhone], offset_s: float) -> list[TimedPhone]:
    """Return the phones, later by `offset_s`."""
    return [
        TimedPhone(replace(p.phone, start_s=p.phone.start_s + offset_s, end_s=p.phone.end_s + offset_s), p.position)
        for p in phones
    ]


def time_phones(events: tuple[RawEvent, ...], sound_end_s: float) -> list[TimedPhone]:
    """Return the phones; silence is left out.

    Parameters
    ----------
    events
        Events of one line in the order of time.
    sound_end_s
        Where the sound of the last phone ends, in seconds.
    """
    phones: list[TimedPhone] = []
    marks = [event for event in events if event.phone is not None]
    stress_waiting = 0
    for index, (event, position) in enumerate(zip(marks, _word_positions(events), strict=True)):
        ipa, stress = read_phone_name(event.phone or "")
        stress = stress or stress_waiting
        if ipa in _SILENT:
            # A stress mark may come as an event of its own before its vowel.
            stress_waiting = stress
            continue
        stress_waiting = 0
        start_s = event.sample / RATE_HZ
        following_s = marks[index + 1].sample / RATE_HZ if index + 1 < len(marks) else sound_end_s
        end_s = min(following_s, sound_end_s)
        if ipa in _MODIFIERS and phones:
            # So may a palatalisation or length mark behind its phone.
            last = phones[-1]
            phone = replace(last.phone, ipa=last.phone.ipa + ipa, end_s=max(last.phone.end_s, end_s))
            phones[-1] = TimedPhone(phone, last.position)
        elif end_s > start_s:
            phones.append(TimedPhone(Phone(ipa, start_s, end_s, stress), position))
    return phones


def _word_positions(events: tuple[RawEvent, ...]) -> Iterator[int]:
    """Yield for each phone the position of the word that was last begun before it, -1 for none.

    By the order of the events: a word may begin at the very sample of the last phone of the word before ("an apple").
    """
    position = -1
    for event in events:
        if event.phone is None:
            position = event.position
        else:
            yield position


def read_phone_name(name: str) -> tuple[str, int]:
    """Return (IPA symbol, stress) of espeak-ng's name for a phone."""
    stress = max((_STRESS[c] for c in name if c in _STRESS), default=0)
    ipa = _NOISE.sub("", name)
    ipa = unicodedata.normalize("NFC", _OWN_SPELLING.get(ipa, ipa)).replace("\u0361", "")
    return ipa, stress


def time_words(phones: list[TimedPhone], markup: Markup) -> tuple[Word, ...]:
    """Return the words as written, each from its first phone to its last."""
    tokens = written_words(markup, phones)
    spans: dict[int, tuple[float, float]] = {}
    current = 0
    for timed in phones:
        source = markup.sources[timed.position] if 0 <= timed.position < len(markup.sources) else -1
        if source >= 0:
            current = next((i for i, (_, end) in enumerate(tokens) if source < end), len(tokens) - 1)
        start_s, _ = spans.get(current, (timed.phone.start_s, 0.0))
        spans[current] = (start_s, timed.phone.end_s)
    words: list[Word] = []
    prefix = ""
    for index, (start, end) in enumerate(tokens):
        text = markup.written[start:end].strip() + _clause_end(markup.written, end)
        if index in spans:
            words.append(Word(f"{prefix}{text}", *spans[index]))
            prefix = ""
        elif words:
            # A lone dash belongs to the word before it; a letter that is not said may touch it.
            between = "" if start == tokens[index - 1][1] else " "
            words[-1] = Word(f"{words[-1].text.rstrip()}{between}{text}", words[-1].start_s, words[-1].end_s)
        else:
            between = "" if tokens[index + 1 : index + 2] and tokens[index + 1][0] == end else " "
            prefix += f"{text.rstrip()}{between}"
    return tuple(words)


def _clause_end(written: str, end: int) -> str:
    """Return the space behind a place where it stands for punctuation, as in Thai; there, it is part of the word."""
    if end + 1 >= len(written) or not written[end].isspace():
        return ""
    return " " if all("\u0e00" <= letter <= "\u109f" for letter in (written[end - 1], written[end + 1])) else ""


def written_words(markup: Markup, phones: list[TimedPhone]) -> list[tuple[int, int]]:
    """Return (start, end) of each written word; scripts without spaces are cut where espeak-ng begins a word."""
    cuts = {markup.sources[p.position] for p in phones if 0 <= p.position < len(markup.sources)}
    tokens = []
    for match in re.finditer(r"\S+", markup.written):
        start = match.start()
        for offset in range(match.start() + 1, match.end()):
            if offset in cuts and _is_unspaced(markup.written[offset]):
                tokens.append((start, offset))
                start = offset
        tokens.append((start, match.end()))
    return tokens


def _is_unspaced(char: str) -> bool:
    """Tell whether a character belongs to a script that is written without spaces between words."""
    return ord(char) >= 0x0E00 and unicodedata.name(char, "").split(" ")[0] in _UNSPACED


_UNSPACED = {"CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR"}
