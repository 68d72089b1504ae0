"""Phonoscope: a photo and a script, or a voice, become a talking video, offline, on an ordinary laptop.

>>> from phonoscope import lip_video, make_video
>>> make_video("portrait.jpg", "Hello!", "hello.mp4")  # doctest: +SKIP
>>> lip_video("portrait.jpg", "voice.wav", "talk.mp4")  # doctest: +SKIP
>>> mimic_video("avatar:anna", "me.mp4", "anna.mp4")  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from phonoscope.choices import ActingChoices, MimicChoices, Role, Video, VideoChoices, VoiceChoices
    from phonoscope.pipeline import lip_video, make_video, mimic_video

__version__ = "0.1.0"
__all__ = [
    "ActingChoices",
    "MimicChoices",
    "Role",
    "Video",
    "VideoChoices",
    "VoiceChoices",
    "__version__",
    "lip_video",
    "make_video",
    "mimic_video",
]


def __getattr__(name: str) -> Any:
    """Import the pipeline when it is first asked for: the version alone must not cost a second."""
    if name in {"ActingChoices", "MimicChoices", "Role", "Video", "VideoChoices", "VoiceChoices"}:
        from phonoscope import choices

        return getattr(choices, name)
    if name in {"lip_video", "make_video", "mimic_video"}:
        from phonoscope import pipeline

        return getattr(pipeline, name)
    raise AttributeError(f"module 'phonoscope' has no attribute '{name}'")
