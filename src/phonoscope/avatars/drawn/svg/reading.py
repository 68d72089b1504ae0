"""The door for SVG text: what comes through holds nothing that could run, call out, or grow out of hand."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder

from phonoscope.core.errors import InputError

LIMIT_BYTES = 4 << 20
"""Largest drawing that is read: a detailed character has some hundred kilobytes."""

DEEPEST = 96
"""Groups within groups. Ten are many; renderers that recurse fall over at some hundreds."""

MOST_ELEMENTS = 20_000
"""Elements of a drawing; a detailed character has some hundreds."""

_GZIP = b"\x1f\x8b"
_PLAIN = "Save it again as plain SVG."


@dataclass(frozen=True, slots=True, eq=False)
class SafeDrawing:
    """Somebody's drawing, made safe.

    Attributes
    ----------
    root
        Its tree: shapes, groups, paint and clips only, without ``use``.
    box
        x, y, width, height of what is shown, in the drawing's own units.
    removed
        What was taken out, each in a few words.
    """

    root: Element
    box: tuple[float, float, float, float]
    removed: tuple[str, ...]


def parse_svg(text: str) -> Element:
    """Return the tree of an SVG text that we made ourselves, without entities or documents of another kind.

    Raises
    ------
    InputError
        It is no SVG.
    """
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        root: Element = fromstring(text, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise InputError(f"The drawing is no readable SVG: {error}.", _PLAIN) from None
    return root


def read_svg(data: bytes, name: str = "The drawing") -> SafeDrawing:
    """Read a stranger's SVG.

    Parameters
    ----------
    data
        The file, perhaps compressed (``.svgz``).
    name
        What messages call it.

    Raises
    ------
    InputError
        It is no SVG, too large, or made to exhaust a computer; the message tells which.
    """
    from phonoscope.avatars.drawn.svg.cleaning import clean
    from phonoscope.avatars.drawn.svg.measuring import check_numbers, view_box
    from phonoscope.avatars.drawn.svg.references import check_weight, without_uses

    root = _tree(_unpacked(data, name), name)
    if str(root.tag).rpartition("}")[2] != "svg":
        raise InputError(f"{name} is no SVG: it begins with <{str(root.tag)[:40]}>.", _PLAIN)
    box = view_box(root, name)
    removed = clean(root, box)
    check_numbers(root, name)
    root = without_uses(root, name)
    check_weight(root, name)
    return SafeDrawing(root, box, removed)


def _unpacked(data: bytes, name: str) -> bytes:
    if data.startswith(_GZIP):
        try:
            data = zlib.decompressobj(wbits=31).decompress(data, LIMIT_BYTES + 1)
        except zlib.error:
            raise InputError(f"{name} is a damaged .svgz file.", _PLAIN) from None
    if len(data) > LIMIT_BYTES:
        raise InputError(
            f"{name} is larger than {LIMIT_BYTES >> 20} MiB.", "Simplify its paths, or leave out embedded pictures."
        )
    if not data.strip():
        raise InputError(f"{name} is empty.", "Give an SVG drawing.")
    return data


class _Builder(TreeBuilder):
    """Builds a tree of limited depth and size."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name, self._depth, self._count = name, 0, 0

    def start(self, tag: Any, attrs: Any, /) -> Element:
        self._depth += 1
        self._count += 1
        if self._depth > DEEPEST:
            raise InputError(f"{self._name} has groups nested more than {DEEPEST} deep.", "Ungroup some of them.")
        if self._count > MOST_ELEMENTS:
            raise InputError(f"{self._name} has more than {MOST_ELEMENTS} elements.", "Join or simplify its paths.")
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        self._depth -= 1
        return super().end(tag)


def _tree(data: bytes, name: str) -> Element:
    from defusedxml.common import DefusedXmlException, DTDForbidden
    from defusedxml.ElementTree import DefusedXMLParser, ParseError

    class Parser(DefusedXMLParser):
        """Lets the customary document type through, which is never fetched, but none that declares anything."""

        def defused_start_doctype_decl(
            self, name: str, sysid: str | None, pubid: str | None, has_internal_subset: bool
        ) -> None:
            if has_internal_subset:
                raise DTDForbidden(name, sysid, pubid)

    parser = Parser(target=_Builder(name), forbid_dtd=True)
    try:
        parser.feed(data)
        root: Element = parser.close()
    except DefusedXmlException:
        raise InputError(
            f"{name} declares entities or a document type of its own, which can hide anything.",
            "Save it as plain SVG: in Illustrator without 'Preserve Illustrator Editing Capabilities'.",
        ) from None
    except ParseError as error:
        raise InputError(f"{name} is no readable SVG: {error}.", _PLAIN) from None
    except (ValueError, LookupError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"{name} is in an encoding that cannot be read: {error}.", "Save it in UTF-8.") from None
    return root
