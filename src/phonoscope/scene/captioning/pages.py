"""Words are grouped into pages: what is shown at once, as much as has room, broken where a reader would pause."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from phonoscope.core.speech import Word
from phonoscope.media.line_breaks import columns, ends_clause, ends_sentence, joined, shown_text
from phonoscope.media.subtitles import LONGEST_S, PAUSE_S, Cue, spoken_cues
from phonoscope.media.word_breaks import reading_words
from phonoscope.scene.captioning.lines import dangles, spaced

JOIN_GAP_S = 0.3
"""A shorter time without words between two pages only flickers: the first stays until the second comes."""

WORD_HOLD_S = 0.35
"""A single word stays this long after it was said, unless the next one comes."""

SHORTEST_WORD_S = 0.16
"""What would be gone sooner is shown with the next word: four frames are the least that is read."""

SHORT_COLUMNS = 3
"""A word this short is shown with the next one: alone, a flash of "a" or "of" is not read."""

GROUP_COLUMNS = 12
"""Words that are shown together for their shortness are no wider than this: it is still one glance."""

LONGEST_SENTENCE_S = 3 * LONGEST_S
"""Sentences up to this long are cut into pages as a whole: evenly, with no word left over."""

SENTENCE_WEIGHT, CLAUSE_WEIGHT, DANGLING_WEIGHT = 1.0, 0.6, -0.3
"""How good it is that a page ends with a full stop, with a comma, and with an "of" or "to"."""

PAUSE_WEIGHT = 0.3
"""How much of that counts as much as a page that is twice as long as the others."""


@dataclass(frozen=True, slots=True)
class Page:
    """What is shown at once.

    Attributes
    ----------
    words
        In order, each with its time.
    start_s, end_s
        When it is shown.
    speaker
        Who says it; empty for the only speaker.
    opens
        It is the first page of this speaker's turn.
    """

    words: tuple[Word, ...]
    start_s: float
    end_s: float
    speaker: str = ""
    opens: bool = False

    @property
    def pieces(self) -> tuple[str, ...]:
        """The words with the spaces between them, as their script has them; joined they are the text."""
        return spaced([word.text for word in self.words])

    def said_at(self, time_s: float) -> int | None:
        """Return which word is said at a time, or was said last; None before the first."""
        last = None
        for index, word in enumerate(self.words):
            if word.start_s > time_s:
                break
            last = index
        return last


def pages(words: Sequence[tuple[Word, str]], fits: Callable[[Sequence[str]], bool]) -> list[Page]:
    """Group words into pages that fit.

    Parameters
    ----------
    words
        What is said, each with who says it.
    fits
        Tells whether words have room together.
    """
    found: list[Page] = []
    for cue in _sentences(spoken_cues(words)):
        opens = not found or found[-1].speaker != cue.speaker
        for part in cue_pages(cue, fits):
            found.append(replace(part, opens=opens))
            opens = False
    return _steady(found)


def single_words(words: Sequence[tuple[Word, str]], fits: Callable[[Sequence[str]], bool]) -> list[Page]:
    """Return a page for each word; the shortest are shown with the next one."""
    said = [
        (word, speaker)
        for speaker, group in itertools.groupby(words, key=lambda pair: pair[1])
        for word in reading_words(word for word, _ in group)
    ]
    groups: list[list[tuple[Word, str]]] = []
    for word, speaker in said:
        last = groups[-1] if groups else None
        if last and _goes_with(last, word, speaker) and fits([*(w.text for w, _ in last), word.text]):
            last.append((word, speaker))
        else:
            groups.append([(word, speaker)])
    found: list[Page] = []
    for index, group in enumerate(groups):
        next_s = groups[index + 1][0][0].start_s if index + 1 < len(groups) else math.inf
        opens = not found or found[-1].speaker != group[0][1]
        shown = tuple(word for word, _ in group)
        end_s = min(shown[-1].end_s + WORD_HOLD_S, next_s)
        found.append(Page(shown, shown[0].start_s, end_s, group[0][1], opens))
    return _steady(found)


def _steady(found: Sequence[Page]) -> list[Page]:
    """Return pages without flickers: each stays until the next one, if that comes soon."""
    steady = []
    for page, following in itertools.pairwise([*found, None]):
        if page is None:
            continue
        gap_s = math.inf if following is None else following.start_s - page.end_s
        steady.append(replace(page, end_s=page.end_s + gap_s) if 0 < gap_s < JOIN_GAP_S else page)
    return steady


def _goes_with(group: Sequence[tuple[Word, str]], word: Word, speaker: str) -> bool:
    """Tell whether a word is shown with those before it: they are short, or gone soon, and it follows at once."""
    last, who = group[-1]
    if who != speaker or ends_clause(last.text) or word.start_s - last.end_s >= WORD_HOLD_S:
        return False
    before = columns(shown_text(joined(w.text for w, _ in group)))
    is_short = before <= SHORT_COLUMNS or word.start_s - group[0][0].start_s < SHORTEST_WORD_S
    return is_short and before + columns(word.text) <= GROUP_COLUMNS


def cue_pages(cue: Cue, fits: Callable[[Sequence[str]], bool]) -> Iterator[Page]:
    """Yield a cue's words as one page, or as several of about the same width where they do not fit together."""
    words = cue.words
    if not words:
        return
    cuts = _even_cuts(words, fits)
    for a, b in itertools.pairwise(cuts):
        end_s = cue.end_s if b == len(words) else words[b].start_s
        start_s = cue.start_s if a == 0 else words[a].start_s
        yield Page(words[a:b], start_s, max(end_s, start_s), cue.speaker)


