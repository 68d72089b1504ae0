"""Speech to performance: how far the lips and the jaw open in each frame, with no picture at all.

python examples/curves_of_a_face.py "Mama, open the window."
"""

import sys
from fractions import Fraction

from phonoscope.performance import PerformOptions, perform
from phonoscope.script import read_script
from phonoscope.speech import SpeakOptions, speak


def main(text: str) -> None:
    pieces = speak(read_script(text), SpeakOptions())
    for performance in perform(pieces, PerformOptions(fps=Fraction(25))):
        for index in range(len(performance)):
            pose = performance.pose(index)
            bar = "#" * round(600 * pose["lipGap"])
            print(f"{performance.first_frame + index:5d}  jaw {pose['jawOpen']:.2f}  lips {bar}")


if __name__ == "__main__":
    main(sys.argv[1])
