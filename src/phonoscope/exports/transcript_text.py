"""What is said and seen in a video, to be read: NAME.txt, or NAME.md with headings and bold names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from phonoscope.exports.outline import SceneSpan, VideoOutline
from phonoscope.media.line_breaks import joined, shown_text
from phonoscope.media.subtitles import Cue, one_line

PARAGRAPH_PAUSE_S = 1.5
"""A longer pause begins a new paragraph."""

LONGEST_PARAGRAPH_S = 45.0
"""A paragraph ends with the next sentence after this: each has a time to find it by."""

_MARKUP = re.compile(r"([\\`*_\[\]<>#|~])")


@dataclass(frozen=True, slots=True)
class _Paragraph:
    speaker: str
    start_s: float
    text: str


def transcript_text(outline: VideoOutline) -> Iterator[str]:
    """Yield the lines of a plain transcript."""
    yield from _block(one_line(outline.title), "=")
    if outline.description:
        yield f"{one_line(outline.description)}\n\n"
    for scene, cues in _by_scene(outline):
        if len(outline.scenes) > 1 or scene.title:
            yield from _block(f"[{_clock(scene.start_s)}] {_heading(scene)}", "-")
        if scene.description:
            yield f"({one_line(scene.description)})\n\n"
        for paragraph in _paragraphs(cues):
            name = f"{paragraph.speaker}: " if paragraph.speaker else ""
            yield f"[{_clock(paragraph.start_s)}] {name}{paragraph.text}\n\n"


def transcript_markdown(outline: VideoOutline) -> Iterator[str]:
    """Yield the lines of a transcript as Markdown."""
    if outline.title:
        yield f"# {_escaped(outline.title)}\n\n"
    if outline.description:
        yield f"{_escaped(outline.description)}\n\n"
    for scene, cues in _by_scene(outline):
        if len(outline.scenes) > 1 or scene.title:
            yield f"## {_escaped(_heading(scene))} ({_clock(scene.start_s)})\n\n"
        if scene.description:
            yield f"*{_escaped(scene.description)}*\n\n"
        for paragraph in _paragraphs(cues):
            name = f"**{_escaped(paragraph.speaker)}** " if paragraph.speaker else ""
            yield f"{name}({_clock(paragraph.start_s)}) {_escaped(paragraph.text)}\n\n"


def _by_scene(outline: VideoOutline) -> Iterator[tuple[SceneSpan, list[Cue]]]:
    """Yield each scene with what begins to be said before the next one."""
    place = 0
    following = [scene.start_s + scene.overlap_s for scene in outline.scenes[1:]]
    for scene, until_s in zip(outline.scenes, [*following, float("inf")], strict=True):
        begin = place
        while place < len(outline.cues) and outline.cues[place].start_s < until_s:
            place += 1
        yield scene, list(outline.cues[begin:place])


def _paragraphs(cues: Iterable[Cue]) -> Iterator[_Paragraph]:
    held: list[Cue] = []
    for cue in cues:
        if held and _ends(held, cue):
            yield _paragraph(held)
            held = []
        held.append(cue)
    if held:
        yield _paragraph(held)


def _ends(held: list[Cue], cue: Cue) -> bool:
    """Tell whether a paragraph ends before a cue."""
    last = held[-1]
    said_s = last.words[-1].end_s if last.words else last.end_s
    if cue.speaker != last.speaker or cue.start_s - said_s > PARAGRAPH_PAUSE_S:
        return True
    return cue.start_s - held[0].start_s > LONGEST_PARAGRAPH_S and one_line(last.text)[-1:] in ".!?…。！？।؟"


def _paragraph(cues: list[Cue]) -> _Paragraph:
    parts = [word.text for cue in cues for word in cue.words] if all(cue.words for cue in cues) else None
    text = shown_text(joined(parts or [line for cue in cues for line in cue.text.split("\n")]))
    return _Paragraph(one_line(cues[0].speaker), cues[0].start_s, text)


def _heading(scene: SceneSpan) -> str:
    return one_line(scene.title) or scene.id


def _block(title: str, underline: str) -> Iterator[str]:
    if title:
        yield f"{title}\n{underline * len(title)}\n\n"


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\1", one_line(text))


def _clock(time_s: float) -> str:
    """Return ``M:SS``, or ``H:MM:SS`` from an hour on."""
    minutes, seconds = divmod(int(time_s), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}" if minutes >= 60 else f"{minutes}:{seconds:02}"
