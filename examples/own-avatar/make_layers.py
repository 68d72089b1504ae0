"""Makes the folders of PNG layers beside this script from its SVGs: ``python make_layers.py``.

pip-layers/     one picture for each named group of pip.svg
bloop-layers/   Bloop's layers, with a picture for each mouth shape
bloop-states/   the whole Bloop silent, talking, and with shut eyes, as PNGTubers have them
"""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as Tree

import resvg_py
from PIL import Image

HERE = Path(__file__).parent
SIZE_PX = 560
COLOURS = 128
"""Flat drawings need no more, and their files grow small."""

Keep = Callable[[str], bool]


def picture(svg: Path, keep: Keep, shown: Keep = lambda name: False) -> Image.Image:
    """Draw the named groups of a drawing that are to be kept; `shown` ones also where they are hidden."""
    root = Tree.parse(svg).getroot()  # noqa: S314 (our own drawing)
    _prune(root, keep, shown, inside=False)
    png = resvg_py.svg_to_bytes(svg_string=Tree.tostring(root, encoding="unicode"), width=SIZE_PX)
    return Image.open(io.BytesIO(bytes(png))).convert("RGBA")


def _prune(element: Tree.Element, keep: Keep, shown: Keep, inside: bool) -> None:
    """Take out all shapes whose innermost named group is not kept."""
    for child in list(element):
        name = child.get("id", "")
        if shown(name):
            child.attrib.pop("display", None)
        stays = keep(name) if name else inside
        if not child.tag.endswith("}g"):
            if not stays:
                element.remove(child)
            continue
        _prune(child, keep, shown, stays)


def save(image: Image.Image, path: Path) -> None:
    """Write a small PNG."""
    path.parent.mkdir(exist_ok=True)
    image.quantize(COLOURS, method=Image.Quantize.FASTOCTREE).save(path, optimize=True)


def only(*names: str) -> Keep:
    """Return what keeps these groups."""
    return lambda name: name in names


def pip_layers() -> None:
    """Write Pip's layers, numbered in the order of painting."""
    names = (
        "rear-hair body ears head cheeks nose eye-left pupil-left eye-right pupil-right brow-left brow-right mouth hair"
    )
    for number, name in enumerate(names.split(), start=1):
        save(picture(HERE / "pip.svg", only(name)), HERE / "pip-layers" / f"{number:02d}-{name}.png")


def bloop_layers() -> None:
    """Write Bloop's layers and mouth shapes. Left and right are the picture's here."""
    groups = {
        "body": "Body", "head": "Head", "brow-left": "_x2B_Right_Eyebrow", "brow-right": "_x2B_Left_Eyebrow",
        "eye-left": "Right_Eye", "eye-right": "Left_Eye", "pupil-left": "_x2B_Right_Pupil",
        "pupil-right": "_x2B_Left_Pupil", "blink-left": "Right_Blink", "blink-right": "Left_Blink",
    }  # fmt: skip
    groups |= {f"mouth-{shape}": shape for shape in "ABCDEFGHX"}
    for name, group in groups.items():
        keep = only(group)
        save(picture(HERE / "bloop.svg", keep, keep), HERE / "bloop-layers" / f"{name}.png")


def bloop_states() -> None:
    """Write whole pictures of Bloop."""
    eyes = ("Right_Eye", "Left_Eye", "_x2B_Right_Pupil", "_x2B_Left_Pupil")
    blinks = ("Right_Blink", "Left_Blink")
    still = ("Body", "Head", "_x2B_Right_Eyebrow", "_x2B_Left_Eyebrow")
    for state, mouth in (("idle", "X"), ("talking", "D")):
        for suffix, shown in (("", eyes), ("-blink", blinks)):
            keep = only(*still, *shown, mouth)
            save(picture(HERE / "bloop.svg", keep, keep), HERE / "bloop-states" / f"{state}{suffix}.png")


if __name__ == "__main__":
    pip_layers()
    bloop_layers()
    bloop_states()
