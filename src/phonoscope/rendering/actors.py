"""The avatars of a scene, laid out in their boxes at the size of the video."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from phonoscope.avatars.drawn.source import drawn_source
from phonoscope.casting import Album, Cast, cast
from phonoscope.choices import ActingChoices, Role, VideoChoices
from phonoscope.core.errors import MachineError, PhonoscopeError, SceneError
from phonoscope.core.events import EventSink
from phonoscope.core.frames import Box
from phonoscope.rendering.pictures import picture_source, source_stamp
from phonoscope.rendering.speakers import Billing, bill
from phonoscope.scene.avatar_box import box_of
from phonoscope.scene.document.assets import Assets
from phonoscope.scene.document.speaking import Avatar
from phonoscope.scene.document.video import Scene

BUST_CROPS = frozenset({"circle", "corner", "rounded"})
"""Crops that show head and shoulders, unless the document says otherwise."""


@dataclass(frozen=True, slots=True, eq=False)
class Actor:
    """An avatar in its box.

    Attributes
    ----------
    avatar
        What the document tells of it.
    cast
        What draws it, and which parts it plays.
    box
        Where it is, in pixels of the canvas.
    """

    avatar: Avatar
    cast: Cast
    box: Box


class Wardrobe:
    """Looks at each picture once, however many scenes show it at the same size.

    Parameters
    ----------
    album
        Pictures that were opened before.
    kept
        Casts that are kept; each holds some dozen megabytes.
    """

    def __init__(self, album: Album, kept: int) -> None:
        self.album = album
        self._casts: dict[tuple[object, ...], Cast] = {}
        self._kept = kept

    def fetch(self, key: tuple[object, ...], make: Callable[[], Cast]) -> Cast:
        """Return what was made under a key before, or make it."""
        found = self._casts.pop(key, None) or make()
        self._casts[key] = found
        while len(self._casts) > self._kept:
            self._casts.pop(next(iter(self._casts)))
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Stage:
    """Where actors are cast.

    Attributes
    ----------
    size_px
        (width, height) of the canvas.
    assets
        Finds their pictures.
    wardrobe
        Keeps what has been cast.
    events
        Is told what was found.
    """

    size_px: tuple[int, int]
    assets: Assets
    wardrobe: Wardrobe
    events: EventSink


def boxes_of(scene: Scene, size_px: tuple[int, int]) -> list[Box]:
    """Return where the avatars of a scene are."""
    return [box_of(avatar, size_px) for avatar in scene.avatars]


def billing(scene: Scene, speakers: Sequence[str], size_px: tuple[int, int]) -> list[Billing]:
    """Return what the avatars of a scene play."""
    width, height = size_px
    middles = [((b.x0 + b.x1) / 2 / width, (b.y0 + b.y1) / 2 / height) for b in boxes_of(scene, size_px)]
    return bill(scene.avatars, speakers, middles)


def cast_scene(scene: Scene, path: str, speakers: Sequence[str], stage: Stage) -> tuple[Actor, ...]:
    """Find who speaks in each picture of a scene, and lay them out.

    Parameters
    ----------
    path
        Where in the document the scene is, for messages.
    speakers
        Names in its script, in order of appearance.

    Raises
    ------
    SceneError
        A picture cannot be used; tells where in the document it is named.
    """
    actors: list[Actor] = []
    parts = zip(scene.avatars, billing(scene, speakers, stage.size_px), boxes_of(scene, stage.size_px), strict=True)
    for index, (avatar, billed, box) in enumerate(parts):
        try:
            # Twins are cast apart: each draws into a frame of its own.
            twins = sum(other.avatar.picture == avatar.picture for other in actors)
            look = _Look(avatar, is_cut_out(avatar, scene), (box.width, box.height), twins)
            found = _cast(look, billed, speakers, stage)
        except (SceneError, MachineError):
            raise
        except PhonoscopeError as error:
            where = f"{path}.avatars[{index}]"
            raise SceneError(f"{where}: {error.message}", error.remedy, where) from error
        actors.append(Actor(avatar, found, box))
    return tuple(actors)


def is_cut_out(avatar: Avatar, scene: Scene) -> bool:
    """Tell whether the scene's background is seen behind an avatar."""
    if avatar.cut_out is not None:
        return avatar.cut_out
    return avatar.crop == "full" and scene.background is not None


@dataclass(frozen=True, slots=True)
class _Look:
    """An avatar as it is laid out: cut out or not, at a size, and which of several that look alike it is."""

    avatar: Avatar
    cut_out: bool
    size_px: tuple[int, int]
    twin: int


def _cast(look: _Look, billed: Billing, speakers: Sequence[str], stage: Stage) -> Cast:
    avatar = look.avatar
    source = picture_source(avatar.picture, stage.assets)
    choices = VideoChoices(
        size=f"{look.size_px[0]}x{look.size_px[1]}",
        fit=avatar.fit or ("crop" if drawn_source(source) is None else "blur"),
        face=avatar.face if not billed.faces else None,
        frame=avatar.crop in BUST_CROPS if avatar.close_up is None else avatar.close_up,
        background="transparent" if look.cut_out else "",
        roles=tuple(Role(name, face) for name, face in billed.faces.items()),
        acting=ActingChoices(listeners=avatar.listeners),
    )
    heard = tuple(speakers) if billed.parts is None else ()
    shown = (*_stamps(source), choices.size, choices.fit, choices.frame, look.cut_out, look.twin)
    key = (*shown, choices.face, choices.roles, heard, avatar.listeners)
    found = stage.wardrobe.fetch(key, lambda: cast(source, "mp4", choices, heard, stage.events, stage.wardrobe.album))
    if billed.parts is None or len(found.parts) > 1:
        return found
    return replace(found, parts=billed.parts)


def _stamps(source: Path | str) -> tuple[Hashable, ...]:
    """Return what changes whenever a picture, or what is marked in it, does."""
    if drawn_source(source) is not None:
        return (source_stamp(source),)
    from phonoscope.avatars.photo.marks import find_marks

    marks = find_marks(source)
    return source_stamp(source), marks and source_stamp(marks)
