"""Spoken words to subtitles that can be read, as SubRip or WebVTT.

The limits follow what broadcasters ask for: BBC Subtitle Guidelines (https://www.bbc.co.uk/accessibility/forproducts/
guides/subtitles/) and Netflix's Timed Text Style Guide, General Requirements.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from phonoscope.core.speech import Word
from phonoscope.media.line_breaks import LINE_COLUMNS, columns, ends_clause, ends_sentence, joined, pieces, wrapped

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
    """One subtitle: one or two lines, joined by a line feed, and when it is shown, in seconds."""

    text: str
    start_s: float
    end_s: float


def cues(words: Iterable[Word]) -> Iterator[Cue]:
    """Group words into subtitles; holds no more than one cue's words.

    Cues have at most two lines of 42 columns (a Chinese character takes two), last up to seven seconds, never
    overlap, and break at the ends of sentences, at pauses and after commas before they break elsewhere.
    """
    held: list[Word] = []
    for word in _whole_words(words):
        while held and not _fits(held, word):
            cut = _best_cut(held)
            yield _cue(held[:cut], held[cut].start_s if cut < len(held) else word.start_s)
            held = held[cut:]
        if held and _ends_before(held, word):
            yield _cue(held, word.start_s)
            held = []
        held.append(word)
    if held:
        yield _cue(held, None)


def srt_text(shown: Iterable[Cue]) -> str:
    """Return SubRip subtitles."""
    blocks = (
        f"{number}\n{_clock(cue.start_s, ',')} --> {_clock(cue.end_s, ',')}\n{cue.text.replace('-->', '→')}\n"
        for number, cue in enumerate(shown, 1)
    )
    return "\n".join(blocks)


def vtt_text(shown: Iterable[Cue]) -> str:
    """Return WebVTT subtitles."""
    blocks = (
        f"{_clock(cue.start_s, '.')} --> {_clock(cue.end_s, '.')}\n{html.escape(cue.text, quote=False)}\n"
        for cue in shown
    )
    return "\n".join(["WEBVTT\n", *blocks])


def _whole_words(words: Iterable[Word]) -> Iterator[Word]:
    """Leave out empty words, and cut those that are wider than a line, sharing their time."""
    for word in words:
        text = " ".join(word.text.split())
        if columns(text) <= LINE_COLUMNS:
            if text:
                yield Word(text, word.start_s, word.end_s)
            continue
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


def _cue(words: list[Word], next_start_s: float | None) -> Cue:
    """Return the cue of some words, shown on into the silence after them for as long as it takes to read."""
    text = joined(w.text for w in words)
    start_s, spoken_end_s = words[0].start_s, words[-1].end_s
    end_s = max(spoken_end_s, start_s + SHORTEST_S, start_s + columns(text) / COLUMNS_A_SECOND)
    end_s = min(end_s, start_s + LONGEST_S)
    if next_start_s is not None:
        end_s = min(end_s, max(spoken_end_s, next_start_s - GAP_S), next_start_s)
    return Cue(wrapped(text) or text, start_s, max(end_s, start_s))


def _clock(time_s: float, mark: str) -> str:
    """Return ``HH:MM:SS,mmm`` with the decimal mark of the format."""
    total_ms = max(0, round(time_s * 1000))
    minutes, ms = divmod(total_ms, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{ms // 1000:02}{mark}{ms % 1000:03}"
