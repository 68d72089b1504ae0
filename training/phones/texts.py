"""Something to say in each language: words from Debian's word lists, put together at random.

The recogniser must not learn any language's word order, so sense is neither needed nor wanted.
"""

from __future__ import annotations

import random
import re
from functools import lru_cache
from pathlib import Path

WORD_LISTS = {
    "en": "dict/american-english", "de": "dict/ngerman", "fr": "dict/french", "es": "dict/spanish",
    "it": "dict/italian", "pt": "dict/portuguese", "pl": "dict/polish", "nl": "dict/dutch", "sv": "dict/swedish",
    "da": "dict/danish", "nb": "dict/bokmaal",
    "cs": "hunspell/cs_CZ.dic", "ro": "hunspell/ro_RO.dic", "hu": "hunspell/hu_HU.dic", "ru": "hunspell/ru_RU.dic",
    "el": "hunspell/el_GR.dic", "tr": "hunspell/tr_TR.dic", "vi": "hunspell/vi_VN.dic", "sw": "hunspell/sw_TZ.dic",
    "id": "hunspell/id_ID.dic", "ar": "hunspell/ar.dic", "hi": "hunspell/hi_IN.dic", "hr": "hunspell/hr_HR.dic",
    "bg": "hunspell/bg_BG.dic",
}  # fmt: skip
"""Files below /usr/share, from the packages that README.md names."""

EVERYDAY = """
the a to of and in is it you that he was for on are with as i his they be at this have from or one had by word but
not what all were we when your can said there use an each which she do how their if will up other about out many then
them these so some her would make like him into time has look two more write go see number no way could people my than
first water been call who oil its now find long down day did get come made may part over new sound take only little
work know place year live me back give most very after thing our just name good man think say great where help through
much before line right too mean old any same tell boy follow came want show also around form three small set put end
does another well large must big even such because turn here why ask went men read need land different home us move
try kind hand picture again change off play spell air away animal house point page letter mother answer found study
still learn should world uh um yeah okay maybe probably actually really pretty bunch stuff people bob mary baby bubble
mom papa pepper bumpy member remember
""".split()
"""What makes up half of spoken English, and is spoken least clearly."""

EVERYDAY_SHARE = 0.6
NUMBER_SHARE = 0.04
COMMA_SHARE = 0.1

_HIRAGANA = (
    "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほ"
    "まみむめもやゆよらりるれろわんがぎぐげござじずぜぞだでどばびぶべぼぱぴぷぺぽ"
)
_ONSETS = ["p", "b", "m", "f", "v", "t", "d", "n", "s", "z", "k", "g", "r", "l", "", "st", "tr", "pr", "br", "pl", "sp"]
_CODAS = ["", "", "", "", "n", "m", "s", "r", "l", "p", "t"]


def sentence(language: str, chance: random.Random, words: int = 0) -> str:
    """Return a sentence of random words.

    Parameters
    ----------
    language
        A key of `WORD_LISTS`, ``cmn``, ``ja`` or ``ko``; ``any`` makes words up that every Latin alphabet can spell.
    words
        How many; 0 for three to nine.
    """
    words = words or chance.randint(3, 9)
    if language == "cmn":
        return _joined(_characters(_common_hanzi(), (1, 3), words, chance), 4, "", "，", "。")
    if language == "ja":
        return _joined(_characters(_HIRAGANA, (2, 4), words, chance), 3, "", "、", "。")
    if language == "ko":
        return _joined(_characters(_common_hangul(), (1, 3), words, chance), words, " ", "", ".")
    said = []
    for _ in range(words):
        said.append(_word(language, chance))
        if chance.random() < NUMBER_SHARE and language != "any":
            said.append(str(chance.randint(0, 99)))
    text = said[0]
    for word in said[1:]:
        text += (", " if chance.random() < COMMA_SHARE else " ") + word
    return text + chance.choice("..?!")


def _word(language: str, chance: random.Random) -> str:
    if language == "any":
        return "".join(
            chance.choice(_ONSETS) + chance.choice("aeiouaeio") + chance.choice(_CODAS)
            for _ in range(chance.randint(1, 4))
        )
    if language == "en" and chance.random() < EVERYDAY_SHARE:
        return chance.choice(EVERYDAY)
    return chance.choice(word_list(language))


@lru_cache(maxsize=64)
def word_list(language: str) -> tuple[str, ...]:
    """Return the words of a language, 2 to 13 letters long."""
    path = Path("/usr/share") / WORD_LISTS[language]
    data = path.read_bytes()
    coding = "utf-8"
    if path.suffix == ".dic":
        declared = re.search(rb"SET\s+(\S+)", path.with_suffix(".aff").read_bytes()[:3000])
        if declared:
            coding = declared.group(1).decode().lower().replace("microsoft-", "").replace("iso8859", "iso-8859")
    lines = (line.split("/")[0].strip() for line in data.decode(coding, "ignore").split("\n"))
    return tuple(word for word in lines if 2 <= len(word) <= 13 and not re.search(r"[\d.\s']", word))


def _characters(alphabet: str, length: tuple[int, int], words: int, chance: random.Random) -> list[str]:
    return ["".join(chance.choice(alphabet) for _ in range(chance.randint(*length))) for _ in range(words)]


def _joined(words: list[str], group: int, space: str, comma: str, stop: str) -> str:
    groups = [space.join(words[i : i + group]) for i in range(0, len(words), group)]
    return comma.join(groups) + stop


@lru_cache(maxsize=1)
def _common_hanzi() -> str:
    """Return the 3755 characters of GB 2312's first level."""
    return _decoded("gb2312", range(0xB0, 0xD8))


@lru_cache(maxsize=1)
def _common_hangul() -> str:
    """Return the 2350 syllables of KS X 1001."""
    return _decoded("euc-kr", range(0xB0, 0xC9))


def _decoded(coding: str, rows: range) -> str:
    return "".join(bytes([row, cell]).decode(coding, "ignore") for row in rows for cell in range(0xA1, 0xFF))
