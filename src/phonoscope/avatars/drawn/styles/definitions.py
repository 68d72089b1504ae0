"""DiceBear's styles: their definitions, and the drawing of one character.

Styles and drawing come from the packages ``dicebear-styles`` and ``dicebear-core`` (https://www.dicebear.com).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import Any
from xml.etree.ElementTree import Element

from phonoscope.avatars.drawn.character import Character
from phonoscope.avatars.drawn.library.credits import credit_of
from phonoscope.avatars.drawn.svg.reading import parse_svg
from phonoscope.avatars.drawn.svg.tree import XLINK_NAMESPACE, local_name
from phonoscope.core.errors import InputError, UsageError

PART = "data-part"
VARIANT = "data-variant"
"""Attributes of the group that holds a component, once its reference has been replaced by it."""

SEED = "phonoscope"
"""DiceBear draws lots by a seed where options leave a choice; ours never do."""

_OVERLAY = "mix-blend-mode:overlay"

_NAME = re.compile(r"[a-z][a-z0-9-]{0,40}")


@lru_cache(maxsize=8)
def load_style(style: str) -> Mapping[str, Any]:
    """Return the definition of a style; not to be changed.

    Raises
    ------
    UsageError
        There is no such style.
    """
    file = resources.files("dicebear_styles").joinpath(f"{style}.json")
    if not _NAME.fullmatch(style) or not file.is_file():
        raise UsageError(f"There is no style '{style[:40]}'.", "List them: phonoscope avatars --styles.")
    definition: dict[str, Any] = _with_light(json.loads(file.read_text("utf-8")))
    return definition


def _with_light(node: Any) -> Any:
    """Return a piece of a definition where masks of groups with overlaid light stand at what is inside these groups.

    A masked group is painted apart, where nothing lies under the light: it would turn into a grey veil over dark skin.
    """
    if isinstance(node, list):
        return [_with_light(item) for item in node]
    if not isinstance(node, dict):
        return node
    twin = {key: _with_light(value) for key, value in node.items()}
    children = twin.get("children") or []
    if not any(_OVERLAY in _attributes(child).get("style", "") for child in children):
        return twin
    attributes = _attributes(twin)
    mask = {key: value for key, value in attributes.items() if key == "mask"}
    lit = [{**child, "attributes": mask | _attributes(child)} for child in children]
    return twin | {"attributes": {k: v for k, v in attributes.items() if k != "mask"}, "children": lit}


def _attributes(node: Mapping[str, Any]) -> dict[str, Any]:
    attributes: dict[str, Any] = node.get("attributes") or {}
    return attributes


def style_credit(style: str) -> str:
    """Return whom to name for a style, with its licence; empty where its licence does not ask for that."""
    return credit_of(load_style(style)["meta"])


def chosen_variant(definition: Mapping[str, Any], component: str, options: Mapping[str, str]) -> str | None:
    """Return the variant of a component: the one named, else the first of a part that cannot be missing."""
    about = definition["components"][component]
    source = about.get("extends", component)
    named = options.get(f"{source}Variant")
    if named is not None:
        return named if named in definition["components"][source]["variants"] else None
    variants = about.get("variants", {})
    if "probability" in about or not variants:
        return None
    return "none" if "none" in variants else next(iter(variants))


def chosen_variants(definition: Mapping[str, Any], options: Mapping[str, str]) -> frozenset[str]:
    """Return the variants of all components, as ``COMPONENT.VARIANT``."""
    return frozenset(f"{part}.{chosen_variant(definition, part, options)}" for part in definition["components"])


def colour_of(definition: Mapping[str, Any], name: str, character: Character) -> str:
    """Return one of a character's colours as ``#rrggbb``."""
    if name == "background":
        return character.background
    values = definition.get("colors", {}).get(name, {}).get("values", [])
    return str(character.options.get(f"{name}Color") or (values[0] if values else "#000000"))


