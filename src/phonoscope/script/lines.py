"""Pieces → lines: cut at sentences, at changes of speaker, voice or language, and where a sentence is too long."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from phonoscope.core.errors import ScriptError
from phonoscope.core.script import Direction, Line, Pause, Span
from phonoscope.script.marks import playing_s
from phonoscope.script.pieces import Act, Boundary, Break, Piece, Run
from phonoscope.script.sentences import MAX_LINE, ends_sentence, split_long, split_sentences

SENTENCE_PAUSE_S = 0.40
"""Between sentences. People reading aloud pause 0.3 to 0.6 s; below 0.4 s a mouth that comes to rest looks hurried."""

PARAGRAPH_PAUSE_S = 0.70
"""Between paragraphs: twice a sentence's, clearly heard as a new thought."""

CLAUSE_PAUSE_S = 0.15
"""Where a sentence that is too long was cut; like a comma."""

TURN_PAUSE_S = 0.35
"""Between two speakers, also across a blank line: people answer each other after 0 to 0.5 s (Stivers et al. 2009)."""

MAX_SILENCE_S = 600.0
"""Most silence in one line: a line is held in memory, and more is hardly meant."""

_Part = Run | Break | Act


@dataclass(slots=True)
class _Group:
    """Runs, pauses and directions of one voice and language up to a boundary, and the pause that follows."""

    parts: list[_Part]
    pause_s: float = 0.0
    is_last: bool = False


def build_lines(pieces: Iterable[Piece], language: str = "") -> tuple[Line, ...]:
    """Return the lines of a script: each has words or directions, and the last has no pause of ours behind its words.

    Parameters
    ----------
    pieces
        Runs, breaks, acts and boundaries in order.
    language
        BCP-47 language of runs that name none.
    """
    return tuple(line for group in _groups(pieces) for line in _cut_group(group, language))


def _groups(pieces: Iterable[Piece]) -> Iterator[_Group]:
    """Yield groups of pieces that may share a sentence, each with words or directions.

    Breaks between two groups belong to the first, and take the place of its pause.
    """
    closed: _Group | None = None
    parts: list[_Part] = []
    for piece in (*pieces, Boundary(is_paragraph=False)):
        if not isinstance(piece, Boundary) and not _changes_voice(parts, piece):
            parts.append(piece)
            continue
        if any(map(_is_seen, parts)):
            lead, parts = _split_lead(parts) if closed else ([], parts)
            if closed:
                turns = closed.pause_s and _speaker(closed.parts) != _speaker(parts)
                yield _Group(closed.parts + lead, TURN_PAUSE_S if turns else closed.pause_s)
            closed, parts = _Group(parts), []
        elif closed:
            closed.parts += [part for part in parts if isinstance(part, Break)]
            parts = []
        else:
            parts = [part for part in parts if isinstance(part, Break)]
        if not isinstance(piece, Boundary):
            parts.append(piece)
        elif closed:
            closed.pause_s = max(closed.pause_s, PARAGRAPH_PAUSE_S if piece.is_paragraph else SENTENCE_PAUSE_S)
    if closed:
        yield _Group(closed.parts, 0.0, is_last=True)


def _split_lead(parts: list[_Part]) -> tuple[list[_Part], list[_Part]]:
    """Split the breaks off that stand before the first words or directions."""
    first = next(index for index, part in enumerate(parts) if _is_seen(part))
    lead: list[_Part] = [part for part in parts[:first] if isinstance(part, Break)]
    return lead, [part for part in parts[:first] if not isinstance(part, Break)] + parts[first:]


def _is_seen(part: _Part) -> bool:
    """Tell whether there is anything to say or to do."""
    return isinstance(part, Act) or _has_words(part)


def _speaker(parts: list[_Part]) -> str:
    """Return whose words or directions these are."""
    return next((part.speaker for part in parts if isinstance(part, Run | Act) and _is_seen(part)), "")


def _has_words(part: _Part) -> bool:
    """Tell whether there is anything to say."""
    return isinstance(part, Run) and any(map(str.isalnum, part.spoken or part.phonemes or part.text))


def _changes_voice(parts: list[_Part], piece: _Part) -> bool:
    """Tell whether a run with words is spoken by someone else than the words before it."""
    if not isinstance(piece, Run) or not _has_words(piece):
        return False
    before = next((part for part in reversed(parts) if _has_words(part)), None)
    return isinstance(before, Run) and (before.speaker, before.voice, before.language) != (
        piece.speaker,
        piece.voice,
        piece.language,
    )


def _cut_group(group: _Group, language: str) -> Iterator[Line]:
    """Yield the sentences of a group, each followed by its pause."""
    runs = [part for part in group.parts if isinstance(part, Run)]
    text = "".join(run.text for run in runs)
    language = (runs[0].language if runs else "") or language
    cuts = _cuts(text, language, runs)
    last = len(cuts) - 1
    # Where someone else goes on: behind a sentence, or in the middle of one.
    end_s = group.pause_s or (SENTENCE_PAUSE_S if not group.is_last and ends_sentence(text) else 0.0)
    for index, (parts, pause_s) in enumerate(_with_their_words(list(_slices(group.parts, cuts)))):
        yield _line(parts, end_s if index == last else pause_s, group.is_last and index == last)


