"""Phonoscope: a photo and a script become a talking video, offline, on an ordinary laptop.

>>> from phonoscope import make_video
>>> make_video("portrait.jpg", "Hello!", "hello.mp4")  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from phonoscope.choices import Video, VideoChoices
    from phonoscope.pipeline import make_video

__version__ = "0.1.0"
__all__ = ["Video", "VideoChoices", "__version__", "make_video"]


def __getattr__(name: str) -> Any:
    """Import the pipeline when it is first asked for: the version alone must not cost a second."""
    if name in {"Video", "VideoChoices"}:
        from phonoscope import choices

        return getattr(choices, name)
    if name == "make_video":
        from phonoscope.pipeline import make_video

        return make_video
    raise AttributeError(f"module 'phonoscope' has no attribute '{name}'")
