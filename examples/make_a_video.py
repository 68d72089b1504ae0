"""The shortest way: a photo and a text become a video.

python examples/make_a_video.py portrait.jpg "Hello!" hello.mp4
"""

import sys

from phonoscope import VideoChoices, make_video
from phonoscope.speech import SpeakOptions


def main(photo: str, text: str, output: str) -> None:
    choices = VideoChoices(
        speech=SpeakOptions(voice="french-female" if text.startswith("Bonjour") else ""),
        captions=True,
        sidecars=frozenset({"srt"}),
        overwrite=True,
    )
    video = make_video(photo, text, output, choices)
    print(f"{video.path}: {video.duration_s:.1f} s, made in {video.wall_s:.1f} s")


if __name__ == "__main__":
    main(*sys.argv[1:4])
