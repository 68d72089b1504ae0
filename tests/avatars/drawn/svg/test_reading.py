from __future__ import annotations

import base64
import gzip
import io

import pytest

from phonoscope.avatars.drawn.svg.reading import DEEPEST, LIMIT_BYTES, MOST_ELEMENTS, SafeDrawing, parse_svg, read_svg
from phonoscope.avatars.drawn.svg.tree import local_name, to_text
from phonoscope.core.errors import InputError

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
RECT = '<rect width="5" height="5"/>'


def svg(body: str, page: str = 'viewBox="0 0 100 100"') -> bytes:
    return f"{HEAD} {page}>{body}</svg>".encode()


def read(body: str) -> SafeDrawing:
    return read_svg(svg(body))


def names(drawing: SafeDrawing) -> list[str]:
    return [local_name(element) for element in drawing.root.iter()][1:]


def refused(data: bytes, *words: str) -> None:
    with pytest.raises(InputError) as caught:
        read_svg(data, "'me.svg'")
    assert all(word in str(caught.value) for word in words), str(caught.value)
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ('<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>', "<foreignObject>"),
        ('<animate attributeName="x" to="9"/>', "<animate>"),
        ('<set attributeName="href" to="http://evil"/>', "<set>"),
        ("<text>Hello</text>", "convert it to paths"),
        ('<image href="/etc/passwd" width="9" height="9"/>', "another file"),
        ('<image xlink:href="file:///tmp/x.png" width="9" height="9"/>', "another file"),
        ('<image href="https://example.com/x.png" width="9" height="9"/>', "another file"),
        ('<image href="data:image/svg+xml;base64,PHN2Zy8+" width="9" height="9"/>', "another file"),
        ('<image href="data:image/png;base64,####" width="9" height="9"/>', "damaged"),
        ('<style>@import url("http://evil/x.css");</style>', "@ rule"),
        ("<style>@font-face{font-family:x;src:url(http://evil/x.woff)}</style>", "@ rule"),
        ("<style>rect{fill:url(http://evil/x.svg#a)}</style>", "another file"),
        ("<style>rect{fill:u\\72l(http://evil)}</style>", "escaped"),
        ('<rect fill="url(http://evil/x.svg#a)"/>', "another file"),
        ("<g style=\"mask:url('../other.svg#m')\"/>", "another file"),
        ('<use href="other.svg#g"/>', "another file"),
        ("<marker/>", "<marker>"),
    ],
)
def test_what_runs_or_calls_out_is_taken_out_and_told(body: str, told: str) -> None:
    drawing = read(body + RECT)
    text = to_text(drawing.root)
    assert "evil" not in text
    assert "passwd" not in text
    assert "other.svg" not in text
    assert "rect" in names(drawing)
    assert any(told in what for what in drawing.removed), drawing.removed


def test_event_handlers_go_and_what_is_drawn_stays() -> None:
    drawing = read('<g onload="x()" id="head"><rect onclick="y()" width="5" height="5" fill="red"/></g>')
    group, rect = list(drawing.root.iter())[1:]
    assert group.attrib == {"id": "head"}
    assert rect.get("fill") == "red"
    assert rect.get("onclick") is None
    assert len(drawing.removed) == 2


def test_links_and_switches_become_groups() -> None:
    assert names(read(f'<a href="http://x"><switch>{RECT}</switch></a>')) == ["g", "g", "rect"]


def test_inkscape_labels_stay_and_other_foreign_things_go() -> None:
    drawing = read(
        '<g xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" xmlns:x="urn:x" inkscape:label="Mouth"'
        f' x:y="z"><x:thing/><metadata/><!-- note -->{RECT}</g>'
    )
    assert names(drawing) == ["g", "rect"]
    assert list(drawing.root[0].attrib.values()) == ["Mouth"]
    assert drawing.removed == ()


def test_references_within_the_drawing_stay() -> None:
    drawing = read(
        '<defs><linearGradient id="g"/><clipPath id="c"><rect width="9" height="9"/></clipPath></defs>'
        '<rect fill="url(#g)" style="clip-path:url(\'#c\')" width="5" height="5"/>'
    )
    assert drawing.root[1].get("fill") == "url(#g)"
    assert "#c" in drawing.root[1].get("style", "")
    assert drawing.removed == ()


def _png(side: int) -> str:
    from PIL import Image

    buffer = io.BytesIO()
    Image.new("1", (side, side)).save(buffer, "PNG")
    return base64.b64encode(buffer.getvalue()).decode()


