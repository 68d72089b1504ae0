"""Opens fonts for Skia, each when a text first needs it; and fonts of the user's, checked at the door."""

from __future__ import annotations

import struct
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from phonoscope.core.errors import UsageError
from phonoscope.scene.text.catalogue import FontFile, covers, is_path, shipped_family

if TYPE_CHECKING:
    import skia

_LARGEST_BYTES: Final = 64 << 20
"""No font of letters is larger; one with all of Unicode's Han in several weights may be."""

_SIGNATURES: Final = (b"\x00\x01\x00\x00", b"OTTO", b"true")
"""First bytes of TrueType and OpenType files."""

_SIGNATURE_BYTES: Final = 4
_ROW_BYTES: Final = 16
"""Of a table in a font's directory: name, checksum, start, length."""

_NEEDED_TABLES: Final = {b"cmap", b"head", b"hhea", b"hmtx", b"maxp"}

_FEWEST_GLYPHS: Final = 2
"""The box for letters that are missing, and a letter."""


def find_family(name: str) -> str:
    """Return the exact name of a family, or the path of a user's font file, however it is written.

    Parameters
    ----------
    name
        A family that ships, a kind of letters ("serif", "handwriting" ...), the path of a .ttf or .otf file, or empty.

    Raises
    ------
    UsageError
        There is no such font, or the file is not one that can be used.
    """
    if not is_path(name):
        return shipped_family(name)
    return str(user_font(Path(name)).path)


def user_font(path: Path) -> FontFile:
    """Return a font of the user's.

    Raises
    ------
    UsageError
        There is no such file, or it is not a TrueType or OpenType font.
    """
    try:
        about = path.stat()
    except OSError as error:
        raise UsageError(f"The font {path} cannot be read: {error.strerror}.", "Check the path.") from error
    # A file that was replaced is read anew.
    return _checked(str(path.resolve()), about.st_size, about.st_mtime_ns)


@cache
def _checked(path: str, size: int, changed_ns: int) -> FontFile:
    """Return a font of the user's after a look into the file."""
    remedy = "Give a .ttf or .otf file; convert other formats first."
    if size > _LARGEST_BYTES:
        raise UsageError(f"The font {path} is larger than 64 MB.", "Give a smaller one, with fewer letters.")
    try:
        with Path(path).open("rb") as file:
            signature = file.read(_SIGNATURE_BYTES)
            tables = _tables_of(file) if signature in _SIGNATURES else {}
    except OSError as error:
        raise UsageError(f"The font {path} cannot be read: {error.strerror}.", "Check the path.") from error
    if signature not in _SIGNATURES:
        raise UsageError(f"The file {path} is not a TrueType or OpenType font.", remedy)
    if not tables.keys() >= _NEEDED_TABLES or max(tables.values()) > size:
        raise UsageError(f"The font {path} is damaged: parts of it are missing.", remedy)
    face = font_manager().makeFromFile(path)
    if face is None or face.countGlyphs() < _FEWEST_GLYPHS:
        raise UsageError(f"The font {path} is damaged.", remedy)
    weight = int(face.fontStyle().weight())
    return FontFile(str(face.getFamilyName()), Path(path), weight, "user", changed_ns=changed_ns)


def _tables_of(file: BinaryIO) -> dict[bytes, int]:
    """Return where each of a font's tables ends, reading on behind the signature.

    See https://learn.microsoft.com/typography/opentype/spec/otff, "Table directory".
    """
    head = file.read(8)
    count = int.from_bytes(head[:2], "big")
    rows = file.read(_ROW_BYTES * count)
    whole = (rows[at : at + _ROW_BYTES] for at in range(0, len(rows) - _ROW_BYTES + 1, _ROW_BYTES))
    return {row[:4]: sum(struct.unpack(">2I", row[8:])) for row in whole}


def has_letter(font: FontFile, point: int) -> bool:
    """Tell whether a font has a letter for a code point."""
    if font.kind == "user":
        return bool(typeface(font).unicharToGlyph(point))
    return covers(font, point)


@cache
def typeface(font: FontFile) -> skia.Typeface:
    """Return an open font."""
    face = font_manager().makeFromFile(str(font.path))
    if face is None:
        raise UsageError(f"The font {font.path} cannot be opened.", "Check the file, or install the package anew.")
    return face


@cache
def font_manager() -> Any:
    """Return what reads font files, and knows none of the system's."""
    import skia

    return skia.FontMgr.New_Custom_Empty()


class Typesetter:
    """Skia's collection of the fonts that are open, and its knowledge of Unicode."""

    def __init__(self) -> None:
        import skia

        self._provider = skia.textlayout.TypefaceFontProvider()
        self._open: set[str] = set()
        self.fonts = skia.textlayout.FontCollection()
        self.fonts.setDefaultFontManager(self._provider)
        self.unicode = skia.Unicodes.ICU.Make()

    def open(self, font: FontFile) -> str:
        """Make a font known, and return its name here."""
        if font.alias not in self._open:
            self._provider.registerTypeface(typeface(font), font.alias)
            self._open.add(font.alias)
        return font.alias


@cache
def typesetter() -> Typesetter:
    """Return the process's only one: opening fonts costs more than a text."""
    return Typesetter()
