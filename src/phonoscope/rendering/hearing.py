"""What is said in a scene, and when."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from phonoscope.casting import with_fitting_voice
from phonoscope.choices import Role, VideoChoices, VoiceChoices
from phonoscope.choices.roles import OFF
from phonoscope.core.errors import MachineError, PhonoscopeError, SceneError
from phonoscope.core.events import EventSink, Note, ignore_events
from phonoscope.core.script import Script
from phonoscope.core.sound import Sound, silence
from phonoscope.core.speech import SpeakerSpan, Speech, Word, shift_words
from phonoscope.rendering.pictures import picture_source
from phonoscope.scene.document.assets import Assets
from phonoscope.scene.document.faults import raise_all
from phonoscope.scene.document.reading import ReadScene
from phonoscope.scene.document.timed import Timed, check_timed, timed_notes
from phonoscope.scene.document.video import SceneDocument
from phonoscope.script import read_script
from phonoscope.speech import SpeakOptions, Unread, find_unread
from phonoscope.voice import LEAD_IN_S, Voice, open_recording, recorded_voice, silence_like, spoken_voice

SILENT_RATE_HZ = 22050
"""Of scenes in which nothing is said; whatever is not heard needs no more."""

EDGE_S = 0.01
"""In which a recording comes and goes: shorter than any consonant, too long to click."""

PIECE_S = 5.0
"""Longest piece of silence that is handed on at once."""


@dataclass(frozen=True, slots=True)
class SpokenWord:
    """A word, who says it, and when, in seconds from the scene's start."""

    word: Word
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """What is heard in a scene.

    Attributes
    ----------
    length_s
        How long the scene is.
    words
        What is said, in order.
    speakers
        Names in the script, in order of appearance; none in a script without names.
    """

    length_s: float
    words: tuple[SpokenWord, ...]
    speakers: tuple[str, ...] = ()

    def to_json(self) -> str:
        """Return it as JSON text."""
        return json.dumps(
            {
                "length_s": self.length_s,
                "words": [[w.word.text, w.word.start_s, w.word.end_s, w.speaker] for w in self.words],
                "speakers": self.speakers,
            }
        )

    @classmethod
    def from_json(cls, text: str) -> Heard:
        """Read what `to_json` wrote."""
        data: dict[str, Any] = json.loads(text)
        words = tuple(SpokenWord(Word(text, start_s, end_s), who) for text, start_s, end_s, who in data["words"])
        return cls(data["length_s"], words, tuple(data["speakers"]))


class SceneVoice:
    """The voice of a scene: said anew each time that it is asked for, always the same.

    Parameters
    ----------
    document, index
        Which scene of which document.
    assets
        Finds its recording and its pictures.
    """

    def __init__(self, document: SceneDocument, index: int, assets: Assets, events: EventSink = ignore_events) -> None:
        self._document = document
        self._scene = document.scenes[index]
        self._path = f"scenes[{index}]"
        self._assets = assets
        self._events = events
        overlap_s = self._scene.transition.overlap_s if index else 0.0
        # The scene before is heard to its end.
        self._lead_in_s = max(LEAD_IN_S, overlap_s) if self._scene.script else overlap_s
        self._script = self._read_script()
        self.speakers = self._script.speakers if self._script else ()

    @property
    def is_heard(self) -> bool:
        """Somebody speaks."""
        return bool(self._script) or self._scene.sound is not None

    def played(self) -> Iterator[tuple[Speech, Sound]]:
        """Yield pieces of speech, each with the sound that is played meanwhile, until the scene ends."""
        if not self.is_heard:
            return self._to_the_end(())
        played = self._begin().played()
        return self._to_the_end(played if self._script is not None else soft_edged(played))

    def pieces(self) -> Iterator[Speech]:
        """Yield pieces of speech only; nothing is done to the sound that would be played."""
        pieces = self._begin().pieces if self.is_heard else ()
        return (piece for piece, _ in self._to_the_end((piece, piece.sound) for piece in pieces))

    def unread(self) -> tuple[Unread, ...]:
        """Return which words of the script are left out, because their voices cannot read them."""
        if self._script is None:
            return ()
        with located(f"{self._path}.script"):
            return find_unread(self._script, self._spoken_choices(self._script).speech)

    def _to_the_end(self, played: Iterable[tuple[Speech, Sound]]) -> Iterator[tuple[Speech, Sound]]:
        """Yield what is played, and silence after it for as long as the scene shall be."""
        rest = silence(0.0, SILENT_RATE_HZ)
        said_s = 0.0
        for piece, sound in played:
            said_s += piece.duration_s
            rest = piece.sound
            yield piece, sound
        missing_s = (self._scene.duration_s or 0.0) - said_s
        while missing_s > 1e-6:
            quiet = silence_like(rest, min(missing_s, PIECE_S))
            missing_s -= PIECE_S
            yield Speech(quiet), quiet

    def _read_script(self) -> Script | None:
        scene = self._scene
        if not scene.script:
            return None
        names = [name for avatar in scene.avatars for name in (avatar.name, *avatar.faces) if name]
        with located(f"{self._path}.script"):
            return read_script(scene.script, self._speak_options().language, tuple(dict.fromkeys(names)))

    def _begin(self) -> Voice:
        scene = self._scene
        if self._script is not None:
            with located(f"{self._path}.script"):
                return spoken_voice(self._script, self._spoken_choices(self._script), self._events, self._lead_in_s)
        if scene.sound is None:
            raise SceneError(f"{self._path}: nothing is said in it.", path=self._path)
        with located(f"{self._path}.sound"):
            recording, choices, path = scene.sound, self._recorded_choices(), self._assets.path(scene.sound.file)
            opened = open_recording(path, choices.voice, self._events)
            return recorded_voice(
                path, opened, replace(choices, enhance=recording.enhance), self._events, self._lead_in_s
            )

    def _speak_options(self) -> SpeakOptions:
        voice = self._scene.voice or self._document.voice
        language = voice.language or ("" if voice.name else self._document.language)
        return SpeakOptions(
            voice=voice.name,
            language=language,
            rate=voice.rate,
            pitch=voice.pitch,
            pauses=voice.pauses,
        )

    def _spoken_choices(self, script: Script) -> VideoChoices:
        """Return how the script is spoken: voices that were chosen, and for others those that suit who is seen."""
        voice = self._scene.voice or self._document.voice
        known = {speaker.casefold(): speaker for speaker in script.speakers}
        chosen = {known[name.casefold()]: who for name, who in voice.speakers.items() if name.casefold() in known}
        choices = VideoChoices(speech=self._speak_options(), effect=voice.effect)
        for place, avatar in enumerate(self._scene.avatars[: None if script.speakers else 1]):
            own = known.get(avatar.name.casefold(), "") if avatar.name else ""
            if avatar.faces or (script.speakers and not own):
                continue
            away = tuple(Role(speaker, OFF) for speaker in script.speakers if speaker != own)
            with located(f"{self._path}.avatars[{place}].picture"):
                source = picture_source(avatar.picture, self._assets)
                fitting = with_fitting_voice(source, replace(choices, roles=away), script.speakers)
            choices = replace(choices, speech=fitting.speech)
        return replace(choices, speech=replace(choices.speech, voices={**choices.speech.voices, **chosen}))

    def _recorded_choices(self) -> VideoChoices:
        sound = self._scene.sound
        if sound is None:
            return VideoChoices()
        trim = f"{sound.start_s:f}s:" + ("" if sound.end_s is None else f"{sound.end_s:f}s")
        language = sound.language or (self._document.language if sound.transcript else "")
        whole = sound.start_s == 0 and sound.end_s is None
        return VideoChoices(
            voice=VoiceChoices(
                sound.transcript, language, trim="" if whole else trim, pitch=sound.pitch, speed=sound.speed
            ),
            effect=sound.effect,
        )