def test_small_embedded_pictures_stay_and_huge_ones_go() -> None:
    assert "image" in names(read(f'<image href="data:image/png;base64,{_png(8)}" width="9" height="9"/>{RECT}'))
    drawing = read(f'<image href="data:image/png;base64,{_png(5000)}" width="9" height="9"/>{RECT}')
    assert "image" not in names(drawing)
    assert "5000 x 5000" in drawing.removed[0]


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE svg [<!ENTITY % p SYSTEM "http://evil/x.dtd"> %p;]>',
        '<!DOCTYPE svg [<!ATTLIST rect onclick CDATA "x()">]>',
    ],
)
def test_declarations_are_refused(declaration: str) -> None:
    refused(declaration.encode() + svg(RECT), "entities", "plain SVG")


def test_the_customary_document_type_is_let_through() -> None:
    kind = b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    assert names(read_svg(kind + svg(RECT))) == ["rect"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", ("empty",)),
        (b"   \n", ("empty",)),
        (b"hello", ("no readable SVG",)),
        (b"<svg", ("no readable SVG",)),
        (b"<html></html>", ("no SVG", "<html>")),
        (b'<?xml version="1.0" encoding="klingon"?><svg/>', ("encoding", "UTF-8")),
        (b'<?xml version="1.0" encoding="utf-8"?><svg id="\xff"/>', ("no readable SVG",)),
        (b"\x1f\x8b broken", ("damaged",)),
        (svg("<g>" * (DEEPEST + 1) + "</g>" * (DEEPEST + 1)), ("nested", str(DEEPEST))),
        (svg("<g/>" * MOST_ELEMENTS), (str(MOST_ELEMENTS), "elements")),
        (svg("<!--" + "x" * LIMIT_BYTES + "-->"), ("larger than 4 MiB",)),
        (gzip.compress(b" " * (LIMIT_BYTES * 8)), ("larger than 4 MiB",)),
    ],
)
def test_what_is_no_sound_svg_is_refused(data: bytes, words: tuple[str, ...]) -> None:
    refused(data, *words)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_with_and_without_marks_are_read(encoding: str) -> None:
    text = svg('<g id="nase_ü"/>').decode()
    assert read_svg(text.encode(encoding)).root[0].get("id") == "nase_ü"


def test_compressed_drawings_are_read() -> None:
    assert names(read_svg(gzip.compress(svg(RECT)))) == ["rect"]


@pytest.mark.parametrize(
    ("page", "box"),
    [
        ('viewBox="10 20 30 40"', (10, 20, 30, 40)),
        ('viewBox="10,20,30,40" width="9"', (10, 20, 30, 40)),
        ('width="300" height="200px"', (0, 0, 300, 200)),
        ('width="1in" height="96"', (0, 0, 96, 96)),
    ],
)
def test_the_page_is_read(page: str, box: tuple[float, ...]) -> None:
    assert read_svg(svg(RECT, page)).box == pytest.approx(box)


@pytest.mark.parametrize(
    ("page", "word"),
    [
        ("", "no viewBox"),
        ('width="100%" height="100%"', "no viewBox"),
        ('viewBox="0 0 100"', "four numbers"),
        ('viewBox="a b c d"', "four numbers"),
        ('viewBox="0 0 0 100"', "no size"),
        ('viewBox="0 0 100 -5"', "no size"),
        ('viewBox="0 0 1e9 1e9"', "larger"),
        ('viewBox="0 0 1e999 100"', "larger"),
        ('viewBox="0 0 100 1"', "strip"),
    ],
)
def test_impossible_pages_are_refused(page: str, word: str) -> None:
    refused(svg(RECT, page), word, "viewBox")


def test_uses_are_replaced_by_what_they_show() -> None:
    drawing = read(
        '<defs><g id="a"><rect id="r" width="5"/></g></defs><use href="#a" x="7" transform="scale(2)" id="b"/>'
        '<symbol id="s" viewBox="0 0 1 1"><path d="M0 0"/></symbol><use xlink:href="#s" width="4" height="4"/>'
    )
    group = drawing.root[1]
    assert group.get("transform") == "scale(2) translate(7 0)"
    assert group.get("id") == "b"
    assert [local_name(element) for element in group.iter()] == ["g", "g", "rect"]
    assert all(element.get("id") is None for element in list(group.iter())[1:])
    assert local_name(drawing.root[3][0]) == "svg"
    assert drawing.root[3][0].get("width") == "4"


def test_uses_within_clips_become_shapes() -> None:
    drawing = read('<circle id="h" r="5"/><clipPath id="c"><use href="#h" x="3"/></clipPath>')
    shape = drawing.root[1][0]
    assert local_name(shape) == "circle"
    assert shape.get("transform") == "translate(3 0)"


