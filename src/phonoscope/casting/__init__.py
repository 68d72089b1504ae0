"""Who acts in a video: the faces in a photo, or a drawn character, laid out at the size of the video."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from phonoscope.avatars.drawn.source import drawn_source
from phonoscope.casting.album import Album
from phonoscope.casting.cast import Cast
from phonoscope.choices import VideoChoices
from phonoscope.core.events import EventSink
from phonoscope.core.frames import Picture
from phonoscope.parts import seen_speakers

__all__ = ["Album", "Cast", "cast", "with_fitting_voice"]


def cast(
    photo: Path | str | bytes | Picture,
    container: str,
    choices: VideoChoices,
    speakers: Sequence[str],
    events: EventSink,
    album: Album | None = None,
) -> Cast:
    """Find who will speak in the picture, and lay it out at the size of the video.

    Parameters
    ----------
    photo
        A picture, or a drawn avatar: ``avatar:NAME``, an avatar document, an SVG or a folder of layers.
    speakers
        Names in the script, in order of appearance; none, or only one without a role, for a monologue.
    album
        Pictures that were looked at before; None to look at this one once.
    """
    drawn = drawn_source(photo)
    if drawn is not None:
        from phonoscope.casting.drawn import cast_drawn

        return cast_drawn(drawn, container, choices, speakers, events)
    from phonoscope.casting.photo import cast_photo

    return cast_photo(photo, container, choices, speakers, events, album)


def with_fitting_voice(
    photo: Path | str | bytes | Picture, choices: VideoChoices, speakers: Sequence[str]
) -> VideoChoices:
    """Return choices with a voice that suits a drawn avatar, where none was chosen.

    Parameters
    ----------
    speakers
        As for `cast`: in a dialogue the voice is that of the one who is seen.
    """
    drawn = drawn_source(photo)
    if drawn is None or not drawn.voice or choices.speech.voice:
        return choices
    seen = seen_speakers(speakers, choices.roles)
    if len(speakers) > 1 and len(seen) == 1:
        # Voices that were chosen come last: they replace this one.
        return replace(choices, speech=replace(choices.speech, voices={seen[0]: drawn.voice, **choices.speech.voices}))
    return replace(choices, speech=replace(choices.speech, voice=drawn.voice))
