"""Sizes of videos that have a name."""

from typing import Final

NAMED_SIZES: Final = {
    "480p": (854, 480),
    "720p": (1280, 720),
    "1080p": (1920, 1080),
    "1440p": (2560, 1440),
    "2160p": (3840, 2160),
}
"""Landscape 16:9, as players and sites mean these names."""
