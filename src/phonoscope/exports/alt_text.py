"""What the first picture of a video shows, in words: the alternative text of its poster."""

from __future__ import annotations

from pathlib import PurePath
from typing import Final

from phonoscope.media.subtitles import one_line
from phonoscope.scene.document.overlays import LowerThird, Overlay, TextOverlay, TitleCard
from phonoscope.scene.document.video import Scene, SceneDocument

LONGEST: Final = 300
"""Characters; screen readers read alternative texts in one go, so they are kept short."""


def poster_alt_text(document: SceneDocument, scene: int = 0) -> str:
    """Return an alternative text for a picture of a scene.

    Made from the scene's description where there is one; otherwise from who is seen in it. Texts and alternative texts
    of its overlays follow, and the video's title where nothing else tells it.
    """
    shown = document.scenes[scene]
    parts = [shown.description or _who(shown)]
    parts += [told for overlay in (*shown.overlays, *document.overlays) if (told := _overlay(overlay))]
    title = one_line(document.title)
    if title and not any(title.casefold() in part.casefold() for part in parts):
        parts.append(f"Video: {title}")
    return _shortened(" ".join(_sentence(part) for part in dict.fromkeys(parts) if part))


def _who(scene: Scene) -> str:
    """Return who is seen, by name, or by what the picture is called."""
    names = []
    for avatar in scene.avatars:
        spoken = [avatar.name, *avatar.faces] if avatar.name else list(avatar.faces)
        names += [name for name in spoken if name] or [_from_path(avatar.picture)]
    names = [name for name in dict.fromkeys(names) if name]
    if not names:
        return "Somebody speaks to the viewer" if scene.avatars else ""
    listed = names[0] if len(names) == 1 else ", ".join(names[:-1]) + f" and {names[-1]}"
    return f"{listed} {'speaks' if len(names) == 1 else 'speak'} to the viewer"


def _from_path(picture: str) -> str:
    """Return the name of a drawn avatar (``avatar:anna``); nothing of files, whose names mean nothing to listeners."""
    kind, colon, name = picture.partition(":")
    if not colon or kind != "avatar":
        return ""
    return PurePath(name).stem.replace("-", " ").replace("_", " ").title()


def _overlay(overlay: Overlay) -> str:
    if overlay.alt:
        return overlay.alt
    if isinstance(overlay, TextOverlay):
        return f"Text: {overlay.text}"
    if isinstance(overlay, TitleCard):
        return f"Title: {overlay.title}" + (f", {overlay.subtitle}" if overlay.subtitle else "")
    if isinstance(overlay, LowerThird):
        return f"Name: {overlay.name}" + (f", {overlay.role}" if overlay.role else "")
    return ""


def _sentence(text: str) -> str:
    plain = one_line(text)
    return plain if plain[-1:] in ".!?…。！？" else f"{plain}."


def _shortened(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    return text[: LONGEST - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"
