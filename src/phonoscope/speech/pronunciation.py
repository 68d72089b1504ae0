"""IPA → espeak-ng's phoneme mnemonics, which differ from language to language.

The table is asked of espeak-ng itself: each mnemonic is spoken once in the language, and its phone events tell the IPA.
Mnemonics: https://github.com/espeak-ng/espeak-ng/blob/1.52.0/docs/phonemes.md
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from phonoscope.speech.espeak_library import render
from phonoscope.speech.timing import read_phone_name

_CONSONANT_MNEMONICS = """
p b t d k g f v T D s z S Z h x C m n N l r w j tS dZ ts dz ? R R2 * Q G X c J q n^ l^ L M B V@
t. d. s. z. n. l. r. t; d; s; z; n; l; r; S; tS; dZ; ts; tS^ dz; s^ z^ H P j^
"""
_VOWEL_MNEMONICS = """
a aa a: a# A A: A@ A~ a~ e E E: e: E2 E~ e~ e# @ @: @2 @L @- 3 3: I I2 I# I^ i i: i# y y: Y Y: W W:
0 0# O O: O@ O~ O2 o o: o@ o~ oU U U@ u u: u# u- V V# V: & &: 1 8 9
aI aU eI EI OI oI e@ i@ i@3 aI@ aU@ aI3 au ai ei eu oi ou ui @U ea oa ia ie uo yi Ou E@
"""
"""Mnemonics that occur in many languages; a language leaves out most of them."""

# What to say where a language lacks a phone: the nearest that many have. Tried in order.
_NEAREST = {
    "əʊ": ("oʊ", "əu", "o"), "oʊ": ("əʊ", "ou", "oː", "o"), "ɒ": ("ɑː", "ɔ", "a"), "ɑ": ("ɑː", "aː", "a"),
    "ɑː": ("aː", "ɑ", "a"), "ɜː": ("ɜ", "øː", "œ", "ə", "e"), "ɜ": ("ɜː", "ə"), "ɝ": ("ɜː", "ɚ"), "ɚ": ("ə", "ɐ", "a"),
    "e": ("ɛ", "eː", "eɪ"), "ɛ": ("e", "æ"), "i": ("iː", "ɪ"), "ɪ": ("i", "iː"), "iː": ("i",), "u": ("uː", "ʊ"),
    "ʊ": ("u", "uː"), "uː": ("u",), "ɔ": ("ɔː", "o", "ɒ"), "ɔː": ("ɔ", "oː", "o"), "o": ("oː", "ɔ", "oʊ", "ɔː"),
    "a": ("aː", "æ", "ɑ", "ɐ", "ɑː"), "æ": ("ɛ", "a"), "ʌ": ("ɐ", "a", "ə"), "ɐ": ("ʌ", "ə", "a"), "ə": ("ɐ", "ɜ", "e"),
    "y": ("yː", "uː", "u"), "ø": ("øː", "œ", "ɜː", "e"), "œ": ("œː", "ø", "ɜː", "e"), "eɪ": ("ei", "eː", "e"),
    "aɪ": ("ai", "a"), "aʊ": ("au", "a"), "ɔɪ": ("oi", "ɔ"), "r": ("ɹ", "ɾ", "ʁ"), "ɹ": ("r", "ɾ", "ʁ"),
    "ʁ": ("ʀ", "r", "ɹ"), "ʀ": ("ʁ", "r", "ɹ"), "ɾ": ("r", "d", "t"), "ɫ": ("l",), "x": ("χ", "h", "k"),
    "χ": ("x", "h"), "ç": ("ʃ", "h"), "h": ("x", "ɦ"), "θ": ("s", "t"), "ð": ("d", "z"),
    "ʃ": ("ʂ", "ɕ", "s"), "ʒ": ("ʐ", "ʑ", "z"),
    "tʃ": ("tɕ", "t"), "dʒ": ("dʑ", "d"), "ŋ": ("n",), "ɲ": ("n",), "ʎ": ("l",), "w": ("v", "u"), "ʔ": ("",),
    "ɥ": ("j",), "β": ("b", "v"), "ɣ": ("ɡ",), "ʋ": ("v", "w"), "ɱ": ("m",), "ʍ": ("w",), "ɨ": ("ɪ", "i"),
    "ʉ": ("uː", "u"), "ɯ": ("u", "ɪ"), "ɕ": ("ʃ", "s"), "ʑ": ("ʒ", "z"), "c": ("k",), "ɟ": ("ɡ",), "q": ("k",),
    "v": ("w", "f"), "z": ("s",),
}  # fmt: skip

_VOWELS = frozenset("aeiouyæøœɐɑɒɔəɚɛɜɝɨɪɯɵʉʊʌʏɤɘɞɶ")
_IGNORED = frozenset("ː.‿ʰʲˠˤʷˑ|-")  # and all combining marks
_STRESS = {"ˈ": "'", "ˌ": ",", "'": "'"}


def ipa_to_mnemonics(ipa: str, voice: str) -> str | None:
    """Return what makes espeak-ng say an IPA transcription, to be put between ``[[`` and ``]]``.

    Parameters
    ----------
    ipa
        Transcription, with or without slashes, stress marks and spaces.
    voice
        espeak-ng's voice.

    Returns
    -------
    str or None
        None when a symbol is no IPA, or nothing comes near it in the language.
    """
    table = _table(voice)
    text = unicodedata.normalize("NFC", ipa.strip(" /[]")).replace("g", "ɡ").replace("\u0361", "")
    out = []
    stress = ""
    while text:
        if text[0] in _STRESS:
            stress, text = _STRESS[text[0]], text[1:]
            continue
        symbol, mnemonic = _longest(text, table)
        if mnemonic is None:
            if text[0].isspace():
                out.append("||")
            elif text[0] not in _IGNORED and not unicodedata.combining(text[0]):
                return None
            text = text[1:]
            continue
        if symbol[0] in _VOWELS:
            # espeak-ng marks the vowel, IPA the syllable.
            mnemonic, stress = stress + mnemonic, ""
        out.append(mnemonic)
        text = text[len(symbol) :]
    return "|".join(out).replace("|||", "||").strip("|") or None


def _longest(text: str, table: dict[str, str]) -> tuple[str, str | None]:
    """Return the longest symbol at the beginning of a text, and its mnemonic or that of the nearest phone."""
    for length in (4, 3, 2, 1):
        symbol = text[:length]
        if symbol in table:
            return symbol, table[symbol]
        for other in _NEAREST.get(symbol, ()):
            if other in table:
                return symbol, table[other]
    return text[:1], None


@lru_cache(maxsize=8)
def _table(voice: str) -> dict[str, str]:
    """Return mnemonics by IPA symbol for a voice; takes about 0.2 s, once."""
    table: dict[str, str] = {}
    for mnemonic in _VOWEL_MNEMONICS.split():
        _learn(table, mnemonic, _heard(mnemonic, voice))
    for mnemonic in _CONSONANT_MNEMONICS.split():
        # Before a vowel, since some languages devoice or drop the last consonant.
        _learn(table, mnemonic, _heard(f"{mnemonic}|a", voice)[:-1])
    return table


def _heard(mnemonics: str, voice: str) -> list[str]:
    """Return the IPA symbols that espeak-ng says for mnemonics."""
    names = [read_phone_name(event.phone)[0] for event in render(f"[[{mnemonics}]]", voice).events if event.phone]
    return [name for name in names if name]


def _learn(table: dict[str, str], mnemonic: str, heard: list[str]) -> None:
    """Enter a mnemonic by what was heard; of several the shortest."""
    ipa = "".join(heard)
    if ipa and not any(map(str.isdecimal, ipa)) and (ipa not in table or len(mnemonic) < len(table[ipa])):
        table[ipa] = mnemonic
