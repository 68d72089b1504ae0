"""What all scenes of a video share while it is drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from phonoscope.core.frames import Picture
from phonoscope.media.pictures import load_picture
from phonoscope.rendering.filtering import transition_settings
from phonoscope.scene.document.assets import Assets
from phonoscope.scene.document.video import SceneDocument
from phonoscope.scene.timeline import Timeline
from phonoscope.scene.transitions.settings import TransitionSettings


@dataclass(frozen=True, slots=True, eq=False)
class Production:
    """What all scenes of a video share.

    Attributes
    ----------
    document, assets
        What is rendered.
    size_px, fps
        Of the video.
    timeline
        Where its scenes are.
    transparent
        The video keeps its holes.
    load
        Opens the pictures that lie over and behind the people.
    """

    document: SceneDocument
    assets: Assets
    size_px: tuple[int, int]
    fps: Fraction
    timeline: Timeline
    transparent: bool = False
    load: Callable[[Path], Picture] = load_picture

    def transition(self, index: int) -> TransitionSettings:
        """Return how a scene follows the one before it."""
        return transition_settings(self.document.scenes[index].transition)
