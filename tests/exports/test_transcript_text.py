"""A transcript has everything that is said and seen, in order, with times and names."""

from __future__ import annotations

from dataclasses import replace

from phonoscope.core.speech import Word
from phonoscope.exports.outline import SceneSpan
from phonoscope.exports.transcript_text import transcript_markdown, transcript_text
from phonoscope.media.subtitles import Cue, spoken_cues
from tests.exports.outlines import OUTLINE, said


def test_plain() -> None:
    assert "".join(transcript_text(OUTLINE)) == (
        "A *fine* video\n==============\n\n"
        "Two people greet each other.\n\n"
        "[0:00] Welcome\n--------------\n\n"
        "(A man before a wall.)\n\n"
        "[0:01] Ann: Hello there, how are you?\n\n"
        "[0:03] Bo: Very well.\n\n"
        "[0:06] Bo: And you?\n\n"
        "[0:07] middle\n-------------\n\n"
        "[0:08] Ann: Well indeed.\n\n"
        "[0:14] end\n----------\n\n"
        "[0:15] Bo: Goodbye.\n\n"
    )


def test_markdown() -> None:
    text = "".join(transcript_markdown(OUTLINE))
    assert text.startswith("# A \\*fine\\* video\n\nTwo people greet each other.\n\n## Welcome (0:00)\n\n*A man")
    assert "\n\n**Bo** (0:03) Very well.\n\n" in text


def test_one_scene_without_names_is_just_its_words() -> None:
    cues = tuple(spoken_cues(said("All of it. In one go.", 0.5)))
    alone = replace(OUTLINE, title="", description="", scenes=(SceneSpan("only", 0.0, 9.0),), cues=cues)
    assert "".join(transcript_text(alone)) == "[0:00] All of it. In one go.\n\n"


def test_long_speech_has_paragraphs_with_times() -> None:
    cues = tuple(spoken_cues(said("This is a sentence of seven words. " * 60, 0.0)))
    alone = replace(OUTLINE, scenes=(SceneSpan("only", 0.0, 200.0),), cues=cues)
    paragraphs = [line for line in "".join(transcript_text(alone)).split("\n\n") if line.startswith("[")]
    assert len(paragraphs) >= 3
    assert all(paragraph.endswith("words.") for paragraph in paragraphs)
    joined = " ".join(paragraph.partition("] ")[2] for paragraph in paragraphs)
    assert joined == ("This is a sentence of seven words. " * 60).strip()


def test_chinese_has_no_spaces_between_cues() -> None:
    cues = (
        Cue("今天天气很好", 0, 1, "", (Word("今天", 0, 0.5), Word("天气很好", 0.5, 1))),
        Cue("我们走吧", 1, 2, "", (Word("我们走吧", 1, 2),)),
    )
    alone = replace(OUTLINE, title="", description="", scenes=(SceneSpan("only", 0.0, 9.0),), cues=cues)
    assert "今天天气很好我们走吧" in "".join(transcript_text(alone))


def test_hours_are_told() -> None:
    late = replace(OUTLINE, cues=(Cue("late", 3725.0, 3726.0),))
    assert "[1:02:05] late" in "".join(transcript_text(late))
