"""The voices: who can be asked to speak, and how a request is understood."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from phonoscope.core.errors import UsageError

WOMEN = ("f2", "f3", "f5", "Andrea", "belinda", "steph")
"""espeak-ng's variants for female voices, best first. Without echo, whisper, tremor or Klatt's buzz; all differ."""

MEN = ("", "m3", "m7", "m4", "Alex", "m6")
"""The same for men; ``""`` is the language's own voice, on which its phones were tuned."""

DEFAULT_LANGUAGE = "en-us"
"""Spoken when none is asked for; its own voice is the one that espeak-ng's authors tuned most."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Someone who can speak.

    Attributes
    ----------
    id
        Stable name, ``en-us+f3``.
    name
        A person's name, unique within the language.
    language
        BCP-47 tag, ``en-US``.
    language_name, accent
        In English: ``French``, ``Belgium``.
    gender
        ``female`` or ``male``.
    sample
        A sentence in the language itself.
    writings
        Writing systems that it reads besides Latin, as in the names of Unicode's characters: ``CYRILLIC``.
    """

    id: str
    name: str
    language: str
    language_name: str
    accent: str
    gender: str
    sample: str
    writings: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def _all_voices() -> tuple[Voice, ...]:
    table = resources.files("phonoscope.speech").joinpath("languages.tsv").read_text("utf-8")
    return tuple(voice for row in table.splitlines() if not row.startswith("#") for voice in _row_voices(row))


def _row_voices(row: str) -> Iterator[Voice]:
    """Yield the voices of a language's row."""
    base, tag, language, accent, writings, women, men, sample = row.split("\t")
    for gender, names, variants in (("female", women, WOMEN), ("male", men, MEN)):
        for name, variant in zip(names.split(","), variants, strict=False):
            voice_id = f"{base}+{variant}" if variant else base
            reads = tuple(writings.split(",")) if writings else ()
            yield Voice(voice_id, name, tag, language, accent, gender, sample, reads)


def list_voices(language: str | None = None, gender: str | None = None) -> tuple[Voice, ...]:
    """Return all voices, or those of a language (``fr``, ``fr-BE``, ``French``, ``Belgium``) or of a gender.

    Raises
    ------
    UsageError
        There is no such language or gender; the remedy names what comes near.
    """
    voices = _all_voices()
    if language:
        voices = _speakers(voices, plain_words(language))
        if not voices:
            raise _unknown_language(language)
    if gender and plain_words(gender) not in GENDERS:
        raise UsageError(f"There is no gender “{gender}” among the voices.", "Ask for female or male.")
    if gender:
        voices = tuple(v for v in voices if v.gender == GENDERS.get(plain_words(gender)))
    return voices


@lru_cache(maxsize=256)
def find_voice(request: str = "", language: str = "") -> Voice:
    """Return the voice that is meant.

    Parameters
    ----------
    request
        An id (``en-us+f3``), a name (``Emma``), a gender, a language or accent (``fr``, ``fr-CA``, ``British``), or
        both (``french-female``); in any case, with spaces, underscores or hyphens. Empty for the default.
    language
        Language to prefer where the request leaves it open; empty for American English.

    Raises
    ------
    UsageError
        Nothing matches; the remedy names what comes near.
    """
    preferred = _speakers(_all_voices(), plain_words(language or DEFAULT_LANGUAGE))
    if not preferred:
        raise _unknown_language(language)
    wish = plain_words(request)
    if not wish:
        return _best(preferred)
    voices = (*preferred, *(v for v in _all_voices() if v not in preferred))
    found = _by_name(voices, wish) or _by_description(voices, wish)
    if found:
        return found
    words = [*(v.name for v in _all_voices()), *_language_words(), *(v.id for v in _all_voices())]
    raise UsageError(f"There is no voice “{request}”.", _suggestion(request, words))


def plain_words(text: str) -> str:
    """Return a request in the form in which it is compared: small letters without accents, hyphens between words."""
    text = unicodedata.normalize("NFKD", text.strip().casefold()).replace("ı", "i")
    text = "".join(c for c in text if not unicodedata.combining(c))
    return re.sub(r"[\s_\-./,()]+", "-", text).strip("-")


def _by_name(voices: tuple[Voice, ...], wish: str) -> Voice | None:
    """Return the voice with this id or name."""
    return next((v for v in voices if wish in (plain_words(v.id), plain_words(v.name))), None)


