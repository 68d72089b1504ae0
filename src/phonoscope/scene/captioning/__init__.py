"""Captions burnt into a scene: pages of words that fit, in the styles of `document.captions`, from the words' times."""

from phonoscope.scene.captioning.captions import CaptionLayer, CaptionStage, caption_layer
from phonoscope.scene.captioning.drawing import Covered
from phonoscope.scene.captioning.painter import CaptionPainter

__all__ = ["CaptionLayer", "CaptionPainter", "CaptionStage", "Covered", "caption_layer"]
