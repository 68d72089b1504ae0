"""Phonoscope: a photo and a script become a talking video, offline, on an ordinary laptop."""

__version__ = "0.1.0"
