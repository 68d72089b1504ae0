"""SSML 1.1 → pieces: the elements that can be heard; others are passed over, and their text is kept.

https://www.w3.org/TR/speech-synthesis11/. There is no DOCTYPE, hence no entities of one's own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from xml.parsers import expat

from phonoscope.core.errors import ScriptError
from phonoscope.core.script import Direction, Style
from phonoscope.script.marks import known_name
from phonoscope.script.pieces import MAX_PAUSE_S, MAX_WHOLE, PLAIN, Act, Boundary, Break, Piece, Run, parse_duration_s
from phonoscope.script.ssml_values import BREAKS_S, apply_prosody, express_as

MAX_DEPTH = 64
"""Deepest nesting of elements; speech needs six or so."""

_SILENT = {"metadata", "meta", "lexicon", "desc", "script", "style"}
_LEVELS = {"strong", "moderate", "reduced", "none"}


NEUTRAL = Direction("neutral")
"""What a face expresses outside every ``express-as``."""


@dataclass(frozen=True, slots=True)
class _Frame:
    """An open element, and how text inside it is spoken."""

    name: str
    line: int
    column: int
    style: Style = PLAIN
    voice: str = ""
    language: str = ""
    spoken: str = ""
    phonemes: str = ""
    is_silent: bool = False
    expression: Direction = NEUTRAL


@dataclass(slots=True)
class _Reader:
    """Follows the parser through the document."""

    parser: expat.XMLParserType
    first_line: int
    frames: list[_Frame] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    whole: list[str] = field(default_factory=list)

    def where(self) -> tuple[int, int]:
        """Return line and column of what is being read, from 1."""
        return self.parser.CurrentLineNumber + self.first_line, self.parser.CurrentColumnNumber + 1

    def open(self, name: str, attributes: dict[str, str]) -> None:
        line, column = self.where()
        if len(self.frames) >= MAX_DEPTH:
            raise ScriptError(
                f"<{name}> at line {line} column {column} lies {MAX_DEPTH} elements deep.", "Nest less.", line, column
            )
        if not self.frames and name != "speak":
            raise ScriptError(
                f"The script begins with <{name}> at line {line} column {column}, which is not SSML.",
                "Put everything into <speak> … </speak>.",
                line,
                column,
            )
        outer = self.frames[-1] if self.frames else _Frame("", line, column)
        if name in {"p", "paragraph", "s", "sentence"}:
            self.pieces.append(Boundary(is_paragraph=name.startswith("p")))
        elif name == "break":
            self.pieces.append(Break(_break_s(attributes, line, column)))
        elif name == "mark" and (known := known_name(attributes.get("name", ""))):
            self.pieces.append(Act(Direction(known), line))
        inner = replace(outer, name=name, line=line, column=column, is_silent=outer.is_silent or name in _SILENT)
        if "xml:lang" in attributes:
            inner = replace(inner, language=attributes["xml:lang"].strip())
        change = _CHANGES.get(name)
        self.frames.append(change(inner, attributes) if change else inner)
        self._express(outer, self.frames[-1], line)

    def close(self, name: str) -> None:
        frame = self.frames.pop()
        outer = self.frames[-1] if self.frames else frame
        if (frame.spoken or frame.phonemes) and not (outer.spoken or outer.phonemes):
            text = "".join(self.whole)
            self.whole.clear()
            if max(map(len, (text, frame.spoken, frame.phonemes))) > MAX_WHOLE:
                raise ScriptError(
                    f"<{name}> at line {frame.line} column {frame.column} has more than {MAX_WHOLE} characters.",
                    "Split it.",
                    frame.line,
                    frame.column,
                )
            self._add_run(frame, text if text.strip() else frame.spoken or frame.phonemes)
        self._express(frame, outer, self.where()[0])
        if name in {"p", "paragraph", "s", "sentence"}:
            self.pieces.append(Boundary(is_paragraph=name.startswith("p")))

    def _express(self, before: _Frame, after: _Frame, line: int) -> None:
        """Let the face change its expression where one element's differs from the next one's."""
        if before.expression != after.expression:
            self.pieces.append(Act(after.expression, line))

    def text(self, text: str) -> None:
        frame = self.frames[-1]
        if frame.is_silent:
            return
        if frame.spoken or frame.phonemes:
            self.whole.append(text)
        else:
            self._add_run(frame, text)

    def _add_run(self, frame: _Frame, text: str) -> None:
        # Line ends are only white space here.
        text = re.sub(r"\s+", " ", text)
        line, _ = self.where()
        self.pieces.append(Run(text, frame.style, frame.spoken, frame.phonemes, frame.voice, frame.language, line))


def read_ssml(text: str) -> list[Piece]:
    """Return the pieces of an SSML document.

    Raises
    ------
    ScriptError
        Not well-formed, a DOCTYPE, too deep, or a break that is too long; with line and column.
    """
    # An XML declaration may not have white space before it.
    body = text.lstrip()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    reader = _Reader(parser, text[: len(text) - len(body)].count("\n"))
    parser.StartElementHandler = reader.open
    parser.EndElementHandler = reader.close
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = lambda *_: _refuse_doctype(reader, body)
    try:
        parser.Parse(body, True)
    except expat.ExpatError as error:
        raise _explain(error, reader, body) from error
    return reader.pieces


def _refuse_doctype(reader: _Reader, body: str) -> None:
    # The parser has read beyond it by now.
    before = body[: body.index("<!DOCTYPE")]
    line, column = before.count("\n") + 1 + reader.first_line, len(before) - before.rfind("\n")
    raise ScriptError(
        f"The script has a DOCTYPE at line {line} column {column}; document types and entities are not read.",
        "Remove the DOCTYPE.",
        line,
        column,
    )


def _explain(error: expat.ExpatError, reader: _Reader, body: str) -> ScriptError:
    """Say in plain words what is wrong with the markup."""
    line, column = error.lineno + reader.first_line, error.offset + 1
    lines = body.split("\n")
    rest = lines[error.lineno - 1][error.offset :] if error.lineno <= len(lines) else ""
    reason = expat.errors.messages.get(error.code, "")
    codes = expat.errors
    name = match[1] if (match := re.match(r"[</&]*([^\s>;]*)", rest)) else ""
    is_mismatch = reason == codes.XML_ERROR_TAG_MISMATCH
    broken_off = reason in {codes.XML_ERROR_NO_ELEMENTS, codes.XML_ERROR_UNCLOSED_TOKEN} or not rest.strip()
    if reader.frames and (
        (is_mismatch and name in {frame.name for frame in reader.frames})
        or (not is_mismatch and broken_off and reason != codes.XML_ERROR_UNCLOSED_TOKEN)
    ):
        return _unclosed(reader)
    if not reader.frames and reader.pieces:
        told = (
            "Something stands behind the end of <speak>, at {}.",
            "Put everything between one <speak> and one </speak>.",
        )
    elif is_mismatch:
        told = f"</{name}> at {{}} closes nothing.", "Remove it."
    elif broken_off:
        told = "The markup at {} breaks off.", "Close it with >."
    elif reason == codes.XML_ERROR_UNDEFINED_ENTITY:
        told = f"&{name}; at {{}} is not known in SSML.", "Write the character itself, or its number (&#160;)."
    elif reason == codes.XML_ERROR_BAD_CHAR_REF:
        told = "The character number at {} stands for no character.", "Remove it."
    else:
        return _explain_token(rest, reason, line, column, lines[error.lineno - 1])
    return ScriptError(told[0].format(f"line {line} column {column}"), told[1], line, column)


def _explain_token(rest: str, reason: str, line: int, column: int, whole_line: str) -> ScriptError:
    """Explain a character that may not stand where it stands."""
    before = whole_line[: column - 1]
    # The parser stops one character behind a bare & or <.
    column -= before.endswith(("&", "<"))
    # Or behind the letters that follow an &, where it misses the ; of an entity.
    entity = re.search(r"&\w*[^\w;]?$", before)
    if entity:
        column, before = entity.start() + 1, "&"
    if before.endswith("&") or rest.startswith("&"):
        return ScriptError(f"A bare & stands at line {line} column {column}.", "Write &amp; for &.", line, column)
    if before.endswith("<") or rest.startswith("<"):
        return ScriptError(f"A bare < stands at line {line} column {column}.", "Write &lt; for <.", line, column)
    return ScriptError(
        f"The markup cannot be read at line {line} column {column}: {reason or 'not well-formed'}.",
        "Check quotes, < and & there.",
        line,
        column,
    )


def _unclosed(reader: _Reader) -> ScriptError:
    frame = reader.frames[-1]
    return ScriptError(
        f"<{frame.name}> opened at line {frame.line} column {frame.column} is never closed.",
        f"Add </{frame.name}>.",
        frame.line,
        frame.column,
    )


def _break_s(attributes: Mapping[str, str], line: int, column: int) -> float:
    """Return the length of a ``break`` in seconds."""
    where = f"line {line} column {column}"
    time = attributes.get("time")
    if time is None:
        return BREAKS_S.get(attributes.get("strength", "medium"), BREAKS_S["medium"])
    duration_s = parse_duration_s(time)
    if duration_s is None:
        raise ScriptError(
            f"The break at {where} has the time “{time[:40]}”, which cannot be read.",
            "Write 0.5s or 500ms.",
            line,
            column,
        )
    if duration_s > MAX_PAUSE_S:
        raise ScriptError(
            f"The break at {where} lasts {duration_s:g} seconds; at most {MAX_PAUSE_S:g} are allowed.",
            "Use several breaks, or ms for milliseconds.",
            line,
            column,
        )
    return duration_s


def _change_prosody(frame: _Frame, attributes: Mapping[str, str]) -> _Frame:
    return replace(frame, style=apply_prosody(frame.style, attributes))


def _change_emphasis(frame: _Frame, attributes: Mapping[str, str]) -> _Frame:
    level = attributes.get("level", "moderate")
    return replace(frame, style=replace(frame.style, emphasis=level if level in _LEVELS else "moderate"))


def _change_say_as(frame: _Frame, attributes: Mapping[str, str]) -> _Frame:
    return replace(frame, style=replace(frame.style, say_as=attributes.get("interpret-as", "").strip().lower()))


def _change_voice(frame: _Frame, attributes: Mapping[str, str]) -> _Frame:
    """Take the first of the names, else the gender; the first of the languages (``fr:fr-CA en``)."""
    names = attributes.get("name", "").split()
    languages = attributes.get("languages", "").split()
    voice = names[0] if names else attributes.get("gender", "").strip().lower()
    return replace(
        frame,
        voice="" if voice == "neutral" else voice or frame.voice,
        language=languages[0].split(":")[0] if languages else frame.language,
    )


def _change_sub(frame: _Frame, attributes: Mapping[str, str]) -> _Frame:
    return replace(frame, spoken=frame.spoken or attributes.get("alias", "").strip())


def _change_phoneme(frame: _Frame, attributes: Mapping[str, str]) -> _Frame:
    """Take IPA only; other alphabets are the vendors' own, and the text is spoken as it is written."""
    if attributes.get("alphabet", "ipa").strip().lower() != "ipa":
        return frame
    return replace(frame, phonemes=frame.phonemes or attributes.get("ph", "").strip())


def _change_expression(frame: _Frame, attributes: Mapping[str, str]) -> _Frame:
    return replace(frame, expression=express_as(attributes) or frame.expression)


_CHANGES: Mapping[str, Callable[[_Frame, Mapping[str, str]], _Frame]] = {
    "prosody": _change_prosody,
    "emphasis": _change_emphasis,
    "say-as": _change_say_as,
    "voice": _change_voice,
    "sub": _change_sub,
    "phoneme": _change_phoneme,
    "mstts:express-as": _change_expression,
    "express-as": _change_expression,
}
