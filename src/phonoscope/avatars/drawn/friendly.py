"""Plain names for what can be changed, and where each style keeps it.

Styles call the same thing differently: hair is ``hair``, ``top`` or ``head``, glasses may be a variant of the eyes. The
tables here say where ``--hair`` or ``--glasses`` goes; what is not in them goes by the style's own names (``--set``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from phonoscope.avatars.drawn.parts import StyleParts


@dataclass(frozen=True, slots=True)
class Place:
    """Where a style keeps something.

    Attributes
    ----------
    part
        The component.
    only
        Variants of it that are meant; empty for all.
    instead
        The variant that takes their place when they are taken off; empty where the part can be missing.
    """

    part: str
    only: tuple[str, ...] = ()
    instead: str = ""


PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    "hair": ("hair", "top"),
    "eyes": ("eyes",),
    "brows": ("eyebrows", "brows"),
    "nose": ("nose",),
    "mouth": ("mouth",),
    "facial-hair": ("facialHair", "beard", "mustache"),
    "glasses": ("glasses",),
    "earrings": ("earrings",),
    "attire": ("clothes", "outfit"),
    "hat": ("hat",),
    "accessories": ("accessories", "details", "hairAccessories", "cheeks"),
    "head": ("head", "face", "body"),
}
"""The components that a plain name may mean, as most styles call them."""

PLACES: Final[Mapping[str, Mapping[str, tuple[Place, ...]]]] = {
    "adventurer": {"facial-hair": (Place("details", ("mustache",)),)},
    "avataaars": {
        "glasses": (Place("accessories"),),
        "hat": (Place("top", ("hat", "hijab", "turban", "winterHat1", "winterHat02", "winterHat03", "winterHat04"),
        "shortFlat"),),
        "accessories": (Place("clothesGraphic"),),
    },
    "big-smile": {
        "glasses": (Place("accessories", ("glasses", "sunglasses")),),
        "facial-hair": (Place("accessories", ("mustache",)),),
        "hat": (Place("accessories", ("catEars", "sailormoonCrown")),),
    },
    "croodles": {
        "glasses": (Place("eyes", ("variant13", "variant14", "variant15"), "variant01"),),
        "hat": (Place("top", tuple(f"variant{n}" for n in range(20, 26)), "variant01"),),
    },
    "dylan": {"mouth": (Place("mood"),), "eyes": (Place("mood"),)},
    "fun-emoji": {"glasses": (Place("eyes", ("glasses", "shades"), "plain"),)},
    "miniavs": {"attire": (Place("body"),), "accessories": (Place("blush"),)},
    "open-peeps": {
        "hair": (Place("head"),),
        "head": (Place("head"),),
        "mouth": (Place("expression"),),
        "eyes": (Place("expression"),),
        "brows": (Place("expression"),),
        "glasses": (Place("accessories"),),
        "hat": (Place("head", ("hatBeanie", "hatHip", "hijab", "turban"), "short1"),),
        "accessories": (Place("mask"),),
    },
    "personas": {
        "glasses": (Place("eyes", ("glasses", "sunglasses"), "open"),),
        "hat": (Place("hair", ("beanie", "cap"), "fade"),),
    },
    "pixel-art": {"earrings": (Place("accessories"),), "accessories": (Place("accessories"),)},
    "toon-head": {"head": (Place("head"),)},
    "voxel-art": {"hat": (Place("top", ("cap", "beanie", "animalEars", "bunnyEars"), "short"),)},
}  # fmt: skip
"""Where a style has it elsewhere."""

COLOURS: Final[Mapping[str, tuple[str, ...]]] = {
    "skin": ("skin", "paperFace"),
    "hair-color": ("hair", "headContrast", "paperHair"),
    "facial-hair-color": ("facialHair",),
    "brow-color": ("eyebrows",),
    "eye-color": ("eyes",),
    "attire-color": ("clothes", "clothing", "shirt"),
    "glasses-color": ("glasses",),
    "earrings-color": ("earrings", "earring"),
    "hat-color": ("hat",),
    "color": ("base", "body", "shape", "face", "sphere", "pot", "glow", "paper", "ink"),
}
"""The colours that a plain name may mean."""

COLOUR_PLACES: Final[Mapping[str, Mapping[str, str]]] = {
    "avataaars": {"glasses-color": "accessories"},
    "croodles": {"skin": "base", "hair-color": "top", "hat-color": "top"},
    "micah": {"skin": "base"},
    "miniavs": {"attire-color": "body"},
    "pixel-art": {"earrings-color": "accessories"},
}

FOLLOWS: Final[Mapping[str, tuple[str, ...]]] = {"hair-color": ("facial-hair-color", "brow-color")}
"""Colours that change with another one, unless they are given themselves."""

SKIN_NAMES: Final[Mapping[str, str]] = {
    "pale": "#fbe0cc", "light": "#f7d3b8", "medium": "#e6b48f", "olive": "#d9ab80", "tan": "#c98f60",
    "brown": "#9a6039",
    "dark": "#6b4128",
}  # fmt: skip
HAIR_NAMES: Final[Mapping[str, str]] = {
    "black": "#26201f", "dark-brown": "#3c251a", "brown": "#5c3a25", "light-brown": "#8a5f3c", "blonde": "#d9b871",
    "blond": "#d9b871", "red": "#a8492a", "ginger": "#b9582f", "auburn": "#7a3a22", "grey": "#8e9196",
    "gray": "#8e9196",
    "silver": "#b4b7bc", "white": "#e6e5e6", "blue": "#4a7fc1", "pink": "#e58fae", "purple": "#7d5ba6",
    "green": "#4f9a7a",
}  # fmt: skip
COLOUR_NAMES: Final[Mapping[str, str]] = {
    "black": "#1f1a1a", "white": "#ffffff", "grey": "#8e9196", "gray": "#8e9196", "light-grey": "#d7dade",
    "dark-grey": "#4a4d52", "cream": "#f7ebd0", "beige": "#ebe5da", "brown": "#6b4f3a", "red": "#c44536",
    "coral": "#e07a5f",
    "orange": "#f2a65a", "yellow": "#f3ce4f", "gold": "#d9a441", "silver": "#c9ccd1", "green": "#6a994e",
    "mint": "#a9d0c8",
    "teal": "#3d7068", "turquoise": "#2fae9f", "light-blue": "#bcd3e8", "sky": "#cfe0ee", "blue": "#33658a",
    "navy": "#2f4858", "lavender": "#d3c6e6", "purple": "#7b5ea7", "plum": "#a05c7b", "pink": "#d38fa3",
    "rose": "#e8b9b5",
}  # fmt: skip
"""Colours by name: of skin, of hair, and of everything else."""


def part_places(option: str, parts: StyleParts) -> tuple[Place, ...]:
    """Return where a style keeps what a plain name means; none where it has no such thing."""
    if option in PLACES.get(parts.style, {}):
        return PLACES[parts.style][option]
    return tuple(Place(part) for part in PARTS[option] if part in parts.variants)


def colour_place(option: str, parts: StyleParts) -> str | None:
    """Return which of a style's colours a plain name means; None where it has no such colour."""
    special = COLOUR_PLACES.get(parts.style, {}).get(option)
    found = special or next((colour for colour in COLOURS[option] if colour in parts.colours), None)
    if option == "color" and found in {colour_place(other, parts) for other in COLOURS if other != option}:
        return None  # It has a plain name of its own, such as --skin.
    return found


def colour_names(option: str) -> Mapping[str, str]:
    """Return the colours that can be called by name where this option stands."""
    if option == "skin":
        return SKIN_NAMES
    return HAIR_NAMES if option in {"hair-color", "facial-hair-color", "brow-color"} else COLOUR_NAMES
