"""Writes documents, thumbnails and the index of all templates: ``python -m templates [NAME …]``."""

from __future__ import annotations

import importlib
import json
import pkgutil
import sys
from pathlib import Path

from PIL import Image

import templates.designs
from phonoscope.rendering.opening import known_names
from phonoscope.rendering.options import RenderOptions
from phonoscope.rendering.still import render_frame
from phonoscope.scene.document.reading import read_document
from phonoscope.templates.library import FORMATS
from templates.design import SHAPES, Design, Json, Shape
from templates.kit import STILL
from templates.pictures import write_pictures

FOLDER = Path(__file__).parent.parent / "src" / "phonoscope" / "assets" / "templates"

THUMBNAIL_PX = 320
"""Longer side of a thumbnail."""

THUMBNAIL_QUALITY = 78


def all_designs() -> list[Design]:
    """Return all designs, by category and name."""
    designs: list[Design] = []
    for module in pkgutil.iter_modules(templates.designs.__path__):
        designs += importlib.import_module(f"templates.designs.{module.name}").DESIGNS
    return sorted(designs, key=lambda design: (design.category, design.name))


def document_of(design: Design, shape: Shape) -> Json:
    """Return the document of a design in a shape."""
    built = design.build(shape)
    for scene in built["scenes"]:
        scene["overlays"] = [_held(overlay) for overlay in scene.get("overlays", [])]
    return {
        "schema": "scene.1",
        "title": design.title,
        "description": design.description,
        **built,
        "canvas": {"format": FORMATS[shape.name], "resolution": 720, **built.get("canvas", {})},
    }


def _held(overlay: Json) -> Json:
    """Let what is there until its scene ends go with the scene, not a moment before."""
    stays = overlay.get("end", "end") == "end" and "exit" not in overlay
    return {**overlay, "exit": STILL} if stays else overlay


def write(design: Design, shape: Shape) -> None:
    """Write a design's document and thumbnail in a shape."""
    folder = FOLDER / design.name
    folder.mkdir(parents=True, exist_ok=True)
    write_pictures(design.pictures, folder)
    document = document_of(design, shape)
    (folder / f"{shape.name}.json").write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", "utf-8")
    read = read_document(document, folder, {}, False, known_names())
    picture = render_frame(read, design.thumbnail_s, RenderOptions(resolution=360))
    image = Image.fromarray(picture.rgb)
    image.thumbnail((THUMBNAIL_PX, THUMBNAIL_PX), Image.Resampling.LANCZOS)
    image.save(folder / f"{shape.name}.webp", quality=THUMBNAIL_QUALITY, method=6)


def main(names: list[str]) -> None:
    """Write all designs, or those that are named."""
    designs = all_designs()
    for design in designs:
        if not names or design.name in names:
            for shape in SHAPES:
                write(design, shape)
                print(f"{design.name} {shape.name}")
    index = {
        design.name: {
            "title": design.title,
            "description": design.description,
            "category": design.category,
            "tags": list(design.tags),
        }
        for design in designs
    }
    (FOLDER / "index.json").write_text(json.dumps(index, ensure_ascii=False, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
