"""Avatars alone: one photo in one pose of your own, as a PNG.

python examples/pose_a_photo.py portrait.jpg posed.png
"""

import sys
from pathlib import Path

from phonoscope.avatars.photo import rig_photo
from phonoscope.core.performance import pose
from phonoscope.media.pictures import load_picture, save_picture


def main(photo: str, output: str) -> None:
    avatar = rig_photo(load_picture(Path(photo)))
    surprised = pose((4, 2, -3, 0, 0), jawOpen=0.5, lipGap=0.05, browInnerUp=1, browOuterUpLeft=1, browOuterUpRight=1)
    save_picture(Path(output), avatar.draw(surprised), overwrite=True)
    print(output)


if __name__ == "__main__":
    main(*sys.argv[1:3])
