"""Make the library of characters again: ``python -m characters``, in the root of the repository.

Reads ``characters/styles/*.json`` and ``characters/names.json``; writes the library that is in the package. The same
tables give the same library, byte for byte.
"""

from __future__ import annotations

from pathlib import Path

from characters.making import write_library

LIBRARY = Path("src/phonoscope/avatars/drawn/library/characters.json")

if __name__ == "__main__":
    print(f"{LIBRARY}: {write_library(LIBRARY)} characters")
