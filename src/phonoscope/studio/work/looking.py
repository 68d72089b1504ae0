"""Uploads are looked into: measured by their heads before anything is decoded, by kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from phonoscope.core.errors import MediaError, PhotoError
from phonoscope.studio.settings import Settings
from phonoscope.studio.work.frames import frame_at
from phonoscope.studio.work.thumbnails import THUMBNAIL_PX, thumbnail, wave

if TYPE_CHECKING:
    from phonoscope.core.frames import Picture
    from phonoscope.media.probe import Probe, VideoTrack
    from phonoscope.media.sound_file import SoundFile

WAVE_S = 600
"""Of a longer sound, whose head tells how long it is, no wave is drawn: it would have to be decoded whole."""

WAVE_RATE_HZ, PEAKS_A_SECOND = 8000, 25
"""Enough for peaks, and quickly decoded."""

UPRIGHT = frozenset(range(5))
"""Orientations of EXIF in which width and height are as stored."""


class TooManyPixelsError(PhotoError):
    """A picture, or a video, is larger than the settings allow."""

    kind = "too-many-pixels"


class TooLongError(MediaError):
    """A sound or a video is longer than the settings allow."""

    kind = "too-long"


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What is known of a file.

    Attributes
    ----------
    kind
        As of assets; a video without moving pictures is a sound.
    width, height
        Of what is seen, upright.
    thumbnail
        WebP.
    picture
        The picture itself, for whoever looks for faces in it.
    """

    kind: str
    width: int | None = None
    height: int | None = None
    duration_s: float | None = None
    thumbnail: bytes | None = None
    picture: Picture | None = None


Looker = Callable[[Path, Settings], Found]


def look_into(kind: str, path: Path, settings: Settings) -> Found:
    """Return what is in a file of a kind of asset.

    Raises
    ------
    PhonoscopeError
        It cannot be read, is larger or longer than the settings allow, or is not what it seemed to be.
    """
    return LOOKERS[kind](path, settings)


def look_at_picture(path: Path, settings: Settings) -> Found:
    """Look at a picture: its size first, by its head alone."""
    from phonoscope.media.pictures import describe_picture, load_picture

    _, still, _ = describe_picture(path)
    _check_pixels(still.width_px, still.height_px, settings)
    size = still.width_px, still.height_px
    width, height = size if still.orientation in UPRIGHT else size[::-1]
    picture = load_picture(path)
    return Found("picture", width, height, thumbnail=thumbnail(picture), picture=picture)


def look_at_media(path: Path, settings: Settings) -> Found:
    """Look at a sound or a video."""
    from phonoscope.media.probe import probe
    from phonoscope.media.sound_writer import has_picture

    told = probe(path)
    _check_length(told.duration_s, settings)
    if told.video is None or not has_picture(path):
        return _look_at_sound(path, told, settings)
    return _look_at_video(path, told, told.video, settings)


def look_at_drawing(path: Path, settings: Settings) -> Found:
    """Look at a drawn character of somebody's own: an SVG, or an avatar document."""
    from phonoscope.avatars.drawn.avatar import DrawnAvatar
    from phonoscope.avatars.drawn.own.checking import check_own
    from phonoscope.avatars.drawn.source import DrawnSource, load_puppet

    size_px = THUMBNAIL_PX, THUMBNAIL_PX
    if path.suffix == ".json":
        from phonoscope.avatars.drawn.document import read_avatar

        puppet = load_puppet(DrawnSource(path.stem, read_avatar(path)), size_px)
    else:
        puppet = check_own(path, size_px).puppet
    picture = DrawnAvatar(puppet).picture
    return Found("drawing", *picture.size_px, thumbnail=thumbnail(picture))


LOOKERS: dict[str, Looker] = {
    "picture": look_at_picture,
    "sound": look_at_media,
    "video": look_at_media,
    "drawing": look_at_drawing,
}
"""By the kind of asset that a file seemed to be."""


def _look_at_sound(path: Path, told: Probe, settings: Settings) -> Found:
    from phonoscope.media.sound_file import SoundOptions, open_sound

    limit_s = settings.max_media_length_s
    sound = open_sound(path, SoundOptions(rate_hz=WAVE_RATE_HZ, channels=1, limit_s=limit_s))
    length_s = sound.duration_s
    if length_s is not None and length_s > WAVE_S:
        _check_length(length_s, settings)
        return Found("sound", duration_s=length_s)
    heard_s, peaks = _heard(sound)
    return Found("sound", duration_s=heard_s, thumbnail=wave(peaks))


def _look_at_video(path: Path, told: Probe, track: VideoTrack, settings: Settings) -> Found:
    _check_pixels(track.width_px, track.height_px, settings)
    picture = frame_at(path, 0.0)
    if picture is None:
        raise MediaError(f"'{path}' is damaged or cut off: nothing is seen in it.", "Save it again, and upload that.")
    length_s = told.duration_s or _seen_s(path)
    _check_length(length_s, settings)
    return Found("video", *picture.size_px, duration_s=length_s, thumbnail=thumbnail(picture))


def _heard(sound: SoundFile) -> tuple[float, list[float]]:
    """Return how long a sound is, and its peaks, 25 a second."""
    import numpy as np

    peaks: list[float] = []
    heard_s, step = 0.0, WAVE_RATE_HZ // PEAKS_A_SECOND
    for block in sound:
        heard_s += block.duration_s
        loud = np.abs(block.samples)
        peaks += [float(loud[first : first + step].max()) for first in range(0, len(loud), step)]
    return heard_s, peaks


def _seen_s(path: Path) -> float:
    """Return how long a video is whose head does not tell it, as recordings of browsers."""
    from phonoscope.media.clip_times import clip_times

    return float(clip_times(path).length_s)


def _check_pixels(width: int, height: int, settings: Settings) -> None:
    most = settings.max_picture_pixels
    if width * height > most:
        raise TooManyPixelsError(
            f"The picture has {width} × {height} pixels; {most / 1e6:g} megapixels are possible.",
            "Scale it down first.",
        )


def _check_length(length_s: float | None, settings: Settings) -> None:
    most_s = settings.max_media_length_s
    if length_s is not None and length_s > most_s:
        raise TooLongError(
            f"It is {length_s / 60:.0f} minutes long; {most_s / 60:g} minutes are possible.", "Cut it into parts."
        )
