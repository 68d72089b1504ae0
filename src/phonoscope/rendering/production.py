"""What all scenes of a video share while it is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

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
    """

    document: SceneDocument
    assets: Assets
    size_px: tuple[int, int]
    fps: Fraction
    timeline: Timeline
    transparent: bool = False

    def transition(self, index: int) -> TransitionSettings:
        """Return how a scene follows the one before it."""
        return transition_settings(self.document.scenes[index].transition)
