"""What ``say`` and ``lip`` are told becomes a scene document with one scene, for a server to render."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

from phonoscope.avatars.photo.marks.document import find_marks
from phonoscope.choices import VideoChoices
from phonoscope.core.errors import UsageError
from phonoscope.media.trim import parse_trim
from phonoscope.remote.rendering import Wanted
from phonoscope.remote.uploading import Uploads
from phonoscope.rendering.options import COMPANIONS, Companion
from phonoscope.scene import background as bg
from phonoscope.scene.document.naming import AVATAR_PREFIX, FONT_ENDINGS
from phonoscope.scene.layout import WHOLE_PHOTO_PX, parse_size, whole_photo_size

DRAWN_PX: Final = {"gif": (480, 480), "": (1080, 1080)}
"""Sizes of videos of drawn avatars whose size was not asked for, by container: as on this computer."""

LARGEST_PX: Final = {"gif": 480 * 480, "": WHOLE_PHOTO_PX}
"""Most pixels of videos of photos whose size was not asked for."""

_Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Spoken:
    """What is heard: a script, or else a recording.

    Attributes
    ----------
    script
        As it was written; empty for a recording.
    recording
        A sound or video file; None for a script.
    """

    script: str = ""
    recording: Path | None = None


def wanted(target: Path, choices: VideoChoices) -> Wanted:
    """Return what is asked of a server.

    Raises
    ------
    UsageError
        It cannot make all of it.
    """
    asked = Path(f"{target}.{choices.format}") if choices.format and not target.suffix else target
    beside = sorted(choices.sidecars - set(COMPANIONS))
    if beside:
        raise _only_here(f"--{beside[0]}")
    found = Wanted(asked, frozenset(cast("frozenset[Companion]", choices.sidecars)), overwrite=choices.overwrite)
    if choices.format and choices.format != found.format.partition("-")[0]:
        raise UsageError(f"'{target}' is no {choices.format.upper()}.", "Name the output as --format says.")
    return found


def refuse_what_does_not_travel(picture: Path, spoken: Spoken, choices: VideoChoices) -> None:
    """Refuse options that documents have no place for, before anything is uploaded.

    Raises
    ------
    UsageError
        One was given.
    """
    for option in _only_local(spoken, choices):
        raise _only_here(option)
    if not _is_drawn(picture) and (picture.is_dir() or picture.suffix.lower() == ".json"):
        raise UsageError(
            f"'{picture}' cannot be sent to a server.", "Give a picture or an SVG drawing, or run it without --server."
        )
    shows_words = choices.captions or bool(choices.sidecars)
    if spoken.recording is not None and not choices.voice.transcript and shows_words:
        raise UsageError(
            "A server cannot show words that it is not told.", "Tell what is said: --text or --transcript."
        )


def document(picture: Path, spoken: Spoken, choices: VideoChoices, uploads: Uploads, container: str) -> _Json:
    """Return the scene document of a video, with its files uploaded.

    Raises
    ------
    PhonoscopeError
        A file cannot be uploaded.
    """
    avatar, size_px = _avatar(picture, choices, uploads, container)
    scene: _Json = {"avatars": [avatar]}
    if spoken.recording is None:
        scene["script"] = _literal(spoken.script)
    else:
        scene["sound"] = _recording(spoken.recording, choices, uploads)
    background = _background(choices.background, uploads)
    if background is not None:
        scene["background"] = background
    canvas: _Json = {"width": size_px[0], "height": size_px[1]}
    if choices.fps is not None:
        canvas["fps"] = str(choices.fps)
    return {
        "schema": "scene.1",
        "title": _literal(choices.title),
        "canvas": canvas,
        "voice": _voice(choices),
        "captions": {"shown": choices.captions, "font": str(choices.caption_font or "")},
        "scenes": [scene],
        "seed": choices.seed,
    }


def _only_local(spoken: Spoken, choices: VideoChoices) -> Iterator[str]:
    """Yield options that were given, and that only this computer understands."""
    font = str(choices.caption_font or "")
    given = {
        "--volume": choices.speech.volume != 1.0,
        "--track": choices.voice.track != 1,
        "--mouth": choices.mouth != "auto",
        "--enhance": choices.enhance and spoken.recording is None,
        "--cast with a point": any(isinstance(role.face, tuple) for role in choices.roles),
        "--caption-font with a file": font.lower().endswith(FONT_ENDINGS),
    }
    yield from (option for option, is_given in given.items() if is_given)


def _only_here(option: str) -> UsageError:
    return UsageError(f"A server does not take {option}.", "Leave it away, or run this without --server.")


def _is_drawn(picture: Path) -> bool:
    return str(picture).startswith(AVATAR_PREFIX)


def _avatar(picture: Path, choices: VideoChoices, uploads: Uploads, container: str) -> tuple[_Json, tuple[int, int]]:
    """Return who is seen, and the size of the video."""
    acting = choices.acting
    avatar: _Json = {
        "picture": str(picture),
        "fit": choices.fit,
        "faces": {role.speaker: role.face for role in choices.roles if role.face is not None},
        "listeners": acting.listeners,
        "expression": acting.expression,
        "expression_strength": acting.strength,
        "style": acting.style,
        "gaze": acting.gaze.replace(" ", "").lower(),
    }
    if choices.face is not None:
        avatar["face"] = choices.face
    if choices.frame:
        avatar["close_up"] = True
    size_px = DRAWN_PX.get(container, DRAWN_PX[""])
    if not _is_drawn(picture):
        sent = uploads.upload(picture)
        avatar["picture"] = sent.reference
        marks = choices.marks or (find_marks(picture) if sent.kind == "picture" else None)
        if marks is not None:
            uploads.mark(sent, marks)
        if sent.size_px is not None and sent.kind == "picture":
            size_px = whole_photo_size(sent.size_px, LARGEST_PX.get(container, LARGEST_PX[""]))
    return avatar, parse_size(choices.size) if choices.size else size_px


def _voice(choices: VideoChoices) -> _Json:
    speech = choices.speech
    return {
        "name": speech.voice,
        "language": speech.language,
        "rate": speech.rate,
        "pitch": speech.pitch,
        "pauses": speech.pauses,
        "effect": choices.effect,
        "speakers": {role.speaker: role.voice for role in choices.roles if role.voice},
    }


def _recording(path: Path, choices: VideoChoices, uploads: Uploads) -> _Json:
    told = choices.voice
    start_s, end_s = parse_trim(told.trim) if told.trim else (0.0, None)
    return {
        "file": uploads.upload(path).reference,
        "transcript": _literal(told.transcript),
        "language": told.language,
        "start_s": start_s,
        "end_s": end_s,
        "speed": told.speed,
        "pitch": told.pitch,
        "enhance": choices.enhance,
        "effect": choices.effect,
    }


def _background(text: str, uploads: Uploads) -> _Json | None:  # noqa: PLR0911 - one line for each kind
    match bg.parse_background(text):
        case bg.Blurred(strength):
            return {"kind": "blur", "strength": strength}
        case bg.Flat(rgb):
            return {"kind": "colour", "colour": _hex(rgb)}
        case bg.Gradient(first, last, direction):
            return {"kind": "gradient", "colours": [_hex(first), _hex(last)], "direction": direction}
        case bg.PictureFile(path):
            return {"kind": "image", "image": uploads.upload(path).reference}
        case bg.VideoFile(path):
            return {"kind": "video", "video": uploads.upload(path).reference}
        case bg.Transparent():
            return {"kind": "transparent"}
    return None


def _hex(rgb: bg.Rgb) -> str:
    return "#" + bytes(rgb).hex()


def _literal(text: str) -> str:
    """Return a text in which nothing looks like a variable of a document."""
    return text.replace("{{", "\\{{")
