"""Drawn avatars alone: characters that a search finds, at rest and saying "ma", as a PNG.

python examples/characters_speak.py "older woman glasses" characters.png
"""

import sys
from pathlib import Path

import numpy as np

from phonoscope.avatars.drawn.avatar import DrawnAvatar
from phonoscope.avatars.drawn.library import search
from phonoscope.avatars.drawn.styles import build_character
from phonoscope.core.performance import pose
from phonoscope.media.pictures import save_picture

SIZE_PX = (320, 320)
MOST = 6

REST = pose()
M = pose(lipGap=0.0, mouthPressLeft=0.4, mouthPressRight=0.4)
A = pose((8, -2, 3, 0, 0), lipGap=0.08, jawOpen=0.7)


def main(words: str, output: str) -> None:
    rows = []
    for character in search(words).found[:MOST]:
        avatar = DrawnAvatar(build_character(character, SIZE_PX))
        rows.append(np.hstack([avatar.draw(moment)[..., :3] for moment in (REST, M, A)]))
        print(character.name, *character.tags)
    save_picture(Path(output), np.vstack(rows), overwrite=True)


if __name__ == "__main__":
    main(*sys.argv[1:3])
