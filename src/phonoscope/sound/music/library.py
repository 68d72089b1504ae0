"""The loops by name."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from phonoscope.core.errors import UsageError
from phonoscope.core.suggesting import near_names
from phonoscope.media.options import SOUND_RATE_HZ
from phonoscope.sound.music.compositions.bright import BRIGHT
from phonoscope.sound.music.compositions.company import COMPANY
from phonoscope.sound.music.compositions.quiet import QUIET
from phonoscope.sound.music.compositions.telling import TELLING
from phonoscope.sound.music.compositions.working import WORKING
from phonoscope.sound.music.score import Composition

if TYPE_CHECKING:
    from phonoscope.core.sound import Sound

COMPOSITIONS: dict[str, Composition] = {piece.name: piece for piece in (*QUIET, *BRIGHT, *WORKING, *TELLING, *COMPANY)}

KEPT = 4
"""Loops that stay in memory: 12 MB each."""

NEAR = 0.5


@dataclass(frozen=True, slots=True)
class MusicPiece:
    """What a list tells of a loop.

    Attributes
    ----------
    moods
        Words to find it by.
    tempo_bpm
        Beats a minute.
    duration_s
        Length of one round.
    """

    name: str
    title: str
    description: str
    moods: tuple[str, ...]
    key: str
    tempo_bpm: float
    duration_s: float


def music_names() -> tuple[str, ...]:
    """Return the names of all loops."""
    return tuple(COMPOSITIONS)


def music_pieces() -> tuple[MusicPiece, ...]:
    """Return what is to be told of all loops, in the order of their names' list; nothing is synthesised."""
    return tuple(music_piece(name) for name in COMPOSITIONS)


def music_piece(name: str) -> MusicPiece:
    """Return what is to be told of a loop.

    Raises
    ------
    UsageError
        There is none of this name.
    """
    piece = _composition(name)
    return MusicPiece(
        name=piece.name,
        title=piece.title,
        description=piece.description,
        moods=piece.moods,
        key=piece.key,
        tempo_bpm=round(60 * SOUND_RATE_HZ / piece.beat_samples, 1),
        duration_s=piece.samples / SOUND_RATE_HZ,
    )


@functools.lru_cache(KEPT)
def music_loop(name: str) -> Sound:
    """Return a loop: stereo, 48 kHz, -18 LUFS; its end runs into its beginning. The same to the bit in any process.

    Raises
    ------
    UsageError
        There is none of this name.
    """
    piece = _composition(name)
    from phonoscope.core.sound import Sound
    from phonoscope.sound.music.mixing import mixed

    return Sound(mixed(piece).T.copy(), SOUND_RATE_HZ)


def _composition(name: str) -> Composition:
    found = COMPOSITIONS.get(name)
    if found is None:
        near = near_names(name, COMPOSITIONS, near=NEAR)
        remedy = f"Did you mean {' or '.join(near)}?" if near else f"Choose one of: {', '.join(COMPOSITIONS)}."
        raise UsageError(f"There is no music '{name[:60]}'.", remedy)
    return found
