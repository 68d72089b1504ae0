"""Things that were made, kept for as long as there is room for them: what was used longest ago goes first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


class Shelf(Generic[Thing]):
    """Keeps what was put there last, by its key.

    Parameters
    ----------
    most_bytes
        How large all of it may be. What is larger by itself is not kept.
    size_of
        Tells how large a thing is.
    """

    def __init__(self, most_bytes: float, size_of: Callable[[Thing], int]) -> None:
        self._most_bytes = most_bytes
        self._size_of = size_of
        self._things: OrderedDict[Hashable, tuple[Thing, int]] = OrderedDict()

    @property
    def most_bytes(self) -> float:
        """How large all of it may be."""
        return self._most_bytes

    def find(self, key: Hashable) -> Thing | None:
        """Return what is kept under a key."""
        if key not in self._things:
            return None
        self._things.move_to_end(key)
        return self._things[key][0]

    def take(self, key: Hashable) -> Thing | None:
        """Return what was kept under a key, which is free then."""
        return self._things.pop(key, (None, 0))[0]

    def put(self, key: Hashable, thing: Thing) -> None:
        """Keep a thing, or tell that it has grown."""
        self._things.pop(key, None)
        size = self._size_of(thing)
        if size > self._most_bytes:
            return
        self._things[key] = thing, size
        left = self._most_bytes - sum(size for _, size in self._things.values())
        while left < 0:
            left += self._things.popitem(last=False)[1][1]
