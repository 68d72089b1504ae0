"""Every character of the library in fixed poses: sheets to judge by eye.

python -m bench.characters [-o out/characters] [--style micah …] [--only NAME …] [--side 150]

A row a character: at rest, m, aa, oo, f, blink, turned. Two characters stand beside each other.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from bench import poses
from phonoscope.avatars.drawn.avatar import DrawnAvatar
from phonoscope.avatars.drawn.character import Character
from phonoscope.avatars.drawn.library import list_characters
from phonoscope.avatars.drawn.styles import build_character
from phonoscope.core.performance import Pose, pose

SHOWN: dict[str, Pose] = {
    "rest": pose(),
    "m": poses.SPEECH["m"],
    "aa": poses.SPEECH["AA"],
    "oo": poses.SPEECH["oo"],
    "f": poses.SPEECH["f"],
    "blink": poses.EYES["blink"],
    "turned": pose((14, -4, 5, 0, 0), lipGap=0.03, jawOpen=0.2),
}

SIDE_BY_SIDE, ROWS = 2, 8
LABEL_PX = 14


def main() -> None:
    """Draw what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-o", "--output", type=Path, default=Path("out/characters"))
    parser.add_argument("--style", nargs="*", default=[], help="only these styles")
    parser.add_argument("--only", nargs="*", default=[], help="only these names")
    parser.add_argument("--side", type=int, default=150, help="pixels of a cell")
    arguments = parser.parse_args()
    chosen = [
        character
        for character in list_characters()
        if (not arguments.style or character.style in arguments.style)
        and (not arguments.only or character.name in arguments.only)
    ]
    arguments.output.mkdir(parents=True, exist_ok=True)
    styles = sorted({character.style for character in chosen})
    for style in styles:
        of_style = [character for character in chosen if character.style == style]
        page = SIDE_BY_SIDE * ROWS
        for number, start in enumerate(range(0, len(of_style), page), start=1):
            path = arguments.output / f"{style}-{number}.png"
            Image.fromarray(sheet(of_style[start : start + page], tuple(SHOWN.values()), arguments.side)).save(path)
            print(path, flush=True)


def sheet(shown: Sequence[Character], each: Sequence[Pose], side_px: int) -> NDArray[np.uint8]:
    """Return rows of poses, two characters beside each other; uint8, shape (height, width, 3)."""
    strips = [strip(character, each, side_px) for character in shown]
    blank = np.full_like(strips[0], 255)
    strips += [blank] * (-len(strips) % SIDE_BY_SIDE)
    rows = [np.hstack(strips[start : start + SIDE_BY_SIDE]) for start in range(0, len(strips), SIDE_BY_SIDE)]
    return np.vstack(rows)


def strip(character: Character, each: Sequence[Pose], side_px: int) -> NDArray[np.uint8]:
    """Return a character in each pose, with its name."""
    even_px = side_px - side_px % 2
    avatar = DrawnAvatar(build_character(character, (2 * even_px, 2 * even_px)))
    cells = []
    for number, moment in enumerate(each):
        cell = Image.fromarray(avatar.draw(moment)[:, :, :3]).resize((even_px, even_px), Image.Resampling.BOX)
        if number == 0:
            ImageDraw.Draw(cell).text((2, even_px - LABEL_PX), character.name, fill=(90, 90, 90))
        cells.append(np.asarray(cell))
    return np.hstack(cells)


if __name__ == "__main__":
    main()
