"""The fonts that ship with the package, and what they can draw. Fonts of the system are never used."""

from __future__ import annotations

import json
from bisect import bisect_right
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Final

from phonoscope.core.errors import UsageError

FOLDER: Final = Path(__file__).parents[2] / "assets" / "fonts"
DEFAULT_FAMILY: Final = "Noto Sans"

_NICKNAMES: Final = {
    "sans": DEFAULT_FAMILY,
    "sans-serif": DEFAULT_FAMILY,
    "serif": "Noto Serif",
    "monospace": "JetBrains Mono",
    "mono": "JetBrains Mono",
    "handwriting": "Caveat",
    "cursive": "Pacifico",
    "rounded": "Nunito",
    "comic": "Balsamiq Sans",
    "condensed": "Oswald",
    "impact": "Anton",
}
"""What people write when they mean a kind of letters, and not a font."""


@dataclass(frozen=True, slots=True)
class FontFile:
    """One font: a family in one weight.

    Attributes
    ----------
    kind
        "text", "script", "han", "emoji", "symbols", "title" as in the manifest, or "user" for a file of the user's.
    languages
        BCP 47 tags of the languages whose form of Han letters it draws.
    about
        What the letters look like, in few words.
    licence
        SPDX name; empty for a user's file.
    covers
        Code points as ranges, ``41-5a b7``; empty for a user's file, which is asked itself.
    changed_ns
        When a user's file was last written: what was read of it before holds no longer.
    """

    family: str
    path: Path
    weight: int
    kind: str
    languages: tuple[str, ...] = ()
    about: str = ""
    licence: str = ""
    covers: str = field(default="", repr=False)
    changed_ns: int = 0

    @property
    def alias(self) -> str:
        """The name by which Skia knows it."""
        return f"{self.path}/{self.changed_ns}" if self.kind == "user" else f"{self.family}/{self.weight}"


@cache
def shipped_fonts() -> tuple[FontFile, ...]:
    """Return all fonts of the package, in the manifest's order."""
    manifest = json.loads((FOLDER / "manifest.json").read_text("utf-8"))
    return tuple(
        FontFile(
            entry["family"],
            FOLDER / entry["file"],
            entry["weight"],
            entry["kind"],
            tuple(entry["languages"]),
            entry["about"],
            entry["licence"],
            entry["covers"],
        )
        for entry in manifest["fonts"]
    )


def families() -> tuple[str, ...]:
    """Return the names of the families that a text can be set in, the usual one first."""
    return tuple(dict.fromkeys(font.family for font in shipped_fonts() if font.kind in ("text", "title")))


def is_path(name: str) -> bool:
    """Tell whether a family is given as a font file's path."""
    return Path(name).suffix.lower() in (".ttf", ".otf", ".ttc", ".woff", ".woff2")


def family_files(family: str) -> tuple[FontFile, ...]:
    """Return the files of a shipped family, by its exact name."""
    return tuple(font for font in shipped_fonts() if font.family == family)


def nearest_weight(files: tuple[FontFile, ...], weight: int) -> FontFile:
    """Return the file of a family whose weight is nearest; of two as near, the bolder."""
    return min(files, key=lambda font: (abs(font.weight - weight), -font.weight))


def shipped_family(name: str) -> str:
    """Return the exact name of a shipped family, however it is written; any that ships will do.

    Raises
    ------
    UsageError
        There is none of that name.
    """
    wanted = name.strip().casefold()
    if not wanted:
        return DEFAULT_FAMILY
    known = {font.family.casefold(): font.family for font in shipped_fonts()} | _NICKNAMES
    if wanted in known:
        return known[wanted]
    near = get_close_matches(wanted, list(known), n=1, cutoff=0.7)
    meant = f" Did you mean '{known[near[0]]}'?" if near else ""
    raise UsageError(
        f"There is no font '{name}'.{meant}",
        f"Name one of {', '.join(families())}, or give the path of a .ttf or .otf file.",
    )


def covers(font: FontFile, point: int) -> bool:
    """Tell whether a shipped font has a letter for a code point."""
    firsts, lasts = _ranges(font.covers)
    at = bisect_right(firsts, point) - 1
    return at >= 0 and point <= lasts[at]


@cache
def _ranges(written: str) -> tuple[list[int], list[int]]:
    """Return first and last code points of ranges."""
    pairs = [part.partition("-") for part in written.split()]
    return [int(first, 16) for first, _, _ in pairs], [int(last or first, 16) for first, _, last in pairs]
