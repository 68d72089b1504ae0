"""Avatars alone: one photo in every expression, as a PNG.

python examples/expressions.py portrait.jpg expressions.png
"""

import sys
from fractions import Fraction
from pathlib import Path

import numpy as np
from PIL import Image

from phonoscope.avatars.photo import rig_photo
from phonoscope.core.script import EXPRESSIONS
from phonoscope.core.sound import silence
from phonoscope.core.speech import Speech
from phonoscope.media.pictures import load_picture, save_picture
from phonoscope.performance import PerformOptions, perform

SIZE_PX = 320


def main(photo: str, output: str) -> None:
    avatar = rig_photo(load_picture(Path(photo)))
    cells = []
    for expression in EXPRESSIONS:
        # Three seconds without a word: the face expresses something, and nothing else.
        options = PerformOptions(fps=Fraction(10), expression=expression, style="still")
        pieces = perform([Speech(silence(3.0, 16000))], options)
        poses = [piece.pose(index) for piece in pieces for index in range(len(piece))]
        frame = Image.fromarray(avatar.draw(poses[len(poses) // 2])[..., :3])
        cells.append(np.asarray(frame.resize((SIZE_PX, SIZE_PX * frame.height // frame.width))))
    save_picture(Path(output), np.hstack(cells), overwrite=True)
    print(output, *EXPRESSIONS)


if __name__ == "__main__":
    main(*sys.argv[1:3])
