"""Spoken words to subtitles that can be read, as SubRip or WebVTT.

The limits follow what broadcasters ask for: BBC Subtitle Guidelines (https://www.bbc.co.uk/accessibility/forproducts/
guides/subtitles/) and Netflix's Timed Text Style Guide, General Requirements.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from phonoscope.core.speech import Word
from phonoscope.media.line_breaks import LINE_COLUMNS, columns, ends_clause, ends_sentence, joined, pieces, wrapped
from phonoscope.media.word_breaks import reading_words

SHORTEST_S = 1.0
"""A cue stays at least this long, where the next one leaves it the time: nothing shorter is noticed in full."""

LONGEST_S = 7.0
"""A cue stays at most this long: what stays longer is read twice."""

COLUMNS_A_SECOND = 20.0
"""Reading speed of adults (Netflix); cues are extended into silence to keep to it."""

PAUSE_S = 0.7
"""A longer pause ends a cue: the speaker has finished a thought."""

GAP_S = 0.08
"""Two frames of nothing before the next cue, so that the change is seen; given up where speech is dense."""

_CLAUSE_FILL = 0.4
"""A cue that must break does so after a comma or the like, if at least this much of it comes before."""


@dataclass(frozen=True, slots=True)
class Cue:
    """One subtitle: one or two lines, joined by a line feed, and when it is shown, in seconds.

    Attributes
    ----------
    speaker
        Who says it; empty for the only speaker.
    words
        What it is made of, and when that is said; none where that is not known.
    """

    text: str
    start_s: float
    end_s: float
    speaker: str = ""
    words: tuple[Word, ...] = ()


def spoken_cues(words: Iterable[tuple[Word, str]]) -> Iterator[Cue]:
    """Group the words of a dialogue, each with who says it, into subtitles of one speaker each, apart in time."""
    last: Cue | None = None
    for speaker, said in groupby(words, key=lambda pair: pair[1]):
        for cue in cues((word for word, _ in said), speaker):
            if last is not None:
                yield shown_until(last, cue.start_s)
            last = cue
    if last is not None:
        yield last


def shown_until(cue: Cue, next_start_s: float) -> Cue:
    """Return a cue that is gone when the next one begins."""
    return cue if cue.end_s <= next_start_s else replace(cue, end_s=max(cue.start_s, next_start_s))


def cues(words: Iterable[Word], speaker: str = "") -> Iterator[Cue]:
    """Group words of one speaker into subtitles; holds no more than one cue's words.

    Cues have at most two lines of 42 columns (a Chinese character takes two), last up to seven seconds, never
    overlap, and break at the ends of sentences, at pauses and after commas before they break elsewhere.
    """
    held: list[Word] = []
    for word in _whole_words(words):
        while held and not _fits(held, word):
            cut = _best_cut(held)
            yield _cue(held[:cut], held[cut].start_s if cut < len(held) else word.start_s, speaker)
            held = held[cut:]
        if held and _ends_before(held, word):
            yield _cue(held, word.start_s, speaker)
            held = []
        held.append(word)
    if held:
        yield _cue(held, None, speaker)


def srt_text(shown: Iterable[Cue]) -> str:
    """Return SubRip subtitles. They know no speakers: a name stands before the words where another one speaks."""
    blocks = []
    before = ""
    for number, cue in enumerate(shown, 1):
        name = f"{one_line(cue.speaker)}: " if cue.speaker not in ("", before) else ""
        before = cue.speaker
        text = (name + cue.text).replace("-->", "→")
        blocks.append(f"{number}\n{clock(cue.start_s, ',')} --> {clock(cue.end_s, ',')}\n{text}\n")
    return "\n".join(blocks)


def vtt_text(shown: Iterable[Cue], kind: str = "") -> str:
    """Return WebVTT subtitles (https://www.w3.org/TR/webvtt1/), with ``<v NAME>`` where speakers are known.

    Parameters
    ----------
    kind
        Told in a header where it is not subtitles: ``descriptions``.
    """
    header = f"WEBVTT\nKind: {kind}\n" if kind else "WEBVTT\n"
    blocks = (f"{clock(cue.start_s, '.')} --> {clock(cue.end_s, '.')}\n{_vtt_words(cue)}\n" for cue in shown)
    return "\n".join([header, *blocks])


def _vtt_words(cue: Cue) -> str:
    voice = f"<v {html.escape(one_line(cue.speaker), quote=False)}>" if cue.speaker else ""
    return voice + html.escape(cue.text, quote=False)


def one_line(text: str) -> str:
    """Return a text without line breaks and double spaces."""
    return " ".join(text.split())


def _whole_words(words: Iterable[Word]) -> Iterator[Word]:
    """Cut words as they are read, and those that are wider than a line, sharing their time."""
    for word in reading_words(words):
        if columns(word.text) <= LINE_COLUMNS:
            yield word
            continue
        text = word.text
        parts = pieces(text)
        start_s = word.start_s
        for part in parts:
            end_s = start_s + (word.end_s - word.start_s) * columns(part) / max(1, columns(text))
            yield Word(part, start_s, end_s)
            start_s = end_s


def _fits(held: list[Word], word: Word) -> bool:
    """Tell whether a word has room in the cue, in time and in two lines."""
    if word.end_s - held[0].start_s > LONGEST_S:
        return False
    return wrapped(joined([*(w.text for w in held), word.text])) is not None


def _ends_before(held: list[Word], word: Word) -> bool:
    """Tell whether the cue is complete before a word that would have room in it."""
    pause_s = word.start_s - held[-1].end_s
    if pause_s >= PAUSE_S:
        return True
    if not ends_sentence(held[-1].text):
        return False
    # "No! …": what would be gone before it is noticed goes on with the next sentence.
    return word.start_s - GAP_S - held[0].start_s >= SHORTEST_S


def _best_cut(held: list[Word]) -> int:
    """Return how many words of a full cue are shown before it breaks."""
    whole = columns(joined(w.text for w in held))
    for cut in range(len(held) - 1, 0, -1):
        first = held[:cut]
        if (
            ends_clause(first[-1].text)
            and columns(joined(w.text for w in first)) >= _CLAUSE_FILL * whole
            and held[cut].start_s - first[0].start_s >= SHORTEST_S
        ):
            return cut
    return len(held)


def _cue(words: list[Word], next_start_s: float | None, speaker: str) -> Cue:
    """Return the cue of some words, shown on into the silence after them for as long as it takes to read."""
    text = joined(w.text for w in words)
    start_s, spoken_end_s = words[0].start_s, words[-1].end_s
    end_s = max(spoken_end_s, start_s + SHORTEST_S, start_s + columns(text) / COLUMNS_A_SECOND)
    end_s = min(end_s, start_s + LONGEST_S)
    if next_start_s is not None:
        end_s = min(end_s, max(spoken_end_s, next_start_s - GAP_S), next_start_s)
    return Cue(wrapped(text) or text, start_s, max(end_s, start_s), speaker, tuple(words))


def clock(time_s: float, mark: str = ".") -> str:
    """Return ``HH:MM:SS,mmm`` with the decimal mark of the format."""
    total_ms = max(0, round(time_s * 1000))
    minutes, ms = divmod(total_ms, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{ms // 1000:02}{mark}{ms % 1000:03}"
