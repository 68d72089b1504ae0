"""A drawn avatar, at the size of the video."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from phonoscope.avatars.drawn.avatar import DrawnAvatar
from phonoscope.avatars.drawn.framing import head_box, moved
from phonoscope.avatars.drawn.puppet import Colour, MouthPictures, Puppet
from phonoscope.avatars.drawn.source import DrawnSource, load_puppet
from phonoscope.casting.cast import Cast
from phonoscope.choices import VideoChoices
from phonoscope.choices.roles import OFF, POSITIONS
from phonoscope.core.errors import UsageError
from phonoscope.core.events import EventSink, StageStarted
from phonoscope.core.frames import Box, Picture
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

HEAD_ROOM = 0.04
"""Least distance of hair and ears from the edges of a picture that is taken nearer, as a share of its sides."""


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
    part = _part(source, choices, speakers)
    size_px = parse_size(choices.size) if choices.size else USUAL_GIF_PX if container == "gif" else USUAL_SIZE_PX
    puppet = _framed(source, size_px, choices)
    avatar = DrawnAvatar(puppet, cut_out=parse_background(choices.background) is not None)
    picture = _before(puppet.background, avatar.picture)
    canvas = Canvas(picture, Box(0, 0, *size_px), (1.0, 1.0), (0.0, 0.0))
    return Cast(avatar, canvas, (part,), puppet.credit, isinstance(puppet.mouth, MouthPictures))


def _before(colour: Colour, picture: Picture) -> Picture:
    """Put a picture with transparent parts before a colour: a drawn avatar's own background."""
    if picture.alpha is None:
        return picture
    alpha = picture.alpha[..., None].astype(np.uint16)
    rgb = (picture.rgb * alpha + np.array(colour, np.uint16) * (255 - alpha) + 127) // 255
    return Picture(rgb.astype(np.uint8))


def _part(source: DrawnSource, choices: VideoChoices, speakers: Sequence[str]) -> Part:
    """Return the one part, and refuse choices about faces that are not there."""
    if choices.marks is not None:
        raise UsageError("A drawn avatar needs no rig file.", "Leave out --marks.")
    if choices.face not in {None, 1}:
        raise UsageError(f"Face {choices.face} is to speak, but a drawn avatar has only one.", "Leave out --face.")
    away = {role.speaker for role in choices.roles if role.face == OFF}
    unknown = next((role.speaker for role in choices.roles if role.speaker not in speakers), None)
    if unknown is not None:
        there = f"Its speakers are: {', '.join(speakers)}." if speakers else f"Begin the lines with '{unknown[:40]}:'."
        raise UsageError(f"Nobody called '{unknown[:40]}' speaks in the script.", there)
    elsewhere = next((role for role in choices.roles if role.face not in {None, 1, OFF, *POSITIONS}), None)
    if elsewhere is not None:
        raise UsageError(
            f"'{elsewhere.speaker}' is given another face, but a drawn avatar has only one.",
            f"Write --cast {elsewhere.speaker}=1, or =off for somebody who is heard only.",
        )
    seen = [speaker for speaker in speakers if speaker not in away]
    if speakers and not seen:
        raise UsageError("Nobody in the picture has anything to say.", "Let one of the speakers be seen.")
    if len(seen) > 1:
        # Whoever is called like the character is the one to be seen.
        shown = next((speaker for speaker in seen if speaker.casefold() == source.label.casefold()), seen[0])
        others = " ".join(f"--cast {speaker}=off" for speaker in seen if speaker != shown)
        raise UsageError(
            f"The script has {len(seen)} speakers to be seen, but a drawn avatar has one face.",
            f"Let the others be heard only: {others}.",
        )
    return Part(seen[0] if len(speakers) > 1 else "", {})


def _framed(source: DrawnSource, size_px: tuple[int, int], choices: VideoChoices) -> Puppet:
    """Return the puppet whole, or nearer where the choices or an upright video ask for that."""
    whole = load_puppet(source, size_px)
    width, height = size_px
    if choices.frame:
        nearer = HEAD_SHARE * height / whole.build.face_height_px
    elif choices.fit == "crop" or (choices.fit == "blur" and width < height):
        # There are no bars that could be blurred: what is around a drawing is its background.
        nearer = max(size_px) / min(size_px)
    else:
        return whole
    head = head_box(whole)
    free = 1 - 2 * HEAD_ROOM
    nearer = min(nearer, free * width / (head[2] - head[0]), free * height / (head[3] - head[1]))
    nearer = min(nearer, 2 * LARGEST_SIDE_PX / max(size_px))
    if nearer <= 1.0:
        return whole
    large_px = (2 * round(width * nearer / 2), 2 * round(height * nearer / 2))
    large = load_puppet(source, large_px)
    left, top = _window(large, size_px)
    return moved(large, size_px, (-left, -top))


def _window(large: Puppet, size_px: tuple[int, int]) -> tuple[int, int]:
    """Return where on a large canvas a picture of a size begins: the head in the middle, hair and hat in sight."""
    (width, height), (x0, y0, x1, y1), build = size_px, head_box(large), large.build
    left = round((x0 + x1 - width) / 2)
    # A head without a body stands in the middle.
    top = (y0 + y1 - height) / 2 if build.floats else build.centre_px[1] - HEAD_HEIGHT * height
    top = round(min(top, y0 - HEAD_ROOM * height))
    return min(max(left, 0), large.size_px[0] - width), min(max(top, 0), large.size_px[1] - height)
