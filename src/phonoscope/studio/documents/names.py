"""What names in documents may mean, told from lists: nothing that draws or speaks is imported for it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cache

from phonoscope.avatars.drawn.library import find_character
from phonoscope.core.errors import PhonoscopeError
from phonoscope.core.script import Script
from phonoscope.scene.document.known import Known
from phonoscope.scene.text.catalogue import shipped_family
from phonoscope.script import read_script
from phonoscope.sound.effect_names import EFFECT_NAMES
from phonoscope.sound.music.library import music_names
from phonoscope.sound.sfx.library import sfx_names


@cache
def known_names() -> Known:
    """Return what names in documents may mean."""
    return Known(
        avatar=lambda name: _complaint(find_character, name),
        font=lambda name: _complaint(shipped_family, name),
        music=frozenset(music_names()),
        effects=frozenset(sfx_names()),
        voice_effects=frozenset(EFFECT_NAMES),
        script=_read_script,
    )


def _complaint(find: Callable[[str], object], name: str) -> str | None:
    try:
        find(name)
    except PhonoscopeError as error:
        return str(error)
    return None


def _read_script(text: str, language: str, names: Collection[str]) -> Script:
    return read_script(text, language, tuple(names))
