"""Names from all over the world: short, each one once, and one that may fit."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from characters.people import Plan

NAMES = Path(__file__).parent / "names.json"

ORIGINS: Final = {
    "light": ("europe", "europe", "east", "latin", "middle"),
    "medium": ("east", "latin", "middle", "europe", "latin"),
    "tan": ("south", "latin", "middle", "ocean", "east"),
    "brown": ("south", "africa", "latin", "ocean", "south"),
    "dark": ("africa", "africa", "africa", "africa", "ocean"),
}
"""Where names are taken from, by skin tone: faces and names are shared out, not matched."""

FAIR_HAIRED: Final = ("europe", "middle", "europe", "latin")


class Names:
    """Deals out names, each once; who gets which hangs on style and number, so that other styles change little.

    Parameters
    ----------
    taken
        Names that are given already.
    """

    def __init__(self, taken: Iterable[str]) -> None:
        book: dict[str, dict[str, str] | str] = json.loads(NAMES.read_text("utf-8"))
        self._taken = set(taken)
        self._decks: dict[tuple[str, str], list[str]] = {}
        known: set[str] = set()
        for group, lists in book.items():
            for origin, text in ({"": lists} if isinstance(lists, str) else lists).items():
                deck = [name for name in dict.fromkeys(text.split()) if name not in known]
                known.update(deck)
                self._decks[group, origin] = deck

    def for_person(self, plan: Plan, tags: Sequence[str], whose: str) -> str:
        """Return a name for a person; `whose` tells them from all others."""
        draw = random.Random(f"name {whose}")
        if plan.who == "neutral":
            return self._next([("neutral", "any")], draw)
        if "hijab" in tags:
            return self._next([("woman", "muslim")], draw)
        if "turban" in tags:
            return self._next([("man", "sikh")], draw)
        origins = FAIR_HAIRED if {"blonde-hair", "red-hair"} & set(tags) else ORIGINS[plan.skin]
        order = draw.sample(origins, len(origins))
        anywhere = [key for key in self._decks if key[0] == plan.who and key[1] not in {"muslim", "sikh"}]
        return self._next([(plan.who, origin) for origin in order] + anywhere, draw)

    def for_creature(self, kind: str, whose: str) -> str:
        """Return a name for a robot, monster, …"""
        return self._next([(kind, "")], random.Random(f"name {whose}"))

    def _next(self, groups: Iterable[tuple[str, str]], draw: random.Random) -> str:
        for group in groups:
            deck = self._decks[group]
            for name in draw.sample(deck, len(deck)):
                if name not in self._taken:
                    self._taken.add(name)
                    return name
        raise ValueError(f"There are too few names in names.json for {list(groups)}.")