def _sentences(cues: Iterable[Cue]) -> list[Cue]:
    """Join cues of one sentence, which are cut where subtitles are full: pages have other sizes, and are cut evenly."""
    kept: list[Cue] = []
    for cue in cues:
        last = kept[-1] if kept else None
        if last is not None and _goes_on(last, cue):
            words = (*last.words, *cue.words)
            text = shown_text(joined(word.text for word in words))
            kept[-1] = Cue(text, last.start_s, cue.end_s, last.speaker, words)
        else:
            kept.append(cue)
    return kept


def _goes_on(last: Cue, cue: Cue) -> bool:
    """Tell whether a cue goes on with the sentence of the one before."""
    if not last.words or not cue.words or last.speaker != cue.speaker:
        return False
    before = last.words[-1].text
    if ends_sentence(before.strip()) or before.endswith(" "):
        return False
    follows = cue.words[0].start_s - last.words[-1].end_s < PAUSE_S
    return follows and cue.end_s - last.start_s < LONGEST_SENTENCE_S


def _even_cuts(words: Sequence[Word], fits: Callable[[Sequence[str]], bool]) -> list[int]:
    """Return where words are cut into as few pages as need be, of about the same width, rather after a comma."""
    reached = [0, *itertools.accumulate(columns(piece) for piece in spaced([word.text for word in words]))]
    ends = [_furthest(words, first, fits) for first in range(len(words))]
    least = 0
    at = 0
    while at < len(words):
        at, least = ends[at], least + 1
    share = reached[-1] / least
    # The best way to show the first words on a number of pages: its cost, and where its last page begins.
    ways: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for _ in range(least):
        following: dict[int, tuple[float, int]] = {}
        for first, (cost, _) in ways[-1].items():
            for last in range(first + 1, ends[first] + 1 if first < len(words) else first):
                off = (reached[last] - reached[first]) / share - 1
                pause = _pause_weight(words[last - 1].text) if last < len(words) else 0.0
                whole = cost + off * off - PAUSE_WEIGHT * pause
                if last not in following or whole < following[last][0]:
                    following[last] = whole, first
        ways.append(following)
    cuts = [len(words)]
    for way in reversed(ways[1:]):
        cuts.append(way[cuts[-1]][1])
    return cuts[::-1]


def _furthest(words: Sequence[Word], first: int, fits: Callable[[Sequence[str]], bool]) -> int:
    """Return where the longest page ends that begins with a word; it has one word at least."""
    last = first + 1
    while (
        last < len(words)
        and words[last].end_s - words[first].start_s <= LONGEST_S
        and fits([word.text for word in words[first : last + 1]])
    ):
        last += 1
    return last


def _pause_weight(word: str) -> float:
    """Return how good it is to end a page with a word."""
    if ends_sentence(word.strip()):
        return SENTENCE_WEIGHT
    if ends_clause(word):
        return CLAUSE_WEIGHT
    return DANGLING_WEIGHT if dangles(word) else 0.0
