"""IPA phones of any language → visemes."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from phonoscope.performance.visemes import CLOSED, VOWELS

_ROWS = {
    "bilabial": "p b m ɓ ʙ ʘ ᵐ",
    "bilabial fricative": "ɸ β Φ",
    "labiodental": "f v ɱ ʋ ⱱ",
    "dental": "θ ð ǀ T D",
    "alveolar": "t d n ɾ r ɗ ɺ ǃ ⁿ",
    "sibilant": "s z ʦ ʣ",
    "postalveolar": "ʃ ʒ ʧ ʤ ɧ S Z",
    "retroflex": "ʈ ɖ ɳ ɽ ʂ ʐ ɻ ᶑ ɭ",
    "alveolo-palatal": "ɕ ʑ ʨ ʥ",
    "palatal": "c ɟ ɲ ç ʝ j ʄ ʎ ǂ",
    "velar": "k g ɡ ŋ x ɣ ɰ ɠ ʟ ᵑ N",
    "uvular": "q ɢ ɴ χ ʁ ʀ ʛ X",
    "pharyngeal": "ħ ʕ ʜ ʢ ʡ",
    "glottal": "h ɦ ʔ ?",
    "rhotic": "ɹ",
    "lateral": "l ɫ ɬ ɮ ǁ",
    "labial-velar": "w ʍ",
    "labial-palatal": "ɥ",
    "i": "i",
    "ih": "ɪ ᵻ I",
    "e": "e",
    "eh": "ɛ ε E",
    "ae": "æ",
    "aa": "a ɑ A",
    "uh": "ʌ ɐ",
    "schwa": "ə ɘ ɤ",
    "er": "ɚ ɝ ɜ ɵ ɞ",
    "close central": "ɨ ɯ",
    "ao": "ɔ O",
    "o open": "ɒ",
    "o": "o",
    "u lax": "ʊ ᵿ U",
    "u": "u ʉ",
    "y": "y ʏ",
    "oe": "ø",
    "oe open": "œ ɶ",
}
BASES = {symbol: viseme for viseme, symbols in _ROWS.items() for symbol in symbols.split()}
"""Viseme of each base symbol: the IPA's 2020 chart, ligatures, and what espeak-ng adds (a superscript nasal as a
phone of its own, some capitals of X-SAMPA)."""

_LABIALISED = frozenset("ʷᶣᵝ\u032b")
_PALATALISED = frozenset("ʲ\u0321")
_RHOTIC = frozenset("˞ʴʵʶ")
_RAISED = "\u031d"
"""Makes a fricative of a trill: Czech ř."""
_FRICATIVES = frozenset(
    ["sibilant", "postalveolar", "retroflex", "alveolo-palatal", "labiodental", "dental", "lateral"]
)
_VELAR = frozenset(["velar", "uvular"])

_STOP_SHARE = 0.45
"""Share of an affricate's time that its stop takes."""
_DIPHTHONG_SHARE = 0.55
"""Share of a diphthong's time that its first vowel takes."""
_CODA_SHARE = 0.35
"""Share of the time that a consonant takes where one phone joins it to a vowel (``ɔːɹ``, ``əl``)."""


class Gesture(NamedTuple):
    """One viseme within a phone.

    Attributes
    ----------
    viseme
        Row of `VISEMES`.
    start, end
        Part of the phone's time, in [0, 1].
    rounded, spread
        How much labialisation and palatalisation add to roundness and width, in [0, 1].
    """

    viseme: str
    start: float
    end: float
    rounded: float = 0.0
    spread: float = 0.0


@lru_cache(maxsize=4096)
def gestures(ipa: str) -> tuple[Gesture, ...]:
    """Return what the mouth does during a phone; empty for a phone without any sound (a pause, a tone mark).

    Diacritics that cannot be seen (length, tone, nasality, voice, aspiration, ejection) are passed over. A symbol that
    is not IPA falls back to the Latin letter it is built on, or else to the neutral vowel.
    """
    visemes, rounded, spread = _parse(ipa)
    if not visemes:
        return ()
    visemes = _fuse(visemes)
    bounds = [0.0]
    for share in _shares(visemes):
        bounds.append(bounds[-1] + share)
    bounds[-1] = 1.0
    return tuple(Gesture(v, a, b, rounded, spread) for v, a, b in zip(visemes, bounds[:-1], bounds[1:], strict=True))


def _parse(ipa: str) -> tuple[list[str], float, float]:
    """Return the visemes of the base symbols in order, and how far the phone is rounded and spread."""
    visemes: list[str] = []
    rounded = spread = 0.0
    # espeak-ng says where it changes the language: (en).
    ipa = re.sub(r"\(.*?\)", "", ipa)
    # Composed first (ç is one symbol), then what is not a symbol of its own is taken apart (ã).
    for symbol in unicodedata.normalize("NFC", ipa):
        for part in [symbol] if symbol in BASES else unicodedata.normalize("NFD", symbol):
            if part in _LABIALISED:
                rounded = 0.7
            elif part in _PALATALISED:
                spread = 0.35
            elif part == _RAISED and visemes and visemes[-1] == "alveolar":
                visemes[-1] = "postalveolar"
            elif part in _RHOTIC:
                visemes.append("rhotic")
            elif (viseme := _base_viseme(part)) is not None:
                visemes.append(viseme)
    return visemes, rounded, spread


def _base_viseme(symbol: str) -> str | None:
    """Return the viseme of one base symbol, or None for a diacritic, a mark or a digit."""
    if symbol in BASES:
        return BASES[symbol]
    if unicodedata.category(symbol) not in ("Ll", "Lu", "Lo"):
        return None
    plain = unicodedata.normalize("NFKD", symbol.lower())[0]
    return BASES.get(plain, "schwa")


def _fuse(visemes: list[str]) -> list[str]:
    """Join sounds made at one time: a labial-velar stop (k͡p, ɡ͡b, ŋ͡m) shuts the lips from its start."""
    fused: list[str] = []
    for viseme in visemes:
        if fused and {fused[-1], viseme} <= _VELAR | {CLOSED} and CLOSED in (fused[-1], viseme):
            fused[-1] = CLOSED
        elif not fused or fused[-1] != viseme:
            fused.append(viseme)
    return fused


def _shares(visemes: list[str]) -> list[float]:
    """Return the share of the phone's time that each of its visemes takes; they sum to 1."""
    if len(visemes) == 2:
        first, second = visemes
        if first in VOWELS and second in VOWELS:
            return [_DIPHTHONG_SHARE, 1 - _DIPHTHONG_SHARE]
        if first in VOWELS:
            return [1 - _CODA_SHARE, _CODA_SHARE]
        if second in VOWELS:
            return [_CODA_SHARE, 1 - _CODA_SHARE]
        if second in _FRICATIVES:
            return [_STOP_SHARE, 1 - _STOP_SHARE]
    weights = [1.0 if v in VOWELS else _CODA_SHARE for v in visemes]
    return [w / sum(weights) for w in weights]