def soft_edged(played: Iterable[tuple[Speech, Sound]]) -> Iterator[tuple[Speech, Sound]]:
    """Let a recording come and go where silence is put beside it: the noise of its room would click."""
    held: tuple[Speech, Sound] | None = None
    after_silence = held_is_silent = True
    for piece, sound in played:
        silent = not sound.samples.any()
        if held is not None:
            yield held[0], _faded(held[1], after_silence, silent)
            after_silence = held_is_silent
        held, held_is_silent = (piece, sound), silent
    if held is not None:
        yield held[0], _faded(held[1], after_silence, True)


def _faded(sound: Sound, at_start: bool, at_end: bool) -> Sound:
    """Return sound that begins, or ends, in silence."""
    length = min(round(EDGE_S * sound.rate_hz), len(sound.samples) // 2)
    if not length or not (at_start or at_end):
        return sound
    samples = sound.samples.copy()
    rise = np.sin(np.linspace(0, np.pi / 2, length, endpoint=False, dtype=np.float32)) ** 2
    rise = rise.reshape(-1, *[1] * (samples.ndim - 1))
    if at_start:
        samples[:length] *= rise
    if at_end:
        samples[-length:] *= rise[::-1]
    return Sound(samples, sound.rate_hz)


@contextmanager
def located(path: str) -> Iterator[None]:
    """Let errors inside the block tell where in the document their cause is."""
    try:
        yield
    except (SceneError, MachineError):
        raise
    except PhonoscopeError as error:
        raise SceneError(f"{path}: {error.message}", error.remedy, path) from error


class Listening:
    """Keeps the words of speech that passes by."""

    def __init__(self) -> None:
        self.words: list[SpokenWord] = []
        self.heard_s = 0.0

    def keep(self, piece: Speech) -> None:
        """Take the next piece."""
        words = shift_words(piece.words, self.heard_s)
        who = [_speaker_at((word.start_s + word.end_s) / 2, piece.speakers) for word in piece.words]
        self.words += [SpokenWord(word, speaker) for word, speaker in zip(words, who, strict=True)]
        self.heard_s += piece.duration_s


def _speaker_at(time_s: float, spans: Sequence[SpeakerSpan]) -> str:
    return next((span.speaker for span in spans if span.start_s <= time_s < span.end_s), "")


def check_times(read: ReadScene, heard: Sequence[Heard], duration_s: float, events: EventSink) -> None:
    """Refuse a document whose parts come and go when nobody can see them, now that all times are known.

    Raises
    ------
    SceneError
        With all that is wrong, and where.
    """
    timed = [Timed(each.length_s, [spoken.word for spoken in each.words]) for each in heard]
    raise_all(check_timed(read.document, timed, Timed(duration_s), read.data), read.label)
    for note in timed_notes(read.document, timed):
        events(Note(note))
