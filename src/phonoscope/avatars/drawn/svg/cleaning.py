"""Takes out of a stranger's SVG what a still picture does not need."""

from __future__ import annotations

import base64
import binascii
import io
import re
from collections import Counter
from collections.abc import Callable
from xml.etree.ElementTree import Element

from phonoscope.avatars.drawn.svg.filters import tame_filter
from phonoscope.avatars.drawn.svg.tree import SVG_NAMESPACE, XLINK_NAMESPACE, local_name
from phonoscope.core.errors import InputError

HREFS = ("href", f"{{{XLINK_NAMESPACE}}}href")
INKSCAPE = "{http://www.inkscape.org/namespaces/inkscape}"

ALLOWED = frozenset(
    {"svg", "g", "defs", "symbol", "use", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "image",
     "linearGradient", "radialGradient", "stop", "pattern", "clipPath", "mask", "filter", "style", "title", "desc"}
)  # fmt: skip
"""Elements that stay; whatever a filter holds is looked at apart."""

GROUPS = frozenset({"a", "switch"})
"""Elements that only hold others: they become plain groups."""

QUIET = frozenset({"metadata", "title", "desc"})
"""Elements that nobody misses."""

MOST_CSS = 64_000
"""Characters of style sheets."""

EMBEDDED_LIMIT_PX = 4_000_000
"""Largest picture within a drawing."""

_EMBEDDED = re.compile(r"data:image/(png|jpeg|jpg);base64,(.*)", re.DOTALL)
_OUTSIDE = re.compile(r"url\(\s*(?![\s\"']*#)[^)]*\)?", re.IGNORECASE)
_AT_RULE = re.compile(r"@[^;{]*(?:;|\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\})")
_MARKERS = ("marker", "marker-start", "marker-mid", "marker-end")


def clean(root: Element, box: tuple[float, float, float, float]) -> tuple[str, ...]:
    """Take scripts, events, foreign content, animation, text, outside references and heavy filters out of a tree.

    Parameters
    ----------
    root
        Is changed.
    box
        x, y, width, height of what is shown.

    Returns
    -------
    What was taken out, each in a few words.
    """
    notes: Counter[str] = Counter()
    _clean(root, box, lambda note: notes.update([note]))
    return tuple(f"{note} ({count} times)" if count > 1 else note for note, count in notes.items())


def _clean(element: Element, box: tuple[float, float, float, float], note: Callable[[str], None]) -> None:
    _clean_attributes(element, note)
    for child in list(element):
        if not isinstance(child.tag, str):
            # A comment or an instruction to some program.
            element.remove(child)
            continue
        name = local_name(child)
        ours = child.tag == name or child.tag.startswith(f"{{{SVG_NAMESPACE}}}")
        if ours and name in GROUPS:
            child.tag, name = f"{{{SVG_NAMESPACE}}}g", "g"
        child.tag = f"{{{SVG_NAMESPACE}}}{name}" if ours else child.tag
        if not ours or name not in ALLOWED or not _stays(child, name, note):
            element.remove(child)
            if ours and name not in ALLOWED | QUIET:
                note(_missed(name))
        elif name == "filter":
            tame_filter(child, box, note)
        else:
            _clean(child, box, note)
    if local_name(element) == "svg":
        element.tag = f"{{{SVG_NAMESPACE}}}svg"


def _missed(name: str) -> str:
    if name in {"text", "flowRoot"}:
        return "text: convert it to paths, no fonts are loaded"
    return f"<{name[:40]}>"


def _stays(element: Element, name: str, note: Callable[[str], None]) -> bool:
    if name == "style":
        element.text = _clean_css(element.text or "", note)
        del element[:]
        return bool(element.text.strip())
    if name == "image":
        return _embedded(element, note)
    return name not in QUIET


def _clean_attributes(element: Element, note: Callable[[str], None]) -> None:
    for key, value in list(element.attrib.items()):
        name = key.rpartition("}")[2]
        if key in HREFS:
            if not value.startswith("#") and local_name(element) != "image":
                del element.attrib[key]
                note("a reference to another file")
        elif key.startswith("{"):
            if key != f"{INKSCAPE}label":
                del element.attrib[key]
        elif name.lower().startswith("on"):
            del element.attrib[key]
            note(f"the script in {name[:40]}")
        elif name in _MARKERS:
            del element.attrib[key]
        elif name == "style":
            element.set(key, _without_markers(_clean_css(value, note)))
        elif _OUTSIDE.search(value):
            del element.attrib[key]
            note("a reference to another file")


def _clean_css(text: str, note: Callable[[str], None]) -> str:
    """Return a style sheet without what it would fetch."""
    text = re.sub(r"/\*.*?(?:\*/|$)", " ", text, flags=re.DOTALL)
    if len(text) > MOST_CSS:
        raise InputError(
            f"The drawing's style sheet has {len(text)} characters.", "Save it with presentation attributes."
        )
    if "\\" in text:
        note("a style with escaped characters")
        return ""
    if "@" in text:
        text = _AT_RULE.sub(" ", text)
        note("an @ rule of a style sheet")
    if _OUTSIDE.search(text):
        text = _OUTSIDE.sub("none", text)
        note("a reference to another file")
    return text


def _without_markers(style: str) -> str:
    return ";".join(part for part in style.split(";") if part.partition(":")[0].strip() not in _MARKERS)


def _embedded(element: Element, note: Callable[[str], None]) -> bool:
    """Tell whether an image holds its own small PNG or JPEG; all others go."""
    value = next((element.get(key, "") for key in HREFS if element.get(key)), "")
    found = _EMBEDDED.fullmatch(value.strip())
    if found is None:
        note("a picture from another file, or of a kind that is not read")
        return False
    from PIL import Image, UnidentifiedImageError

    try:
        data = base64.b64decode(re.sub(r"\s", "", found[2]), validate=True)
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as image:
            width, height = image.size
    except (binascii.Error, UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        note("a damaged picture")
        return False
    if width * height > EMBEDDED_LIMIT_PX:
        note(f"an embedded picture of {width} x {height} pixels: scale it down")
        return False
    for key in HREFS:
        element.attrib.pop(key, None)
    element.set(HREFS[1], f"data:image/{found[1]};base64," + base64.b64encode(data).decode("ascii"))
    return True
