"""Marks alone: a drawing that nobody could find a face in is given one, and speaks.

python examples/talking_toaster.py toaster.mp4 "Your toast is ready."
"""

import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from phonoscope import make_video
from phonoscope.avatars.photo.marks import EyeMarks, FaceMarks, MouthMarks, marks_path, write_rig

SIZE_PX = (640, 480)
SHARP = 4  # drawn larger, then reduced: even edges

EYES = tuple(EyeMarks((x - 24, 205), (x + 24, 205), (x, 172), (x, 238), (x, 211)) for x in (250, 390))
MOUTH = MouthMarks(left=(230, 290), right=(410, 290), upper=((320, 330),))
TOASTER = FaceMarks(MOUTH, chin=(320, 372), name="Toaster", kind="thing", eyes=EYES)


def draw() -> Image.Image:
    image = Image.new("RGB", (SIZE_PX[0] * SHARP, SIZE_PX[1] * SHARP), "#e9e1cf")
    pen = ImageDraw.Draw(image)

    def box(*corners: int) -> list[int]:
        return [SHARP * value for value in corners]

    pen.rectangle(box(0, 385, 640, 480), fill="#a87a52")
    for x in (215, 345):
        pen.rounded_rectangle(box(x, 70, x + 80, 200), 12 * SHARP, fill="#d9a766", outline="#8a5a2b", width=4 * SHARP)
    pen.rounded_rectangle(box(110, 110, 530, 405), 60 * SHARP, fill="#c8453c", outline="#5b1a17", width=6 * SHARP)
    for x in (250, 390):
        pen.ellipse(box(x - 24, 172, x + 24, 238), fill="white", outline="#5b1a17", width=4 * SHARP)
        pen.ellipse(box(x - 10, 199, x + 10, 223), fill="#1c1414")
    along = np.linspace(-1, 1, 80)
    smile = [(SHARP * (320 + 90 * t), SHARP * (290 + 40 * (1 - t * t))) for t in along.tolist()]
    pen.line(smile, fill="#3a1010", width=8 * SHARP, joint="curve")
    for x, y in (smile[0], smile[-1]):
        pen.ellipse((x - 4 * SHARP, y - 4 * SHARP, x + 4 * SHARP, y + 4 * SHARP), fill="#3a1010")
    return image.resize(SIZE_PX, Image.Resampling.LANCZOS)


def main(output: str, text: str = "Good morning! Your toast is ready.") -> None:
    picture = Path(output).with_suffix(".png")
    draw().save(picture)
    write_rig(marks_path(picture), (TOASTER,), SIZE_PX)
    print(make_video(picture, text, output).path)


if __name__ == "__main__":
    main(*sys.argv[1:])
