"""The timeline of a document: its scenes, its words, and its sound."""

from __future__ import annotations

import json
import tempfile
from dataclasses import asdict
from pathlib import Path

from phonoscope.studio.jobs.queue import Claim
from phonoscope.studio.storage.keys import beside
from phonoscope.studio.work.bench import Bench, Done
from phonoscope.studio.work.opening import open_document
from phonoscope.studio.work.progress import Progress


def timeline(bench: Bench, claim: Claim) -> Done:
    """Find out when what is said in the document that a job holds, and write what is heard."""
    from phonoscope.rendering.rundown import rundown

    key = claim.payload["key"]
    read = open_document(bench, claim.owner_id, claim.payload["document"])
    with tempfile.TemporaryDirectory(prefix="phonoscope-") as folder:
        sound = Path(folder) / "sound.m4a"
        found = rundown(read, sound, events=Progress(bench.report), backstage=bench.backstage)
        if found.sound is not None:
            bench.store.put(beside(key, "m4a"), found.sound)
    about = {
        "duration_s": found.duration_s,
        "scenes": [asdict(scene) for scene in found.scenes],
        "words": [asdict(word) for word in found.words],
        "peaks": list(found.peaks),
        "left_out": [asdict(words) for words in found.left_out],
        "is_heard": found.sound is not None,
    }
    # Last: it tells that the sound is there.
    bench.store.put(key, json.dumps(about).encode())
    return Done({"key": key})
