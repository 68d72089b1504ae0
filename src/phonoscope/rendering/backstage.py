"""What stills, timelines and previews hand on to each other: documents of theirs change a little at a time."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from phonoscope.casting import Album
from phonoscope.core.events import EventSink, ignore_events
from phonoscope.core.keeping import Shelf
from phonoscope.rendering.actors import Actor, Wardrobe
from phonoscope.rendering.hearing import Heard
from phonoscope.rendering.prompting import Played, PromptedVoice, bytes_of
from phonoscope.rendering.rehearsal import Acted, Acting, acting_seed, hear_words
from phonoscope.scene.document.assets import Assets
from phonoscope.scene.document.video import SceneDocument

ROOM_BYTES: Final = 400_000_000
"""Of all that is remembered beside who was cast."""

OF_VOICES, OF_PICTURES, OF_TAKES, OF_ACTING, OF_WORDS = 0.4, 0.3, 0.15, 0.1, 0.05
"""Shares of the room: half an hour of a voice, three large photos, half an hour of finished sound, and of a face."""

CASTS, CASTS_OF_ONE_VIDEO = 16, 6
"""Those who were cast and are kept; each takes some dozen megabytes in full HD, and a few in a preview."""

WORD_BYTES, TAKE_BYTES = 300, 10_000
"""What Python takes for a word, and for what is told of a take, about."""


@dataclass(frozen=True, slots=True)
class Take:
    """What is heard in a document.

    Attributes
    ----------
    heard
        What is said in each scene.
    peaks
        How far its sound swings.
    sound
        A file that holds it; empty where none was asked for, or nothing is heard.
    """

    heard: Sequence[Heard]
    peaks: tuple[float, ...]
    sound: bytes


class Backstage:
    """Keeps who was cast, what was said, and what was acted; nothing is looked at, spoken or acted twice.

    What is drawn is the same with it as without. It belongs to one thread.

    Parameters
    ----------
    room_bytes
        How much is remembered beside who was cast; nothing, for those who come by once.
    """

    def __init__(self, room_bytes: int = ROOM_BYTES) -> None:
        self.album = Album(OF_PICTURES * room_bytes)
        self.wardrobe = Wardrobe(self.album, CASTS if room_bytes else CASTS_OF_ONE_VIDEO)
        self.takes: Shelf[Take] = Shelf(OF_TAKES * room_bytes, lambda take: len(take.sound) + TAKE_BYTES)
        self._said: Shelf[Sequence[Played]] = Shelf(OF_VOICES * room_bytes, bytes_of)
        self._acted: Shelf[Acting] = Shelf(OF_ACTING * room_bytes, lambda acting: acting.bytes)
        self._heard: Shelf[Heard] = Shelf(OF_WORDS * room_bytes, lambda heard: WORD_BYTES * (1 + len(heard.words)))

    def voice(
        self, document: SceneDocument, index: int, assets: Assets, events: EventSink = ignore_events
    ) -> PromptedVoice:
        """Return the voice of a scene, which says nothing twice that is remembered."""
        return PromptedVoice(document, index, assets, events, self._said)

    def hear_words(self, voice: PromptedVoice) -> Heard:
        """Listen to a scene, unless what it says is remembered."""
        heard = self._heard.find(voice.key) or hear_words(voice)
        self._heard.put(voice.key, heard)
        return heard

    def act(
        self,
        actors: tuple[Actor, ...],
        voice: PromptedVoice,
        fps: Fraction,
        seed: int,
        frames: int | None = None,
        pulse: Callable[[], None] = lambda: None,
    ) -> list[Acted]:
        """Let every avatar of a scene act what is said.

        Parameters
        ----------
        frames
            Frames that are wanted; None for all.
        pulse
            Is called while it goes on.
        """
        acted = []
        for place, actor in enumerate(actors):
            own_seed = acting_seed(seed, place)
            key = (voice.key, fps, own_seed, *acting_key(actor))
            # Taken off the shelf: acting that is broken off does not go on.
            acting = self._acted.take(key) or Acting(actor, voice, fps, own_seed)
            acted.append(acting.until(frames, pulse))
            self._acted.put(key, acting)
        return acted


def acting_key(actor: Actor) -> tuple[Hashable, ...]:
    """Return what changes whenever an actor would act otherwise."""
    told, cast = actor.avatar, actor.cast
    parts = tuple((part.speaker, tuple(part.partners.items())) for part in cast.parts)
    manner = told.expression, told.expression_strength, told.style, told.gaze
    return (*manner, parts, tuple(cast.avatar.rests_open), cast.mouth_pictures)
