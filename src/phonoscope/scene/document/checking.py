"""Whether the parts of a document fit each other; all that does not, at once, before anything is made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress

from phonoscope.core.errors import SceneError, ScriptError
from phonoscope.core.script import Script
from phonoscope.core.suggesting import did_you_mean
from phonoscope.scene.document.branching import check_branches
from phonoscope.scene.document.collecting import MOST_GUESSED, Enough, Findings
from phonoscope.scene.document.faults import Step, one_of, shown
from phonoscope.scene.document.interaction import END
from phonoscope.scene.document.known import Known
from phonoscope.scene.document.moments import check_moments
from phonoscope.scene.document.overlays import Overlay
from phonoscope.scene.document.speakers import check_speakers
from phonoscope.scene.document.video import Scene, SceneDocument


def check_document(document: SceneDocument, data: object, known: Known) -> list[SceneError]:
    """Return what does not fit.

    Parameters
    ----------
    data
        The document as it is written, for the places of what is found.
    known
        What only the caller knows; without its reader of scripts, what is said is not looked at.
    """
    findings = Findings(data)
    with suppress(Enough):
        _check(document, known, findings)
    return findings.faults


def _check(document: SceneDocument, known: Known, findings: Findings) -> None:
    scripts = _read_scripts(document, known, findings)
    _check_ids(document, findings)
    _check_music(document, findings)
    _check_looks(document, findings)
    _check_captions(document, findings)
    _check_voice_effects(document, known, findings)
    check_speakers(document, scripts, findings)
    check_moments(document, scripts, findings)
    check_branches(document, findings)


def _read_scripts(document: SceneDocument, known: Known, findings: Findings) -> list[Script | None]:
    """Return the script of each scene; None where there is none, or nobody who can read it."""
    scripts: list[Script | None] = []
    for index, scene in enumerate(document.scenes):
        script = None
        if known.script is not None and scene.script:
            names = [name for avatar in scene.avatars for name in (avatar.name, *avatar.faces) if name]
            voice = scene.voice or document.voice
            try:
                script = known.script(scene.script, voice.language or document.language, tuple(dict.fromkeys(names)))
            except ScriptError as error:
                where = f"Line {error.line}: " if error.line and "line" not in error.message else ""
                findings.add(("scenes", index, "script"), f"{where}{error.message}", error.remedy)
        scripts.append(script)
    return scripts


def _check_ids(document: SceneDocument, findings: Findings) -> None:
    """No two scenes, and no two overlays of a scene, may be called alike."""
    seen: dict[str, int] = {}
    for index, name in enumerate(document.scene_ids):
        if name == END:
            findings.add(("scenes", index, "id"), '"end" means the end of the video.', "Call the scene otherwise.")
        if name in seen:
            # The one that has got its name by its place cannot be at fault.
            place = index if document.scenes[index].id else seen[name]
            findings.add(("scenes", place, "id"), f"another scene is called {name} too.", "Give it another id.")
        seen.setdefault(name, index)
    _check_overlay_ids(document.overlays, ("overlays",), findings)
    for index, scene in enumerate(document.scenes):
        _check_overlay_ids(scene.overlays, ("scenes", index, "overlays"), findings)


def _check_overlay_ids(overlays: Sequence[Overlay], steps: tuple[Step, ...], findings: Findings) -> None:
    for index in repeated(overlay.id for overlay in overlays):
        name = overlays[index].id
        findings.add((*steps, index, "id"), f"another overlay is called {name} too.", "Give it another id.")


def repeated(names: Iterable[str | None]) -> list[int]:
    """Return the places of names that stand there for the second time, capitals or not."""
    seen: set[str] = set()
    places = []
    for place, name in enumerate(names):
        if name and name.casefold() in seen:
            places.append(place)
        elif name:
            seen.add(name.casefold())
    return places


def _check_music(document: SceneDocument, findings: Findings) -> None:
    """Music begins and ends with scenes that there are."""
    names = document.scene_ids
    for index, music in enumerate(document.music):
        places: dict[str, int] = {}
        for field, name in (("from_scene", music.from_scene), ("to_scene", music.to_scene)):
            if name and name not in names:
                near = did_you_mean(name, names[:MOST_GUESSED])
                findings.add(
                    ("music", index, field), f"there is no scene {shown(name)}.{near}", f"There are: {one_of(names)}."
                )
            elif name:
                places[field] = names.index(name)
        if len(places) == 2 and places["to_scene"] < places["from_scene"]:
            findings.add(
                ("music", index, "to_scene"), "it ends before it begins.", "Name a scene that is not before from_scene."
            )


def _check_looks(document: SceneDocument, findings: Findings) -> None:
    """Looks have names that there are."""
    for index, scene in enumerate(document.scenes):
        for place, chosen in enumerate(scene.filters):
            if chosen.kind != "look":
                continue
            from phonoscope.scene.filters.looks import LOOKS

            if chosen.name not in LOOKS:
                near = did_you_mean(chosen.name, LOOKS)
                findings.add(
                    ("scenes", index, "filters", place, "name"),
                    f"there is no look {shown(chosen.name)}.{near}",
                    f"Choose one of: {one_of(list(LOOKS))}.",
                )


def _check_captions(document: SceneDocument, findings: Findings) -> None:
    """Captions of a recording need to be told what is said in it."""
    for index, scene in enumerate(document.scenes):
        if scene.sound is not None and not scene.sound.transcript.strip() and _captions_of(scene, document):
            findings.add(
                ("scenes", index, "sound", "transcript"),
                "captions are shown, but it is not told what is said in the recording.",
                'Add "transcript" to the sound, or "captions": {"shown": false} to the scene.',
            )


def _check_voice_effects(document: SceneDocument, known: Known, findings: Findings) -> None:
    """Voices are changed to what there is."""
    chosen: list[tuple[tuple[Step, ...], str]] = [(("voice",), document.voice.effect)]
    for index, scene in enumerate(document.scenes):
        chosen += [(("scenes", index, "voice"), scene.voice.effect)] if scene.voice else []
        chosen += [(("scenes", index, "sound"), scene.sound.effect)] if scene.sound else []
    for steps, name in chosen:
        if name and known.voice_effects is not None and name not in known.voice_effects:
            message = f"there is no voice effect {shown(name)}.{did_you_mean(name, known.voice_effects)}"
            findings.add((*steps, "effect"), message, f"Choose one of: {one_of(sorted(known.voice_effects))}.")


def _captions_of(scene: Scene, document: SceneDocument) -> bool:
    return (scene.captions or document.captions).shown
