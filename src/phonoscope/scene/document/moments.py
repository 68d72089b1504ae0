"""Whether what comes and goes in a scene does so in it: as far as can be told before anybody has spoken."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from phonoscope.core.script import Script
from phonoscope.core.suggesting import did_you_mean
from phonoscope.scene.document.anchors import Moment, parse_moment
from phonoscope.scene.document.collecting import Findings
from phonoscope.scene.document.faults import Step, Steps, shown
from phonoscope.scene.document.video import Scene, SceneDocument
from phonoscope.scene.timeline import plain_word

NOTHING_S = 1e-6
"""Moments that are no further apart are the same."""

MOST_GUESSED = 2000
"""Words of a text among which one is looked for that may have been meant."""

KEPT = 32
"""Texts whose words are kept: all that comes and goes in a scene is looked for in the same one."""

_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""Letters of languages that are written without spaces between words (Thai, Lao, Tibetan, Burmese, Khmer, Japanese,
Chinese)."""


@dataclass(frozen=True, slots=True)
class Clock:
    """What is known about the time in which something comes and goes.

    Attributes
    ----------
    length_s
        How long that is; None where it follows from what is said.
    said
        What is said meanwhile; None where that is not known.
    """

    length_s: float | None
    said: str | None


def check_moments(document: SceneDocument, scripts: Sequence[Script | None], findings: Findings) -> None:
    """Find times that cannot be."""
    clocks = [_clock(scene, script) for scene, script in zip(document.scenes, scripts, strict=True)]
    for index, (scene, clock) in enumerate(zip(document.scenes, clocks, strict=True)):
        steps = ("scenes", index)
        for place, overlay in enumerate(scene.overlays):
            _check_span(overlay.start, overlay.end, (*steps, "overlays", place), clock, findings)
        for place, effect in enumerate(scene.effects):
            _check_moment(effect.at, (*steps, "effects", place, "at"), clock, findings)
    _check_transitions(document, clocks, findings)
    whole = _whole(document, clocks)
    for place, overlay in enumerate(document.overlays):
        _check_span(overlay.start, overlay.end, ("overlays", place), whole, findings)


def _clock(scene: Scene, script: Script | None) -> Clock:
    if scene.script:
        return Clock(None, _text(script) if script else None)
    if scene.sound is not None:
        return Clock(None, scene.sound.transcript)
    return Clock(scene.duration_s, "")


def _whole(document: SceneDocument, clocks: Sequence[Clock]) -> Clock:
    """Return what is known about the whole video."""
    lengths = [clock.length_s for clock in clocks]
    said = [clock.said for clock in clocks]
    known = [length for length in lengths if length is not None]
    overlaps_s = sum(scene.transition.overlap_s for scene in document.scenes[1:])
    return Clock(
        sum(known) - overlaps_s if len(known) == len(lengths) else None,
        None if None in said else " ".join(text or "" for text in said),
    )


def _text(script: Script) -> str:
    return " ".join(line.text for line in script.lines)


def _check_span(start: str, end: str, steps: Steps, clock: Clock, findings: Findings) -> None:
    begins = _check_moment(start, (*steps, "start"), clock, findings)
    ends = _check_moment(end, (*steps, "end"), clock, findings, is_start=False)
    if not (begins and ends):
        return
    begin, last = parse_moment(start), parse_moment(end)
    lead_s = _lead_s(begin, last, clock.length_s)
    if lead_s is not None and lead_s <= NOTHING_S:
        findings.add(
            (*steps, "end" if end != "end" else "start"),
            f"it ends ({end}) before it has begun ({start}).",
            "Let it end later, or begin sooner.",
        )


