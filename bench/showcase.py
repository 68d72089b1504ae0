"""Draw the README's pictures: ``python -m bench.showcase docs/images`` writes ``faces.png`` and ``characters.png``."""

from __future__ import annotations

import runpy
import sys
import tempfile
from fractions import Fraction
from pathlib import Path

import numpy as np
import skimage.data
from numpy.typing import NDArray
from PIL import Image

from phonoscope import VideoChoices
from phonoscope.avatars.drawn.avatar import DrawnAvatar
from phonoscope.avatars.drawn.library import list_characters
from phonoscope.avatars.drawn.styles import build_character
from phonoscope.avatars.photo import RigOptions, rig_photo
from phonoscope.avatars.photo.marks import faces_from_marks, read_rig
from phonoscope.casting import cast
from phonoscope.core.colour import frame_to_rgb
from phonoscope.core.events import ignore_events
from phonoscope.core.frames import Picture
from phonoscope.core.performance import Pose, pose
from phonoscope.core.sound import silence
from phonoscope.core.speech import Speech
from phonoscope.media.pictures import load_picture, save_picture
from phonoscope.performance import PerformOptions, perform
from phonoscope.scene.backdrop import Stage, standing_before
from phonoscope.scene.background import parse_background

CELL_PX = 300
FACE = (slice(10, 210), slice(124, 324))
"""Head of the astronaut."""

EXPRESSIONS = ("neutral", "happy", "sad", "surprised", "angry")
BACKGROUNDS = ("", "blur:0.8", "#2d6a8e", "gradient:#f2b880,#7c4d79", "gradient:#1d2b4f,#0b1022")
TOY_POSES = (
    pose(),
    pose(lipGap=0.05, jawOpen=0.45),
    pose(lipGap=0.03, jawOpen=0.2, mouthFunnel=0.9, mouthPucker=0.9),
    pose(lipGap=0.09, jawOpen=0.8),
    pose(eyeBlinkLeft=1.0, eyeBlinkRight=1.0),
)

SMALL_PX = 230
SHOWN_STYLES = (
    "avataaars", "adventurer", "micah", "open-peeps", "big-ears", "toon-head", "personas",
    "lorelei", "bottts", "critters", "fun-emoji", "pixel-art", "voxel-art", "sprouts",
)  # fmt: skip
SPOKEN = (
    pose((5, 1, -2, 0, 0)),
    pose((-7, 2, 4, 0, 0), lipGap=0.075, jawOpen=0.6, eyeLookInLeft=0.3, eyeLookOutRight=0.3),
)

Row = list[NDArray[np.uint8]]


def main(folder: str) -> None:
    """Draw both pictures."""
    pictures = {"faces.png": [_expressions(), _toys(), _backgrounds()], "characters.png": _characters()}
    for name, rows in pictures.items():
        path = Path(folder) / name
        save_picture(path, np.vstack([np.hstack(row) for row in rows]), overwrite=True)
        print(path)


def _characters() -> list[Row]:
    """Draw one character of each style that is shown, saying something in each row."""
    shown = {character.style: character for character in reversed(list_characters()) if character.style in SHOWN_STYLES}
    avatars = [DrawnAvatar(build_character(shown[style], (2 * SMALL_PX, 2 * SMALL_PX))) for style in SHOWN_STYLES]
    half = len(avatars) // 2
    return [
        [_scaled(avatar.draw(moment)[..., :3], SMALL_PX) for avatar in row]
        for row in (avatars[:half], avatars[half:])
        for moment in SPOKEN
    ]


def _expressions() -> Row:
    photo = Picture(_scaled(skimage.data.astronaut()[FACE], 600))
    avatar = rig_photo(photo)
    return [_scaled(avatar.draw(_held(name))[..., :3], CELL_PX) for name in EXPRESSIONS]


def _held(expression: str) -> Pose:
    """Return an expression in the middle of a silence."""
    options = PerformOptions(
        fps=Fraction(10), expression=expression, expression_strength=1.2, style="still", blinks=False
    )
    pieces = perform([Speech(silence(3.0, 16000))], options)
    poses = [piece.pose(index) for piece in pieces for index in range(len(piece))]
    return poses[len(poses) // 2]


def _toys() -> Row:
    toaster = runpy.run_path(str(Path(__file__).parents[1] / "examples/talking_toaster.py"))
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "toaster.png"
        toaster["draw"]().save(path)
        toaster["write_rig"](path.with_suffix(".rig.json"), (toaster["TOASTER"],), toaster["SIZE_PX"])
        picture = load_picture(path)
        faces = faces_from_marks(read_rig(path.with_suffix(".rig.json"), picture.size_px), picture)
    avatar = rig_photo(picture, RigOptions(faces=faces))
    middle = slice(80, 560)
    return [_scaled(avatar.draw(moment)[:, middle, :3], CELL_PX) for moment in TOY_POSES]


def _backgrounds() -> Row:
    photo = Picture(_scaled(skimage.data.astronaut()[:300, 74:374], 600))
    cells = []
    for text in BACKGROUNDS:
        actors = cast(photo, "mp4", VideoChoices(background=text), (), ignore_events)
        stage = Stage(Fraction(30), actors.canvas.picture, actors.canvas.photo_box, actors.avatar.picture)
        with standing_before(parse_background(text), stage, ignore_events) as put_behind:
            cells.append(_scaled(frame_to_rgb(put_behind(actors.avatar.draw_frame(_held("happy")), 0)), CELL_PX))
    return cells


def _scaled(rgb: NDArray[np.uint8], side_px: int) -> NDArray[np.uint8]:
    return np.array(Image.fromarray(np.ascontiguousarray(rgb)).resize((side_px, side_px), Image.Resampling.LANCZOS))


if __name__ == "__main__":
    main(sys.argv[1])
