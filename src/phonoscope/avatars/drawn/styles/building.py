"""From a character to a puppet: its drawing is taken apart into layers at the size of the video."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element, SubElement, fromstring

import numpy as np
from fontTools.misc.transform import Identity, Transform
from numpy.typing import NDArray

from phonoscope.avatars.drawn.character import Character
from phonoscope.avatars.drawn.puppet import Build, Colour, Layer, Puppet, Role, Side, Sprite
from phonoscope.avatars.drawn.styles.definitions import (
    chosen_variant,
    chosen_variants,
    colour_of,
    draw_character,
    load_style,
    style_credit,
)
from phonoscope.avatars.drawn.styles.marks import Mark, read_marks, runs
from phonoscope.avatars.drawn.styles.rigs import Box, Region, StyleRig, rig_of
from phonoscope.avatars.drawn.svg.rasterising import View, cut_to_marks, draw_box, rasterise
from phonoscope.avatars.drawn.svg.tree import SVG_NAMESPACE, keep_only

AROUND = 0.15
"""How far beyond the style's canvas its art is drawn, as a share: heads move."""

BELOW = 0.985
"""Share of the canvas's height that is shown of a character with a body: breath must not bare its cut edge."""


@dataclass(frozen=True, slots=True, eq=False)
class Drawing:
    """A character's drawing on its way to a puppet.

    Attributes
    ----------
    root
        Its tree.
    marks
        What is painted, in order.
    view
        Where the style's canvas lies on the video's.
    window_px
        x0, y0, x1, y1 of what is drawn at all.
    """

    character: Character
    definition: Mapping[str, Any]
    rig: StyleRig
    root: Element
    marks: tuple[Mark, ...]
    view: View
    window_px: tuple[int, int, int, int]

    def sprite(self, marks: tuple[Mark, ...]) -> Sprite | None:
        """Draw some of the marks."""
        sprite = rasterise(self._tree(marks), self.view, self.window_px, self.rig.is_soft)
        return self._blended(sprite, marks) if sprite and any(mark.blends for mark in marks) else sprite

    def _tree(self, marks: tuple[Mark, ...]) -> Element:
        return keep_only(self.root, {id(mark.element) for mark in marks})

    def _blended(self, sprite: Sprite, marks: tuple[Mark, ...]) -> Sprite:
        """Give marks that blend the colours that they have over what is painted below them: alone they lack those."""
        below = self.marks[: self.marks.index(marks[0])]
        if not below:
            return sprite
        box = (sprite.x, sprite.y, sprite.x + sprite.size_px[0], sprite.y + sprite.size_px[1])
        under = draw_box(self._tree(below), self.view, box).astype(np.int32)
        both = draw_box(self._tree((*below, *marks)), self.view, box).astype(np.int32)
        alpha = sprite.rgba[:, :, 3:].astype(np.int32)
        # What a plain layer of this alpha adds to the picture below.
        added = both - (under * (255 - alpha) + 127) // 255
        colours = np.clip(added[:, :, :3], 0, alpha).astype(np.uint8)
        return Sprite(np.concatenate([colours, sprite.rgba[:, :, 3:]], axis=2), sprite.x, sprite.y)

    def of(self, part: str) -> tuple[Mark, ...]:
        """Return the marks of a component."""
        return tuple(mark for mark in self.marks if mark.part == part)

    def pieces(self, part: str) -> tuple[Region, ...]:
        """Return the regions of a component."""
        return self.rig.pieces(part, self.variant(part))

    def named(self, part: str, region: Region) -> tuple[Mark, ...]:
        """Return the marks of a component that a region names."""
        return tuple(mark for number, mark in enumerate(self.of(part)) if number in (region.marks or ()))

    def piece(self, part: str, region: Region, marks: tuple[Mark, ...]) -> Sprite | None:
        """Draw what some marks of a component leave in one of its regions."""
        own = self.named(part, region)
        others = {mark for other in self.pieces(part) for mark in self.named(part, other)}
        chosen = tuple(mark for mark in marks if (mark in own if region.marks is not None else mark not in others))
        sprite = self.sprite(chosen)
        if sprite is None:
            return None
        inside = box_mask(sprite, region.box, self.to_px(part))
        return cut_to_marks(np.where(inside[:, :, None], sprite.rgba, 0).astype(np.uint8), sprite.x, sprite.y)

    def painted(self, text: str, part: str) -> Sprite | None:
        """Draw an SVG element of the rig, whose coordinates are a part's."""
        root = Element(self.root.tag, self.root.attrib)
        group = SubElement(root, f"{{{SVG_NAMESPACE}}}g", transform=f"matrix{tuple(self.inside(part))}")
        group.append(_own_element(text, self.definition, self.character))
        return rasterise(root, self.view, self.window_px)

    def inside(self, part: str) -> Transform:
        """Return what maps a part's coordinates to the canvas; nothing where it is empty or missing."""
        return next((mark.inside for mark in self.marks if part and mark.part == part), Identity)

    def to_px(self, part: str) -> Transform:
        """Return what maps a part's coordinates (the canvas's where it is empty or missing) to the video's pixels."""
        whole = Transform(self.view.scale, 0, 0, self.view.scale, self.view.x_px, self.view.y_px)
        return whole.transform(self.inside(part))

    def variant(self, part: str) -> str | None:
        """Return the character's variant of a component."""
        return (
            chosen_variant(self.definition, part, self.character.options)
            if part in self.definition["components"]
            else None
        )

    @property
    def chosen(self) -> frozenset[str]:
        """The variants of all components, as ``COMPONENT.VARIANT``."""
        return chosen_variants(self.definition, self.character.options)

    def colour(self, reference: str) -> Colour:
        """Return a colour told as ``#rrggbb``, by the name of one of the style's colours, or as TOP/ALPHA/BELOW."""
        if "/" in reference:
            top, alpha, below = reference.split("/")
            pair = zip(self.colour(top), self.colour(below), strict=True)
            red, green, blue = (round(float(alpha) * over + (1 - float(alpha)) * under) for over, under in pair)
            return red, green, blue
        return read_colour(
            reference if reference.startswith("#") else colour_of(self.definition, reference, self.character)
        )

    def restyled(self, part: str, variant: str) -> Drawing:
        """Return another variant of a component alone, where it is in this character."""
        options = {**self.character.options, f"{part}Variant": variant}
        other = Character(self.character.style, options, self.character.name)
        return draw(other, self.view, self.window_px, part)


