"""What a drawn avatar is made from, told as people tell it: ``avatar:NAME``, an avatar document, an SVG, a folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from phonoscope.avatars.drawn.character import Character
from phonoscope.avatars.drawn.puppet import Puppet
from phonoscope.core.errors import UsageError

PREFIX = "avatar:"
"""Begins the name of a character of the library."""


@dataclass(frozen=True, slots=True)
class DrawnSource:
    """A drawn avatar that is asked for.

    Attributes
    ----------
    label
        What to call it.
    character
        The character; None for somebody's own drawing.
    path
        The SVG or the folder of layers; None for a character.
    """

    label: str
    character: Character | None = None
    path: Path | None = None

    @property
    def voice(self) -> str:
        """The voice that suits it, as a request for a voice; empty where any does."""
        tags = self.character.tags if self.character else ()
        return "female" if "woman" in tags or "girl" in tags else "male" if "man" in tags or "boy" in tags else ""


def drawn_source(given: object) -> DrawnSource | None:
    """Return the drawn avatar that is meant, None for anything else, such as a photo.

    Raises
    ------
    UsageError, InputError
        There is no such character, or its document cannot be read.
    """
    if not isinstance(given, str | Path):
        return None
    text, path = str(given), Path(given)
    if text.startswith(PREFIX):
        from phonoscope.avatars.drawn.library import find_character

        character = find_character(text.removeprefix(PREFIX))
        return DrawnSource(character.name, character)
    if path.suffix.lower() == ".json":
        from phonoscope.avatars.drawn.document import read_avatar

        character = read_avatar(path)
        return DrawnSource(character.name or path.name.split(".")[0], character)
    if path.suffix.lower() in {".svg", ".svgz"} or _is_folder(path):
        return DrawnSource(path.stem, path=path)
    if text.isalpha():
        _refuse_bare_name(text, path)
    return None


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        # Such as a name that is too long: whoever opens it tells what is wrong.
        return False


def _refuse_bare_name(text: str, path: Path) -> None:
    """Tell somebody who wrote a character's name alone how it is written."""
    from phonoscope.avatars.drawn.library import list_characters

    if text.lower() in {character.name for character in list_characters()} and not path.exists():
        raise UsageError(f"There is no file '{text}'.", f"The drawn character is called {PREFIX}{text.lower()}.")


def load_puppet(source: DrawnSource, size_px: tuple[int, int]) -> Puppet:
    """Take a drawn avatar apart at a size.

    Raises
    ------
    UsageError, InputError
        Its options do not fit, or the drawing cannot be used.
    """
    if source.character is not None:
        from phonoscope.avatars.drawn.styles import build_character

        return build_character(source.character, size_px)
    from phonoscope.avatars.drawn.own import load_own

    assert source.path is not None  # noqa: S101 (one of the two is set)
    return load_own(source.path, size_px)
