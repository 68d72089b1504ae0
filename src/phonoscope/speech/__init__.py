"""Script or voice to speech: sound with timed phones and words. Scripts are spoken offline by espeak-ng."""

from phonoscope.speech.hearing.listening import hear
from phonoscope.speech.hearing.options import HearOptions
from phonoscope.speech.options import SpeakOptions
from phonoscope.speech.speaking import speak
from phonoscope.speech.voices import Voice, find_voice, list_voices

__all__ = ["HearOptions", "SpeakOptions", "Voice", "find_voice", "hear", "list_voices", "speak"]
