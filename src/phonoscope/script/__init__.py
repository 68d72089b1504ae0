"""Text to script: plain text with pause marks, or SSML 1.1."""

from phonoscope.script.reading import read_script

__all__ = ["read_script"]
