"""Who does which kind of job. Light to import: handlers load the engine when they are called."""

from __future__ import annotations

from dataclasses import replace

from phonoscope.studio.work.bench import Bench
from phonoscope.studio.work.doing import Handler
from phonoscope.studio.work.edit import edit
from phonoscope.studio.work.ingest import ingest
from phonoscope.studio.work.piece import piece
from phonoscope.studio.work.portrait import portrait
from phonoscope.studio.work.preview import preview
from phonoscope.studio.work.render import render
from phonoscope.studio.work.speech import speech, voice_sample
from phonoscope.studio.work.still import still
from phonoscope.studio.work.timeline import timeline

HANDLERS: dict[str, Handler] = {
    "ingest": ingest,
    "edit": edit,
    "still": still,
    "timeline": timeline,
    "preview": preview,
    "render": render,
    "voice-sample": voice_sample,
    "portrait": portrait,
    "piece": piece,
    "speech": speech,
}
"""By the kind of job."""


WARM_LANES = ("stage", "quick")
"""Where somebody waits."""


def get_ready(bench: Bench, lane: str) -> Bench:
    """Return the bench of a worker with the engine warm where people wait for it; it takes a few seconds."""
    if lane not in WARM_LANES:
        return bench
    from phonoscope.studio.work.warming import open_backstage

    return replace(bench, backstage=open_backstage())
