"""Plain text with pause marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from phonoscope.core.errors import ScriptError
from phonoscope.script.pieces import MAX_PAUSE_S, Boundary, Break, Piece, Run, parse_duration_s

DEFAULT_PAUSE_S = 0.5
"""``[pause]`` without a length: clearly longer than between sentences (0.3 s), shorter than between paragraphs."""

WRAPPED_LINE = 60
"""A line of at least so many characters without a full stop was wrapped by an editor; the sentence goes on."""

# Only what starts like a mark is one: "[1]" and "[pausing]" are text.
_MARK = re.compile(r"\[\s*pause\b([^\]\n]*)(\]?)", re.IGNORECASE)
_ENDS_SENTENCE = re.compile(r"[.!?…:;。！？؟۔।॥។။։።]['\"”’»)\]」』】）]*$")
_ENDS_CLAUSE = re.compile(r"[,،、，\-–—]$")
_ITEM = re.compile(r"(?:[-*•·–—]|\d{1,3}[.)])\s")


def read_plain(text: str) -> Iterator[Piece]:
    """Yield the pieces of plain text; raise ScriptError at a malformed mark."""
    previous = ""
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            if previous:
                yield Boundary(is_paragraph=True)
            previous = ""
            continue
        if previous:
            yield Run(" ", line_number=number) if _goes_on(previous, line) else Boundary(is_paragraph=False)
        yield from _read_line(line, number)
        previous = line.strip()


def _goes_on(line: str, following: str) -> bool:
    """Tell whether the sentence of a line goes on in the next one (the line was wrapped)."""
    following = following.strip()
    if _ENDS_SENTENCE.search(line) or _ITEM.match(following) or not any(map(str.isalnum, line)):
        return False
    return following[0].islower() or _ENDS_CLAUSE.search(line) is not None or len(line) >= WRAPPED_LINE


def _read_line(line: str, number: int) -> Iterator[Piece]:
    """Yield text and pauses of one line."""
    done = 0
    for mark in _MARK.finditer(line):
        if mark.start() > done:
            yield Run(line[done : mark.start()], line_number=number)
        yield Break(_pause_s(mark, number))
        done = mark.end()
    if done < len(line):
        yield Run(line[done:], line_number=number)


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
