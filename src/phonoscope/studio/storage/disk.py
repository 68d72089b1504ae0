"""Some of the disk stays free, whatever is made: the database needs it, and whoever else is at work."""

from __future__ import annotations

import shutil
from pathlib import Path

from phonoscope.core.errors import OutputError

RESERVE_BYTES = 256 << 20
"""What no upload or video may take: more than is written between two looks."""


class DiskFullError(OutputError):
    """Nothing more can be written."""

    kind = "disk-full"


def is_full(folder: Path, more_bytes: int = 0) -> bool:
    """Tell whether nothing large, or not so much more, may be written to the disk of a folder."""
    return shutil.disk_usage(folder).free - more_bytes < RESERVE_BYTES


def refuse_full(folder: Path, more_bytes: int = 0) -> None:
    """Refuse to go on writing to the disk of a folder, or to write so much more.

    Raises
    ------
    DiskFullError
        It is full.
    """
    if is_full(folder, more_bytes):
        raise full_disk()


def full_disk() -> DiskFullError:
    """Return the error that tells that the disk is full."""
    remedy = "Delete what is no longer needed, or give the server a larger disk, and try again."
    return DiskFullError("The server's disk is full.", remedy)
