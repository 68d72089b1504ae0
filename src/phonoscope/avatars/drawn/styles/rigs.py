"""What has to be known of a style, beyond its definition, to let its characters act: ``rigs/STYLE.json``.

    {"roles": {"": "head", "hair": "hair", "clothes": "body", …},
     "mouth": {"part": "mouth", "centre": [41, 24], "half_width": 29, "line_width": 4, "reach": 40, …},
     "eyes": {"part": "eyes", "blink": "squash", …},
     "brows": {"part": "eyebrows"},
     "build": {"crown": [180, 45], "chin": [190, 290], "width": 170, "neck": [185, 300]}}

Lengths and points are in the coordinates of the named part (a component of the style), or of the style's canvas where
no part is named. See the dataclasses for all fields.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib import resources
from typing import Any

from phonoscope.avatars.drawn.puppet import MOUTH_SHAPES, BlinkKind, MouthKind, Role
from phonoscope.core.errors import UsageError

Point = tuple[float, float]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class MouthRig:
    """Where and how a style's mouth is drawn.

    Attributes
    ----------
    part
        The component that holds the style's own mouths. They are not painted, unless `shapes` names them.
    centre, half_width, line_width, reach, kind, tilt_deg, skew, smile, round_ends, lip_height, square, rest_opening,
    rest_teeth
        As in `MouthLook`, in the part's coordinates.
    line, inside, teeth, tongue, lip
        Colours: ``#rrggbb``, the name of one of the style's colours, one of these laid over another as in
        ``#000000/0.7/skin``, or None.
    shapes
        A picture for each of `MOUTH_SHAPES`, where the style's own mouths are its charm: a variant of the part, an SVG
        element in the part's coordinates (``{NAME}`` stands for one of the style's colours), or empty for the variant
        that is chosen.
    variants
        What differs while this variant of the part, or ``COMPONENT.VARIANT`` of another, is chosen, such as
        ``{"sad": {"smile": -0.3}}``.
    """

    part: str = "mouth"
    centre: Point = (0.0, 0.0)
    half_width: float = 10.0
    line_width: float = 2.0
    reach: float = 15.0
    kind: MouthKind = "line"
    tilt_deg: float = 0.0
    skew: float = 0.0
    smile: float = 0.25
    line: str | None = "#000000"
    inside: str = "#3c1414"
    teeth: str | None = "#ffffff"
    tongue: str | None = "#e66e6e"
    lip: str | None = None
    round_ends: bool = True
    lip_height: float = 0.5
    square: float = 0.0
    rest_opening: float = 0.0
    rest_teeth: float = 0.4
    shapes: Mapping[str, str] = field(default_factory=dict)
    variants: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def of(self, chosen: Collection[str]) -> MouthRig:
        """Return the rig while these variants are chosen."""
        return replace(self, **_changes(self.variants, chosen, self.part), variants={})


@dataclass(frozen=True, slots=True)
class EyesRig:
    """How a style's eyes act.

    Attributes
    ----------
    part
        The component that holds both eyes.
    split
        Where the left one ends and the right one begins, along the part's x; None halfway between their marks'
        outer edges.
    single
        There is only one eye.
    blink, line, line_width
        As in `EyeLook`; `line` as the mouth's colours.
    shut
        The variant that is painted while an eye is shut, for ``swap``; or an SVG element
        in the part's coordinates, as a mouth's `shapes`.
    reach
        How far the pupil may go, across and down; None for what the white leaves free. Dots without a white move
        whole.
    pupils
        Which of the part's drawn elements, counted from 0, are pupils; None to find them: dark on white.
    boxes
        Left, then right: the open eyes without lashes and shadow; empty for where their marks lie.
    variants
        As a mouth's.
    """

    part: str = "eyes"
    split: float | None = None
    single: bool = False
    blink: BlinkKind = "squash"
    line: str = "#000000"
    line_width: float = 2.0
    shut: str | None = None
    reach: Point | None = None
    pupils: tuple[int, ...] | None = None
    boxes: tuple[Box, ...] = ()
    variants: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def of(self, chosen: Collection[str]) -> EyesRig:
        """Return the rig while these variants are chosen."""
        return replace(self, **_changes(self.variants, chosen, self.part), variants={})


@dataclass(frozen=True, slots=True)
class BuildRig:
    """Where the head is.

    Attributes
    ----------
    part
        Whose coordinates the points are in; empty for the canvas.
    crown, chin, width
        Of the head without its hair.
    neck
        Where it turns on the body.
    floats
        There is no body.
    variants
        As a mouth's.
    """

    crown: Point
    chin: Point
    width: float
    neck: Point
    part: str = ""
    floats: bool = False
    variants: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def of(self, chosen: Collection[str]) -> BuildRig:
        """Return the rig while these variants are chosen."""
        return replace(self, **_changes(self.variants, chosen, self.part), variants={})


@dataclass(frozen=True, slots=True)
class Region:
    """A piece of a part that plays another role: what of it lies in the box, in the part's coordinates.

    Attributes
    ----------
    marks
        Of the part's drawn elements, counted from 0, only these; None for all that no other region names.
    """

    box: Box
    role: Role
    side: str = ""
    marks: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class StyleRig:
    """All that is known of a style.

    Attributes
    ----------
    style
        Its name.
    roles
        What each component, or ``COMPONENT.VARIANT``, shows; ``""`` is what the style draws outside
        components. Hair that is painted before the head counts as rear hair. Components without a role go with the
        head.
    roots
        Roles of what is drawn outside components, by number from 0, where they differ from ``roles[""]``.
    regions
        By component, or by ``COMPONENT.VARIANT``, which goes before: pieces of it that play another role, as where
        eyes and mouth are one component. They are painted in this order, after what is in none of them.
    frame
        Left, top, right, bottom of what is shown, on the style's canvas; empty for all of it.
    frames
        Another frame while ``COMPONENT.VARIANT`` is chosen, as for hair that stands up high.
    is_soft
        The style's filters blur what lies inside outlines, and nothing else.
    under
        SVG elements that are painted first; ``{NAME}`` stands for one of the style's colours.
    background
        Colour behind, where the style's ``background`` colours the character itself; empty for that colour.
    eyes, mouth, brows, build
        See there; no eyes or mouth where the style has none.
    """

    style: str
    roles: Mapping[str, Role]
    build: BuildRig
    roots: Mapping[int, Role] = field(default_factory=dict)
    regions: Mapping[str, tuple[Region, ...]] = field(default_factory=dict)
    frame: Box | tuple[()] = ()
    frames: Mapping[str, Box] = field(default_factory=dict)
    is_soft: bool = False
    under: tuple[str, ...] = ()
    background: str = ""
    mouth: MouthRig | None = None
    eyes: EyesRig | None = None
    brows: str = ""
    brows_split: float | None = None

    def framed(self, chosen: Collection[str]) -> Box | tuple[()]:
        """Return the frame while these variants, as ``COMPONENT.VARIANT``, are chosen."""
        return next((frame for name, frame in self.frames.items() if name in chosen), self.frame)

    def pieces(self, part: str, variant: str | None) -> tuple[Region, ...]:
        """Return the regions of a component while this variant is chosen."""
        return self.regions.get(f"{part}.{variant}", self.regions.get(part, ()))


@lru_cache(maxsize=64)
def rig_of(style: str) -> StyleRig:
    """Return what is known of a style.

    Raises
    ------
    UsageError
        The style cannot act.
    """
    file = resources.files("phonoscope.avatars.drawn.styles").joinpath("rigs").joinpath(f"{style}.json")
    if style not in styles_with_rigs():
        raise UsageError(f"The style '{style[:40]}' cannot act.", f"Use one of: {', '.join(styles_with_rigs())}.")
    return _parsed(style, json.loads(file.read_text("utf-8")))


@lru_cache(maxsize=1)
def styles_with_rigs() -> tuple[str, ...]:
    """Return the names of the styles whose characters can act, sorted."""
    folder = resources.files("phonoscope.avatars.drawn.styles").joinpath("rigs")
    return tuple(sorted(file.name.removesuffix(".json") for file in folder.iterdir() if file.name.endswith(".json")))


def _parsed(style: str, document: dict[str, Any]) -> StyleRig:
    mouth, eyes = document.pop("mouth", None), document.pop("eyes", None)
    rig = StyleRig(
        style=style,
        roles={name: Role(role) for name, role in document.pop("roles").items()},
        roots={int(number): Role(role) for number, role in document.pop("roots", {}).items()},
        regions={
            part: tuple(_region(piece) for piece in pieces) for part, pieces in document.pop("regions", {}).items()
        },
        build=BuildRig(**_tuples(document.pop("build"))),
        mouth=MouthRig(**_tuples(mouth)) if mouth else None,
        eyes=EyesRig(**_tuples(eyes)) if eyes else None,
        frames=_tuples(document.pop("frames", {})),
        **_tuples(document),
    )
    of_variants = (other.get("shapes", {}) for other in rig.mouth.variants.values()) if rig.mouth else ()
    for shapes in (rig.mouth.shapes if rig.mouth else {}, *of_variants):
        if shapes and set(shapes) != set(MOUTH_SHAPES):
            raise ValueError(f"The mouth shapes of {style} are not exactly {MOUTH_SHAPES}.")
    return rig


def _region(piece: Mapping[str, Any]) -> Region:
    marks = piece.get("marks")
    return Region(
        tuple(piece["box"]), Role(piece["role"]), piece.get("side", ""), None if marks is None else tuple(marks)
    )


def _changes(variants: Mapping[str, Mapping[str, Any]], chosen: Collection[str], part: str) -> dict[str, Any]:
    """Return what differs while these variants, as ``COMPONENT.VARIANT``, are chosen."""
    changes: dict[str, Any] = {}
    for name, change in variants.items():
        if name in chosen or f"{part}.{name}" in chosen:
            changes |= _tuples(change)
    return changes


def _tuples(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return JSON's lists as tuples."""
    return {key: _tuple(value) for key, value in values.items()}


def _tuple(value: Any) -> Any:
    return tuple(_tuple(item) for item in value) if isinstance(value, list) else value
