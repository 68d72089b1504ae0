"""What is known only when everybody has spoken: whether what comes and goes does so while its scene is there."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from phonoscope.core.errors import SceneError
from phonoscope.core.speech import Word
from phonoscope.scene.document.anchors import parse_moment
from phonoscope.scene.document.collecting import Enough, Findings
from phonoscope.scene.document.faults import Step, shown
from phonoscope.scene.document.overlays import OverlayBase
from phonoscope.scene.document.video import SceneDocument
from phonoscope.scene.timeline import moment_s


@dataclass(frozen=True, slots=True)
class Timed:
    """A scene, or the whole video, that has been spoken.

    Attributes
    ----------
    length_s
        How long it is, its transitions included.
    words
        What is said in it, timed from its start.
    """

    length_s: float
    words: Sequence[Word] = ()


def check_timed(
    document: SceneDocument, scenes: Sequence[Timed], whole: Timed | None = None, data: object = None
) -> list[SceneError]:
    """Return what cannot be shown or heard, now that the times are known.

    Parameters
    ----------
    scenes
        Of the document, in order.
    whole
        The video, for the overlays that lie over all of it; None to leave them out.
    data
        The document as it was written, for the places of what is found.
    """
    findings = Findings(data)
    with suppress(Enough):
        _check(document, scenes, whole, findings)
    return findings.faults


def _check(document: SceneDocument, scenes: Sequence[Timed], whole: Timed | None, findings: Findings) -> None:
    for index, (scene, timed) in enumerate(zip(document.scenes, scenes, strict=True)):
        for place, overlay in enumerate(scene.overlays):
            _check_overlay(overlay, ("scenes", index, "overlays", place), timed, findings)
        for place, effect in enumerate(scene.effects):
            _begin_s(effect.at, ("scenes", index, "effects", place, "at"), timed, findings)
    for place, overlay in enumerate(document.overlays if whole else ()):
        _check_overlay(overlay, ("overlays", place), whole or Timed(0.0), findings)
    _check_transitions(document, scenes, findings)


def timed_notes(document: SceneDocument, scenes: Sequence[Timed]) -> list[str]:
    """Return what will be otherwise than the document says, though it can be rendered: what is cut or shortened."""
    notes = []
    for index, (scene, timed) in enumerate(zip(document.scenes, scenes, strict=True)):
        for place, overlay in enumerate(scene.overlays):
            end_s = moment_s(overlay.end, timed.length_s, timed.words)
            if end_s is not None and end_s > timed.length_s:
                where = f"scenes[{index}].overlays[{place}].end"
                notes.append(f"{where}: the scene ends sooner, after {timed.length_s:.1f} s.")
        most_s = _most_s(index, scenes) / 2
        if index and most_s < scene.transition.overlap_s:
            notes.append(f"scenes[{index}].transition: it takes {most_s:.1f} s only; the scenes are short.")
    return notes


def _check_overlay(overlay: OverlayBase, steps: tuple[Step, ...], timed: Timed, findings: Findings) -> None:
    begin_s = _begin_s(overlay.start, (*steps, "start"), timed, findings)
    end_s = _known_s(overlay.end, (*steps, "end"), timed, findings)
    if begin_s is not None and end_s is not None and end_s <= begin_s:
        findings.add(
            (*steps, "end"),
            f"it ends ({overlay.end}, at {end_s:.2f} s) before it has begun ({overlay.start}, at {begin_s:.2f} s).",
            "Let it end later, or begin sooner.",
        )


def _begin_s(anchor: str, steps: tuple[Step, ...], timed: Timed, findings: Findings) -> float | None:
    """Return when something begins; None where that cannot be, which is noted."""
    begin_s = _known_s(anchor, steps, timed, findings)
    if begin_s is not None and begin_s >= timed.length_s:
        findings.add(
            steps, f"{anchor} is not within the {timed.length_s:.1f} s that it has.", 'Begin sooner, or with "end-1".'
        )
        return None
    return begin_s


def _known_s(anchor: str, steps: tuple[Step, ...], timed: Timed, findings: Findings) -> float | None:
    moment = moment_s(anchor, timed.length_s, timed.words)
    if moment is None:
        told = parse_moment(anchor)
        often = f" {told.occurrence} times" if told.occurrence > 1 else ""
        findings.add(steps, f"{shown(told.word)} is not said{often} here.", "Name a word that is said, or seconds.")
    return moment


def _check_transitions(document: SceneDocument, scenes: Sequence[Timed], findings: Findings) -> None:
    """No transition takes longer than the scenes that it joins."""
    for index, scene in enumerate(document.scenes[1:], start=1):
        if scene.transition.overlap_s >= _most_s(index, scenes):
            findings.add(
                ("scenes", index, "transition", "duration_s"),
                f"{scene.transition.overlap_s:g} s are longer than a scene that it joins"
                f" ({_most_s(index, scenes):.1f} s).",
                "Make it shorter.",
            )


def _most_s(index: int, scenes: Sequence[Timed]) -> float:
    """Return the length of the shorter of a scene and the one before it."""
    return min(scenes[index].length_s, scenes[max(0, index - 1)].length_s)
