"""What somebody may have meant by a name that does not exist."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

NEAR = 0.6
"""How alike two words must be, from 0 to 1, for one to be taken for a slip of the other."""


def near_names(word: str, known: Iterable[str], most: int = 3, near: float = NEAR) -> list[str]:
    """Return known names that are like a word, the likest first; capitals do not count."""
    spelt = {name.casefold(): name for name in known}
    return [spelt[name] for name in difflib.get_close_matches(word.casefold()[:60], spelt, n=most, cutoff=near)]


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a sentence that names what may have been meant, with a blank before it; empty where nothing is near."""
    near = near_names(word, known)
    return f" Did you mean {' or '.join(near)}?" if near else ""
