"""Whether those who are seen are those who speak."""

from __future__ import annotations

from collections.abc import Sequence

from phonoscope.core.script import Script
from phonoscope.core.suggesting import did_you_mean
from phonoscope.scene.document.collecting import Findings
from phonoscope.scene.document.faults import one_of, shown
from phonoscope.scene.document.speaking import Avatar, Voice
from phonoscope.scene.document.video import Scene, SceneDocument

OFF = "off"
"""The face of a speaker who is heard, but not seen."""


def check_speakers(document: SceneDocument, scripts: Sequence[Script | None], findings: Findings) -> None:
    """Find names that nobody in the scripts has, and speakers who are there twice.

    Avatars without lines listen, and voices without faces are heard from beside the picture; both are meant, unless a
    scene has one of each: then a name is misspelt.
    """
    everybody = {name.casefold() for script in scripts if script for name in script.speakers}
    for index, (scene, script) in enumerate(zip(document.scenes, scripts, strict=True)):
        _check_twice(scene, index, findings)
        if script is not None and script.speakers:
            _check_avatars(scene, index, script.speakers, everybody, findings)
            if scene.voice is not None:
                _check_voices(scene.voice, ("scenes", index, "voice"), script.speakers, findings)
    speakers = tuple(dict.fromkeys(name for script in scripts if script for name in script.speakers))
    if all(script is not None or not scene.script for scene, script in zip(document.scenes, scripts, strict=True)):
        _check_voices(document.voice, ("voice",), speakers, findings)


def _check_twice(scene: Scene, index: int, findings: Findings) -> None:
    """Nobody has two faces."""
    seen: set[str] = set()
    for place, avatar in enumerate(scene.avatars):
        own = {name.casefold() for name, face in avatar.faces.items() if face != OFF}
        if avatar.name and avatar.name.casefold() not in own:
            own.add(avatar.name.casefold())
        for name in sorted(own & seen):
            findings.add(
                ("scenes", index, "avatars", place, "name" if avatar.name.casefold() == name else "faces"),
                f"another avatar of this scene speaks {shown(name.upper())}'s lines too.",
                "Give each speaker one avatar.",
            )
        seen |= own


def _check_avatars(
    scene: Scene, index: int, speakers: tuple[str, ...], everybody: set[str], findings: Findings
) -> None:
    here = {name.casefold() for name in speakers}
    faceless = _faceless(scene.avatars, speakers)
    for place, avatar in enumerate(scene.avatars):
        steps = ("scenes", index, "avatars", place)
        for name in avatar.faces:
            if name.casefold() not in here:
                message = f"nobody called {shown(name)} speaks in this scene.{did_you_mean(name, speakers)}"
                findings.add((*steps, "faces", name), message, f"These do: {one_of(speakers)}.")
        if avatar.name and avatar.name.casefold() not in here | everybody and faceless:
            message = f"nobody called {shown(avatar.name)} speaks{did_you_mean(avatar.name, faceless) or '.'}"
            findings.add(
                (*steps, "name"),
                message.replace("speaks Did", "speaks. Did"),
                f"Without a face are: {one_of(faceless)}.",
            )


def _faceless(avatars: Sequence[Avatar], speakers: tuple[str, ...]) -> tuple[str, ...]:
    """Return speakers whom no avatar speaks for; those without names take whoever is left."""
    if any(not avatar.name and not avatar.faces for avatar in avatars):
        return ()
    seen = {name.casefold() for avatar in avatars for name in (avatar.name, *avatar.faces)}
    return tuple(name for name in speakers if name.casefold() not in seen)


def _check_voices(voice: Voice, steps: tuple[str | int, ...], speakers: tuple[str, ...], findings: Findings) -> None:
    known = {name.casefold() for name in speakers}
    for name in voice.speakers:
        if name.casefold() not in known:
            message = f"nobody called {shown(name)} speaks.{did_you_mean(name, speakers)}"
            remedy = f"These do: {one_of(speakers)}." if speakers else "Begin lines in the script with names: ANNA: …"
            findings.add((*steps, "speakers", name), message, remedy)
