"""Line → espeak-ng's SSML, with the way back from its characters to the words as written."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from phonoscope.core.script import Direction, Line, Pause, Span, Style
from phonoscope.speech.options import SpeakOptions
from phonoscope.speech.reading_aloud import respell

BASE_VOLUME_PERCENT = 45
"""Amplitude at which lines are synthesised: at 100 strong emphasis clips inside espeak-ng. Made up for afterwards."""

PITCH_STEPS_PER_OCTAVE = 50.0
"""espeak-ng's pitch goes from 0 to 99, 50 is the voice's own, and 50 steps are an octave (``pitch_adjust_tab``)."""

LOWERED_SHARE, RAISED_SHARE = 0.58, 0.70
"""Share of a voice's pitch that follows the setting (the rest is its range, which stays), measured on both genders.

So factors from 0.75 to 1.6 are met within 6 %, and one beyond gives the lowest or highest pitch that there is.
"""

EMPHASIS = {
    "strong": Style(rate=0.82, pitch=1.12, volume_db=4.0),
    "moderate": Style(rate=0.91, pitch=1.06, volume_db=2.0),
    "reduced": Style(rate=1.1, pitch=0.95, volume_db=-4.0),
}
"""How words are emphasised: longer, higher, louder. espeak-ng's own element forgets the volume around it."""

Spell = Callable[[str], str | None]

_RATE_LIMITS = (0.46, 2.55)
"""espeak-ng's 80 to 450 words a minute as factors of its own 175.

Beyond, it squeezes the finished sound, and its events are up to 30 ms off.
"""

_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}


@dataclass(frozen=True, slots=True)
class PlacedDirection:
    """A stage direction, and where it stands.

    Attributes
    ----------
    offset
        Written characters before it.
    after_s
        Seconds of pauses between those characters and it.
    is_before_pause
        Whether a pause follows before the next words.
    """

    direction: Direction
    offset: int
    after_s: float
    is_before_pause: bool


@dataclass(frozen=True, slots=True)
class Markup:
    """A line ready for espeak-ng.

    Attributes
    ----------
    text
        SSML.
    sources
        For each character of `text`, the character of the line's written text (spans joined) that it speaks; -1 for
        markup.
    written
        The line's written text.
    pauses
        (written characters before it, length in seconds) of each pause between words.
    directions
        Stage directions and where they stand.
    """

    text: str
    sources: tuple[int, ...]
    written: str
    pauses: tuple[tuple[int, float], ...]
    directions: tuple[PlacedDirection, ...] = ()