def _check_moment(
    anchor: str, steps: tuple[Step, ...], clock: Clock, findings: Findings, is_start: bool = True
) -> bool:
    """Find a word that is not said, and a beginning after the end; tell whether all is well so far."""
    moment = parse_moment(anchor)
    if moment.kind == "word":
        wrong = _missing_word(moment, clock.said)
        if wrong is not None:
            findings.add(steps, *wrong)
        return wrong is None
    begin_s = seconds(moment, clock.length_s)
    if is_start and begin_s is not None and clock.length_s is not None and begin_s >= clock.length_s - NOTHING_S:
        findings.add(steps, f"{anchor} is not within the {clock.length_s:g} s that it has.", "Let it begin sooner.")
        return False
    return True


def seconds(moment: Moment, length_s: float | None) -> float | None:
    """Return a moment in seconds, None where that is not known."""
    if moment.kind == "start":
        return moment.offset_s
    if length_s is None or moment.kind == "word":
        return None
    return max(0.0, (1.0 if moment.kind == "end" else moment.share) * length_s + moment.offset_s)


def _lead_s(begin: Moment, last: Moment, length_s: float | None) -> float | None:
    """Return how long after the beginning the end is, None where that is not known."""
    begin_s, last_s = seconds(begin, length_s), seconds(last, length_s)
    if begin_s is not None and last_s is not None:
        return last_s - begin_s
    same = begin.kind == last.kind and (begin.word.casefold(), begin.occurrence, begin.at_end) == (
        last.word.casefold(),
        last.occurrence,
        last.at_end,
    )
    if same and begin.share == last.share:
        return last.offset_s - begin.offset_s
    if (last.kind == "start" and last.offset_s <= 0) or (begin.kind == "end" and begin.offset_s >= 0):
        return 0.0
    return None


def _missing_word(moment: Moment, said: str | None) -> tuple[str, str] | None:
    """Return what is wrong with a word that is not said, or not as often."""
    if said is None:
        return None
    if not said.strip():
        return "no words are known here: nothing is said, or it is not told what.", "Write seconds, such as 2.5."
    count = _times_said(moment.word, said)
    if count >= moment.occurrence:
        return None
    if count:
        return f"{shown(moment.word)} is said {count} times only.", f"Write #1 to #{count}."
    return (
        f"{shown(moment.word)} is not said here.{did_you_mean(moment.word, _tokens(said)[:MOST_GUESSED])}",
        "Name a word of the script.",
    )


def _times_said(phrase: str, said: str) -> int:
    """Return how often a phrase may be said: what is a word is known for certain only when it has been spoken."""
    if _UNSPACED.search(phrase):
        wanted = plain_word(phrase)
        return plain_word(said).count(wanted) if wanted else 0
    return max(_count(split(phrase), split(said)) for split in (_tokens, _pieces))


def _count(wanted: Sequence[str], said: Sequence[str]) -> int:
    if not wanted:
        return 0
    return sum(said[place : place + len(wanted)] == wanted for place in range(len(said) - len(wanted) + 1))


@lru_cache(KEPT)
def _tokens(text: str) -> tuple[str, ...]:
    """Return words as spaces separate them."""
    return tuple(plain for part in text.split() if (plain := plain_word(part)))


@lru_cache(KEPT)
def _pieces(text: str) -> tuple[str, ...]:
    """Return words as spaces, hyphens and other marks separate them."""
    return tuple(plain for part in re.split(r"[^\w'’]+", text) if (plain := plain_word(part)))


def _check_transitions(document: SceneDocument, clocks: Sequence[Clock], findings: Findings) -> None:
    """No transition takes more than half of either scene."""
    for index, scene in enumerate(document.scenes[1:], start=1):
        lengths = [length for length in (clocks[index - 1].length_s, clocks[index].length_s) if length is not None]
        if lengths and scene.transition.overlap_s > min(lengths) / 2 + NOTHING_S:
            findings.add(
                ("scenes", index, "transition", "duration_s"),
                f"{scene.transition.overlap_s:g} s are more than half of a scene of {min(lengths):g} s.",
                f"Give at most {min(lengths) / 2:g}.",
            )
