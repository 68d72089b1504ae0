"""Colours that characters are given: real skin and hair, quiet clothes, soft backgrounds; and how far two are apart."""

from __future__ import annotations

import colorsys
import math
import re
from collections.abc import Iterable
from typing import Final

SKIN: Final = {
    "light": ("#fbe0cc", "#f7d3b8", "#f2c6a5"),
    "medium": ("#ecbc94", "#e3ad82", "#e6b48f"),
    "tan": ("#d29d6e", "#c98f60", "#c4895c"),
    "brown": ("#a86f47", "#9a6039", "#91593a"),
    "dark": ("#7a4b2d", "#6b4128", "#613a26"),
}
"""By tone; near the middle of each third of the Monk scale that people sort themselves into."""

SKIN_UNDER_LINES: Final = {
    "light": ("#fde5d4", "#f9d8c0", "#f5cdae"),
    "medium": ("#efc39c", "#e8b58b", "#eabc98"),
    "tan": ("#d9a878", "#d09a6b", "#cb9468"),
    "brown": ("#b67f57", "#ab744d", "#a56c47"),
    "dark": ("#8f6142", "#85573a", "#7d5036"),
}
"""Where features are black lines: light enough for them to be seen."""

HAIR: Final = {
    "black-hair": ("#1f1a1a", "#26201f", "#2b2328"),
    "brown-hair": ("#4a2e1f", "#5c3a25", "#734a2e", "#3c251a"),
    "blonde-hair": ("#d9b871", "#e4c98d", "#c69c56"),
    "red-hair": ("#a8492a", "#b9582f", "#8f3c24"),
    "grey-hair": ("#8e9196", "#a3a6ab", "#7b7e84"),
    "white-hair": ("#e6e5e6", "#d8d8dc", "#efece6"),
    "blue-hair": ("#4a7fc1", "#3c6ea8"),
    "pink-hair": ("#e58fae", "#d9799f"),
    "purple-hair": ("#7d5ba6", "#8e6bb8"),
    "green-hair": ("#4f9a7a", "#5ba887"),
}

HAIR_BY_SKIN: Final = {
    "light": "brown-hair brown-hair blonde-hair blonde-hair red-hair black-hair",
    "medium": "black-hair brown-hair brown-hair black-hair blonde-hair",
    "tan": "black-hair brown-hair black-hair",
    "brown": "black-hair black-hair brown-hair",
    "dark": "black-hair",
}
"""What colours grow on whom, as often as they stand here."""

DYED: Final = "blue-hair pink-hair purple-hair green-hair"
OLDER: Final = "grey-hair grey-hair white-hair white-hair"

ATTIRE: Final = (
    "#33658a", "#2f4858", "#4f7cac", "#7aa6c2", "#c44536", "#e07a5f", "#f2a65a", "#e9c46a", "#6a994e", "#3d7068",
    "#7b5ea7", "#a05c7b", "#d38fa3", "#5c5f66", "#2b2d33", "#f4f1ea", "#8aa399", "#b0563f",
)  # fmt: skip
CLOTH: Final = ("#2f4858", "#a05c7b", "#3d7068", "#5c5f66", "#b0563f", "#33658a", "#7b5ea7", "#c98f3c", "#7f8f6a")
"""Hats, turbans, scarves."""

FRAME: Final = ("#2b2628", "#3d2c24", "#1f2a38", "#6b3f2a", "#7a2f3a", "#e3b04b", "#efe6d6", "#c8553d", "#2f7f86")
DARK_FRAME: Final = FRAME[:3]
JEWEL: Final = ("#d9a441", "#c9ccd1", "#e8c765", "#4f9a9a")
LIPS: Final = ("#c8453f", "#b8405a", "#a33b34")
MOUTH: Final = ("#b5605a", "#a8504c")
IRIS: Final = ("#5b4636", "#3c2f2a", "#5c7080", "#4f6b52")
SHADOW: Final = ("#d2eff3", "#e0ddff", "#ffedef")
PETAL: Final = ("#f6f1e6", "#f2a7b5", "#f2cf66")
TROUSERS: Final = ("#3b5b8c", "#2f4160", "#4a4e69", "#6b4f3a", "#495057")
SHOES: Final = ("#f1f3f5", "#343a40", "#6b4f3a", "#1971c2")
JACKET: Final = ("#f1ede4", "#343a40", "#3b5b8c", "#6b4f3a", "#5ba8a0")

