"""Credits: the file beside a video that names whose work is seen in it, where a licence asks for that."""

from __future__ import annotations

from pathlib import Path

from phonoscope.media.output import check_output, text_file
from phonoscope.media.sequence import stem_beside

SUFFIX = ".credits.txt"


def credits_path(video: Path) -> Path:
    """Return where the credits of a video go: ``talk.mp4`` has ``talk.credits.txt``."""
    return video.with_name(stem_beside(video) + SUFFIX)


def check_credits(video: Path, credit: str, overwrite: bool) -> None:
    """Refuse at once a credits file that could not be written.

    Raises
    ------
    UsageError, OutputError
        As `write_credits`.
    """
    if credit:
        check_output(credits_path(video), overwrite)


def write_credits(video: Path, credit: str, overwrite: bool) -> Path:
    """Write the credits of a video, whole or not at all, and return where.

    Raises
    ------
    UsageError, OutputError
        The file exists, or cannot be written.
    """
    path = credits_path(video)
    with text_file(path, overwrite) as file:
        file.write(f"{credit}\n\nPublish these lines with the video {video.name}.\n")
    return path
