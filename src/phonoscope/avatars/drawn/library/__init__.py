"""The library: hundreds of characters to choose from, as data, and how to find one."""

from phonoscope.avatars.drawn.library.catalogue import find_character, list_characters, styles_in_library
from phonoscope.avatars.drawn.library.searching import Search, search

__all__ = ["Search", "find_character", "list_characters", "search", "styles_in_library"]
