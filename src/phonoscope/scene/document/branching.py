"""Where viewers of an interactive video can go: every scene is reached, and from every scene there is a way out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from phonoscope.core.suggesting import did_you_mean
from phonoscope.scene.document.collecting import MOST_GUESSED, Findings
from phonoscope.scene.document.faults import Step, one_of, shown
from phonoscope.scene.document.interaction import END
from phonoscope.scene.document.video import Scene, SceneDocument

_Target = int | None
"""The number of a scene; None for the end of the video."""


def check_branches(document: SceneDocument, findings: Findings) -> None:
    """Find choices that lead nowhere, scenes that nothing leads to, loops without a way out, and branches that run into
    each other.
    """  # noqa: D205 (one sentence)
    if not document.is_interactive:
        return
    before = len(findings.faults)
    for index, scene in enumerate(document.scenes):
        _check_names(scene, index, document.scene_ids, findings)
        _check_labels(scene, index, findings)
    if len(findings.faults) > before:
        # With names that mean nothing, what can be reached is not known.
        return
    targets = [_targets(scene, index, document) for index, scene in enumerate(document.scenes)]
    reached = _reached(targets)
    for index in range(len(targets)):
        if index not in reached:
            findings.add(
                ("scenes", index), "no choice and no scene leads to it.", "Let one lead there, or take the scene out."
            )
    _check_exits(document, targets, reached, findings)
    _check_overlaps(document, findings)


def _check_names(scene: Scene, index: int, names: Sequence[str], findings: Findings) -> None:
    wanted: list[tuple[tuple[Step, ...], str | None]] = [(("next",), scene.next)]
    if scene.interaction is not None:
        wanted += [
            (("interaction", "choices", place, "goto"), choice.goto)
            for place, choice in enumerate(scene.interaction.choices)
        ]
    for steps, name in wanted:
        if name is not None and name != END and name not in names:
            message = f"there is no scene {shown(name)}.{did_you_mean(name, names[:MOST_GUESSED])}"
            findings.add(("scenes", index, *steps), message, f"There are: {one_of(names)}.")


def _check_labels(scene: Scene, index: int, findings: Findings) -> None:
    """Two buttons that look alike cannot be told apart."""
    seen: set[str] = set()
    for place, choice in enumerate(scene.interaction.choices if scene.interaction else ()):
        label = " ".join(choice.label.casefold().split())
        if label in seen:
            steps = ("scenes", index, "interaction", "choices", place, "label")
            findings.add(steps, f"another choice is called {shown(choice.label)} too.", "Give each its own label.")
        seen.add(label)


def _number(name: str | None, document: SceneDocument) -> _Target:
    return None if name is None or name == END else document.scene_ids.index(name)


def _targets(scene: Scene, index: int, document: SceneDocument) -> list[_Target]:
    """Return where a scene may lead."""
    if scene.interaction is not None:
        return [_number(choice.goto, document) for choice in scene.interaction.choices]
    if scene.next is not None:
        return [_number(scene.next, document)]
    return [index + 1 if index + 1 < len(document.scenes) else None]


def _reached(targets: Sequence[Sequence[_Target]]) -> set[int]:
    """Return the scenes that can be reached from the first."""
    reached = {0}
    waiting = [0]
    while waiting:
        new = {target for target in targets[waiting.pop()] if target is not None} - reached
        reached |= new
        waiting += new
    return reached


def _leaving(targets: Sequence[Sequence[_Target]]) -> set[int]:
    """Return the scenes from which the end can be reached."""
    sources: dict[_Target, list[int]] = {}
    for index, leads in enumerate(targets):
        for target in leads:
            sources.setdefault(target, []).append(index)
    leaving: set[int] = set()
    waiting: list[_Target] = [None]
    while waiting:
        new = set(sources.get(waiting.pop(), ())) - leaving
        leaving |= new
        waiting += new
    return leaving


def _check_exits(
    document: SceneDocument, targets: Sequence[Sequence[_Target]], reached: Iterable[int], findings: Findings
) -> None:
    """Tell each loop once, at its first scene."""
    leaving = _leaving(targets)
    caught = sorted(set(reached) - leaving)
    told: set[int] = set()
    for index in caught:
        if index in told:
            continue
        loop = {index} | _reached_from(index, targets)
        told |= loop
        names = one_of([document.scene_id(place) for place in sorted(loop)])
        findings.add(
            ("scenes", index),
            f"from here, viewers never get to an end: they go round in {names}.",
            'Add a choice without "goto", or "next": "end".',
        )


def _reached_from(start: int, targets: Sequence[Sequence[_Target]]) -> set[int]:
    reached: set[int] = set()
    waiting = [start]
    while waiting:
        new = {target for target in targets[waiting.pop()] if target is not None} - reached
        reached |= new
        waiting += new
    return reached


def _check_overlaps(document: SceneDocument, findings: Findings) -> None:
    """Find branches that run on into another branch of the same question, because nobody told them to stop."""
    for scene in document.scenes:
        if scene.interaction is None:
            continue
        begins = {_number(choice.goto, document) for choice in scene.interaction.choices} - {None}
        for begin in sorted(place for place in begins if place is not None):
            last = _runs_to(begin, document)
            if last is not None and last + 1 in begins - {begin}:
                after = document.scene_id(last + 1)
                findings.add(
                    ("scenes", last),
                    f"it runs on into {after}, which another choice leads to.",
                    f'Add "next": the scene that follows, "end", or "{after}" if that is meant.',
                )


def _runs_to(begin: int, document: SceneDocument) -> int | None:
    """Return the last scene before another branch's beginning could follow by its place in the list only."""
    targets = {
        _number(choice.goto, document)
        for scene in document.scenes
        if scene.interaction is not None
        for choice in scene.interaction.choices
    }
    for index in range(begin, len(document.scenes)):
        scene = document.scenes[index]
        if scene.interaction is not None or scene.next is not None:
            return None
        if index + 1 in targets:
            return index
    return None
