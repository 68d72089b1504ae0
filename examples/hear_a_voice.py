"""A recording alone: what is heard in it when, with its text or without.

python examples/hear_a_voice.py voice.wav ["What is said."]
"""

import sys

from phonoscope.media.sound_file import open_sound
from phonoscope.speech import HearOptions, hear


def main(path: str, transcript: str = "") -> None:
    passed_s = 0.0
    for piece in hear(open_sound(path), HearOptions(transcript)):
        for phone in piece.phones:
            print(f"{passed_s + phone.start_s:7.2f} {passed_s + phone.end_s:7.2f}  {phone.ipa}")
        passed_s += piece.duration_s


if __name__ == "__main__":
    main(*sys.argv[1:3])
