"""Which frame stands for a video: whoever is seen has open eyes, and what comes in with a scene is there."""

from __future__ import annotations

from typing import Final

import numpy as np

from phonoscope.core.performance import CHANNEL
from phonoscope.rendering.plan import WorkFolder
from phonoscope.rendering.rehearsal import load_acted
from phonoscope.scene.document.video import SceneDocument
from phonoscope.scene.timeline import Timeline

ARRIVED_S: Final = 1.5
"""How long after a scene's start most of what opens it has come in; in short scenes, it is taken to be half of them."""

SOON_S: Final = 2.0
"""How far from the wanted frame another one may be: no blink lasts nearly as long."""

OPEN: Final = 0.1
"""Lids that are closed by no more than this are open."""

LIDS: Final = [CHANNEL["eyeBlinkLeft"], CHANNEL["eyeBlinkRight"]]


def poster_frame(document: SceneDocument, timeline: Timeline, work: WorkFolder, near: int) -> int:
    """Return the frame nearest to another one, in the same scene, at which all eyes are open, if there is one.

    Parameters
    ----------
    work
        Where it is written down what everybody does.
    near
        The wanted frame; it is put off until its scene is complete.
    """
    scene, _ = timeline.at(near)
    begin = scene.first_frame + scene.overlap
    arrived = min(begin + int(ARRIVED_S * timeline.fps), (begin + scene.end_frame) // 2)
    wanted, reach = max(near, arrived), int(SOON_S * timeline.fps)
    frames = np.arange(max(arrived, wanted - reach), min(scene.end_frame, wanted + reach + 1))
    shut = np.zeros(len(frames))
    for place in range(len(document.scenes[scene.index].avatars)):
        curves = load_acted(work.acted(scene.index, place)).curves
        shown = np.minimum(frames - scene.first_frame, curves.shape[1] - 1)
        shut = np.maximum(shut, curves[:, shown][:, :, LIDS].max(axis=(0, 2)))
    usable = frames[shut <= max(OPEN, float(shut.min()))]
    return int(usable[np.abs(usable - wanted).argmin()])
