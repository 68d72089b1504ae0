"""How quickly scenes are rendered: a whole video, one process against two, still surroundings, and memory."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import av
import skimage.data
from PIL import Image

from bench.scripts import HALF_A_MINUTE
from bench.table import Figure

REPEATS = 3
"""Of each timing; the quickest counts, since whatever disturbs makes it slower."""

_WATCH = """
import json, os, subprocess, sys, threading, time
def tree(pid):
    total = 0
    try:
        for line in open(f"/proc/{pid}/status"):
            if line.startswith("VmRSS"):
                total += int(line.split()[1])
        for child in open(f"/proc/{pid}/task/{pid}/children").read().split():
            total += tree(child)
    except (FileNotFoundError, ProcessLookupError):
        pass
    return total
process = subprocess.Popen(sys.argv[1:])
peak = 0
while process.poll() is None:
    peak = max(peak, tree(process.pid))
    time.sleep(0.05)
print(peak)
sys.exit(process.returncode)
"""


def scenes(quick: bool = False) -> list[Figure]:
    """Measure rendering of scene documents."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        Image.fromarray(skimage.data.astronaut()).save(folder / "portrait.png")
        return [*_whole(folder, quick), *_still_surroundings(folder), *_memory(folder, quick)]


def document(script: str, **changes: Any) -> dict[str, Any]:
    """Return a scene document with one avatar, captions, music and two overlays."""
    return {
        "schema": "scene.1",
        "canvas": {"format": "16:9", "resolution": 720},
        "music": "calm",
        "captions": {"shown": True, "style": "karaoke"},
        "scenes": [
            {
                "avatars": [{"picture": "portrait.png", "crop": "left"}],
                "background": {"kind": "gradient", "colours": ["#14213d", "#3a506b"]},
                "script": script,
                "overlays": [
                    {"kind": "lower-third", "name": "Eileen Collins", "role": "Astronaut", "start": 1, "end": 8},
                    {"kind": "title", "title": "Half a minute", "start": 2, "end": 6},
                ],
            }
        ],
        **changes,
    }


def _whole(folder: Path, quick: bool) -> list[Figure]:
    """Measure a minute of 720p by one process and by two."""
    script = HALF_A_MINUTE if quick else HALF_A_MINUTE + "\n" + HALF_A_MINUTE[: len(HALF_A_MINUTE) * 3 // 4]
    path = _written(folder, "whole.json", document(script))
    took: dict[int, float] = {1: float("inf"), 2: float("inf")}
    files: dict[int, Path] = {}
    for _ in range(1 if quick else REPEATS):
        for jobs in (1, 2):
            files[jobs] = folder / f"whole-{jobs}.mp4"
            took[jobs] = min(took[jobs], _rendered(path, files[jobs], "--jobs", str(jobs)))
    length_s = _length_s(files[2])
    same = _frames_hash(files[1]) == _frames_hash(files[2])
    return [
        Figure(
            f"{length_s:.0f} s of 720p, avatar, captions, music, two overlays: wall over length",
            took[2] / length_s,
            "",
            "<= 0.8",
        ),
        Figure("one process over two, same scene", took[1] / took[2], "times", ">= 1.7"),
        Figure("frames of one process and of two are the same", float(same), "", ">= 1"),
    ]


def _still_surroundings(folder: Path) -> list[Figure]:
    """Compare a full-HD scene in which an avatar covers 30 % with the avatar alone."""
    # 30 % of 1920 x 1080 in the avatar's own proportions, which are square.
    side = 2 * round((0.3 * 1920 * 1080) ** 0.5 / 2)
    box = {"picture": "portrait.png", "crop": "box", "size": side / 1080}
    still = {"kind": "gradient", "colours": ["#14213d", "#3a506b"]}
    scene = {"avatars": [box], "background": still, "script": HALF_A_MINUTE}
    whole = {"schema": "scene.1", "canvas": {"width": 1920, "height": 1080}, "scenes": [scene]}
    alone = {
        "schema": "scene.1",
        "canvas": {"width": side, "height": side},
        "scenes": [{"avatars": [{"picture": "portrait.png"}], "script": HALF_A_MINUTE}],
    }
    took = {"whole": float("inf"), "alone": float("inf")}
    for _ in range(REPEATS):
        for name, told in (("whole", whole), ("alone", alone)):
            path = _written(folder, f"{name}.json", told)
            took[name] = min(took[name], _rendered(path, folder / f"{name}.mp4", "--jobs", "1"))
    return [Figure("full HD with a 30 % avatar over the avatar alone", took["whole"] / took["alone"], "", "<= 1.6")]


def _memory(folder: Path, quick: bool) -> list[Figure]:
    """Compare the peak memory of all processes together, for 10 s and for 10 minutes."""
    peaks_mb = []
    for index, script in enumerate((HALF_A_MINUTE[:150], (HALF_A_MINUTE + "\n") * (2 if quick else 18))):
        path = _written(folder, f"memory-{index}.json", document(script))
        command = [*_COMMAND, str(path), "-o", str(folder / f"memory-{index}.mp4"), "--draft", "--jobs", "2", "--quiet"]
        done = subprocess.run([sys.executable, "-c", _WATCH, *command], check=True, capture_output=True, text=True)
        peaks_mb.append(int(done.stdout.split()[-1]) / 1024)
    return [
        Figure("peak memory of two processes and their parent, 10 s", peaks_mb[0], "MB"),
        Figure("the same, one minute" if quick else "the same, ten minutes", peaks_mb[1], "MB"),
        Figure("long over short", peaks_mb[1] / peaks_mb[0], "", "<= 1.1"),
    ]


_COMMAND = [sys.executable, "-m", "phonoscope", "render"]


def _rendered(path: Path, output: Path, *options: str) -> float:
    """Render a document, and return how long it took."""
    begun_s = time.perf_counter()
    command = [*_COMMAND, str(path), "-o", str(output), "--overwrite", "--fresh", "--quiet", *options]
    subprocess.run(command, check=True, env={**os.environ, "PYTHONWARNINGS": "default"})
    return time.perf_counter() - begun_s


def _written(folder: Path, name: str, told: dict[str, Any]) -> Path:
    path = folder / name
    path.write_text(json.dumps(told), "utf-8")
    return path


def _length_s(path: Path) -> float:
    with av.open(str(path)) as container:
        return (container.duration or 0) / 1_000_000


def _frames_hash(path: Path) -> str:
    digest = hashlib.sha256()
    with av.open(str(path)) as container:
        for frame in container.decode(video=0):
            digest.update(frame.to_ndarray().tobytes())
    return digest.hexdigest()