def draw(character: Character, view: View, window_px: tuple[int, int, int, int], only: str = "") -> Drawing:
    """Draw a character, or one component of it, and find out what each mark shows."""
    rig, definition = rig_of(character.style), load_style(character.style)
    root = draw_character(character, only)
    for number, text in enumerate(rig.under):
        root.insert(number, _own_element(text, definition, character))
    return Drawing(character, definition, rig, root, read_marks(root, rig), view, window_px)


def draw_at(character: Character, size_px: tuple[int, int]) -> Drawing:
    """Draw a character at the size of a video."""
    definition = load_style(character.style)
    view = _view(character, size_px)
    return draw(character, view, _window(definition, view))


def build_character(character: Character, size_px: tuple[int, int] = (1080, 1080)) -> Puppet:
    """Take a character apart at the size of a video.

    Raises
    ------
    UsageError, InputError
        The style is unknown, cannot act, or its options do not fit.
    """
    from phonoscope.avatars.drawn.styles.eyes import eye_looks
    from phonoscope.avatars.drawn.styles.mouths import mouth_of

    drawing = draw_at(character, size_px)
    rig = drawing.rig
    return Puppet(
        size_px=size_px,
        layers=_layers(drawing),
        mouth=mouth_of(drawing) if rig.mouth else None,
        eyes=eye_looks(drawing) if rig.eyes else (),
        build=_build(drawing),
        background=read_colour(rig.background or character.background),
        credit=style_credit(character.style),
    )


def read_colour(text: str) -> Colour:
    """Read ``#rrggbb`` or ``#rgb``."""
    digits = text.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(2 * digit for digit in digits)
    return int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)


def frame_of(character: Character) -> Box:
    """Return left, top, right, bottom of what is shown of a character's canvas."""
    rig, definition = rig_of(character.style), load_style(character.style)
    if frame := rig.framed(chosen_variants(definition, character.options)):
        return frame
    canvas = definition["canvas"]
    height = canvas["height"] * (1.0 if rig.build.floats else BELOW)
    return 0.0, 0.0, float(canvas["width"]), float(height)


def _view(character: Character, size_px: tuple[int, int]) -> View:
    """Return how the style's canvas lies on the video's: whole, in the middle, standing on the lower edge."""
    x0, y0, x1, y1 = frame_of(character)
    scale = min(size_px[0] / (x1 - x0), size_px[1] / (y1 - y0))
    spare_px = size_px[1] - scale * (y1 - y0)
    top_px = spare_px / 2 if rig_of(character.style).build.floats else spare_px
    return View(scale, (size_px[0] - scale * (x0 + x1)) / 2, top_px - scale * y0)


def _window(definition: Mapping[str, Any], view: View) -> tuple[int, int, int, int]:
    width, height = definition["canvas"]["width"], definition["canvas"]["height"]
    x0, y0 = view.place((-AROUND * width, -AROUND * height))
    x1, y1 = view.place(((1 + AROUND) * width, (1 + AROUND) * height))
    return int(x0), int(y0), int(x1), int(y1)


def _own_element(text: str, definition: Mapping[str, Any], character: Character) -> Element:
    """Return an element that a rig adds to its style's drawing, in the character's colours."""
    for name in ("background", *definition.get("colors", {})):
        text = text.replace(f"{{{name}}}", colour_of(definition, name, character))
    return fromstring(f'<svg xmlns="{SVG_NAMESPACE}">{text}</svg>')[0]  # noqa: S314 (our own data)


