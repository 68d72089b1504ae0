"""Speech alone: samples of voices, and what programs ask for."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from phonoscope.studio.jobs.queue import Claim
from phonoscope.studio.work.bench import Bench, Done
from phonoscope.studio.work.progress import Progress

if TYPE_CHECKING:
    from phonoscope.core.events import EventSink
    from phonoscope.core.sound import Sound
    from phonoscope.speech import SpeakOptions
    from phonoscope.voice import Stream

PCM_RATE_HZ = 24_000
"""Of samples without a head: what OpenAI's are."""


def voice_sample(bench: Bench, claim: Claim) -> Done:
    """Let a voice say its sentence."""
    from phonoscope.speech import SpeakOptions, find_voice

    voice, key = find_voice(str(claim.payload["voice"])), claim.payload["key"]
    with tempfile.TemporaryDirectory(prefix="phonoscope-") as folder:
        path = Path(folder) / "sample.mp3"
        options = SpeakOptions(voice=voice.id, language=voice.language)
        _write(_spoken(voice.sample, options, Progress(bench.report)), path)
        bench.store.put(key, path)
    return Done({"key": key})


def speech(bench: Bench, claim: Claim) -> Done:
    """Speak a text, and write it in the format that is asked for."""
    from phonoscope.speech import SpeakOptions
    from phonoscope.speech.options import LIMITS

    told = claim.payload
    low, high = LIMITS["rate"]
    options = SpeakOptions(
        voice=told.get("voice") or "",
        language=told.get("language") or "",
        rate=min(max(float(told.get("speed") or 1.0), low), high),
    )
    with tempfile.TemporaryDirectory(prefix="phonoscope-") as folder:
        path = Path(folder) / f"speech.{told['format']}"
        heard_s = _write(_spoken(told["text"], options, Progress(bench.report)), path)
        bench.store.put(told["key"], path)
    return Done({"key": told["key"], "duration_s": heard_s})


def _spoken(text: str, options: SpeakOptions, events: EventSink) -> Stream:
    """Return a text, spoken as it is asked for."""
    from phonoscope.script import read_script
    from phonoscope.speech import speak
    from phonoscope.speech.espeak import EspeakEngine
    from phonoscope.voice import Stream

    script = read_script(text, options.language)
    return Stream(lambda: (piece.sound for piece in speak(script, options, events)), EspeakEngine().rate_hz, None)


def _write(sound: Stream, path: Path) -> float:
    """Write sound in the format that a path ends in, and return how many seconds it is."""
    from phonoscope.media.sound_writer import write_sound
    from phonoscope.voice import Stream

    lengths_s: list[float] = []

    def measured() -> Iterator[Sound]:
        for block in sound:
            lengths_s.append(block.duration_s)
            yield block

    stream = Stream(measured, sound.rate_hz, None)
    if path.suffix == ".pcm":
        _write_samples(stream, path)
    else:
        write_sound(path, stream)
    return sum(lengths_s)


def _write_samples(sound: Stream, path: Path) -> None:
    """Write mono samples of 16 bits, the low one first, and nothing else."""
    import numpy as np

    from phonoscope.media.resampling import mono_at

    with path.open("wb") as file:
        for block in mono_at(sound, PCM_RATE_HZ):
            file.write(np.rint(block.samples * 32767).astype("<i2").tobytes())
