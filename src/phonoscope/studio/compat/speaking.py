"""Texts are spoken for programs: once, and kept for whoever asks the same again."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Final

from starlette.concurrency import run_in_threadpool

from phonoscope.studio.jobs.making import ask_for_file
from phonoscope.studio.jobs.queue import URGENT
from phonoscope.studio.jobs.waiting import wait_until_done
from phonoscope.studio.state import Studio
from phonoscope.studio.storage.keys import speech_key

PATIENCE_S: Final = 300
"""How long a program waits: 100 000 characters take two minutes."""

MEDIA_TYPES: Final = {
    "mp3": "audio/mpeg",
    "opus": "audio/ogg",
    "aac": "audio/aac",
    "flac": "audio/flac",
    "wav": "audio/wav",
    "pcm": "audio/pcm",
}
"""By the format that is asked for."""


@dataclass(frozen=True, slots=True)
class Speech:
    """A text that is to be spoken.

    Attributes
    ----------
    voice
        Id of a voice of ours.
    speed
        Factor; what no voice reaches is as near to it as can be.
    format
        One of `MEDIA_TYPES`.
    """

    text: str
    voice: str
    language: str = ""
    speed: float = 1.0
    format: str = "mp3"


async def spoken(studio: Studio, owner_id: str, speech: Speech) -> str:
    """Return the key of a spoken text, once it has been spoken.

    Raises
    ------
    Problem
        It cannot be spoken, or nobody has come to it.
    """
    key = speech_key(owner_id, asdict(speech), speech.format)
    job_id = await run_in_threadpool(ask_for_file, studio, owner_id, "speech", key, asdict(speech), URGENT)
    await wait_until_done(studio, job_id, PATIENCE_S, "speech")
    return key