def _layers(drawing: Drawing) -> tuple[Layer, ...]:
    rig, layers = drawing.rig, list[Layer]()
    for run in runs(drawing.marks):
        role, part = run[0].role, run[0].part
        if drawing.pieces(part):
            layers.extend(_region_layers(drawing, run, part))
        elif role is Role.EYE:
            layers.extend(_eye_places(drawing))
        elif role is Role.MOUTH:
            layers.append(Layer(Role.MOUTH, None))
        elif (sprite := drawing.sprite(run)) is not None:
            layers.extend(_sided(drawing, sprite) if role is Role.BROW else (Layer(role, sprite),))
    return _with_places(tuple(layers), rig)


def _region_layers(drawing: Drawing, run: tuple[Mark, ...], part: str) -> list[Layer]:
    """Return what a component that shows several things falls into."""
    regions = drawing.pieces(part)
    named = {mark for region in regions for mark in drawing.named(part, region)}
    rest = drawing.sprite(tuple(mark for mark in run if mark not in named))
    layers = list[Layer]()
    left = None if rest is None else rest.rgba.copy()
    for region in regions:
        if region.role in {Role.EYE, Role.MOUTH}:
            layers.append(Layer(region.role, None, side_of(region.side)))
        elif (piece := drawing.piece(part, region, run)) is not None:
            layers.append(Layer(region.role, piece, side_of(region.side)))
        if rest is not None and left is not None and region.marks is None:
            left[box_mask(rest, region.box, drawing.to_px(part))] = 0
    kept = None if rest is None or left is None else cut_to_marks(left, rest.x, rest.y)
    return ([Layer(run[0].role, kept)] if kept is not None else []) + layers


def side_of(side: str) -> Side:
    """Return a side told by a rig."""
    return "left" if side == "left" else "right" if side == "right" else ""


def _eye_places(drawing: Drawing) -> tuple[Layer, ...]:
    eyes = drawing.rig.eyes
    if eyes is None or eyes.of(drawing.chosen).single:
        return (Layer(Role.EYE, None),)
    return Layer(Role.EYE, None, "left"), Layer(Role.EYE, None, "right")


def _sided(drawing: Drawing, sprite: Sprite) -> tuple[Layer, ...]:
    """Return a pair of brows as two layers."""
    if drawing.rig.brows_split is None:
        middle = sprite.x + sprite.size_px[0] / 2
    else:
        middle = drawing.to_px(drawing.rig.brows).transformPoint((drawing.rig.brows_split, 0))[0]
    return tuple(
        Layer(Role.BROW, half, "left" if number == 0 else "right")
        for number, half in enumerate(halves(sprite, middle))
        if half is not None
    )


def halves(sprite: Sprite, middle_px: float) -> tuple[Sprite | None, Sprite | None]:
    """Cut a sprite in two along a vertical line."""
    cut = min(max(round(middle_px) - sprite.x, 0), sprite.size_px[0])
    left, right = sprite.rgba[:, :cut], sprite.rgba[:, cut:]
    return cut_to_marks(left, sprite.x, sprite.y), cut_to_marks(right, sprite.x + cut, sprite.y)


def box_mask(sprite: Sprite, box: Box, to_px: Transform) -> NDArray[np.bool_]:
    """Return which pixels of a sprite lie in a box of a part."""
    width, height = sprite.size_px
    xs, ys = np.meshgrid(np.arange(width) + sprite.x + 0.5, np.arange(height) + sprite.y + 0.5)
    xx, xy, yx, yy, dx, dy = to_px.inverse()
    x, y = xx * xs + yx * ys + dx, xy * xs + yy * ys + dy
    inside: NDArray[np.bool_] = (x >= box[0]) & (x < box[2]) & (y >= box[1]) & (y < box[3])
    return inside


def _with_places(layers: tuple[Layer, ...], rig: StyleRig) -> tuple[Layer, ...]:
    """Keep one place for each eye and one for the mouth, where they come last: a beard may draw the mouth anew."""
    seen: set[tuple[Role, Side]] = set()
    kept = list[Layer]()
    for layer in reversed(layers):
        if layer.sprite is None:
            if (layer.role, layer.side) in seen:
                continue
            seen.add((layer.role, layer.side))
        kept.insert(0, layer)
    if rig.mouth is not None and (Role.MOUTH, "") not in seen:
        # A character whose style left its mouth out still speaks.
        kept.append(Layer(Role.MOUTH, None))
    return tuple(kept)


def _build(drawing: Drawing) -> Build:
    """Return the head's measures in pixels."""
    rig = drawing.rig.build.of(drawing.chosen)
    to_px = drawing.to_px(rig.part)
    crown, chin, neck = (np.array(to_px.transformPoint(point)) for point in (rig.crown, rig.chin, rig.neck))
    scale = float(np.hypot(to_px[0], to_px[1]))
    middle = (crown + chin) / 2
    return Build(
        centre_px=(float(middle[0]), float(middle[1])),
        face_height_px=float(np.hypot(*(chin - crown))),
        face_width_px=scale * rig.width,
        neck_px=(float(neck[0]), float(neck[1])),
        floats=rig.floats,
    )
