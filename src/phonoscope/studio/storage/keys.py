"""What can be made again is kept under the hash of all that it depends on, so that it is made once.

Light to import: the server looks here before it asks for work.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from phonoscope.version import __version__

MARKS_ENDING = "rig.json"


def marks_key(owner_id: str, sha256: str) -> str:
    """Return where the storage has the marks of a picture, if there are any."""
    return f"users/{owner_id}/assets/{sha256}.{MARKS_ENDING}"


def still_key(owner_id: str, digest: str, time_s: float, width: int) -> str:
    """Return where a still of a document lies."""
    return f"{_cache_of(owner_id)}/{digest_of('still', digest, round(time_s, 3), width)}.webp"


def timeline_key(owner_id: str, digest: str) -> str:
    """Return where the timeline of a document lies."""
    return f"{_cache_of(owner_id)}/{digest_of('timeline', digest)}.json"


def preview_key(owner_id: str, digest: str) -> str:
    """Return where the draft of a document lies."""
    return f"{_cache_of(owner_id)}/{digest_of('preview', digest)}.mp4"


def project_thumbnail_key(owner_id: str, digest: str) -> str:
    """Return where the thumbnail of a project lies while its document stays as it is."""
    return f"users/{owner_id}/thumbnails/{digest_of('project', digest)}.webp"


def speech_key(owner_id: str, told: Mapping[str, Any], ending: str) -> str:
    """Return where speech lies that was asked for."""
    return f"{_cache_of(owner_id)}/{digest_of('speech', told)}.{ending}"


def voice_sample_key(voice: str) -> str:
    """Return where the sample of a voice lies."""
    return f"shared/cache/{digest_of('voice', voice)}.mp3"


def piece_key(library: str, name: str) -> str:
    """Return where a piece of music or a sound effect of ours lies."""
    return f"shared/cache/{digest_of(library, name)}.mp3"


def portrait_key(avatar: str) -> str:
    """Return where the portrait of a drawn avatar lies."""
    return f"shared/cache/{digest_of('portrait', avatar)}.webp"


def beside(key: str, ending: str) -> str:
    """Return the key of what belongs to another file, and is called like it."""
    return f"{key.rpartition('.')[0]}.{ending}"


def job_key(key: str) -> str:
    """Return the name of a cached file: its address ends so, and it is the key of the job that makes it."""
    return key.rpartition("/")[2]


def cached_key(owner_id: str, name: str) -> str:
    """Return the key of a user's cached file by its name."""
    return f"{_cache_of(owner_id)}/{name}"


def _cache_of(owner_id: str) -> str:
    return f"users/{owner_id}/cache"


def digest_of(*parts: Any) -> str:
    """Return what changes whenever a part does, or the version of the package."""
    text = json.dumps([__version__, *parts], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:40]
