"""Look at the lips of a video: one frame for each phone, side by side, as a PNG. Needs the timed phones beside it.

phonoscope say portrait.jpg "Pepper, marble, five blue moons." -o talk.mp4 --phones
python examples/contact_sheet.py talk.mp4 sheet.png
"""

import json
import sys
from importlib import resources
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from phonoscope.core.frames import Picture
from phonoscope.media.pictures import save_picture
from phonoscope.media.probe import probe
from phonoscope.media.reader import read_frames

CELL_PX = 240
COLUMNS = 6


def main(video: str, sheet: str, wanted: str = "p b m f v iː aɪ uː ɑː ɛ l") -> None:
    track = probe(Path(video)).video
    if track is None:
        raise SystemExit(f"{video} shows no picture.")
    fps = float(track.fps)
    phones = json.loads(Path(video).with_suffix(".phones.json").read_text(encoding="utf-8"))
    first: dict[int, str] = {0: "at rest"}
    for phone in phones:
        if phone["phone"] in wanted.split() and phone["phone"] not in first.values():
            first[round((phone["start_s"] + phone["end_s"]) / 2 * fps)] = phone["phone"]
    cells = [_cell(frame, first[number]) for number, frame in enumerate(read_frames(Path(video))) if number in first]
    cells += [np.zeros_like(cells[0])] * (-len(cells) % COLUMNS)
    rows = [np.hstack(cells[i : i + COLUMNS]) for i in range(0, len(cells), COLUMNS)]
    save_picture(Path(sheet), Picture(np.vstack(rows)).rgb, overwrite=True)
    print(f"{sheet}: {len(first)} frames")


def _cell(frame: np.ndarray, label: str) -> np.ndarray:
    """Return a frame, small and square about its upper middle, with a label."""
    height, width = frame.shape[:2]
    side = min(height, width)
    picture = Image.fromarray(frame).crop(((width - side) // 2, 0, (width + side) // 2, side))
    picture = picture.resize((CELL_PX, CELL_PX), Image.Resampling.LANCZOS)
    pen = ImageDraw.Draw(picture)
    # The package's own font has the letters of the phonetic alphabet.
    font = resources.files("phonoscope").joinpath("assets/fonts/NotoSans-700.ttf").read_bytes()
    pen.text((8, 6), label, "white", ImageFont.truetype(BytesIO(font), 20), stroke_width=2, stroke_fill="black")
    return np.asarray(picture)


if __name__ == "__main__":
    main(*sys.argv[1:])
