"""Our own music and sound effects, as browsers play them."""

from __future__ import annotations

import tempfile
from pathlib import Path

from phonoscope.studio.jobs.queue import Claim
from phonoscope.studio.work.bench import Bench, Done


def piece(bench: Bench, claim: Claim) -> Done:
    """Play the piece of music, or the sound effect, that a job names."""
    from phonoscope.media.sound_writer import write_sound
    from phonoscope.sound.music.library import music_loop
    from phonoscope.sound.sfx.library import sfx
    from phonoscope.voice import Stream

    key, name = claim.payload["key"], str(claim.payload["name"])
    bench.report(0.0, "sound")
    sound = music_loop(name) if claim.payload["library"] == "music" else sfx(name)
    with tempfile.TemporaryDirectory(prefix="phonoscope-") as folder:
        path = Path(folder) / "piece.mp3"
        write_sound(path, Stream(lambda: iter((sound,)), sound.rate_hz, None))
        bench.store.put(key, path)
    return Done({"key": key})
