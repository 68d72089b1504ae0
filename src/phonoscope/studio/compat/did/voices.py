"""Voices of others, and ours that are of their kind: by language, and by whether a woman or a man speaks."""

from __future__ import annotations

import re
from typing import Final

from phonoscope.core.errors import UsageError
from phonoscope.speech.voices import find_voice
from phonoscope.studio.compat.did.models import Provider

AZURE: Final = re.compile(
    r"([a-z]{2,3}-(?:[A-Za-z]{4}-)?[A-Z]{2})(?:-[a-z]+)?-([A-Za-z]+?)(?:Multilingual|Dragon.*)?Neural.*"
)

MEN: Final = frozenset({
    "guy", "davis", "jason", "tony", "andrew", "brian", "christopher", "eric", "jacob", "roger", "steffan",
    "brandon", "ryan", "thomas", "alfie", "elliot", "ethan", "noah", "oliver", "conrad", "kasper", "killian",
    "klaus", "bernd", "christoph", "ralf", "florian", "henri", "alain", "claude", "jerome", "maurice", "yves",
    "remy", "alvaro", "arnau", "dario", "elias", "nil", "saul", "teo", "jorge", "antonio", "donato", "fabio",
    "humberto", "julio", "nicolau", "valerio", "diego", "benigno", "calimero", "cataldo", "gianni", "lisandro",
    "rinaldo", "giuseppe", "keita", "naoki", "daichi", "yunxi", "yunyang", "yunjian", "yunfeng", "yunhao",
    "yunxia", "yunze", "injoon", "bongjin", "gookmin", "hyunsu", "dmitry", "ahmet", "marek", "maarten",
    "mattias", "jonas", "finn", "asker", "duarte", "hamed", "shakir", "madhur", "prabhat", "matthew", "joey",
    "justin", "kevin", "stephen", "gregory", "russell", "geraint", "hans", "daniel", "mathieu", "enrique",
    "sergio", "pedro", "miguel", "andres", "ricardo", "thiago", "cristiano", "giorgio", "takumi", "jacek",
    "jan", "ruben", "karl", "mads", "maxim", "adam", "antoni", "arnold", "josh", "sam", "clyde", "george",
    "callum", "liam", "bill",
})  # fmt: skip
"""First names of men among the voices of Microsoft, Amazon and ElevenLabs; all others are women's."""

AMAZON: Final = {
    "joanna": "en-US", "matthew": "en-US", "ivy": "en-US", "kendra": "en-US", "kimberly": "en-US", "salli": "en-US",
    "joey": "en-US", "justin": "en-US", "kevin": "en-US", "stephen": "en-US", "ruth": "en-US", "danielle": "en-US",
    "amy": "en-GB", "emma": "en-GB", "brian": "en-GB", "arthur": "en-GB", "marlene": "de-DE", "vicki": "de-DE",
    "hans": "de-DE", "daniel": "de-DE", "celine": "fr-FR", "lea": "fr-FR", "mathieu": "fr-FR", "remi": "fr-FR",
    "lucia": "es-ES", "conchita": "es-ES", "enrique": "es-ES", "sergio": "es-ES", "lupe": "es-US", "miguel": "es-US",
    "carla": "it-IT", "bianca": "it-IT", "giorgio": "it-IT", "camila": "pt-BR", "vitoria": "pt-BR", "ricardo": "pt-BR",
    "mizuki": "ja-JP", "takumi": "ja-JP", "seoyeon": "ko-KR", "zhiyu": "cmn", "tatyana": "ru-RU", "maxim": "ru-RU",
}  # fmt: skip
"""Languages of Amazon's voices, which do not tell them in their names."""


def voice_for(provider: Provider) -> str:
    """Return our voice for one of others; empty, which lets the face choose, where nothing is asked for.

    Raises
    ------
    UsageError
        Nobody here speaks its language.
    """
    asked, told_language = provider.voice_id.strip(), provider.language.strip()
    if found := AZURE.fullmatch(asked):
        return _of_kind(found[2].lower(), found[1])
    if (language := AMAZON.get(asked.lower())) is not None:
        return _of_kind(asked.lower(), language)
    try:
        return find_voice(asked, told_language).id if asked else _usual(told_language)
    except UsageError:
        # Such as ElevenLabs' ids, which say nothing to anybody else.
        return _usual(told_language)


def _of_kind(name: str, language: str) -> str:
    gender = "male" if name in MEN else "female"
    try:
        return find_voice(gender, language).id
    except UsageError:
        return find_voice(gender, language.partition("-")[0]).id


def _usual(language: str) -> str:
    return find_voice("", language).id if language else ""