class _Writer:
    """Writes markup and remembers where each character comes from."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.sources: list[int] = []

    def add(self, text: str, source: int = -1) -> None:
        self.text.append(text)
        self.sources += [source] * len(text)

    def add_said(self, text: str, source: int) -> None:
        """Write text that is said for one written character."""
        for char in text:
            self.add(_ESCAPES.get(char, char), source)

    def add_respelled(self, text: str, first: int, language: str) -> None:
        """Write text that begins at a written character, as espeak-ng reads it best."""
        for said, start, is_same in respell(text, language):
            if is_same:
                for offset, char in enumerate(said):
                    self.add(_ESCAPES.get(char, char), first + start + offset)
            else:
                self.add_said(said, first + start)


def build_markup(line: Line, options: SpeakOptions, language: str = "", spell: Spell | None = None) -> Markup:
    """Return the SSML of a line. Pauses at its very end are left out: they are silence, not speech.

    Parameters
    ----------
    line, options
        What to say, and how.
    language
        BCP-47 language of the voice; decides how ordinals are written.
    spell
        Turns IPA into mnemonics, or None when it cannot; None to ignore IPA.
    """
    writer = _Writer()
    written = ""
    pauses: dict[int, float] = {}
    for part in _joined(line.parts):
        if isinstance(part, Pause):
            if part.duration_s > 0:
                pauses[len(written)] = pauses.get(len(written), 0.0) + part.duration_s * options.pauses
                writer.add('<break time="200ms"/>')
            continue
        opening, closing = _tags(part.style, options)
        writer.add(opening)
        _add_span(writer, part, len(written), language, spell)
        writer.add(closing)
        written += part.text
    placed = tuple(_place_directions(line, options.pauses))
    return Markup("".join(writer.text), tuple(writer.sources), written, tuple(pauses.items()), placed)


def _joined(parts: tuple[Span | Pause | Direction, ...]) -> Iterator[Span | Pause]:
    """Yield spans and pauses; spans that only stage directions part are one, so that those are not heard."""
    span: Span | None = None
    directed = False
    for part in parts:
        if isinstance(part, Direction):
            directed = True
            continue
        if isinstance(part, Span) and span is not None and directed and _is_alike(span, part):
            spoken = (span.spoken or span.text) + (part.spoken or part.text)
            text = span.text + part.text
            span = replace(span, text=text, spoken="" if spoken == text else spoken)
            continue
        if span is not None:
            yield span
        span, directed = (part, False) if isinstance(part, Span) else (None, False)
        if isinstance(part, Pause):
            yield part
    if span is not None:
        yield span


def _is_alike(span: Span, other: Span) -> bool:
    """Tell whether two spans are spoken in one way, as written but for characters that are blanked out."""
    return span.style == other.style and all(
        not part.phonemes and len(part.spoken or part.text) == len(part.text) for part in (span, other)
    )


def _place_directions(line: Line, pauses: float) -> Iterator[PlacedDirection]:
    """Yield the stage directions of a line."""
    offset, after_s = 0, 0.0
    for index, part in enumerate(line.parts):
        if isinstance(part, Span):
            offset, after_s = offset + len(part.text), 0.0
        elif isinstance(part, Pause):
            after_s += part.duration_s * pauses
        else:
            following = next((p for p in line.parts[index:] if not isinstance(p, Direction)), None)
            yield PlacedDirection(part, offset, after_s, isinstance(following, Pause))


def _add_span(writer: _Writer, span: Span, first: int, language: str, spell: Spell | None) -> None:
    """Write the text of one span."""
    mnemonics = spell(span.phonemes) if spell and span.phonemes else None
    spoken = _ordinal(span.text, language) if span.style.say_as == "ordinal" else span.spoken
    lead = len(span.text) - len(span.text.lstrip())
    if mnemonics:
        # No word event comes for mnemonics; a mark named by its own position makes up for it.
        writer.add(" " * lead)
        position = sum(map(len, writer.text))
        writer.add(f'<mark name="{position}"/>', first + lead)
        # Without the space behind it the next tag would be read aloud.
        writer.add(f"[[{mnemonics}]] ", first + lead)
    elif spoken and len(spoken) == len(span.text):
        # Only some characters were blanked out.
        writer.add_respelled(spoken, first, language)
    elif spoken:
        # Whatever is said instead belongs to the first word of what is written.
        writer.add(" " * lead)
        for said, _, _ in respell(spoken, language):
            writer.add_said(said, first + lead)
    else:
        writer.add_respelled(span.text, first, language)


def _ordinal(text: str, language: str) -> str:
    """Return a number as an ordinal is written in the language, which espeak-ng then reads as one."""
    number = text.strip()
    if not number.isdecimal():
        return text
    primary = language.partition("-")[0].lower()
    if primary == "en":
        teen = len(number) > 1 and number[-2] == "1"
        return number + ("th" if teen else {"1": "st", "2": "nd", "3": "rd"}.get(number[-1], "th"))
    return number + _ORDINAL_SUFFIX.get(primary, ".")


def _tags(style: Style, options: SpeakOptions) -> tuple[str, str]:
    """Return opening and closing tags of a style."""
    emphasis = EMPHASIS.get(style.emphasis, Style())
    rate = round(100 * min(max(style.rate * emphasis.rate * options.rate, _RATE_LIMITS[0]), _RATE_LIMITS[1]))
    raised = style.pitch * emphasis.pitch * options.pitch - 1
    base_pitch = 1 + raised / (RAISED_SHARE if raised > 0 else LOWERED_SHARE)
    pitch = round(50 + PITCH_STEPS_PER_OCTAVE * math.log2(min(max(base_pitch, 0.5), 1.96)))
    # Silent text keeps its time: 2 % is the least, 33 dB down.
    volume_db = style.volume_db + emphasis.volume_db
    volume = min(max(round(BASE_VOLUME_PERCENT * 10 ** (volume_db / 20)), 2), 300)
    opening = f'<prosody rate="{rate}%" pitch="{pitch * 2}%" volume="{volume}%">'
    closing = "</prosody>"
    if style.say_as in _SAY_AS:
        opening += f'<say-as interpret-as="{_SAY_AS[style.say_as]}">'
        closing = "</say-as>" + closing
    return opening, closing


_SAY_AS = {
    "characters": "characters", "spell-out": "characters", "verbatim": "characters",
    "digits": "tts:digits", "telephone": "tts:digits",
}  # fmt: skip
_ORDINAL_SUFFIX = {"fr": "e", "es": "º", "it": "º", "pt": "º", "nl": "e"}
