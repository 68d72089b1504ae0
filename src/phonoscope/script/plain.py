"""Plain text with marks for pauses and for the face, and with labels for who speaks."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from phonoscope.core.errors import ScriptError
from phonoscope.core.script import Direction
from phonoscope.script.marks import find_marks, known_name, playing_s
from phonoscope.script.pieces import MAX_PAUSE_S, Act, Boundary, Break, Piece, Run, parse_duration_s
from phonoscope.script.speakers import Label, Labels

DEFAULT_PAUSE_S = 0.5
"""``[pause]`` without a length: clearly longer than between sentences (0.3 s), shorter than between paragraphs."""

WRAPPED_LINE = 60
"""A line of at least so many characters without a full stop was wrapped by an editor; the sentence goes on."""

# Only what starts like a mark is one: "[1]" and "[pausing]" are text.
_PAUSE = re.compile(r"\[\s*pause\b([^\]\n]*)(\]?)", re.IGNORECASE)
_ENDS_SENTENCE = re.compile(r"[.!?…:;。！？؟۔।॥។။։።]['\"”’»)\]」』】）]*$")
_ENDS_CLAUSE = re.compile(r"[,،、，\-–—]$")
_ITEM = re.compile(r"(?:[-*•·–—]|\d{1,3}[.)])\s")
# What stands close behind a word, also where a mark stands between the two.
_CLOSES = re.compile(r"[.,;:!?…)\]”’»。、，！？]")

_Mark = tuple[int, int, Direction | float]
"""Start and end in the line, and what is asked for: a direction, or a pause in seconds."""


def read_plain(text: str, speakers: Collection[str] = ()) -> Iterator[Piece]:
    """Yield the pieces of plain text; raise ScriptError at a malformed mark.

    Parameters
    ----------
    speakers
        Names that are labels, besides those in capital letters: see `speakers`.
    """
    labels = Labels(text, speakers)
    speaker = previous = ""
    for number, line in enumerate(text.split("\n"), start=1):
        label = labels.find(line)
        start = label.end if label else 0
        if label:
            speaker, previous = label.speaker, ""
            yield Boundary(is_paragraph=False)
            yield from _remark(label, number)
        marks = [mark for mark in _find_marks(line, number) if mark[0] >= start]
        words = _without(line, marks)[start:]
        if not words.strip() and not marks:
            if previous:
                yield Boundary(is_paragraph=True)
            previous = ""
            continue
        if previous:
            goes_on = bool(words.strip()) and _goes_on(previous, words)
            yield Run(" ", line_number=number, speaker=speaker) if goes_on else Boundary(is_paragraph=False)
        if words.strip():
            yield from _read_line(line, marks, number, speaker, start)
            previous = words.strip()
        else:
            yield from _marks_alone(marks, number, speaker)
            # Only pauses belong to what is before them.
            previous = "." if any(isinstance(mark[2], Direction) for mark in marks) else previous or " "


def _remark(label: Label, number: int) -> Iterator[Piece]:
    """Yield the direction that is written behind a speaker's name, if it is one."""
    known = known_name(label.remark)
    if known:
        yield Act(Direction(known), number, label.speaker)


def _find_marks(line: str, number: int) -> list[_Mark]:
    """Return all marks of a line in order."""
    if "[" not in line:
        return []
    pauses: list[_Mark] = [(m.start(), m.end(), _pause_s(m, number)) for m in _PAUSE.finditer(line)]
    directions = find_marks(line, number)
    return sorted([*pauses, *directions], key=lambda mark: mark[0])


def _without(line: str, marks: list[_Mark]) -> str:
    """Return the line with its marks blanked out."""
    kept = []
    done = 0
    for start, end, _ in marks:
        kept += [line[done:start], " " * (end - start)]
        done = end
    return "".join(kept) + line[done:]


def _goes_on(line: str, following: str) -> bool:
    """Tell whether the sentence of a line goes on in the next one (the line was wrapped)."""
    following = following.strip()
    if _ENDS_SENTENCE.search(line) or _ITEM.match(following) or not any(map(str.isalnum, line)):
        return False
    return following[0].islower() or _ENDS_CLAUSE.search(line) is not None or len(line) >= WRAPPED_LINE


def _read_line(line: str, marks: list[_Mark], number: int, speaker: str, start: int) -> Iterator[Piece]:
    """Yield text, pauses and directions of one line from `start` on."""
    done = start
    for first, end, asked in marks:
        before = line[done:first]
        after = line[end : end + 1]
        if isinstance(asked, Direction) and _CLOSES.match(after):
            # "Well [nod]." is said as "Well."
            before = before.rstrip()
        if before:
            yield Run(before, line_number=number, speaker=speaker)
        if isinstance(asked, Direction):
            yield Act(asked, number, speaker)
            if before and not before[-1].isspace() and after.isalnum():
                # "yes[nod]yes" is two words.
                yield Run(" ", line_number=number, speaker=speaker)
        else:
            yield Break(asked)
        done = end
    if done < len(line):
        yield Run(line[done:], line_number=number, speaker=speaker)


def _marks_alone(marks: list[_Mark], number: int, speaker: str) -> Iterator[Piece]:
    """Yield the marks of a line without words; directions get time to be seen."""
    directions = [asked for _, _, asked in marks if isinstance(asked, Direction)]
    for _, _, asked in marks:
        yield Act(asked, number, speaker) if isinstance(asked, Direction) else Break(asked)
    if directions and len(directions) == len(marks):
        yield Break(playing_s(directions))


def _pause_s(mark: re.Match[str], number: int) -> float:
    """Return the length that a mark asks for, in seconds."""
    column = mark.start() + 1
    where = f"line {number} column {column}"
    if not mark[2]:
        raise ScriptError(
            f"The mark “{mark[0].strip()[:40]}” at {where} is never closed.", "Write [pause 0.5s].", number, column
        )
    if not mark[1].strip():
        return DEFAULT_PAUSE_S
    duration_s = parse_duration_s(mark[1].strip(" :=\t"))
    if duration_s is None:
        raise ScriptError(
            f"The mark “{mark[0][:40]}” at {where} has no length that can be read.",
            "Write [pause], [pause 0.5s] or [pause 500ms].",
            number,
            column,
        )
    if duration_s > MAX_PAUSE_S:
        raise ScriptError(
            f"The mark “{mark[0][:40]}” at {where} asks for {duration_s:g} s; at most {MAX_PAUSE_S:g} s are allowed.",
            "Use several pauses, or ms for milliseconds.",
            number,
            column,
        )
    return duration_s
