"""Script to speech: sound with timed phones and words, made offline by espeak-ng."""

from phonoscope.speech.options import SpeakOptions
from phonoscope.speech.speaking import speak
from phonoscope.speech.voices import Voice, find_voice, list_voices

__all__ = ["SpeakOptions", "Voice", "find_voice", "list_voices", "speak"]
