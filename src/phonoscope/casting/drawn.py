"""A drawn avatar, at the size of the video."""

from __future__ import annotations

from collections.abc import Sequence

from phonoscope.avatars.drawn.avatar import DrawnAvatar
from phonoscope.avatars.drawn.framing import moved
from phonoscope.avatars.drawn.puppet import MouthPictures, Puppet
from phonoscope.avatars.drawn.source import DrawnSource, load_puppet
from phonoscope.casting.cast import Cast
from phonoscope.choices import VideoChoices
from phonoscope.choices.roles import OFF
from phonoscope.core.errors import UsageError
from phonoscope.core.events import EventSink, StageStarted
from phonoscope.core.frames import Box
from phonoscope.parts import Part
from phonoscope.scene.background import parse_background
from phonoscope.scene.layout import LARGEST_SIDE_PX, Canvas, parse_size

USUAL_SIZE_PX = (1080, 1080)
"""Size of a video that nobody asked another for: drawings have none of their own, and they are square."""

USUAL_GIF_PX = (480, 480)

HEAD_SHARE = 0.62
"""Height of the head in a picture that is framed: head and shoulders."""

HEAD_HEIGHT = 0.46
"""Where its middle is then, down from the top."""


def cast_drawn(
    source: DrawnSource, container: str, choices: VideoChoices, speakers: Sequence[str], events: EventSink
) -> Cast:
    """Take a drawn avatar apart at the size of the video.

    Raises
    ------
    UsageError, InputError
        Choices that only photos have are made, or the avatar cannot be used.
    """
    events(StageStarted("photo", f"Drawing {source.label}"))
    part = _part(choices, speakers)
    size_px = parse_size(choices.size) if choices.size else USUAL_GIF_PX if container == "gif" else USUAL_SIZE_PX
    puppet = _framed(source, size_px, choices)
    avatar = DrawnAvatar(puppet, cut_out=parse_background(choices.background) is not None)
    canvas = Canvas(avatar.picture, Box(0, 0, *size_px), (1.0, 1.0), (0.0, 0.0))
    return Cast(avatar, canvas, (part,), puppet.credit, isinstance(puppet.mouth, MouthPictures))


def _part(choices: VideoChoices, speakers: Sequence[str]) -> Part:
    """Return the one part, and refuse choices about faces that are not there."""
    if choices.marks is not None:
        raise UsageError("A drawn avatar needs no rig file.", "Leave out --marks.")
    if choices.face not in {None, 1}:
        raise UsageError(f"Face {choices.face} is to speak, but a drawn avatar has only one.", "Leave out --face.")
    away = {role.speaker for role in choices.roles if role.face == OFF}
    unknown = next((role.speaker for role in choices.roles if role.speaker not in speakers), None)
    if unknown is not None:
        raise UsageError(
            f"Nobody called '{unknown[:40]}' speaks in the script.", f"Its speakers are: {', '.join(speakers)}."
        )
    seen = [speaker for speaker in speakers if speaker not in away]
    if len(seen) > 1:
        raise UsageError(
            f"The script has {len(seen)} speakers to be seen, but a drawn avatar has one face.",
            f"Let the others be heard only: --cast {seen[1]}=off.",
        )
    return Part(seen[0] if len(speakers) > 1 and seen else "", {})


def _framed(source: DrawnSource, size_px: tuple[int, int], choices: VideoChoices) -> Puppet:
    """Return the puppet whole, or nearer where the choices ask for that."""
    whole = load_puppet(source, size_px)
    build, (width, height) = whole.build, size_px
    if choices.frame:
        nearer = HEAD_SHARE * height / build.face_height_px
    elif choices.fit == "crop":
        nearer = max(size_px) / min(size_px)
    else:
        return whole
    if nearer <= 1.0:
        return whole
    nearer = min(nearer, 2 * LARGEST_SIDE_PX / max(size_px))
    large_px = (2 * round(width * nearer / 2), 2 * round(height * nearer / 2))
    large = load_puppet(source, large_px)
    x, y = large.build.centre_px
    left = min(max(round(x - width / 2), 0), large_px[0] - width)
    top = min(max(round(y - HEAD_HEIGHT * height), 0), large_px[1] - height)
    return moved(large, size_px, (-left, -top))
