"""Speech alone: which phone and which word is heard when.

python examples/timed_phones.py "Pepper and marble."
"""

import sys

from phonoscope.script import read_script
from phonoscope.speech import SpeakOptions, speak


def main(text: str) -> None:
    for piece in speak(read_script(text), SpeakOptions(voice="en-gb-male")):
        for word in piece.words:
            inside = [p.ipa for p in piece.phones if word.start_s - 0.01 <= p.start_s < word.end_s - 0.005]
            print(f"{word.start_s:6.2f} {word.end_s:6.2f}  {word.text:16} {' '.join(inside)}")


if __name__ == "__main__":
    main(sys.argv[1])
