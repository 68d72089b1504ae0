"""Names of uploads: shown to people, never used as paths."""

from __future__ import annotations

import re
import unicodedata

MOST_CHARACTERS = 200

JOINERS = "\u200c\u200d"
"""Invisible, but words of Persian and Hindi and many emoji need them."""

_PATH = re.compile(r"[/\\]")


def clean_name(name: str, otherwise: str = "Untitled") -> str:
    """Return a name without folders and without characters that cannot be seen; `otherwise` where nothing is left."""
    last = next((part for part in reversed(_PATH.split(name)) if part.strip(" .\x00")), "")
    seen = "".join(it for it in unicodedata.normalize("NFC", last) if it in JOINERS or it == " " or _is_seen(it))
    return seen.strip()[:MOST_CHARACTERS].strip() or otherwise


def _is_seen(character: str) -> bool:
    """Tell whether a character shows: controls, marks that turn the direction of writing, and lone halves do not."""
    return unicodedata.category(character)[0] not in "CZ"
