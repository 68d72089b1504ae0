"""What people call the fields of documents who have not read their description."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Final

from phonoscope.core.suggesting import did_you_mean

SYNONYMS: Final[Mapping[str, tuple[str, ...]]] = {
    "alpha": ("opacity",),
    "angle": ("rotation_deg",),
    "animate": ("enter",),
    "animation": ("enter",),
    "answers": ("choices",),
    "aspect": ("format", "aspect"),
    "aspectratio": ("format", "aspect"),
    "at": ("start", "place"),
    "audio": ("sound", "source", "file"),
    "avatar": ("avatars", "picture"),
    "backgroundcolor": ("background", "backdrop", "box"),
    "backgroundcolour": ("background", "backdrop", "box"),
    "begin": ("start", "start_s"),
    "bg": ("background", "backdrop", "box"),
    "buttons": ("choices",),
    "character": ("avatars", "picture"),
    "characters": ("avatars",),
    "content": ("text", "title"),
    "dialogue": ("script",),
    "duration": ("duration_s", "end"),
    "emotion": ("expression",),
    "file": ("picture", "image", "video", "source"),
    "flip": ("mirror",),
    "from": ("start", "start_s", "from_scene"),
    "framerate": ("fps",),
    "heading": ("title",),
    "image": ("picture",),
    "in": ("enter",),
    "inputs": ("variables",),
    "length": ("duration_s", "end"),
    "line": ("script",),
    "lines": ("script",),
    "location": ("place", "position"),
    "mood": ("expression",),
    "name": ("id", "picture", "source"),
    "next": ("goto",),
    "options": ("choices",),
    "orientation": ("format",),
    "out": ("exit",),
    "path": ("picture", "image", "video", "source", "file"),
    "people": ("avatars",),
    "persons": ("avatars",),
    "photo": ("picture", "avatars", "image"),
    "picture": ("avatars", "image"),
    "pos": ("place", "position"),
    "position": ("place",),
    "ratio": ("format", "aspect"),
    "recording": ("sound",),
    "rotate": ("rotation_deg",),
    "rotation": ("rotation_deg",),
    "say": ("script",),
    "sfx": ("effects",),
    "shape": ("format", "crop"),
    "size": ("resolution", "width"),
    "soundeffects": ("effects",),
    "sounds": ("effects",),
    "speaker": ("avatars", "name"),
    "speakers": ("avatars", "voice"),
    "speech": ("script",),
    "speed": ("rate", "duration_s"),
    "src": ("picture", "image", "video", "source", "file"),
    "subtitle": ("captions", "role"),
    "subtitles": ("captions",),
    "target": ("goto",),
    "text": ("script", "title", "label", "name", "emoji"),
    "time": ("start", "at"),
    "title": ("text", "name", "label"),
    "to": ("goto", "end", "end_s", "to_scene"),
    "type": ("kind",),
    "until": ("end", "end_s", "to_scene"),
    "uppercase": ("capitals",),
    "url": ("text", "image", "picture", "source"),
    "volume": ("volume_db", "voice_db"),
    "when": ("start", "at"),
}
"""By a word without _ and -: what it may be called here, the likeliest first."""

LOOKS: Final = frozenset(
    {"font", "fontfamily", "fontsize", "fontcolor", "textcolor", "color", "colour", "size", "weight", "bold", "italic",
     "align", "outline", "shadow", "box", "backgroundcolor", "backgroundcolour"}
)  # fmt: skip
"""What people say of a text whose `look` has it."""


VALUES: Final[Mapping[str, tuple[str, ...]]] = {
    "above": ("top",),
    "below": ("bottom",),
    "bottom": ("down",),
    "bottom-center": ("bottom",),
    "center": ("centre", "middle"),
    "center-left": ("left",),
    "center-right": ("right",),
    "centre": ("middle",),
    "crossfade": ("dissolve",),
    "down": ("bottom",),
    "grayscale": ("black-and-white",),
    "greyscale": ("black-and-white",),
    "horizontal": ("16:9",),
    "landscape": ("16:9",),
    "middle": ("centre",),
    "none": ("cut",),
    "portrait": ("9:16",),
    "sentence": ("block",),
    "square": ("1:1",),
    "top": ("up",),
    "top-center": ("top",),
    "typing": ("typewriter",),
    "up": ("top",),
    "vertical": ("9:16",),
    "words": ("word",),
}
"""By a value that people write: what it may be called here, the likeliest first."""


def meant_value(word: str, values: Collection[str]) -> str:
    """Return a sentence that names the value that may have been meant, with a blank before it; empty for none."""
    known = next((value for value in VALUES.get(word.casefold(), ()) if value in values), None)
    return f" It is called {known} here." if known else did_you_mean(word, values)


def meant_field(word: str, fields: Collection[str]) -> str:
    """Return a sentence that tells where what somebody means is written; empty where that is not known.

    Parameters
    ----------
    word
        What is written in the document.
    fields
        What there may be at this place.
    """
    plain = re.sub(r"[^a-z]", "", word.casefold())
    if "look" in fields and plain in LOOKS:
        return 'Letters are told about in look, as in "look": {"size": 0.1, "colour": "gold"}.'
    known = next((name for name in SYNONYMS.get(plain, ()) if name in fields), None)
    return f"It is called {known} here." if known else ""
