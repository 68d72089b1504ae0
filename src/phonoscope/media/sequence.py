"""Videos as single pictures: where they go, and that they appear all together or not at all."""

from __future__ import annotations

import errno
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from phonoscope.core.errors import OutputError, UsageError
from phonoscope.media.output import check_output, output_error

FIRST_NUMBER = 1
"""Of the pictures; what editors begin with."""

FOLDER_PATTERN = "%05d.png"
"""How pictures are called in a folder of their own."""

FOLDER_SOUND = "sound.wav"

_PLACE = re.compile(r"%0([1-9])d")


def picture_name(pattern: str, number: int) -> str:
    """Return the name of a picture by its number."""
    return _PLACE.sub(lambda place: f"{number:0{place[1]}d}", pattern, count=1)


def names_of(path: Path | str) -> tuple[str, str]:
    """Return the pattern of the pictures' names, and the name of their sound.

    Raises
    ------
    UsageError
        The path ends in .png and has no place for a number.
    """
    name = Path(path).name
    if Path(path).suffix.lower() != ".png":
        return FOLDER_PATTERN, FOLDER_SOUND
    if len(_PLACE.findall(name)) != 1 or name.count("%") != 1:
        stem = name[: -len(".png")].replace("%", "") or "frame"
        raise UsageError(
            f"'{path}' names one picture, but a video has many.",
            f"Say where the number goes: {stem}_%05d.png; or name a folder, with --format png.",
        )
    return name, f"{_without_place(name[: -len('.png')]) or 'sound'}.wav"


def stem_beside(path: Path | str) -> str:
    """Return what files beside a video are called before their suffix: ``talk`` for talk.mp4 and talk_%05d.png."""
    stem = Path(path).stem
    return (_without_place(stem) or "frames") if _PLACE.search(stem) else stem


def _without_place(stem: str) -> str:
    return _PLACE.sub("", stem).rstrip("_-. ")


def check_sequence(path: Path | str, overwrite: bool = False) -> Path:
    """Refuse a place that pictures cannot go to, before any work is done for them.

    Parameters
    ----------
    path
        A folder that does not exist, or is empty; or ``NAME_%05d.png`` in a folder that exists.
    overwrite
        Whether pictures of the same names are replaced. A folder with anything else in it never is.

    Returns
    -------
    Path
        Absolute.

    Raises
    ------
    UsageError, OutputError
        As `output.check_output`.
    """
    pattern, sound = names_of(path)
    place = Path(path)
    if place.suffix.lower() == ".png":
        # Their folder, by the way of two names that do not exist yet.
        for name in (picture_name(pattern, FIRST_NUMBER), sound):
            check_output(place.parent / name, overwrite)
        return place.resolve()
    if not place.is_dir():
        return check_output(place, overwrite)
    strange = [entry.name for entry in place.iterdir() if not _is_ours(entry, pattern, sound)]
    if strange:
        raise OutputError(f"'{path}' is a folder with other files in it, such as {strange[0]}.", "Name a new folder.")
    if any(place.iterdir()) and not overwrite:
        raise UsageError(
            f"'{path}' holds pictures already.",
            "Name another folder, or replace them with --overwrite (in Python: overwrite=True).",
        )
    return place.resolve()


@contextmanager
def folder_for(path: Path | str, overwrite: bool = False) -> Iterator[Path]:
    """Lend an empty temporary folder, whose files go to their place when the block ends well, and else nowhere.

    Raises
    ------
    UsageError, OutputError
        As `check_sequence`, at the start and again at the end; the block's own errors are left alone.
    """
    place = check_sequence(path, overwrite)
    part = place.with_name(f".pictures.part-{secrets.token_hex(4)}")
    try:
        part.mkdir()
    except OSError as error:
        raise output_error(Path(path), error) from error
    try:
        yield part
        check_sequence(path, overwrite)
        try:
            if place.suffix.lower() == ".png":
                _move_all(part, place.parent, overwrite)
            else:
                _become(part, place)
        except OSError as error:
            raise output_error(Path(path), error) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _become(part: Path, place: Path) -> None:
    """Put a folder in the place of another, which has only our files in it, if it exists."""
    old = None
    if place.exists():
        old = place.with_name(f"{part.name}-old")
        place.rename(old)
    try:
        part.rename(place)
    except OSError:
        if old is not None:
            old.rename(place)
        raise
    if old is not None:
        shutil.rmtree(old, ignore_errors=True)


def _move_all(part: Path, folder: Path, overwrite: bool) -> None:
    """Move files into a folder; when one cannot be, those before it are taken back."""
    names = sorted(entry.name for entry in part.iterdir())
    taken = None if overwrite else next((name for name in names if (folder / name).exists()), None)
    if taken is not None:
        raise FileExistsError(errno.EEXIST, f"{taken} is there already")
    moved = []
    try:
        for name in names:
            (part / name).replace(folder / name)
            moved.append(name)
    except OSError:
        for name in moved:
            with suppress(OSError):
                (folder / name).unlink()
        raise


def _is_ours(entry: Path, pattern: str, sound: str) -> bool:
    number = re.escape(pattern).replace(re.escape("%05d"), r"\d{5,}")
    return entry.is_file() and (entry.name == sound or re.fullmatch(number, entry.name) is not None)
