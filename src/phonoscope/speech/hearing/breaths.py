"""Tells breaths from speech: a breath sounds like f, h or x, but nothing is spoken before or after it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from phonoscope.speech.hearing.decoding import Stretch
from phonoscope.speech.hearing.phoneset import CLASS, SILENCE

BREATHY = frozenset(CLASS[name] for name in ("f", "th", "h", "x"))
"""What breaths are taken for. Not s and sh, which people say alone, nor closures, which lips make alone."""


def without_breaths(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    """Yield consecutive stretches, with silence for those that are breaths: breathy ones only, between two silences."""
    held: list[Stretch] = []
    silent = True
    for stretch in stretches:
        if stretch.phone in BREATHY and silent:
            held.append(stretch)
            continue
        # The recording's end is no silence: a word may be cut there.
        yield from _silenced(held) if stretch.phone == SILENCE else held
        held = []
        silent = stretch.phone == SILENCE
        yield stretch
    yield from held


def _silenced(stretches: list[Stretch]) -> list[Stretch]:
    return [stretch._replace(phone=SILENCE) for stretch in stretches]
