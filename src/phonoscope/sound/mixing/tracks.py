"""What is heard in a video: voices, music, effects, and how loud all of it shall be."""

from __future__ import annotations

from dataclasses import dataclass

from phonoscope.core.errors import UsageError
from phonoscope.core.sound import SoundStream

MIX_RATE_HZ = 48_000
"""Rate of every mix; that of video."""

CEILING_DBTP = -1.5
"""True peaks of the mix; encoders that lose some of it add up to half a decibel to music, and -1 shall hold."""

DECLICK_S = 0.003
"""Fades that are not heard as such; a recording that is cut off in its room's noise would click without."""

MUSIC_DB, DUCKING_DB = -10.0, 8.0
"""Music beside voices where nobody speaks, and by how much it is softer while somebody does: 18 LU under it then.
Broadcasters keep 15 to 20 between speech and what lies under it; where music is alone it is there to be heard."""


@dataclass(frozen=True, slots=True, eq=False)
class VoiceTrack:
    """Speech of a scene.

    Attributes
    ----------
    sound
        Mono or stereo, any rate.
    start_s
        When it begins in the video.
    gain_db
        How much louder than voices are; they are all brought to one loudness first.
    speech
        From when to when somebody speaks, in seconds of the sound, in order; None to have it found by its level.
    fade_in_s, fade_out_s
        Of its first and last moments, for scenes that dissolve into each other.
    """

    sound: SoundStream
    start_s: float = 0.0
    gain_db: float = 0.0
    speech: tuple[tuple[float, float], ...] | None = None
    fade_in_s: float = DECLICK_S
    fade_out_s: float = DECLICK_S


@dataclass(frozen=True, slots=True, eq=False)
class MusicTrack:
    """Music under the voice.

    Attributes
    ----------
    source
        Mono or stereo, any rate.
    start_s, end_s
        When it begins and ends in the video.
    volume_db
        Loudness, relative to the voices'.
    ducking_db
        How much softer it is while somebody speaks.
    loop
        Whether it begins again at its end.
    seamless
        Whether its end goes on in its beginning by itself; otherwise loops get a short crossfade.
    offset_s
        Where in the piece it begins.
    fade_in_s, fade_out_s
        Of its first and last moments.
    """

    source: SoundStream
    start_s: float
    end_s: float
    volume_db: float = MUSIC_DB
    ducking_db: float = DUCKING_DB
    loop: bool = True
    seamless: bool = False
    offset_s: float = 0.0
    fade_in_s: float = 0.5
    fade_out_s: float = 2.0


@dataclass(frozen=True, slots=True, eq=False)
class EffectTrack:
    """A sound effect.

    Attributes
    ----------
    source
        Mono or stereo, any rate.
    at_s
        When it begins in the video.
    volume_db
        Loudness, relative to the voices'.
    start_s, end_s
        The part of the source that is heard; `end_s` None for all that follows.
    fade_in_s, fade_out_s
        Of its first and last moments.
    """

    source: SoundStream
    at_s: float
    volume_db: float = -6.0
    start_s: float = 0.0
    end_s: float | None = None
    fade_in_s: float = 0.0
    fade_out_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Mix:
    """All that is heard in a video.

    Attributes
    ----------
    duration_s
        Length of the video; what goes on longer is cut off.
    voices, music, effects
        What is heard when.
    loudness_lufs
        Integrated loudness of the whole.
    ceiling_dbtp
        Highest true peak.
    """

    duration_s: float
    voices: tuple[VoiceTrack, ...] = ()
    music: tuple[MusicTrack, ...] = ()
    effects: tuple[EffectTrack, ...] = ()
    loudness_lufs: float = -14.0
    ceiling_dbtp: float = CEILING_DBTP

    def __post_init__(self) -> None:
        if not 0 < self.duration_s < float("inf"):
            raise UsageError(f"A sound of {self.duration_s} s is not possible.", "Give its length in seconds.")
        if not -40 <= self.loudness_lufs <= -5:
            raise UsageError(f"A loudness of {self.loudness_lufs:g} LUFS is not possible.", "Choose -40 to -5.")

    @property
    def samples(self) -> int:
        """Length of the mix, exactly."""
        return round(self.duration_s * MIX_RATE_HZ)


@dataclass(frozen=True, slots=True)
class MixReport:
    """What was measured of a mix.

    Attributes
    ----------
    loudness_lufs
        Integrated loudness; -inf for silence.
    true_peak_dbtp
        Highest value between the samples too, relative to full scale; -inf for silence.
    speech
        From when to when somebody speaks, in seconds of the video; short pauses between words are none.
    """

    loudness_lufs: float
    true_peak_dbtp: float
    speech: tuple[tuple[float, float], ...]
