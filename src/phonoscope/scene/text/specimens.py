"""The families that ship, the scripts that each can write, and a sheet that shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import TYPE_CHECKING, Final

from phonoscope.scene.text.catalogue import FontFile, covers, families, family_files, shipped_fonts
from phonoscope.scene.text.fallback import is_invisible
from phonoscope.scene.text.layout import TextLayout, lay_out
from phonoscope.scene.text.style import TextStyle

if TYPE_CHECKING:
    import numpy as np
    import skia
    from numpy.typing import NDArray

SAMPLES: Final = {
    "Latin": "Quick brown foxes 12",
    "Greek": "Καλημέρα",
    "Cyrillic": "Съешь ещё",
    "Armenian": "Բարև աշխարհ",
    "Georgian": "გამარჯობა მსოფლიო",
    "Arabic": "مرحبا بالعالم",
    "Hebrew": "שלום עולם",
    "Thaana": "އައްސަލާމު",
    "Ethiopic": "ሰላም ለዓለም",
    "Devanagari": "नमस्ते दुनिया",
    "Bengali": "ওহে বিশ্ব",
    "Gurmukhi": "ਸਤ ਸ੍ਰੀ ਅਕਾਲ",
    "Gujarati": "કેમ છો દુનિયા",
    "Odia": "ନମସ୍କାର ଦୁନିଆ",
    "Tamil": "வணக்கம் உலகம்",
    "Telugu": "హలో ప్రపంచం",
    "Kannada": "ನಮಸ್ಕಾರ ಪ್ರಪಂಚ",
    "Malayalam": "നമസ്കാരം ലോകം",
    "Sinhala": "ආයුබෝවන්",
    "Thai": "สวัสดีชาวโลก",
    "Lao": "ສະບາຍດີຊາວໂລກ",
    "Khmer": "សួស្តីពិភពលោក",
    "Myanmar": "မင်္ဂလာပါ",
    "Chinese, simplified": "你们好，欢迎来到这里",
    "Chinese, traditional": "你們好嗎，歡迎來到這裡",
    "Japanese": "こんにちは、畑で働く",
    "Korean": "안녕하세요",
    "emoji": "😀🎉🚀🐢🍓⚽🌈👋🏽👩‍🚀🏳️‍🌈",
    "mathematics": "∀∈∃≤∫√∑∞≠≈⇒",
    "signs": "♩♫⚑①Ⓐ☊",
    "shapes": "♚♞◢★⌘✓✗❦",
}
"""A few words in each script. Who has all of their letters can write it; in this order they are told."""

LETTERS_PX: Final = 30.0
NAME_PX: Final = 15.0
ROW_PX: Final = 64
MARGIN_PX: Final = 28
NAME_WIDTH_PX: Final = 210
COLUMN_PX: Final = 1280
"""Of the sheet: letters of samples and names, a row, the edge, the room for names, and the whole width of a row."""

_INK: Final = (28, 30, 36)
_PALE: Final = (110, 116, 126)


@dataclass(frozen=True, slots=True)
class FontFamily:
    """What a list tells of a family.

    Attributes
    ----------
    weights
        400 is regular, 700 bold.
    scripts
        Keys of `SAMPLES`: what it can write by itself. What it cannot is taken from those that can.
    about
        What the letters look like; empty for plain ones.
    licence
        SPDX name.
    is_stand_in
        It is there for the letters that others lack, though it can be asked for, too.
    """

    name: str
    weights: tuple[int, ...]
    scripts: tuple[str, ...]
    about: str
    licence: str
    is_stand_in: bool


@cache
def font_families() -> tuple[FontFamily, ...]:
    """Return all families that ship: those that texts are set in, the usual one first, then those that stand in."""
    names = dict.fromkeys((*families(), *(font.family for font in shipped_fonts())))
    return tuple(_described(name) for name in names)


def draw_specimens(shown: Sequence[FontFamily]) -> NDArray[np.uint8]:
    """Draw a sheet with some words in each family.

    Returns
    -------
    RGB, uint8, shape (height, width, 3).
    """
    import numpy as np

    from phonoscope.core.frames import Box
    from phonoscope.scene.drawing.rasterising import rasterise

    box = Box(0, 0, COLUMN_PX + 2 * MARGIN_PX, ROW_PX * len(shown) + 2 * MARGIN_PX)
    return np.ascontiguousarray(rasterise(partial(_paint_sheet, shown), box)[..., :3])


def _described(name: str) -> FontFamily:
    files = family_files(name)
    first = files[0]
    scripts = tuple(script for script, sample in SAMPLES.items() if _can_write(first, sample))
    if first.kind == "emoji":
        # It has digits and signs for keycaps only.
        scripts = ("emoji",)
    weights = tuple(sorted(font.weight for font in files))
    return FontFamily(name, weights, scripts, first.about, first.licence, first.kind not in ("text", "title"))


def _can_write(font: FontFile, sample: str) -> bool:
    return all(covers(font, ord(letter)) for letter in sample if letter not in " ，、," and not is_invisible(letter))


def _paint_sheet(shown: Sequence[FontFamily], canvas: skia.Canvas) -> None:
    """Paint a row for each family, on white."""
    canvas.clear(0xFFFFFFFF)
    plain = TextStyle(size_px=NAME_PX, weight=700, rgb=_INK)
    for number, family in enumerate(shown):
        middle = MARGIN_PX + (number + 0.5) * ROW_PX
        _paint_at(canvas, lay_out(family.name, plain, NAME_WIDTH_PX), MARGIN_PX, middle - NAME_PX / 2)
        told = family.about or ", ".join(family.scripts)
        _paint_at(
            canvas,
            lay_out(told, replace(plain, weight=400, rgb=_PALE), NAME_WIDTH_PX - MARGIN_PX / 2, max_lines=1),
            MARGIN_PX,
            middle + NAME_PX,
        )
        x_px = MARGIN_PX + NAME_WIDTH_PX + 0.0
        for layout in _samples(family, MARGIN_PX + COLUMN_PX - x_px):
            _paint_at(canvas, layout, x_px, middle)
            x_px += layout.size_px[0] + LETTERS_PX


def _samples(family: FontFamily, room_px: float) -> list[TextLayout]:
    """Return as many samples of a family as there is room for: all weights in its first script, then the others."""
    wanted = [(script, weight) for script in family.scripts[:1] for weight in family.weights]
    wanted += [(script, family.weights[0]) for script in family.scripts[1:]]
    fitting: list[TextLayout] = []
    for script, weight in wanted:
        style = TextStyle(family=family.name, size_px=LETTERS_PX, weight=weight, rgb=_INK, align="left")
        layout = lay_out(SAMPLES[script], style, COLUMN_PX)
        if layout.size_px[0] <= room_px:
            fitting.append(layout)
            room_px -= layout.size_px[0] + LETTERS_PX
    return fitting


def _paint_at(canvas: skia.Canvas, layout: TextLayout, x_px: float, middle_px: float) -> None:
    """Paint a layout of one line with its middle at a height."""
    layout.paint(canvas, x_px, middle_px - layout.size_px[1] / 2)
