"""Voices, music and effects mixed into the sound of a video."""

from phonoscope.sound.mixing.clips import HeldSound
from phonoscope.sound.mixing.mixdown import mix_to_file
from phonoscope.sound.mixing.tracks import EffectTrack, Mix, MixReport, MusicTrack, VoiceTrack

__all__ = ["EffectTrack", "HeldSound", "Mix", "MixReport", "MusicTrack", "VoiceTrack", "mix_to_file"]
