"""What stands behind the people: read from a few words, opened at the size and rate of the video."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from pathlib import Path

from phonoscope.core.errors import MediaError, UsageError
from phonoscope.media.signatures import HEAD_BYTES, PICTURE_FORMATS, identify

Rgb = tuple[int, int, int]

DIRECTIONS = {"down": (0.0, 1.0), "up": (0.0, -1.0), "right": (1.0, 0.0), "left": (-1.0, 0.0), "diagonal": (1.0, 1.0)}
"""Where a gradient runs to: steps to the picture's right and down."""

BLUR_STRENGTH = 0.5

KEPT = ("", "keep", "kept", "photo")
"""Words for the photo's own background."""

_REMEDY = (
    "Use blur, a colour such as white or #00ff00, gradient:#112233,#445566, transparent, or the path of a picture or"
    " video."
)
_NUMBER = re.compile(r"\d{0,3}(\.\d{0,6})?")
_HEX = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Blurred:
    """The photo's own background, out of focus; strength from 0 to 1."""

    strength: float = BLUR_STRENGTH


@dataclass(frozen=True, slots=True)
class Flat:
    """One colour."""

    rgb: Rgb


@dataclass(frozen=True, slots=True)
class Gradient:
    """From one colour to another; `direction` is a name in `DIRECTIONS`."""

    first: Rgb
    last: Rgb
    direction: str = "down"


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture that covers the frame."""

    path: Path


@dataclass(frozen=True, slots=True)
class VideoFile:
    """A video that covers the frame, from its beginning, again and again; its sound is not heard."""

    path: Path


@dataclass(frozen=True, slots=True)
class Transparent:
    """Nothing: the video has holes."""


Background = Blurred | Flat | Gradient | PictureFile | VideoFile | Transparent


def parse_background(text: str) -> Background | None:
    """Read what shall stand behind the people; None keeps the photo's own background.

    Parameters
    ----------
    text
        ``blur``, ``blur:0.8``, ``#00ff00``, ``white``, ``gradient:navy,#445566`` or ``gradient:navy,white,right``,
        ``transparent``, or the path of a picture or a video. A file called like a colour is ``./white``.

    Raises
    ------
    UsageError
        It is none of these.
    MediaError
        The file is neither picture nor video, or cannot be read.
    """
    text = text.strip()
    word, colon, rest = text.partition(":")
    word = word.strip().lower()
    if text.lower() in KEPT:
        return None
    if text.lower() == "transparent":
        return Transparent()
    if word == "blur":
        return Blurred(_strength(rest)) if colon else Blurred()
    if word == "gradient":
        return _gradient(rest)
    rgb = find_colour(text)
    return Flat(rgb) if rgb is not None else _file(text)


def find_colour(text: str) -> Rgb | None:
    """Return a colour by its CSS name, as #rgb or as #rrggbb; None if it is no colour."""
    from PIL import ImageColor

    name = text.strip().lower()
    if name not in ImageColor.colormap and not _HEX.fullmatch(name):
        return None
    red, green, blue = ImageColor.getrgb(name)[:3]
    return red, green, blue


def colour_names() -> tuple[str, ...]:
    """Return the CSS names of colours."""
    from PIL import ImageColor

    return tuple(ImageColor.colormap)


def _strength(text: str) -> float:
    text = text.strip()
    if not _NUMBER.fullmatch(text) or not any(c.isdigit() for c in text) or not 0 <= float(text) <= 1:
        raise UsageError(
            f"'{_short(text)}' is no strength of a blur.", "Use a number from 0 (sharp) to 1, as in blur:0.5."
        )
    return float(text)


def _gradient(text: str) -> Gradient:
    parts = [part.strip().lower() for part in text.split(",")]
    advice = f"Write gradient:#112233,#445566, and after another comma, if you like, {', '.join(DIRECTIONS)}."
    if len(parts) not in (2, 3):
        raise UsageError("A gradient has two colours.", advice)
    if len(parts) == 3 and parts[2] not in DIRECTIONS:
        raise UsageError(f"A gradient does not run '{_short(parts[2])}'.", advice)
    colours = [find_colour(part) for part in parts[:2]]
    for part, colour in zip(parts, colours, strict=False):
        if colour is None:
            raise UsageError(f"'{_short(part)}' is no colour.{_meant(part, ())}", advice)
    first, last = (colour for colour in colours if colour is not None)
    return Gradient(first, last, parts[2] if len(parts) == 3 else "down")


def _file(text: str) -> PictureFile | VideoFile:
    path = Path(text)
    try:
        if not path.is_file():
            if path.exists():
                raise UsageError(f"The background '{_short(text)}' is not an ordinary file.", _REMEDY)
            raise UsageError(
                f"There is no background '{_short(text)}': it is neither a colour nor a file.{_meant(text)}", _REMEDY
            )
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
    except (OSError, ValueError) as error:
        raise MediaError(f"The background '{_short(text)}' cannot be read.", "Check the path.") from error
    if not head:
        raise MediaError(f"The background '{_short(text)}' is empty.", _REMEDY)
    kind = identify(head)
    if kind in PICTURE_FORMATS and kind != "GIF":
        return PictureFile(path)
    if kind in ("GIF", "a video") or path.suffix.lower() in (".mpg", ".mpeg", ".ts", ".m2ts", ".wmv", ".ogv"):
        return VideoFile(path)
    raise MediaError(f"The background '{_short(text)}' is neither a picture nor a video: it is {kind}.", _REMEDY)


def _meant(text: str, words: tuple[str, ...] = ("blur", "transparent", "gradient")) -> str:
    """Return a guess at what was meant, as a sentence."""
    from PIL import ImageColor

    known = [*words, *ImageColor.colormap]
    close = difflib.get_close_matches(text.lower(), known, 1, 0.75)
    return f" Did you mean {close[0]}?" if close else ""


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:77]}..."
