"""Labelled speech from festival's voices: seven languages, from recordings of people."""

from __future__ import annotations

import random
import subprocess
import tempfile
import wave
from pathlib import Path

import numpy as np

from training.phones.labels import Labelled, join, label
from training.phones.symbols import arpabet_classes, festival_classes
from training.phones.texts import sentence

VOICES = {
    "cmu_us_slt_arctic_hts": "en", "kal_diphone": "en", "ked_diphone": "en", "lp_diphone": "it", "pc_diphone": "it",
    "czech_dita": "cs", "czech_krb": "cs", "czech_machac": "cs", "czech_ph": "cs", "hy_fi_mv_diphone": "fi",
    "suo_fi_lj_diphone": "fi", "msu_ru_nsh_clunits": "ru", "upc_ca_ona_hts": "ca",
}  # fmt: skip
"""Voice: its language."""

SENTENCE_S = 4.2
"""About the length of a sentence of nine words."""

BATCH = 40
"""Sentences to one run of festival: a voice that chokes on one loses at most these."""

PATIENCE_S = 120


def speak(voice: str, minutes: float, seed: int) -> Labelled:
    """Return labelled speech of a voice."""
    chance = random.Random(seed)
    sentences: list[Labelled] = []
    for _ in range(0, int(minutes * 60 / SENTENCE_S) + 1, BATCH):
        with tempfile.TemporaryDirectory() as folder:
            _run(voice, Path(folder), chance)
            for number in range(BATCH):
                labelled = _read(voice, Path(folder) / f"{number}")
                if labelled is not None:
                    sentences.append(labelled)
    return join(sentences)


def _run(voice: str, folder: Path, chance: random.Random) -> None:
    """Let festival speak a batch of sentences."""
    orders = [f"(voice_{voice})"]
    for number in range(BATCH):
        text = sentence("en" if VOICES[voice] == "en" else "any", chance, chance.randint(6, 12))
        text = "".join(letter for letter in text if ord(letter) < 128 and letter not in '"\\')
        orders.append(
            f"(Parameter.set 'Duration_Stretch {chance.uniform(0.65, 1.15):.2f})"
            f'(set! u (Utterance Text "{text}"))(utt.synth u)'
            f'(utt.save.wave u "{folder}/{number}.wav")(utt.save.segs u "{folder}/{number}.lab")'
        )
    script = folder / "orders.scm"
    script.write_text("\n".join(orders), encoding="ascii")
    subprocess.run(  # noqa: S603
        ["timeout", str(PATIENCE_S), "festival", "-b", str(script)],  # noqa: S607
        capture_output=True,
        check=False,
    )


def _read(voice: str, stem: Path) -> Labelled | None:
    """Return a sentence as festival wrote it; None where it failed."""
    try:
        rows = [row.split() for row in stem.with_suffix(".lab").read_text(encoding="latin-1").splitlines()]
        with wave.open(str(stem.with_suffix(".wav")), "rb") as file:
            rate_hz = file.getframerate()
            pcm = np.frombuffer(file.readframes(file.getnframes()), "<i2")
    except (OSError, wave.Error, EOFError):
        return None
    language = VOICES[voice]
    segments = []
    start_s = 0.0
    for end, _, phone in (row for row in rows if len(row) == 3):
        classes = arpabet_classes(phone) if language == "en" else festival_classes(phone, language)
        segments.append((start_s, float(end), classes))
        start_s = float(end)
    return label(pcm.astype(np.float32) / 32768, rate_hz, segments) if len(pcm) > rate_hz else None
