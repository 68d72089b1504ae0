"""What only the caller knows: a scene's stage sees neither avatars, nor sounds of ours, nor scripts."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from phonoscope.core.script import Script

Complaint = Callable[[str], str | None]
"""Takes a name, and returns what is wrong with it, as one sentence; None where it is known."""


@dataclass(frozen=True, slots=True)
class Known:
    """What names in a document may mean; what is None is not checked.

    Attributes
    ----------
    avatar
        Looks at the name of a drawn avatar, without ``avatar:`` before it.
    font
        Looks at the name of a font family.
    music, effects
        Names of our own pieces and sound effects; any other name is a file's.
    voice_effects
        Names of what voices may be changed to.
    script
        Reads a script, given its text, its language, and names that begin the lines of a dialogue; raises ScriptError.
    """

    avatar: Complaint | None = None
    font: Complaint | None = None
    music: Collection[str] | None = None
    effects: Collection[str] | None = None
    voice_effects: Collection[str] | None = None
    script: Callable[[str, str, Collection[str]], Script] | None = None
