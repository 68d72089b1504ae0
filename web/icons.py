"""Draw the mark, speaking lips within the slotted disc of Demenÿ's phonoscope, as icons: `python web/icons.py`."""

from __future__ import annotations

from math import cos, pi, sin
from pathlib import Path

from resvg_py import svg_to_bytes

PUBLIC = Path(__file__).parent / "public"
GROUND, LIGHT = "#00696b", "#ffffff"
SIDE = 512
SLOTS = 10
RING, SLOT_LENGTH, SLOT_WIDTH = 182.0, 52.0, 30.0
"""Middle of the slots from the centre; pixels of 512."""

UPPER_LIP = (
    "M150 252 C190 206 228 196 256 220 C284 196 322 206 362 252 C322 244 290 246 256 250 C222 246 190 244 150 252 Z"
)
LOWER_LIP = (
    "M150 262 C196 300 226 306 256 306 C286 306 316 300 362 262 C336 322 300 348 256 348 C212 348 176 322 150 262 Z"
)
TEETH = "M196 262 C236 268 276 268 316 262 C298 284 276 288 256 288 C236 288 214 284 196 262 Z"


def mark(corner: float, scale: float) -> str:
    """Return the mark as SVG, on a ground with round corners, drawn at a scale about its middle."""
    slots = "".join(slot(i * 2 * pi / SLOTS) for i in range(SLOTS))
    lips = "".join(f'<path d="{path}"/>' for path in (UPPER_LIP, LOWER_LIP, TEETH))
    middle = SIDE / 2
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE}">'
        f'<rect width="{SIDE}" height="{SIDE}" rx="{corner:g}" fill="{GROUND}"/>'
        f'<g fill="{LIGHT}" stroke-linecap="round" '
        f'transform="translate({middle:g} {middle:g}) scale({scale:g}) translate(-{middle:g} -{middle:g})">'
        f'<g stroke="{LIGHT}" stroke-width="{SLOT_WIDTH:g}">{slots}</g>'
        f'<g transform="translate(256 256) scale(1.12) translate(-256 -272)">{lips}</g></g></svg>\n'
    )


def slot(angle: float) -> str:
    """Return one slot of the disc."""
    ends = [RING + side * (SLOT_LENGTH - SLOT_WIDTH) / 2 for side in (-1, 1)]
    (x1, y1), (x2, y2) = [(SIDE / 2 + end * cos(angle), SIDE / 2 + end * sin(angle)) for end in ends]
    return f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}"/>'


def main() -> None:
    """Write all sizes. A maskable icon fills its square, and what matters lies in the middle four fifths."""
    plain, full = mark(corner=112, scale=1.12), mark(corner=0, scale=0.9)
    (PUBLIC / "icon.svg").write_text(plain)
    for name, svg, side in (
        ("icon-192.png", plain, 192),
        ("icon-512.png", plain, 512),
        ("icon-maskable-512.png", full, 512),
        ("apple-touch-icon.png", full, 180),
    ):
        (PUBLIC / name).write_bytes(bytes(svg_to_bytes(svg_string=svg, width=side, height=side)))


if __name__ == "__main__":
    main()
