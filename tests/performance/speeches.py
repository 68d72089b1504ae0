"""Made-up speech for the tests."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np

from phonoscope.core.sound import Sound
from phonoscope.core.speech import Phone, Speech, Word

RATE_HZ = 8000
_VOICED = "aɑæɐʌəɛeɪiɔoʊuɜɚmnŋlvzðɹwj"


def speech(phones: str, lead_s: float = 0.5, tail_s: float = 0.6, level: float = 0.14, phone_s: float = 0.08) -> Speech:
    """Return speech from IPA phones between spaces.

    ``ˈ`` marks stress, ``:0.2`` sets a length in seconds, ``_:0.4`` is a pause, ``.`` and ``?`` end a sentence.
    """
    time_s = lead_s
    found, words = [], []
    for token in phones.split():
        if token in (".", "?"):
            words.append(Word("word" + token, time_s - 0.2, time_s))
            continue
        name, _, length = token.partition(":")
        stress = int(name.startswith("ˈ"))
        name = name.lstrip("ˈ")
        length_s = float(length) if length else phone_s * (1.6 if stress else 1)
        if name != "_":
            found.append(Phone(name, time_s, time_s + length_s, stress))
        time_s += length_s
    return Speech(_sound(found, time_s + tail_s, level), tuple(found), tuple(words))


def babble(seconds: float, seed: int = 1) -> Speech:
    """Return random syllables with pauses, questions and changes of loudness, of about this length."""
    rng = np.random.default_rng(seed)
    tokens: list[str] = []
    total_s = 0.0
    while total_s < seconds:
        for _ in range(rng.integers(3, 12)):
            vowel = rng.choice(["a", "ɛ", "i", "u", "ɔ", "ə", "aɪ", "oʊ"])
            consonant = rng.choice(["p", "b", "m", "f", "t", "s", "k", "n", "l", "w", "ʃ", "tʃ"])
            stress = "ˈ" if rng.random() < 0.4 else ""
            tokens += [f"{consonant}:{rng.uniform(0.04, 0.11):.3f}", f"{stress}{vowel}:{rng.uniform(0.05, 0.2):.3f}"]
            total_s += 0.2
        pause_s = rng.choice([0.12, 0.31, 0.5, 1.2])
        tokens += ["?" if rng.random() < 0.3 else ".", f"_:{pause_s}"]
        total_s += pause_s
    made = speech(" ".join(tokens))
    swell = (0.6 + 0.4 * np.sin(np.arange(len(made.sound.samples)) / RATE_HZ)).astype(np.float32)
    return replace(made, sound=Sound(made.sound.samples * swell, RATE_HZ))


def cut(whole: Speech, at_s: list[float]) -> list[Speech]:
    """Cut speech into pieces at the given times, between phones."""
    pieces = []
    rate_hz = whole.sound.rate_hz
    samples = [0, *[round(t * rate_hz) for t in at_s], len(whole.sound.samples)]
    for first, last in itertools.pairwise(samples):
        start_s, end_s = first / rate_hz, last / rate_hz
        phones = [p for p in whole.phones if start_s - 1e-9 <= p.start_s < end_s - 1e-9]
        words = [w for w in whole.words if start_s < w.end_s <= end_s + 1e-9]
        assert all(p.end_s <= end_s + 1e-9 for p in phones)
        pieces.append(
            Speech(
                Sound(whole.sound.samples[first:last].copy(), rate_hz),
                tuple(replace(p, start_s=p.start_s - start_s, end_s=p.end_s - start_s) for p in phones),
                tuple(replace(w, start_s=w.start_s - start_s, end_s=w.end_s - start_s) for w in words),
            )
        )
    return pieces


def _sound(phones: list[Phone], duration_s: float, level: float) -> Sound:
    """Return a buzz where phones are voiced, silence elsewhere."""
    time_s = np.arange(round(duration_s * RATE_HZ)) / RATE_HZ
    voiced = np.zeros(len(time_s))
    for phone in phones:
        if phone.ipa[0] in _VOICED:
            voiced[(time_s >= phone.start_s) & (time_s < phone.end_s)] = 1
    return Sound((level * voiced * np.sin(2 * np.pi * 140 * time_s)).astype(np.float32), RATE_HZ)