def _chain(kind: str, count: int, fan: int, attribute: str) -> str:
    parts = [f'<{kind} id="x0" width=".1" height=".1">{RECT * fan}</{kind}>']
    for number in range(1, count):
        inner = f'<rect {attribute}="url(#x{number - 1})" width="9" height="9"/>' * fan
        parts.append(f'<{kind} id="x{number}" width=".1" height=".1">{inner}</{kind}>')
    return f'<defs>{"".join(parts)}</defs><rect {attribute}="url(#x{count - 1})" width="9" height="9"/>'


def test_use_bombs_are_refused() -> None:
    bomb = "".join(f'<g id="a{n}">' + f'<use href="#a{n - 1}"/>' * 10 + "</g>" for n in range(1, 10))
    refused(svg(f'<defs><g id="a0">{RECT}</g>{bomb}</defs><use href="#a9"/>'), "<use>", "20000")


def test_groups_nested_through_uses_are_refused() -> None:
    deep = "".join(
        f'<g id="a{n}">' + "<g>" * 60 + f'<use href="#a{n - 1}"/>' + "</g>" * 60 + "</g>" for n in range(1, 30)
    )
    refused(svg(f'<defs><g id="a0">{RECT}</g>{deep}</defs><use href="#a29"/>'), "192 deep")


@pytest.mark.parametrize(
    "shape",
    [
        '<path id="far" d="M-1e30 0L1E30 1"/>',
        '<rect id="far" width="99999999999"/>',
        '<g id="far" transform="scale(1e12)"/>',
        '<path id="far" style="stroke-width:1e38"/>',
    ],
)
def test_numbers_beyond_any_page_are_refused_with_their_place(shape: str) -> None:
    refused(svg(shape), 'id="far"', "beyond any page")
    read(shape.replace("1e30", "1e-30").replace("1E30", "5").replace("e12", "").replace("e38", "").replace("9999", ""))


@pytest.mark.parametrize(
    "body",
    [
        '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>',
        '<g id="a"><use href="#a"/></g>',
        '<mask id="m"><rect mask="url(#m)" width="9" height="9"/></mask><rect mask="url(#m)" width="9" height="9"/>',
        '<pattern id="p"><rect fill="url(#p)" width="9" height="9"/></pattern><rect fill="url(#p)" width="9"/>',
    ],
)
def test_what_refers_to_itself_is_refused(body: str) -> None:
    refused(svg(body), "refers to itself")


def test_nested_patterns_and_masks_are_refused() -> None:
    refused(svg(_chain("pattern", 8, 2, "fill")), "nested")
    refused(svg(_chain("mask", 4, 20, "mask")), "masks")


def test_hundreds_of_groups_that_are_painted_apart_are_refused() -> None:
    refused(svg(f'<g opacity=".5">{RECT}</g>' * 500), "500 groups apart")
    read(f'<g opacity=".5">{RECT}</g>' * 50)


@pytest.mark.parametrize(
    "content",
    [
        "<feTurbulence/>",
        "<feMorphology radius='50'/>",
        "<feConvolveMatrix/>",
        "<feImage href='#x'/>",
        "<feGaussianBlur stdDeviation='1000'/>",
        "<feGaussianBlur stdDeviation='lots'/>",
        "<feOffset dx='1e9'/>",
        "<feOffset/>" * 50,
    ],
)
def test_heavy_filters_show_what_they_are_put_on(content: str) -> None:
    drawing = read(f'<filter id="f">{content}</filter><g filter="url(#f)">{RECT}</g>')
    assert [local_name(step) for step in drawing.root[0]] == ["feOffset"]
    assert drawing.root[0].get("id") == "f"
    assert drawing.root[0][0].attrib == {"dx": "0", "dy": "0"}
    assert "a filter" in drawing.removed[0]


def test_soft_shadows_stay_and_huge_regions_become_usual_ones() -> None:
    kept = read('<filter id="f" x="-20%" width="140%"><feGaussianBlur stdDeviation="2"/></filter>')
    assert kept.root[0].get("x") == "-20%"
    assert kept.removed == ()
    for region in ('x="-120" width="600"', 'filterUnits="userSpaceOnUse" width="90000"', 'width="calc(9)"'):
        drawing = read(f'<filter id="f" {region}><feGaussianBlur stdDeviation="2"/></filter>')
        assert drawing.root[0].attrib == {"id": "f"}
        assert drawing.removed


def test_our_own_text_is_parsed_quickly_without_being_changed() -> None:
    root = parse_svg(svg('<g data-part="x"><use href="#y"/></g>').decode())
    assert [local_name(element) for element in root.iter()] == ["svg", "g", "use"]
    with pytest.raises(InputError):
        parse_svg("<!DOCTYPE svg><svg/>")