def draw_character(character: Character, only: str = "") -> Element:
    """Return a character's SVG as a tree, with each component in a group of its own that tells its name.

    Parameters
    ----------
    only
        Draw this component alone, where it belongs; empty for all.

    Raises
    ------
    UsageError, InputError
        The style is unknown, or its options do not fit.
    """
    return _with_parts(parse_svg(character_svg(character, only)))


def character_svg(character: Character, only: str = "") -> str:
    """Return a character as SVG text, without a background.

    Parameters
    ----------
    only
        As for `draw_character`.

    Raises
    ------
    UsageError, InputError
        As `draw_character`.
    """
    from dicebear import Avatar, Style, ValidationError

    definition = load_style(character.style)
    options: dict[str, Any] = {"seed": SEED, "backgroundColor": []}
    components: dict[str, Any] = {}
    for name, about in definition["components"].items():
        if "extends" in about:
            components[name] = about
            continue
        variant = chosen_variant(definition, name, character.options)
        drawn = about["variants"][variant] if variant is not None else {"elements": []}
        if only and name != only:
            drawn = {**drawn, "elements": _references(drawn["elements"])}
        # A definition is checked against a schema each time, which takes up to a second: so only what is drawn stays.
        components[name] = {
            key: value for key, value in about.items() if key not in {"rotate", "translate", "scale", "probability"}
        } | {"variants": {variant or "none": drawn}}
        options[f"{name}Variant"] = variant or "none"
        options[f"{name}Probability"] = 0 if variant is None else 100
    canvas = definition["canvas"]
    if only:
        canvas = {**canvas, "elements": _references(canvas["elements"])}
    for name in definition.get("colors", {}):
        if name != "background":
            options[f"{name}Color"] = [colour_of(definition, name, character)]
    try:
        return Avatar(Style({**definition, "components": components, "canvas": canvas}), options).to_string()
    except ValidationError as error:
        raise InputError(
            f"The character '{character.name or character.style}' cannot be drawn: {error}.",
            "Check its options against the style's: phonoscope avatar options " + character.style + ".",
        ) from error


def _references(elements: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return elements without what they draw themselves: components, and the groups around them."""
    kept = []
    for element in elements:
        if element["type"] == "component":
            kept.append(element)
        elif inner := _references(element.get("children", [])):
            kept.append({**element, "children": inner})
    return kept


def _with_parts(root: Element) -> Element:
    """Put each component where it is referred to, and drop the clip at the canvas's edge."""
    defs = next((child for child in root if local_name(child) == "defs"), None)
    groups = {child.get("id"): child for child in (() if defs is None else tuple(defs)) if local_name(child) == "g"}
    twin = Element(root.tag, root.attrib)
    if defs is not None:
        kept = Element(defs.tag)
        kept.extend(child for child in defs if child.get("id") not in groups)
        twin.append(kept)
    for child in root:
        if local_name(child) == "g" and child.get("clip-path"):
            for inner in child:
                twin.append(_inlined(inner, groups))
    return twin


def _inlined(element: Element, groups: Mapping[str | None, Element]) -> Element:
    """Return an element with references to components replaced by their content."""
    name = local_name(element)
    reference = (element.get("href") or element.get(f"{{{XLINK_NAMESPACE}}}href") or "").removeprefix("#")
    if name == "use" and reference in groups:
        component, variant = _component_of(reference)
        attributes = {k: v for k, v in element.attrib.items() if not k.endswith("href")}
        twin = Element(str(element.tag).replace("use", "g"), {**attributes, PART: component, VARIANT: variant})
        source: Element = groups[reference]
    else:
        twin, source = Element(element.tag, element.attrib), element
        twin.text = element.text
    twin.extend(_inlined(child, groups) for child in source)
    return twin


def _component_of(reference: str) -> tuple[str, str]:
    """Read ``COMPONENT-VARIANT-HASH``."""
    component, _, rest = reference.partition("-")
    return component, rest.rpartition("-")[0]
