"""Timed phones and curves in the formats of other tools: Praat, Rhubarb Lip Sync, Live Link Face, and plain JSON."""

from phonoscope.exports.arkit import ArkitWriter
from phonoscope.exports.mouth_cues import MouthCue, cues_json, cues_tsv, cues_xml, mouth_cues
from phonoscope.exports.phones import phones_json
from phonoscope.exports.textgrid import textgrid
from phonoscope.exports.timing import Timing

__all__ = [
    "ArkitWriter",
    "MouthCue",
    "Timing",
    "cues_json",
    "cues_tsv",
    "cues_xml",
    "mouth_cues",
    "phones_json",
    "textgrid",
]
