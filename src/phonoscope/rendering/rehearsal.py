"""A scene is rehearsed: what is said is recorded, and what everybody does meanwhile is written down, frame by frame."""

from __future__ import annotations

from collections.abc import Iterator
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


def act(
    actors: tuple[Actor, ...], voice: SceneVoice, fps: Fraction, seed: int, frames: int | None = None
) -> list[Acted]:
    """Let every avatar of a scene act what is said.

    Parameters
    ----------
    frames
        Frames that are wanted; None for all.
    """
    return [_acted(actor, voice, fps, seed + AVATAR_SEED * place, frames) for place, actor in enumerate(actors)]


def _acted(actor: Actor, voice: SceneVoice, fps: Fraction, seed: int, frames: int | None) -> Acted:
    told = actor.avatar
    acting = ActingChoices(
        expression=told.expression, strength=told.expression_strength, style=told.style, gaze=told.gaze
    )
    curves: list[list[NDArray[np.float32]]] = [[] for _ in actor.cast.parts]
    heads: list[list[NDArray[np.float32]]] = [[] for _ in actor.cast.parts]
    done = 0
    for performances in held_shapes(actor.cast, act_speech(acting, seed, actor.cast, voice.pieces(), fps)):
        for part, performance in enumerate(performances):
            curves[part].append(performance.curves)
            heads[part].append(performance.head)
        done += len(performances[0])
        if frames is not None and done >= frames:
            break
    empty_curves, empty_head = np.zeros((0, len(CHANNELS)), np.float32), np.zeros((0, len(HEAD)), np.float32)
    return Acted(
        np.stack([np.concatenate([empty_curves, *part]) for part in curves]),
        np.stack([np.concatenate([empty_head, *part]) for part in heads]),
    )


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
