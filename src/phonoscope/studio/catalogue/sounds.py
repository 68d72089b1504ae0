"""Our own music and sound effects."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, Field

from phonoscope.sound.music.library import MusicPiece, music_pieces
from phonoscope.sound.sfx.library import SoundEffect, sound_effects
from phonoscope.studio.catalogue.answering import VERSION
from phonoscope.studio.problems import not_found

Library = Literal["music", "effects"]


class SoundTold(BaseModel):
    """A piece of music or a sound effect; both are in the public domain."""

    name: str = Field(description="As documents name it.")
    title: str
    description: str
    tags: list[str]
    duration_s: float
    content_url: str


class MusicTold(SoundTold):
    """A piece of music, which is played in a loop."""

    tempo_bpm: float


class EffectTold(SoundTold):
    """A sound effect."""

    hit_s: float = Field(description="The moment in it that is laid on a cut or a word.")


def found_music(search: str) -> list[MusicTold]:
    """Return the pieces that all words fit."""
    return [
        MusicTold(**_told("music", one, one.moods), tempo_bpm=one.tempo_bpm)
        for one in music_pieces()
        if _fits(one, one.moods, search)
    ]


def found_effects(search: str) -> list[EffectTold]:
    """Return the sound effects that all words fit."""
    return [
        EffectTold(**_told("effects", one, one.tags), hit_s=one.hit_s)
        for one in sound_effects()
        if _fits(one, one.tags, search)
    ]


def check_sound(library: Library, name: str) -> None:
    """Refuse a name that a library does not have.

    Raises
    ------
    Problem
        404.
    """
    every: Sequence[MusicPiece | SoundEffect] = music_pieces() if library == "music" else sound_effects()
    if name not in (one.name for one in every):
        raise not_found("piece of music" if library == "music" else "sound effect")


def _fits(one: MusicPiece | SoundEffect, tags: Sequence[str], search: str) -> bool:
    told = " ".join((one.name, one.title, one.description, *tags)).casefold()
    return all(word in told for word in search.casefold().split())


def _told(library: Library, one: MusicPiece | SoundEffect, tags: Sequence[str]) -> dict[str, object]:
    return {
        "name": one.name,
        "title": one.title,
        "description": one.description,
        "tags": list(tags),
        "duration_s": round(one.duration_s, 2),
        "content_url": f"/api/v1/{library}/{one.name}/content?{VERSION}",
    }
