"""A video of three scenes to test with."""

from __future__ import annotations

from fractions import Fraction

from phonoscope.core.speech import Word
from phonoscope.exports.outline import SceneSpan, SoundSpan, VideoOutline
from phonoscope.media.subtitles import spoken_cues


def said(text: str, start_s: float, speaker: str = "") -> list[tuple[Word, str]]:
    """Return words, each a third of a second, with who says them."""
    return [(Word(word, start_s + n / 3, start_s + (n + 0.9) / 3), speaker) for n, word in enumerate(text.split())]


OUTLINE = VideoOutline(
    title="A *fine* video",
    description="Two people greet each other.",
    duration_s=20.0,
    fps=Fraction(30000, 1001),
    size_px=(1280, 720),
    scenes=(
        SceneSpan("intro", 0.0, 8.0, "Welcome", "A man before a wall."),
        SceneSpan("middle", 7.0, 14.0, "", "", "dissolve", 1.0),
        SceneSpan("end", 14.0, 20.0),
    ),
    cues=tuple(
        spoken_cues(
            [
                *said("Hello there, how are you?", 1.0, "Ann"),
                *said("Very well.", 3.5, "Bo"),
                *said("And you?", 6.0, "Bo"),
                *said("Well indeed.", 8.5, "Ann"),
                *said("Goodbye.", 15.0, "Bo"),
            ]
        )
    ),
    voices=(SoundSpan("intro", 0.0, 8.0, "intro.wav"), SoundSpan("middle", 7.0, 14.0)),
    music=(SoundSpan("calm", 0.0, 20.0, "", 0.0, -14.0, 8.0),),
    effects=(SoundSpan("pop", 5.0, 5.2), SoundSpan("ding", 5.1, 6.0, "sounds/ding.wav", 1.5)),
)
