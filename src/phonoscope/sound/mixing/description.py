"""Audio description: what is seen is told in the pauses of what is said, and everything else makes room for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from phonoscope.core.sound import Sound, SoundStream
from phonoscope.media.subtitles import Cue, one_line
from phonoscope.sound.mixing.clips import HeldSound
from phonoscope.sound.mixing.speech_spans import Spans
from phonoscope.sound.mixing.tracks import Mix, MusicTrack, VoiceTrack

MARGIN_S = 0.25
"""Silence between speech and a description, so that both are told apart."""

DUCKING_DB = 12.0
"""How much softer everything else is meanwhile: music and effects are heard as a background."""


@dataclass(frozen=True, slots=True)
class Description:
    """What is to be told.

    Attributes
    ----------
    text
        What is seen.
    start_s, end_s
        When it is seen: in between, it has to be told.
    scene
        What the scene is called, for messages.
    """

    text: str
    start_s: float
    end_s: float
    scene: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class SpokenDescription:
    """A description that has its place.

    Attributes
    ----------
    start_s
        When it is told.
    """

    description: Description
    sound: Sound
    start_s: float

    @property
    def end_s(self) -> float:
        """When it has been told."""
        return self.start_s + self.sound.duration_s


@dataclass(frozen=True, slots=True)
class Unfitting:
    """A description that finds no pause.

    Attributes
    ----------
    needed_s, longest_s
        How long a pause it needs, and how long the longest one of its scene is.
    """

    description: Description
    needed_s: float
    longest_s: float

    @property
    def message(self) -> str:
        """What users are told."""
        scene = f"scene '{self.description.scene}'" if self.description.scene else "a scene"
        return (
            f"The description of {scene} is not told: it takes {self.needed_s:.1f} s, and the longest pause"
            f" there is {self.longest_s:.1f} s."
        )


@dataclass(frozen=True, slots=True, eq=False)
class DescribedSpeech:
    """All descriptions: those that are told, in order, and those that are not."""

    spoken: tuple[SpokenDescription, ...]
    unfitting: tuple[Unfitting, ...]


def place_descriptions(
    descriptions: Iterable[Description], speech: Spans, speak: Callable[[str], Sound]
) -> DescribedSpeech:
    """Speak descriptions, each in the first pause of its scene that is long enough.

    Parameters
    ----------
    descriptions
        In order of time.
    speech
        When somebody speaks, in seconds of the video, as `MixReport` tells.
    speak
        Speaks a text.
    """
    spoken: list[SpokenDescription] = []
    unfitting: list[Unfitting] = []
    taken = list(speech)
    for description in descriptions:
        if not description.text.strip():
            continue
        sound = speak(description.text)
        pauses = list(_pauses(taken, description.start_s, description.end_s))
        start_s = next((start for start, end in pauses if end - start >= sound.duration_s - 1e-6), None)
        if start_s is None:
            longest_s = max((end - start for start, end in pauses), default=0.0)
            unfitting.append(Unfitting(description, sound.duration_s, longest_s))
            continue
        spoken.append(SpokenDescription(description, sound, start_s))
        taken.append((start_s, spoken[-1].end_s))
    return DescribedSpeech(tuple(sorted(spoken, key=lambda s: s.start_s)), tuple(unfitting))


def description_cues(described: DescribedSpeech) -> list[Cue]:
    """Return all descriptions as subtitles of the kind ``descriptions``, for players that read them out themselves.

    Those that find no pause are there too, for as long as what they tell of is seen: screen readers halt the video.
    """
    cues = [Cue(one_line(told.description.text), told.start_s, told.end_s) for told in described.spoken]
    left = (unfitting.description for unfitting in described.unfitting)
    cues += [Cue(one_line(text.text), text.start_s, text.end_s) for text in left]
    return sorted(cues, key=lambda cue: cue.start_s)


def described_mix(mixed: SoundStream, described: DescribedSpeech, like: Mix) -> Mix:
    """Return a second version of a finished mix, in which descriptions are told and the rest is softer meanwhile.

    Parameters
    ----------
    mixed
        The finished mix.
    like
        What it was made from: its length and its loudness are kept.
    """
    whole = MusicTrack(
        mixed, 0.0, like.duration_s, volume_db=0.0, ducking_db=DUCKING_DB, loop=False, fade_in_s=0.0, fade_out_s=0.0
    )
    voices = tuple(
        VoiceTrack(HeldSound(told.sound), told.start_s, speech=((0.0, told.sound.duration_s),))
        for told in described.spoken
    )
    return Mix(like.duration_s, voices, (whole,), (), like.loudness_lufs, like.ceiling_dbtp)


def _pauses(taken: Iterable[tuple[float, float]], start_s: float, end_s: float) -> Iterator[tuple[float, float]]:
    """Yield what is free of a stretch of time, less the margins beside what is taken."""
    free_s = start_s
    for begin_s, until_s in sorted(taken):
        if until_s + MARGIN_S <= free_s:
            continue
        if begin_s - MARGIN_S >= end_s:
            break
        if begin_s - MARGIN_S > free_s:
            yield free_s, begin_s - MARGIN_S
        free_s = max(free_s, until_s + MARGIN_S)
    if free_s < end_s:
        yield free_s, end_s
