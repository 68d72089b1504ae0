"""Wishes that a character takes without a difference: a colour for glasses that it does not wear."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from phonoscope.avatars.drawn.character import Character
from phonoscope.avatars.drawn.editing import change
from phonoscope.avatars.drawn.styles import character_svg


def unseen(start: Character, wishes: Mapping[str, str], own: Sequence[str] = ()) -> tuple[str, ...]:
    """Return which wishes change options of a character, but nothing in its drawing; see `editing.change`.

    Returns
    -------
    Plain names, and texts of `own`.
    """
    made = change(start, wishes, own)
    drawn = character_svg(made)

    def idle(others: Mapping[str, str], rest: Sequence[str]) -> bool:
        without = change(start, others, rest)
        return without.options != made.options and character_svg(without) == drawn

    named = [one for one in wishes if idle({key: value for key, value in wishes.items() if key != one}, own)]
    return *named, *(text for n, text in enumerate(own) if idle(wishes, [*own[:n], *own[n + 1 :]]))