def _by_description(voices: tuple[Voice, ...], wish: str) -> Voice | None:
    """Return the best voice of a language, accent and gender in any order: ``french-female``, ``male-en-gb``."""
    words = wish.split("-")
    genders = [GENDERS[word] for word in words if word in GENDERS]
    rest = "-".join(word for word in words if word not in GENDERS and word != "voice")
    if len(genders) > 1 or not (rest or genders):
        return None
    if rest:
        voices = _speakers(voices, rest)
    if genders:
        voices = tuple(v for v in voices if v.gender == genders[0])
    return _best(voices) if voices else None


def _speakers(voices: tuple[Voice, ...], wish: str) -> tuple[Voice, ...]:
    """Return the voices of a language or accent; of an unknown region of a known language, those of the language."""
    wish = ALIASES.get(wish, wish)
    tagged = tuple(v for v in voices if wish in (v.language.lower(), v.id.split("+")[0].lower()))
    if tagged:
        return tagged
    primary, _, region = wish.partition("-")
    primary = ALIASES.get(primary, primary).partition("-")[0]
    if not region or _REGION.fullmatch(region):
        spoken = tuple(v for v in voices if v.language.partition("-")[0].lower() == primary)
        if spoken:
            return spoken
    words = set(wish.split("-"))
    return tuple(v for v in voices if words <= _described(v))


@lru_cache(maxsize=2048)
def _described(voice: Voice) -> frozenset[str]:
    """Return all words by which a voice's language and accent may be called."""
    return frozenset(f"{plain_words(voice.language_name)}-{plain_words(voice.accent)}".split("-"))


def _best(voices: tuple[Voice, ...]) -> Voice:
    """Return the voice to take when several would do: the language's own, else the first in the table."""
    first = voices[0].id.partition("+")[0]
    return next((v for v in voices if v.id == first), voices[0])


def _language_words() -> list[str]:
    voices = _all_voices()
    return list(dict.fromkeys([*(v.language_name for v in voices), *(v.language for v in voices), *ALIASES]))


def _unknown_language(language: str) -> UsageError:
    return UsageError(f"There is no voice for the language “{language}”.", _suggestion(language, _language_words()))


def _suggestion(request: str, words: list[str]) -> str:
    """Return a sentence that names what comes nearest to a request."""
    plain = {plain_words(word): word for word in reversed(words)}
    mended = _mended(plain_words(request)[:60])
    near = [mended] if _by_description(_all_voices(), mended) else []
    near += [plain[word] for word in difflib.get_close_matches(plain_words(request)[:60], plain, n=2, cutoff=NEAR)]
    near = list({plain_words(word): word for word in near}.values())[:2]
    meant = f"Did you mean {' or '.join(near)}? " if near else "Try one such as english-female or french-male. "
    return f"{meant}“phonoscope voices” lists all of them."


def _mended(wish: str) -> str:
    """Return a description with each unknown word replaced by the nearest known one: ``frensh-female``."""
    known = sorted({*GENDERS, *(word for voice in _all_voices() for word in _described(voice))})
    nearest = (difflib.get_close_matches(word, known, n=1, cutoff=NEAR) or [word] for word in wish.split("-"))
    return "-".join(words[0] for words in nearest)


NEAR = 0.7
"""Likeness of two words (0 to 1) above which one may be a slip for the other."""

_REGION = re.compile(r"[a-z]{2}|\d{3}")

GENDERS = {
    "female": "female", "woman": "female", "f": "female", "girl": "female",
    "male": "male", "man": "male", "m": "male", "boy": "male",
}  # fmt: skip

ALIASES = {
    "british": "en-gb", "uk-english": "en-gb", "english-uk": "en-gb", "england": "en-gb", "american": "en-us",
    "us": "en-us", "usa": "en-us", "english-us": "en-us", "us-english": "en-us", "scottish": "en-gb-scotland",
    "rp": "en-gb-x-rp", "jamaican": "en-029", "brazilian": "pt-br", "mexican": "es-419", "es-mx": "es-419",
    "latin-american": "es-419", "latino": "es-419", "castilian": "es-es", "belgian": "fr-be", "swiss": "fr-ch",
    "zh": "zh-cn", "cmn": "zh-cn", "mandarin": "zh-cn", "yue": "zh-hk", "zh-tw": "zh-cn", "zh-hans": "zh-cn",
    "zh-hant": "zh-cn", "no": "nb-no", "nn": "nb-no", "nn-no": "nb-no", "no-no": "nb-no", "farsi": "fa-ir",
    "flemish": "nl-nl", "burmese": "my-mm", "iw": "he-il", "in": "id-id", "gaelic": "gd-gb",
    "bokmal": "nb-no", "valencian": "ca-es-valencia", "castellano": "es-es", "espanol": "es-es", "deutsch": "de-de",
    "francais": "fr-fr", "italiano": "it-it", "portugues": "pt-pt",
}  # fmt: skip
"""Other names of languages and accents."""
