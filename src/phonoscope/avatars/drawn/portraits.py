"""Still pictures of characters, and sheets of many with their names."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.drawn.character import Character
from phonoscope.avatars.drawn.styles.building import frame_of
from phonoscope.avatars.drawn.styles.definitions import SEED, chosen_variant, colour_of, load_style
from phonoscope.avatars.drawn.styles.rigs import rig_of, styles_with_rigs
from phonoscope.core.errors import InputError, MissingPartError

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont, ImageFont

SHEET_COLUMNS: Final = 10
CELL_PX: Final = 150
"""Width of one picture on a sheet."""
LABEL_PX: Final = 22
LABEL_SIZE_PX: Final = 13
GAP_PX: Final = 8
PAPER: Final = "#ffffff"
INK: Final = "#30343a"

_VIEW_BOX: Final = re.compile(r'viewBox="[^"]*"')
_CANVAS: Final = re.compile(r'<g clip-path="url\(#clip-[0-9a-f]+\)">')
"""The group that holds the whole drawing, cut at the canvas's edge; hair may reach beyond it."""


def draw_portrait(character: Character, size_px: int = 512) -> NDArray[np.uint8]:
    """Draw a character at rest on its background.

    Returns
    -------
    RGB, uint8, shape (size_px, size_px, 3).

    Raises
    ------
    UsageError, InputError
        Its style is unknown, or its options do not fit.
    MissingPartError
        The library that draws is not installed.
    """
    return _rasterised(svg_texts([character])[0], _ground(character), size_px)


def draw_sheet(cells: Sequence[tuple[str, Character]], cell_px: int = CELL_PX) -> NDArray[np.uint8]:
    """Draw many characters, each with a label below it.

    Returns
    -------
    RGB, uint8, shape (height, width, 3).

    Raises
    ------
    UsageError, InputError, MissingPartError
        As `draw_portrait`.
    """
    from PIL import Image, ImageDraw, ImageFont

    columns = max(1, min(SHEET_COLUMNS, len(cells)))
    rows = -(-len(cells) // columns)
    step_x, step_y = cell_px + GAP_PX, cell_px + LABEL_PX + GAP_PX
    sheet = Image.new("RGB", (columns * step_x + GAP_PX, rows * step_y + GAP_PX), PAPER)
    pen = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(LABEL_SIZE_PX)
    texts = svg_texts([character for _, character in cells])
    for number, ((label, character), text) in enumerate(zip(cells, texts, strict=True)):
        x, y = GAP_PX + number % columns * step_x, GAP_PX + number // columns * step_y
        sheet.paste(Image.fromarray(_rasterised(text, _ground(character), cell_px)), (x, y))
        pen.text((x + cell_px / 2, y + cell_px + 3), _fitted(label, pen, font, cell_px), INK, font, anchor="ma")
    return np.asarray(sheet)


def svg_texts(characters: Sequence[Character]) -> list[str]:
    """Return characters as SVG, in the frame that a video shows of them, without their backgrounds.

    A style's definition is checked once for all of its characters, which is what takes longest.

    Raises
    ------
    UsageError, InputError
        As `draw_portrait`.
    """
    from dicebear import Avatar, Style, ValidationError

    texts: dict[int, str] = {}
    order = sorted(range(len(characters)), key=lambda number: characters[number].style)
    for name, numbers in groupby(order, key=lambda number: characters[number].style):
        members = list(numbers)
        try:
            style = Style(_pruned(name, [characters[number] for number in members]))
            for number in members:
                texts[number] = _framed(Avatar(style, _options(characters[number])).to_string(), characters[number])
        except ValidationError as error:
            raise InputError(
                f"Characters of the style {name} cannot be drawn: {error}.",
                f"Check their options against the style's: phonoscope avatar options {name}.",
            ) from error
    return [texts[number] for number in range(len(characters))]


def _pruned(style: str, characters: Iterable[Character]) -> dict[str, Any]:
    """Return a style's definition with only those variants that somebody here has."""
    characters = list(characters)
    definition = load_style(style)
    components: dict[str, Any] = {}
    for name, about in definition["components"].items():
        if "extends" in about:
            components[name] = about
            continue
        chosen = {chosen_variant(definition, name, character.options) for character in characters} - {None}
        kept = {variant: about["variants"][variant] for variant in about["variants"] if variant in chosen}
        components[name] = {k: v for k, v in about.items() if k not in {"rotate", "translate", "scale"}} | {
            "variants": kept or dict([next(iter(about["variants"].items()))])
        }
    return {**definition, "components": components}


def _options(character: Character) -> dict[str, Any]:
    """Return a character's options as DiceBear takes them, with nothing left to chance."""
    definition = load_style(character.style)
    options: dict[str, Any] = {"seed": SEED, "backgroundColor": []}
    for name, about in definition["components"].items():
        if "extends" in about:
            continue
        variant = chosen_variant(definition, name, character.options)
        options[f"{name}Probability"] = 0 if variant is None else 100
        if variant is not None:
            options[f"{name}Variant"] = variant
    for name in definition.get("colors", {}):
        if name != "background":
            options[f"{name}Color"] = [colour_of(definition, name, character)]
    return options


def _framed(svg: str, character: Character) -> str:
    """Show as much of a drawing as a video does, with what its style's rig adds to it."""
    if character.style not in styles_with_rigs():
        return svg
    rig, definition = rig_of(character.style), load_style(character.style)
    x0, y0, x1, y1 = frame_of(character)
    under = "".join(rig.under)
    for name in ("background", *definition.get("colors", {})):
        under = under.replace(f"{{{name}}}", colour_of(definition, name, character))
    place = "xMidYMid" if rig.build.floats else "xMidYMax"
    box = f'viewBox="{x0} {y0} {x1 - x0} {y1 - y0}" preserveAspectRatio="{place}"'
    return _CANVAS.sub(f"<g>{under}", _VIEW_BOX.sub(box, svg, count=1), count=1)


def _ground(character: Character) -> str:
    """Return the colour behind a character."""
    rig = rig_of(character.style) if character.style in styles_with_rigs() else None
    return (rig.background if rig else "") or character.background


def _rasterised(svg: str, background: str, size_px: int) -> NDArray[np.uint8]:
    from PIL import Image

    try:
        import resvg_py
    except ImportError as error:
        raise MissingPartError(
            "resvg-py is not installed, which draws characters.", "Run: pip install resvg-py"
        ) from error
    data = resvg_py.svg_to_bytes(svg_string=svg, width=size_px, height=size_px)
    with Image.open(io.BytesIO(bytes(data))) as drawn:
        ground = Image.new("RGBA", drawn.size, background)
        ground.alpha_composite(drawn.convert("RGBA"))
    return np.asarray(ground.convert("RGB"))


def _fitted(label: str, pen: ImageDraw, font: ImageFont | FreeTypeFont, width_px: float) -> str:
    """Return a label, cut to a width."""
    while len(label) > 1 and pen.textlength(label, font) > width_px:
        label = label.removesuffix("…")[:-1] + "…"
    return label
