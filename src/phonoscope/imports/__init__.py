"""Performances out of other programs' files."""

from phonoscope.imports.arkit import read_arkit
from phonoscope.imports.take import Take, take_of

__all__ = ["Take", "read_arkit", "take_of"]
