"""The names of what a voice may be changed to, for lists that need no sound."""

from typing import Final

EFFECT_NAMES: Final = ("robot", "chipmunk", "deep", "telephone", "hall")
