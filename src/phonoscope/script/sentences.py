"""Where sentences end, in many writing systems.

Rules instead of a model: a full stop ends a sentence unless it belongs to an abbreviation, an initial, an acronym or an
ordinal number, or a small letter follows. The cost of a mistake is a pause of 0.3 s.
"""

from __future__ import annotations

import re

MAX_LINE = 300
"""Longest line in characters, about 20 s of speech: so much is synthesised, and held in memory, at a time."""

MIN_CUT = 80
"""A sentence that is too long is not cut earlier than this many characters from its beginning."""


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(text.split())


# Never the end of a sentence: a name or number follows.
_TITLES = word_set(
    "mr mrs ms dr prof st sr sra srta dra mme mlle hr fr herr frau rev hon gen col capt lt sgt maj cmdr gov sen rep "
    "pres mt ft no nr nos vol pp p fig figs eq sec ch art vs v cf ca approx bzw ggf evtl usw z.b d.h e.g i.e viz al "
    "ул г пр им стр см т.е т.д"
)
# The end of a sentence if a capital follows.
_ABBREVIATIONS = word_set(
    "etc inc ltd co corp jr sr bros dept est univ ave blvd rd jan feb mar apr jun jul aug sep sept oct nov dec "
    "mon tue wed thu fri sat sun min max tel др тд"
)
# Words that begin a sentence but hardly ever a name: after "U.S." they tell that the sentence is over.
_STARTERS = word_set(
    "the a an it he she we they i you this that these those there but and so in on at as if when while for from to "
    "then his her our their its my your what who how why where no yes not however after before now all one"
)
# Languages that write ordinals with a full stop ("3. Oktober").
_DOTTED_ORDINALS = word_set("de da nb nn no fo is cs sk pl hu fi et lv lt sl hr sr bs lb eu tr")

_CLOSERS = "\"'”’»)\\]」』】）》〉"
_END = re.compile(rf"(?P<full>[。！？｡]+[{_CLOSERS}]*)|(?P<mark>[.!?…‽؟۔।॥။។։።፧꓿᙮]+[{_CLOSERS}]*)(?=\s|$)")
_CLAUSE = re.compile(r"[;:,،؛、，；：—–][\"”’»)]*\s*")


def split_sentences(text: str, language: str = "") -> list[int]:
    """Return where each sentence of the text ends (exclusive, trailing space included); the last is ``len(text)``.

    Examples
    --------
    >>> text = "Mr. Smith paid 3.50. He left! Really?"
    >>> split_sentences(text)
    [21, 30, 37]
    """
    ends = []
    start = sought = 0
    for match in _END.finditer(text):
        end = match.end()
        while end < len(text) and text[end].isspace():
            end += 1
        # From where nothing was found before, or endless full stops would take endless time.
        word = next((i for i in range(max(start, sought), match.start()) if text[i].isalnum()), None)
        if word is None:
            sought = match.start()
            continue
        sought = word
        if end < len(text) and (match["full"] or _is_end(text, start, match, language)):
            ends.append(end)
            start = end
    # What is left behind the last sentence without a word (a dash, a picture) belongs to it.
    if ends and not any(map(str.isalnum, text[start:])):
        ends.pop()
    return [*ends, len(text)]


def ends_sentence(text: str) -> bool:
    """Tell whether a text ends with a full stop or the like."""
    text = text.rstrip()
    return any(match.end() == len(text) for match in _END.finditer(text, max(0, len(text) - 10)))


def _is_end(text: str, start: int, match: re.Match[str], language: str) -> bool:
    """Tell whether a full stop, question or exclamation mark ends the sentence that began at `start`."""
    following = re.match(rf"[\s{_CLOSERS}“‘«¿¡(\[„「『*-]*(\w*)", text[match.end() : match.end() + 60])
    next_word = following[1] if following else ""
    if next_word[:1].islower():
        return False
    if match["mark"].rstrip("\"'”’»)]") != ".":
        return True
    word = re.split(r"[\s(\[“\"‘'«—–/]", text[max(start, match.start() - 40) : match.start()])[-1]
    is_first = not text[start : match.start() - len(word)].strip()
    return not _is_abbreviated(word, next_word, language, is_first)


def _is_abbreviated(word: str, next_word: str, language: str, is_first: bool) -> bool:
    """Tell whether the full stop behind a word belongs to the word."""
    plain = word.lower()
    if plain in _TITLES:
        # "No." and "Fig." are abbreviations before a number only; "no." may well end a sentence.
        return plain not in {"no", "nos", "art", "v", "p", "al"} or next_word[:1].isdigit()
    if plain.isdigit():
        return len(plain) <= 3 and (is_first or (len(plain) <= 2 and language.partition("-")[0] in _DOTTED_ORDINALS))
    if "." in plain or (len(word) == 1 and word.isalpha() and word.isupper() and word != "I"):
        # An acronym ("U.S.", "a.m.") or an initial ("J. S. Bach").
        return next_word.lower() not in _STARTERS
    return plain in _ABBREVIATIONS and not next_word[:1].isupper()


def split_long(text: str, limit: int = MAX_LINE) -> list[int]:
    """Return ends of parts of at most `limit` characters: cut at a clause, else at a space, else anywhere.

    Examples
    --------
    >>> split_long("one two, three four five", limit=20)
    [9, 24]
    """
    ends = []
    start = 0
    while len(text) - start > limit:
        window = text[start : start + limit]
        earliest = min(MIN_CUT, limit // 3)
        clauses = [m.end() for m in _CLAUSE.finditer(window) if earliest <= m.end() and _is_apart(window, m)]
        space = window.rfind(" ", earliest) + 1
        start += clauses[-1] if clauses else space or limit
        ends.append(start)
    return [*ends, len(text)]


def _is_apart(window: str, match: re.Match[str]) -> bool:
    """Tell a clause mark from one inside a number or a time ("1,000", "10:30")."""
    return match[0][0] in "、，；：—" or match[0][-1].isspace()
