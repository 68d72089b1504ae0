"""What stands behind everything else of a scene."""

from __future__ import annotations

from phonoscope.scene.backgrounds.opening import BackgroundLayer, background_layer
from phonoscope.scene.backgrounds.stage import BackgroundStage

__all__ = ["BackgroundLayer", "BackgroundStage", "background_layer"]
