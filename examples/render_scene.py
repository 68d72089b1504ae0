"""A scene document, written in Python, becomes a video; what happens meanwhile is told, event by event.

python examples/render_scene.py hello.mp4 Anna
"""

import sys

from phonoscope import RenderOptions, open_scene, render_frame, render_scene
from phonoscope.core.events import Event, Progress, StageStarted

DOCUMENT = {
    "schema": "scene.1",
    "variables": {"name": {"description": "Who is greeted."}},
    "captions": "karaoke",
    "scenes": [
        {
            "avatars": [{"picture": "avatar:anna", "crop": "circle", "size": 0.6}],
            "background": {"kind": "gradient", "colours": ["#4568dc", "#b06ab3"]},
            "script": "Hello, {{name}}!",
        }
    ],
}


def tell(event: Event) -> None:
    """Print what is going on."""
    match event:
        case StageStarted(message=message):
            print(message)
        case Progress(done=done, total=total, unit=unit) if total:
            print(f"{done:.0f} of {total:.0f} {unit}", end="\r" if done < total else "\n")


# A document in a file is opened by its path, and a template by its name: open_scene("hello.json", {"name": "Anna"}).
scene = open_scene(DOCUMENT, {"name": sys.argv[2]})
video = render_scene(scene, sys.argv[1], RenderOptions(draft=True, overwrite=True), tell)
picture = render_frame(scene, video.duration_s / 2, RenderOptions(draft=True))
print(f"{video.path}: {video.duration_s:.1f} s, {video.frames} frames of {picture.rgb.shape[1]}x{picture.rgb.shape[0]}")
