"""What a user may choose, checked when it is chosen."""

from phonoscope.choices.acting import ActingChoices, parse_gaze
from phonoscope.choices.mimic import MimicChoices
from phonoscope.choices.roles import Role, parse_role
from phonoscope.choices.video import Video, VideoChoices, refuse_to_overwrite
from phonoscope.choices.voice import VoiceChoices

__all__ = [
    "ActingChoices",
    "MimicChoices",
    "Role",
    "Video",
    "VideoChoices",
    "VoiceChoices",
    "parse_gaze",
    "parse_role",
    "refuse_to_overwrite",
]
