"""Which emoji are kept: all single ones, and of the sequences those that people use."""

from __future__ import annotations

from typing import Any

# Flags of territories without inhabitants, or with a few thousand: some of their coats of arms take more room than a
# hundred faces. What stays of them are their two letters.
_RARE_FLAGS = "AC BL BV CP CQ DG EA GS HM IC IO MP MS PM PN SH SJ TA TC VG YT"

_FIRST_INDICATOR = 0x1F1E6
_SKINS = range(0x1F3FB, 0x1F400)
_LIGATURE = 4


def drop_rare_sequences(font: Any) -> set[int]:
    """Take rare sequences out of a font, and return the code points to keep: all."""
    points = font.getBestCmap()
    letters = {name: point for point, name in points.items()}
    for table in ("vhea", "vmtx"):
        del font[table]
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for subtable in lookup.SubTable:
            if subtable.LookupType == _LIGATURE:
                subtable.ligatures = {
                    first: kept
                    for first, ligatures in subtable.ligatures.items()
                    if (
                        kept := [
                            one for one in ligatures if not _is_rare([letters[n] for n in [first, *one.Component]])
                        ]
                    )
                }
    return set(points)


def _is_rare(sequence: list[int]) -> bool:
    """Tell whether a sequence is left out: a rare flag, or a couple in two colours of skin (there are hundreds)."""
    if sequence[0] >= _FIRST_INDICATOR and sequence[0] < _FIRST_INDICATOR + 26:
        return "".join(chr(point - _FIRST_INDICATOR + ord("A")) for point in sequence) in _RARE_FLAGS.split()
    return sum(point in _SKINS for point in sequence) > 1