BACKGROUNDS: Final = (
    "#dfe7f2", "#e6e0f0", "#f5e3dc", "#f7ebd0", "#e1ecdd", "#d7ebe8", "#ebe5da", "#f1dde6", "#cfe0ee", "#f0d9b8",
    "#bcd3e8", "#f2c9b0", "#c9dcc3", "#d3c6e6", "#f3d58f", "#a9d0c8", "#e8b9b5", "#b9c6d6",
    "#93b7cf", "#d8a48f", "#a3b68a", "#a99bcb", "#cf9ab0", "#86b3aa", "#e0b070", "#7f9bbd", "#c7b49a", "#5f8a8b",
)  # fmt: skip
FESTIVE: Final = (
    "#e7f1fb", "#efe8fb", "#fdeee3", "#fdf5d8", "#e8f6e6", "#ddf4f0", "#fbe7f0", "#27364a", "#3a2f56", "#23504f",
    "#5b3350", "#f6d7c3", "#cfe3f6", "#d9cff2", "#cdebd6", "#f8dfa0",
)  # fmt: skip
FESTIVE_LIGHT: Final = tuple(colour for colour in FESTIVE if int(colour[1:3], 16) > 128)
"""Behind robots, monsters and the like, which are colourful themselves."""

HUES_DEG: Final = ((16, "red"), (40, "orange"), (66, "yellow"), (160, "green"), (192, "teal"), (238, "blue"), (288,
"purple"),
                  (338, "pink"), (361, "red"))  # fmt: skip
"""Where each everyday colour ends on the wheel of hues, in degrees."""

GREY_BELOW: Final = 0.2
WHITE_ABOVE: Final = 0.85
"""Saturation and lightness where a colour has no hue to speak of."""

ROLES: Final[dict[str, tuple[str, ...]]] = {
    "attire": ATTIRE, "cloth": CLOTH, "frame": FRAME, "jewel": JEWEL, "lips": LIPS, "mouth": MOUTH, "iris": IRIS,
    "shadow": SHADOW, "petal": PETAL, "trousers": TROUSERS, "shoes": SHOES, "jacket": JACKET,
}  # fmt: skip

Lab = tuple[float, float, float]


def as_lab(colour: str) -> Lab:
    """Return ``#rrggbb`` in CIE L*a*b* (D65)."""
    match = re.fullmatch(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})", colour)
    if match is None:
        raise ValueError(colour)
    r, g, b = (_linear(int(part, 16) / 255) for part in match.groups())
    x = _cube_root((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505)
    y = _cube_root(0.2126 * r + 0.7152 * g + 0.0722 * b)
    z = _cube_root((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def distance(one: str, other: str) -> float:
    """Return how far apart two colours look: ΔE of 1976."""
    return math.dist(as_lab(one), as_lab(other))


def apart(colours: Iterable[str], others: Iterable[str], least: float) -> list[str]:
    """Return those colours that are at least so far from all others; the farthest one if none is."""
    others = tuple(others)
    if not others:
        return list(colours)
    gaps = {colour: min(distance(colour, other) for other in others) for colour in colours}
    return [colour for colour, gap in gaps.items() if gap >= least] or [max(gaps, key=lambda colour: gaps[colour])]


def darker(colour: str, share: float) -> str:
    """Return a colour with that share of its light."""
    return "#" + "".join(f"{round(int(colour[at : at + 2], 16) * share):02x}" for at in (1, 3, 5))


def hue_name(colour: str) -> str:
    """Return the everyday name of a colour."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    hue, lightness, _ = colorsys.rgb_to_hls(red, green, blue)
    chroma = max(red, green, blue) - min(red, green, blue)
    if chroma < GREY_BELOW * 0.65:
        return "white" if lightness > WHITE_ABOVE else "grey"
    name = next(name for end, name in HUES_DEG if hue * 360 < end)
    if name == "red" and lightness > 0.72:
        return "pink"
    return "brown" if name in {"orange", "red"} and lightness < 0.62 and chroma < 0.55 else name


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _cube_root(value: float) -> float:
    return value ** (1 / 3) if value > 0.008856 else 7.787 * value + 16 / 116
