"""Who can speak, and in which languages."""

from __future__ import annotations

from functools import cache
from urllib.parse import quote

from pydantic import BaseModel, Field

from phonoscope.speech.voice_search import search_voices
from phonoscope.speech.voices import Voice, list_voices
from phonoscope.studio.catalogue.answering import VERSION
from phonoscope.studio.problems import not_found


class VoiceTold(BaseModel):
    """A voice."""

    id: str = Field(description="As documents name it.")
    name: str
    language: str = Field(description="BCP 47 tag.")
    language_name: str
    accent: str
    gender: str
    sample: str = Field(description="What it says in its sample.")
    sample_url: str


class LanguageTold(BaseModel):
    """A language, as it is spoken somewhere."""

    language: str = Field(description="BCP 47 tag.")
    name: str
    accent: str
    voices: int = Field(description="How many speak it.")


def found_voices(search: str, language: str, gender: str) -> list[VoiceTold]:
    """Return the voices that fit, the likeliest first.

    Raises
    ------
    UsageError
        There is no such language or gender.
    """
    among = list_voices(language or None, gender or None)
    return [_told(voice) for voice in (search_voices(search, among) if search.strip() else among)]


def voice_by_id(voice_id: str) -> Voice:
    """Return a voice.

    Raises
    ------
    Problem
        404: there is none.
    """
    found = _by_id().get(voice_id)
    if found is None:
        raise not_found("voice")
    return found


@cache
def languages() -> tuple[LanguageTold, ...]:
    """Return all languages, in alphabetical order, each with its usual accent first."""
    counted: dict[tuple[str, str, str], int] = {}
    for voice in list_voices():
        place = (voice.language, voice.language_name, voice.accent)
        counted[place] = counted.get(place, 0) + 1
    told = [
        LanguageTold(language=language, name=name, accent=accent, voices=voices)
        for (language, name, accent), voices in counted.items()
    ]
    return tuple(sorted(told, key=lambda one: one.name))


@cache
def _by_id() -> dict[str, Voice]:
    return {voice.id: voice for voice in list_voices()}


def _told(voice: Voice) -> VoiceTold:
    return VoiceTold(
        id=voice.id,
        name=voice.name,
        language=voice.language,
        language_name=voice.language_name,
        accent=voice.accent,
        gender=voice.gender,
        sample=voice.sample,
        sample_url=f"/api/v1/voices/{quote(voice.id, safe='')}/sample?{VERSION}",
    )