def _with_their_words(slices: list[tuple[list[_Part], float]]) -> list[tuple[list[_Part], float]]:
    """Move directions between two sentences to the one that follows: behind the words they would come too early."""
    for (parts, _), (following, _) in itertools.pairwise(slices):
        end = len(parts)
        while end and not isinstance(parts[end - 1], Break) and not _is_text(parts[end - 1]):
            end -= 1
        if any(isinstance(part, Act) for part in parts[end:]):
            following[:0] = parts[end:]
            del parts[end:]
    return slices


def _is_text(part: _Part) -> bool:
    return isinstance(part, Run) and bool(part.text.strip())


def _cuts(text: str, language: str, runs: list[Run]) -> list[tuple[int, float]]:
    """Return (end, pause behind it in seconds) of each line of a text."""
    whole = []
    offset = 0
    for run in runs:
        if run.is_whole:
            whole.append((offset, offset + len(run.text)))
        offset += len(run.text)
    cuts: list[tuple[int, float]] = []
    start = 0
    for end in split_sentences(text, language):
        if end < len(text) and any(a < end < b for a, b in whole):
            continue
        if end - start > MAX_LINE:
            parts = [start + part for part in split_long(text[start:end])[:-1]]
            cuts += [(p, CLAUSE_PAUSE_S) for p in parts if not any(a < p < b for a, b in whole)]
        cuts.append((end, SENTENCE_PAUSE_S))
        start = end
    return cuts


def _slices(parts: list[_Part], cuts: list[tuple[int, float]]) -> Iterator[tuple[list[_Part], float]]:
    """Deal runs, breaks and acts out to the lines; a break at a cut closes the line before it."""
    ends = iter(cuts)
    end, pause_s = next(ends)
    offset = 0
    current: list[_Part] = []
    for part in parts:
        if not isinstance(part, Run):
            current.append(part)
            continue
        first = 0
        while offset + len(part.text) > end:
            if end > offset + first:
                current.append(replace(part, text=part.text[first : end - offset]))
                first = end - offset
            yield current, pause_s
            current = []
            end, pause_s = next(ends)
        if first < len(part.text):
            current.append(replace(part, text=part.text[first:]))
        offset += len(part.text)
    yield current, pause_s


def _line(parts: list[_Part], gap_s: float, is_last: bool) -> Line:
    """Make a line; a pause that the author wrote at its end takes the place of ours."""
    out: list[Span | Pause | Direction] = []
    waiting: list[Direction] = []
    ended_s: float | None = None
    for part in parts:
        if isinstance(part, Break):
            ended_s = part.duration_s if ended_s is None else ended_s + part.duration_s
            waiting = []
            continue
        if isinstance(part, Run) and not part.text.strip():
            _append(out, Span(part.text, part.style, part.spoken, part.phonemes))
            continue
        if ended_s:
            out.append(Pause(ended_s))
        if isinstance(part, Act):
            out.append(part.direction)
            waiting.append(part.direction)
            ended_s = None if ended_s is None else 0.0
            continue
        ended_s, waiting = None, []
        _append(out, Span(part.text, part.style, part.spoken, part.phonemes))
    gap_s = gap_s if ended_s is None else ended_s
    if waiting and (gap_s or is_last):
        # What is done behind the last words is seen to the end.
        gap_s = max(gap_s, playing_s(waiting))
    if gap_s > 0:
        out.append(Pause(gap_s))
    first = next((part for part in parts if isinstance(part, Run) and _has_words(part)), Run(""))
    number = first.line_number or next((part.line_number for part in parts if not isinstance(part, Break)), 0)
    _refuse_silence(out, number)
    return Line(tuple(_tidy(out)), _speaker(parts), first.voice, first.language, number)


def _refuse_silence(parts: list[Span | Pause | Direction], number: int) -> None:
    silence_s = sum(part.duration_s for part in parts if isinstance(part, Pause))
    if silence_s > MAX_SILENCE_S:
        raise ScriptError(
            f"The pauses around line {number} add up to {silence_s:,.0f} s; at most {MAX_SILENCE_S:g} s are"
            " allowed in one sentence.",
            "Use fewer pauses.",
            number,
        )


def _append(parts: list[Span | Pause | Direction], span: Span) -> None:
    """Append a span, joined to the last one when both are alike and nothing is special about them."""
    last = parts[-1] if parts else None
    plain = not (span.spoken or span.phonemes or span.style.say_as)
    if isinstance(last, Span) and plain and replace(last, text="") == replace(span, text=""):
        parts[-1] = replace(last, text=last.text + span.text)
    else:
        parts.append(span)


def _tidy(parts: list[Span | Pause | Direction]) -> Iterator[Span | Pause | Direction]:
    """Collapse white space inside and between spans, and drop it at both ends of the line."""
    space_wanted = False
    begun = False
    for part in parts:
        if not isinstance(part, Span):
            yield part
            continue
        words = part.text.split()
        if not words:
            space_wanted = begun
            continue
        lead = " " if begun and (space_wanted or part.text[0].isspace()) else ""
        space_wanted = part.text[-1].isspace()
        yield replace(part, text=lead + " ".join(words))
        begun = True
