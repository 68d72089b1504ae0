"""Draw the README's pictures of scenes: ``python -m bench.showcase_scenes docs/images``.

``templates.jpg`` shows templates in their three shapes, ``captions.jpg`` what is said in ten scripts.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from phonoscope.media.pictures import save_picture
from phonoscope.rendering.opening import known_names
from phonoscope.rendering.options import RenderOptions
from phonoscope.rendering.still import render_frame
from phonoscope.scene.document.reading import read_document
from phonoscope.templates import find_template

GAP_PX = 8
ROW_PX = 180
PAPER = 255

ROWS: tuple[tuple[str, ...], ...] = (
    ("product-ad", "birthday:portrait", "lesson", "podcast-clip:square"),
    ("story:square", "real-estate-tour", "job-post:portrait", "news"),
    ("quiz", "quote:portrait", "dialogue", "restaurant-menu:square"),
)
"""Templates, some of them in another shape; each row is as wide as the others."""

SENTENCES: tuple[tuple[str, str, str], ...] = (
    ("en", "Good morning! What a beautiful day.", "karaoke"),
    ("ru", "Доброе утро! Какой прекрасный день.", "block"),
    ("el", "Καλημέρα! Τι όμορφη μέρα.", "karaoke"),
    ("ar", "صباح الخير! يا له من يوم جميل.", "karaoke"),
    ("he", "בוקר טוב! איזה יום יפה.", "block"),
    ("hi", "सुप्रभात! कितना सुंदर दिन है।", "karaoke"),
    ("th", "สวัสดีตอนเช้า วันนี้อากาศดีมาก", "block"),
    ("cmn", "早上好！今天天气真好。", "karaoke"),
    ("ja", "おはようございます。いい天気ですね。", "block"),
    ("ko", "좋은 아침입니다! 날씨가 정말 좋네요.", "karaoke"),
)
COLOURS = ("#264653", "#3d405b", "#5f0f40", "#0f4c5c", "#283618", "#774936", "#33415c", "#7f1d1d", "#312244", "#1b4332")
FACES = ("anna", "nikola", "abena", "omar", "noam", "priya", "mai", "wei", "kaito", "hugo")
"""Characters; whoever is not in the library is passed over for the first."""

SPOKEN_S = 1.35
"""When in a sentence its picture is taken."""


def main(folder: str) -> None:
    """Draw all pictures."""
    save_picture(Path(folder) / "templates.jpg", _templates(), overwrite=True)
    save_picture(Path(folder) / "captions.jpg", _captions(), overwrite=True)


def _templates() -> NDArray[np.uint8]:
    rows = []
    for names in ROWS:
        pictures = [Image.open(BytesIO(find_template(name).thumbnail)).convert("RGB") for name in names]
        shown = [picture.resize((round(picture.width * ROW_PX / picture.height), ROW_PX)) for picture in pictures]
        rows.append(_beside([np.asarray(picture, np.uint8) for picture in shown]))
    width = min(row.shape[1] for row in rows)
    scaled = [
        np.asarray(Image.fromarray(row).resize((width, round(row.shape[0] * width / row.shape[1])))) for row in rows
    ]
    return _below([np.asarray(row, np.uint8) for row in scaled])


def _captions() -> NDArray[np.uint8]:
    known = known_names()
    cells = []
    for (language, text, style), colour, face in zip(SENTENCES, COLOURS, FACES, strict=True):
        there = known.avatar is None or known.avatar(face) is None
        document = {
            "schema": "scene.1",
            "language": language,
            "canvas": {"width": 480, "height": 270},
            "captions": {"shown": True, "style": style, "size": 0.1, "look": "box"},
            "scenes": [
                {"avatars": [{"picture": f"avatar:{face if there else 'anna'}"}], "background": colour, "script": text}
            ],
        }
        read = read_document(document, Path(), {}, False, known)
        cells.append(render_frame(read, SPOKEN_S, RenderOptions()).rgb)
    half = len(cells) // 2
    return _below([_beside(cells[:half]), _beside(cells[half:])])


def _beside(pictures: list[NDArray[np.uint8]]) -> NDArray[np.uint8]:
    gap = np.full((pictures[0].shape[0], GAP_PX, 3), PAPER, np.uint8)
    parts = [part for picture in pictures for part in (picture, gap)][:-1]
    return np.hstack(parts)


def _below(rows: list[NDArray[np.uint8]]) -> NDArray[np.uint8]:
    gap = np.full((GAP_PX, rows[0].shape[1], 3), PAPER, np.uint8)
    parts = [part for row in rows for part in (row, gap)][:-1]
    return np.vstack(parts)


if __name__ == "__main__":
    main(sys.argv[1])
