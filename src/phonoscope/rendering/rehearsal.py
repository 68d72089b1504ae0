"""A scene is rehearsed: what is said is recorded, and what everybody does meanwhile is written down, frame by frame."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from phonoscope.acting import act_speech, held_shapes
from phonoscope.choices import ActingChoices
from phonoscope.core.performance import CHANNELS, HEAD, Pose
from phonoscope.core.sound import Sound
from phonoscope.media.output import atomic_path
from phonoscope.media.sound_writer import write_sound
from phonoscope.rendering.actors import Actor
from phonoscope.rendering.hearing import Heard, Listening, SceneVoice
from phonoscope.scene.document.video import SceneDocument
from phonoscope.voice import Stream

SCENE_SEED, AVATAR_SEED = 1009, 31
"""Steps between the seeds of scenes and avatars, so that no two people blink alike."""


@dataclass(frozen=True, slots=True, eq=False)
class Acted:
    """What the parts of one avatar do in each frame of a scene.

    Attributes
    ----------
    curves
        float32, shape (parts, frames, len(CHANNELS)), possibly on disk.
    heads
        float32, shape (parts, frames, 5).
    """

    curves: NDArray[np.float32]
    heads: NDArray[np.float32]

    def poses(self, number: int) -> tuple[Pose, ...]:
        """Return everybody's pose in a frame; the last one is held."""
        place = min(number, self.curves.shape[1] - 1)
        return tuple(
            Pose(np.asarray(curves[place]), np.asarray(head[place]))
            for curves, head in zip(self.curves, self.heads, strict=True)
        )


def hear(voice: SceneVoice, sound_path: Path) -> Heard:
    """Listen to a scene, and record what is played in it; no file is written where nobody speaks."""
    listening = Listening()

    def heard() -> Iterator[Sound]:
        for piece, sound in voice.played():
            listening.keep(piece)
            yield sound

    if voice.is_heard:
        # The file's rate is that of its first block.
        write_sound(sound_path, Stream(heard, 0, None), overwrite=True)
        return Heard(listening.heard_s, tuple(listening.words), voice.speakers)
    return hear_words(voice)


def hear_words(voice: SceneVoice) -> Heard:
    """Listen to a scene without recording it."""
    listening = Listening()
    for piece in voice.pieces():
        listening.keep(piece)
    return Heard(listening.heard_s, tuple(listening.words), voice.speakers)


def scene_seed(document: SceneDocument, index: int) -> int:
    """Return the seed of what happens in a scene."""
    return document.seed + SCENE_SEED * index


class Acting:
    """What an avatar does while a voice speaks: acted only as far as somebody asks, and from there on later."""

    def __init__(self, actor: Actor, voice: SceneVoice, fps: Fraction, seed: int) -> None:
        told = actor.avatar
        choices = ActingChoices(
            expression=told.expression, strength=told.expression_strength, style=told.style, gaze=told.gaze
        )
        self._coming = held_shapes(actor.cast, act_speech(choices, seed, actor.cast, voice.pieces(), fps))
        empty_curves, empty_head = np.zeros((0, len(CHANNELS)), np.float32), np.zeros((0, len(HEAD)), np.float32)
        self._curves = [[empty_curves] for _ in actor.cast.parts]
        self._heads = [[empty_head] for _ in actor.cast.parts]
        self._frames = 0

    @property
    def bytes(self) -> int:
        """How large it is so far."""
        return sum(values.nbytes for parts in (self._curves, self._heads) for part in parts for values in part)

    def until(self, frames: int | None, pulse: Callable[[], None]) -> Acted:
        """Return the first frames, at least so many; None for all. Meanwhile, `pulse` is called."""
        while frames is None or self._frames < frames:
            pulse()
            performances = next(self._coming, None)
            if performances is None:
                break
            for part, performance in enumerate(performances):
                self._curves[part].append(performance.curves)
                self._heads[part].append(performance.head)
            self._frames += len(performances[0])
        for parts in (self._curves, self._heads):
            parts[:] = [[np.concatenate(part)] for part in parts]
        return Acted(np.stack([part[0] for part in self._curves]), np.stack([part[0] for part in self._heads]))


def acting_seed(seed: int, place: int) -> int:
    """Return the seed of what an avatar does in a scene."""
    return seed + AVATAR_SEED * place


def save_acted(acted: Acted, path: Path) -> None:
    """Keep what an avatar does beside `path`."""
    for ending, values in ((".curves.npy", acted.curves), (".heads.npy", acted.heads)):
        with atomic_path(path.with_suffix(ending), overwrite=True) as part:
            np.save(part, values, allow_pickle=False)


def load_acted(path: Path) -> Acted:
    """Read what `save_acted` has kept; frames are read when they are asked for."""
    return Acted(
        np.load(path.with_suffix(".curves.npy"), mmap_mode="r", allow_pickle=False),
        np.load(path.with_suffix(".heads.npy"), mmap_mode="r", allow_pickle=False),
    )
