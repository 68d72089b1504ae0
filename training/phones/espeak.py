"""Labelled speech from espeak-ng: many languages, with the exact time of every phone."""

from __future__ import annotations

import random
from xml.sax.saxutils import escape

import numpy as np

from phonoscope.speech.espeak_library import RATE_HZ, render
from phonoscope.speech.hearing.phoneset import classes_of
from phonoscope.speech.timing import correct_phones, time_phones
from training.phones.labels import Labelled, join, label
from training.phones.texts import sentence

LANGUAGES = {
    "en-us": ("en", 5), "en-gb-x-rp": ("en", 2), "en": ("en", 3), "en-gb-scotland": ("en", 1), "de": ("de", 2),
    "fr": ("fr", 2), "es": ("es", 2), "es-419": ("es", 1), "it": ("it", 2), "pt": ("pt", 1), "pt-br": ("pt", 1),
    "ru": ("ru", 2), "pl": ("pl", 1), "nl": ("nl", 1), "sv": ("sv", 2), "da": ("da", 1), "nb": ("nb", 1),
    "tr": ("tr", 1), "ar": ("ar", 1), "hi": ("hi", 1), "cmn": ("cmn", 3), "ja": ("ja", 2), "ko": ("ko", 1),
    "cs": ("cs", 1), "ro": ("ro", 1), "el": ("el", 1), "hu": ("hu", 1), "vi": ("vi", 1), "id": ("id", 1),
    "sw": ("sw", 1), "fi": ("any", 1), "hr": ("hr", 1), "bg": ("bg", 1),
}  # fmt: skip
"""espeak-ng's voice: (language of the text, weight)."""

VARIANTS = [
    *("", "", ""), *(f"m{i}" for i in range(1, 9)) , *(f"m{i}" for i in range(1, 9)),
    *(f"f{i}" for i in range(1, 6)), *(f"f{i}" for i in range(1, 6)), *(f"f{i}" for i in range(1, 6)),
    *(f"f{i}" for i in range(1, 6)),
    *"croak whisper whisperf klatt klatt2 klatt3 klatt4 grandma grandpa Annie Alicia Andrea Michael Marco".split(),
    *"Denis Gene adam steph linda michel miguel edward john rob victor zac quincy paul caleb shelby anika".split(),
    "belinda",
]  # fmt: skip


def speak(minutes: float, seed: int) -> Labelled:
    """Return labelled speech of random voices."""
    chance = random.Random(seed)
    names, weights = list(LANGUAGES), [weight for _, weight in LANGUAGES.values()]
    sentences: list[Labelled] = []
    left_s = minutes * 60
    while left_s > 0:
        voice = chance.choices(names, weights)[0]
        variant = chance.choice(VARIANTS)
        text = escape(sentence(LANGUAGES[voice][0], chance))
        rate, pitch, spread = chance.randint(70, 160), chance.randint(60, 170), chance.randint(30, 170)
        markup = f'<speak><prosody rate="{rate}%" pitch="{pitch}%" range="{spread}%">{text}</prosody></speak>'
        raw = render(markup, voice + (f"+{variant}" if variant else ""))
        samples = raw.samples.astype(np.float32) / 32768
        phones = correct_phones(time_phones(raw.events, len(samples) / RATE_HZ), samples)
        if len(samples) < RATE_HZ or len(phones) < 5:
            continue
        segments = [(p.phone.start_s, p.phone.end_s, classes_of(p.phone.ipa)) for p in phones]
        sentences.append(label(samples, RATE_HZ, segments))
        left_s -= sentences[-1].duration_s
    return join(sentences)
