"""Text → Script: the door at which whatever was typed or uploaded is checked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from phonoscope.core.errors import ScriptError
from phonoscope.core.script import Script, Span
from phonoscope.script.lines import build_lines
from phonoscope.script.pieces import Run
from phonoscope.script.plain import read_plain
from phonoscope.script.ssml import read_ssml

MAX_CHARACTERS = 2_000_000
"""About 40 hours of speech; more is a mistaken file."""

_SSML = re.compile(r"\s*<(?:\?xml\s|!DOCTYPE\s|!--|speak[\s/>])")
_NEARLY_SSML = re.compile(
    r"\s*<((?:\w+:)?speak|p|s|break|prosody|emphasis|say-as|sub|voice|lang|phoneme)\b[^<>]*>", re.IGNORECASE
)
_NOT_TEXT = {"Cc", "Cs", "Cn"}  # control characters, lone surrogates, code points that mean nothing


def read_script(text: str, language: str = "", speakers: Collection[str] = ()) -> Script:
    """Read a script, plain text or SSML, whichever it is.

    Plain text: a blank line makes a longer pause; ``[pause]``, ``[pause 0.5s]`` and ``[pause 500ms]`` make any.
    ``[nod]``, ``[look left]``, ``[happy]`` or ``[sad 50%]`` tell the face what to do (`core.script.GESTURES`,
    `core.script.EXPRESSIONS`); on a line of their own they get time of their own. ``HOST: Hello!`` names who speaks up
    to the next such label (see `script.speakers`). Other brackets are text.
    Text that begins with ``<speak`` is read as SSML 1.1 (https://www.w3.org/TR/speech-synthesis11/); there
    ``<mark name="nod"/>`` and ``<mstts:express-as style="sad" styledegree="0.5">`` do the same.

    Parameters
    ----------
    text
        What was written.
    language
        BCP-47 language of text that names none; only helps to find where sentences end (``am 3. Oktober``).
    speakers
        Names that begin the lines of a dialogue, besides those that are written in capitals.

    Raises
    ------
    ScriptError
        Nothing to say, a malformed mark or markup (with line and column), or too much of anything.
    """
    if len(text) > MAX_CHARACTERS:
        raise ScriptError(
            f"The script has {len(text):,} characters; at most {MAX_CHARACTERS:,} can be spoken.", "Split it."
        )
    text = clean_text(text)
    _refuse_strange_markup(text)
    pieces = read_ssml(text) if _SSML.match(text) else list(read_plain(text, speakers))
    script = Script(build_lines(pieces, language))
    if not any(isinstance(part, Span) for line in script.lines for part in line.parts):
        left = dict.fromkeys(c for piece in pieces if isinstance(piece, Run) for c in piece.text if not c.isspace())
        shown = f", only “{' '.join(list(left)[:12])}”" if left else ""
        raise ScriptError(f"The script has nothing that can be spoken{shown}.", "Write at least one word.")
    return script


def _refuse_strange_markup(text: str) -> None:
    """Refuse what looks like SSML but would be read out tag by tag."""
    found = _NEARLY_SSML.match(text)
    if found and not _SSML.match(text):
        raise ScriptError(
            f"The script begins with <{found[1]}>, which is not how SSML begins.",
            "Put everything between <speak> and </speak>, in small letters and without a prefix.",
            text[: found.start(1)].count("\n") + 1,
            1,
        )


def clean_text(text: str) -> str:
    r"""Return the text in Unicode NFC with plain line ends, without byte order mark, control characters and surrogates.

    Examples
    --------
    >>> clean_text("\ufeffcafe\u0301\x07\r\nau lait")
    'café\nau lait'
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not text.isascii() or not text.isprintable():
        text = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in _NOT_TEXT)
    return unicodedata.normalize("NFC", text)
