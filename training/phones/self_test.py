"""A small test of a trained network: the exported file does what was trained, and knows speech it has not heard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from phonoscope.speech.hearing.features import BANDS, LogMels, level, measure
from phonoscope.speech.hearing.model import DELAY, STEP
from phonoscope.speech.hearing.phoneset import CLASSES, SILENCE, VISEME_OF_CLASS
from training.phones import espeak, flite
from training.phones.labels import Labelled
from training.phones.music import play
from training.phones.network import PhoneNetwork

UNHEARD = 987_654
"""A seed that no corpus uses."""

LARGEST_DIFFERENCE = 0.05
"""Between the log probabilities of the exported file and the network: its weights are 16-bit floats."""


def report(network: PhoneNetwork, made: Path) -> Iterator[str]:
    """Yield lines about the network; raise a RuntimeError where the exported file differs from it."""
    sources = {"espeak-ng": espeak.speak(2.0, UNHEARD), "flite": flite.speak("slt", 2.0, UNHEARD)}
    visemes = np.array(VISEME_OF_CLASS)
    for name, labelled in sources.items():
        frames = _frames(labelled.samples.astype(np.float32) / 32768)
        with torch.no_grad():
            scores = network(torch.from_numpy(frames)[None]).log_softmax(2)[0].numpy()
        exported = _run(made, frames)
        difference = float(np.abs(scores - exported).max())
        if difference > LARGEST_DIFFERENCE:
            raise RuntimeError(f"{made} differs from the network by {difference:.3f}.")
        classes = _classes(labelled, len(frames))
        said = classes != SILENCE
        guessed = exported.argmax(1)
        yield (
            f"{name}: {np.mean(guessed[said] == classes[said]):.3f} of phones, "
            f"{np.mean(visemes[guessed[said]] == visemes[classes[said]]):.3f} of visemes right in speech; "
            f"exported file differs by {difference:.4f}"
        )
    music = _run(made, _frames(play(60.0, np.random.default_rng(UNHEARD))))
    yield f"music: {np.mean(music.argmax(1) == SILENCE):.3f} of frames are silence"


def _frames(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    mels = LogMels()
    levels = np.concatenate((mels.push(samples), mels.end()))
    return level(levels, measure(levels))[: len(levels) // STEP * STEP]


def _classes(labelled: Labelled, frames: int) -> NDArray[np.uint8]:
    """Return the class in the middle of each frame."""
    return labelled.labels[np.minimum(2 * np.arange(frames) + 1, len(labelled.labels) - 1)]


def _run(made: Path, frames: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return log probabilities from the exported file, shape (n, len(CLASSES))."""
    import onnxruntime

    session = onnxruntime.InferenceSession(str(made), providers=["CPUExecutionProvider"])
    state = np.zeros(session.get_inputs()[1].shape, np.float32)
    padded = np.concatenate((frames, np.zeros((DELAY, BANDS), np.float32)))[None]
    # The network pads with zeros what it looks ahead to.
    outputs = session.run(["log_probabilities"], {"frames": padded, "state": state})[0][0]
    return np.asarray(outputs[DELAY:], np.float32).reshape(-1, len(CLASSES))
