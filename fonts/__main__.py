"""Make the shipped fonts again: ``python -m fonts``, in the root of the repository.

Takes the packages named in ``fonts/tables.py`` with npm, keeps of each font what is needed, and writes fonts, licence
and manifest into the package. The same packages and the same fontTools give the same files, byte for byte.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from fonts.making import make_fonts

SHIPPED = Path("src/phonoscope/assets/fonts")

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as emptied:
        # A folder given as an argument keeps the packages, so that a second run need not take them again.
        packages = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(emptied)
        entries = make_fonts(packages, SHIPPED)
    total = sum((SHIPPED / entry["file"]).stat().st_size for entry in entries)
    print(f"{SHIPPED}: {len(entries)} fonts, {total / 1e6:.1f} MB")
