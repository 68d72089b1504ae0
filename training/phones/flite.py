"""Labelled speech from flite: American and Scottish English, from recordings of people."""

from __future__ import annotations

import random
import subprocess
import tempfile
import wave
from pathlib import Path

import numpy as np

from training.phones.labels import Labelled, join, label
from training.phones.symbols import arpabet_classes
from training.phones.texts import sentence

VOICES = ("rms", "awb", "slt", "kal16")


SINGING_HZ = (110, 420)
"""Pitch of the monotone voices."""


def speak(voice: str, minutes: float, seed: int, monotone: bool = False) -> Labelled:
    """Return labelled speech of a voice; a monotone one is slow, and as high as singers are."""
    chance = random.Random(seed)
    sentences: list[Labelled] = []
    left_s = minutes * 60
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "speech.wav"
        while left_s > 0:
            stretch = chance.uniform(1.1, 2.2) if monotone else chance.uniform(0.65, 1.25)
            pitch_hz = chance.randint(*SINGING_HZ) if monotone else chance.randint(80, 240)
            command = [
                *("flite", "-voice", voice, "-psdur", "-o", str(path)),
                *("--setf", f"duration_stretch={stretch:.2f}"),
                *("--setf", f"int_f0_target_mean={pitch_hz}"),
                *("--setf", f"int_f0_target_stddev={0 if monotone else chance.randint(8, 45)}"),
                *("-t", f"{sentence('en', chance)} {sentence('en', chance)}"),
            ]
            told = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
            with wave.open(str(path), "rb") as file:
                rate_hz = file.getframerate()
                pcm = np.frombuffer(file.readframes(file.getnframes()), "<i2")
            segments = []
            start_s = 0.0
            for token in told.stdout.split():
                phone, end = token.rsplit(":", 1)
                segments.append((start_s, float(end), arpabet_classes(phone)))
                start_s = float(end)
            sentences.append(label(pcm.astype(np.float32) / 32768, rate_hz, segments))
            left_s -= sentences[-1].duration_s
    return join(sentences)
