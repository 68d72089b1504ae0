"""How long a person at the studio waits: for the face in a photo, for a picture of a change, for a draft that plays."""

from __future__ import annotations

import io
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
from PIL import Image

from bench.studio.serving import serving
from bench.table import Figure

SCRIPT = (
    "Good morning, and welcome to our garden. Tomatoes like it warm, so we plant them beside the wall. "
    "Water them in the evening, never at noon, and they will thank you until October."
)
"""Ten seconds of speech."""

REPEATS = 5
PATIENCE_S = 60.0
PHOTO_PX = 1600


def waiting(quick: bool) -> list[Figure]:
    """Measure what is waited for, over HTTP, in a studio of its own whose workers are warm."""
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder) / "data", Path(folder) / "log") as client:
        repeats = 2 if quick else REPEATS
        photos = [_photo(PHOTO_PX + number) for number in range(repeats + 1)]
        dropping = [_drop(client, photo) for photo in photos]
        reference = dropping[-1][1]
        project = client.post("/api/v1/projects", json={}).raise_for_status().json()
        at = f"/api/v1/projects/{project['id']}"
        _save(client, at, reference, "#336699", SCRIPT)
        first_s = _timed(lambda: _still(client, at))
        changed, drafts, timelines = [], [], []
        for number in range(repeats):
            _save(client, at, reference, f"#33669{number}", SCRIPT)
            changed.append(_timed(lambda: _still(client, at)))
            _save(client, at, reference, "#336699", f"{SCRIPT} {number + 1}.")
            timelines.append(_timed(lambda: client.get(f"{at}/timeline").raise_for_status()))
            drafts.append(_timed(lambda: _draft(client, at)))
        return [
            Figure(
                "a photo is dropped: until its face is shown",
                statistics.median(s for s, _ in dropping[1:]),
                "s",
                "<= 2",
            ),
            Figure("the first still of a project with it", first_s, "s"),
            Figure("a still after a change", statistics.median(changed), "s"),
            Figure("words and waveform of ten seconds of script", statistics.median(timelines), "s"),
            Figure("a draft of it that can be played", statistics.median(drafts), "s", "<= 5"),
        ]


def _photo(side_px: int) -> bytes:
    """Return a photograph as a JPEG file, each size another file."""
    from skimage.data import astronaut

    file = io.BytesIO()
    Image.fromarray(astronaut()).resize((side_px, side_px), Image.Resampling.LANCZOS).save(file, "JPEG", quality=92)
    return file.getvalue()


def _drop(client: httpx.Client, photo: bytes) -> tuple[float, str]:
    """Return how long it took until a photo's face was found, and how documents name the photo."""
    begun_s = time.perf_counter()
    asset = client.post("/api/v1/assets?name=photo.jpg&wait_s=10", content=photo).raise_for_status().json()
    while asset["state"] == "checking" or asset["faces"] is None:
        _refuse_late(begun_s)
        time.sleep(0.02)
        asset = client.get(f"/api/v1/assets/{asset['id']}").raise_for_status().json()
    return time.perf_counter() - begun_s, asset["reference"]


def _save(client: httpx.Client, at: str, picture: str, background: str, script: str) -> None:
    scene: dict[str, Any] = {"avatars": [{"picture": picture}], "script": script, "background": background}
    client.put(f"{at}/document", json={"schema": "scene.1", "captions": True, "scenes": [scene]}).raise_for_status()


def _still(client: httpx.Client, at: str) -> None:
    """Ask for a picture of the stage, and take it."""
    still = client.get(f"{at}/still?time_s=1.5&width=960").raise_for_status().json()
    client.get(still["image_url"]).raise_for_status()


def _draft(client: httpx.Client, at: str) -> None:
    """Ask for a draft, and take its first bytes."""
    begun_s = time.perf_counter()
    draft = client.post(f"{at}/previews", json={}).raise_for_status().json()
    while draft["state"] in ("queued", "running"):
        _refuse_late(begun_s)
        time.sleep(0.02)
        draft = client.get(f"/api/v1/previews/{draft['id']}").raise_for_status().json()
    client.get(draft["url"], headers={"Range": "bytes=0-65535"}).raise_for_status()


def _refuse_late(begun_s: float) -> None:
    if time.perf_counter() - begun_s > PATIENCE_S:
        raise SystemExit("Nothing comes; see the studio's log.")


def _timed(do: Callable[[], object]) -> float:
    begun_s = time.perf_counter()
    do()
    return time.perf_counter() - begun_s
