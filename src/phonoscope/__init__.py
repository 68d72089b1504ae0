"""Phonoscope: a photo and a script, or a voice, become a talking video, offline, on an ordinary laptop.

>>> from phonoscope import lip_video, make_video, mimic_video, open_scene, render_scene
>>> make_video("portrait.jpg", "Hello!", "hello.mp4")  # doctest: +SKIP
>>> lip_video("portrait.jpg", "voice.wav", "talk.mp4")  # doctest: +SKIP
>>> mimic_video("avatar:anna", "me.mp4", "anna.mp4")  # doctest: +SKIP
>>> render_scene(open_scene("hello.json"), "hello.mp4")  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from phonoscope.version import __version__

if TYPE_CHECKING:
    from phonoscope.choices import ActingChoices, MimicChoices, Role, Video, VideoChoices, VoiceChoices
    from phonoscope.pipeline import lip_video, make_video, mimic_video
    from phonoscope.rendering.opening import open_scene
    from phonoscope.rendering.options import RenderOptions
    from phonoscope.rendering.render import render_scene
    from phonoscope.rendering.still import render_frame

__all__ = [
    "ActingChoices",
    "MimicChoices",
    "RenderOptions",
    "Role",
    "Video",
    "VideoChoices",
    "VoiceChoices",
    "__version__",
    "lip_video",
    "make_video",
    "mimic_video",
    "open_scene",
    "render_frame",
    "render_scene",
]

_WHERE = {
    **dict.fromkeys(("ActingChoices", "MimicChoices", "Role", "Video", "VideoChoices", "VoiceChoices"), "choices"),
    **dict.fromkeys(("lip_video", "make_video", "mimic_video"), "pipeline"),
    "open_scene": "rendering.opening",
    "RenderOptions": "rendering.options",
    "render_scene": "rendering.render",
    "render_frame": "rendering.still",
}
"""By name: the module that it is imported from."""


def __getattr__(name: str) -> Any:
    """Import a name from its module when it is first asked for: the version alone must not cost a second."""
    if name not in _WHERE:
        raise AttributeError(f"module 'phonoscope' has no attribute '{name}'")
    from importlib import import_module

    return getattr(import_module(f"phonoscope.{_WHERE[name]}"), name)
