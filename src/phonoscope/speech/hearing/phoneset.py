"""The universal phone set: 44 classes that the recogniser tells apart in any language, and their IPA symbols."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ROWS = {
    # class: (symbol that stands for it, IPA symbols that belong to it)
    "p": ("p", "p"), "b": ("b", "b ɓ ʙ"), "m": ("m", "m ɱ"),
    "f": ("f", "f ɸ"), "v": ("v", "v ʋ β ⱱ"), "th": ("θ", "θ"), "dh": ("ð", "ð"),
    "t": ("t", "t ʈ"), "d": ("d", "d ɖ ɗ"), "n": ("n", "n ɳ ɲ"),
    "s": ("s", "s"), "z": ("z", "z"), "sh": ("ʃ", "ʃ ʂ ɕ ç ɧ"), "zh": ("ʒ", "ʒ ʐ ʑ"),
    "ch": ("tʃ", "tʃ tɕ tʂ"), "jh": ("dʒ", "dʒ dʑ dʐ"),
    "k": ("k", "k q c"), "g": ("ɡ", "ɡ ɟ ɢ ɠ"), "ng": ("ŋ", "ŋ ɴ"), "x": ("x", "x χ ɣ ʁ ʀ ħ ɰ"), "h": ("h", "h ɦ"),
    "r": ("ɹ", "ɹ ɻ"), "rr": ("r", "r ɾ ɽ"), "l": ("l", "l ɫ ɭ ʎ ʟ ɬ ɮ"), "j": ("j", "j ʝ"), "w": ("w", "w ʍ ɥ"),
    "i": ("i", "i"), "I": ("ɪ", "ɪ ɨ ᵻ"), "e": ("e", "e"), "E": ("ɛ", "ɛ ε"), "ae": ("æ", "æ"),
    "a": ("a", "a"), "A": ("ɑ", "ɑ"), "O": ("ɔ", "ɔ ɒ"), "o": ("o", "o"), "u": ("u", "u ɯ"), "U": ("ʊ", "ʊ ᵿ"),
    "V": ("ʌ", "ʌ ɐ"), "@": ("ə", "ə ɘ ɤ"), "er": ("ɝ", "ɝ ɚ ɜ"), "y": ("y", "y ʏ ʉ"), "oe": ("ø", "ø œ ɵ ɞ ɶ"),
    "q": ("ʔ", "ʔ ʕ"),
}  # fmt: skip

CLASSES = ("sil", *_ROWS)
"""Names of the classes, in the order of the network's outputs; the first is silence."""

CLASS = {name: index for index, name in enumerate(CLASSES)}
"""Index of each class."""

SILENCE = CLASS["sil"]

_VOWEL_NAMES = "i", "I", "e", "E", "ae", "a", "A", "O", "o", "u", "U", "V", "@", "er", "y", "oe"
VOWELS = frozenset(CLASS[name] for name in _VOWEL_NAMES)

SYMBOLS = ("", *(symbol for symbol, _ in _ROWS.values()))
"""IPA symbol that stands for each class; empty for silence."""

VISEMES = ("sil", "PP", "FF", "TH", "DD", "kk", "CH", "SS", "nn", "RR", "aa", "E", "ih", "oh", "ou")
"""The fifteen visemes of Oculus, by which lips are compared.
https://developer.oculus.com/documentation/unity/audio-ovrlipsync-viseme-reference/"""

_VISEME_ROWS = {
    "sil": "sil q", "PP": "p b m", "FF": "f v", "TH": "th dh", "DD": "t d", "kk": "k g ng x h", "CH": "sh zh ch jh",
    "SS": "s z", "nn": "n l", "RR": "r rr er", "aa": "a A V ae", "E": "E e @", "ih": "i I j", "oh": "O o oe",
    "ou": "u U y w",
}  # fmt: skip

VISEME_OF_CLASS = tuple(
    next(VISEMES.index(viseme) for viseme, row in _VISEME_ROWS.items() if name in row.split()) for name in CLASSES
)
"""Index of each class's viseme."""

_CLASS_OF_IPA = {symbol: CLASS[name] for name, (_, symbols) in _ROWS.items() for symbol in symbols.split()}
_LONGEST = max(map(len, _CLASS_OF_IPA))

# Affricates outside the set are a stop and a fricative; espeak-ng writes a few phones in letters of its own.
_SPELLING = {"əl": "əl", "g": "ɡ", "ʦ": "ts", "ʣ": "dz", "ʧ": "tʃ", "ʤ": "dʒ", "ʨ": "tɕ", "ʥ": "dʑ", "ɿ": "ɪ", "ʅ": "ɪ"}
_FRICATIVE_TRILL = "r\u031d"
"""Czech ř."""
_IGNORED = re.compile(r"\(.*?\)|[ˈˌːˑʰʱʲʷˠˤᵝ.|_\-'\";:?!*~^0-9‿‖↗↘\u0361\u035c]")


@lru_cache(maxsize=4096)
def classes_of(ipa: str) -> tuple[int, ...]:
    """Return the classes of a phone as written in IPA: two for a diphthong, none for what makes no sound of its own.

    Stress, length, tone, aspiration and all other diacritics are passed over, and so are symbols that are not IPA.
    """
    text = unicodedata.normalize("NFC", ipa)
    text = unicodedata.normalize("NFD", text).replace(_FRICATIVE_TRILL, "ʒ").replace("c\u0327", "ç")
    text = "".join(symbol for symbol in _IGNORED.sub("", text) if not unicodedata.combining(symbol))
    for written, meant in _SPELLING.items():
        text = text.replace(written, meant)
    found: list[int] = []
    while text:
        for length in range(_LONGEST, 0, -1):
            if text[:length] in _CLASS_OF_IPA:
                found.append(_CLASS_OF_IPA[text[:length]])
                text = text[length:]
                break
        else:
            text = text[1:]
    # A stop's aspiration is a part of the stop.
    if len(found) > 1 and found[-1] == CLASS["h"] and found[0] in _STOPS:
        found.pop()
    return tuple(found)


_STOPS = frozenset(CLASS[name] for name in ("p", "b", "t", "d", "k", "g", "ch", "jh"))
