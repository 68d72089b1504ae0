"""A picture is straightened and cropped: another picture, the first one stays."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from phonoscope.core.errors import PhonoscopeError, UsageError
from phonoscope.studio.assets.tables import Asset
from phonoscope.studio.jobs.queue import Claim
from phonoscope.studio.work.bench import Bench, Done
from phonoscope.studio.work.ingest import as_found, find_asset_of, find_faces, ready, rejected
from phonoscope.studio.work.looking import look_into
from phonoscope.studio.work.opening import without_paths

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from phonoscope.core.frames import Picture

LEAST_PX = 32
"""Shorter side of what is left."""

QUARTER_DEG = 90

LONGEST_STEM = 180
"""Characters of a name that are kept."""

MEDIA_TYPES = {".jpg": "image/jpeg", ".png": "image/png"}


def edit(bench: Bench, claim: Claim) -> Done:
    """Turn and crop the picture of the asset that a job names, and let the asset be the result.

    Until then it has the file of the picture that it was made from.
    """
    asset = find_asset_of(bench, claim)
    if asset is None:
        return Done({})
    bench.settings.work_dir.mkdir(parents=True, exist_ok=True)
    source = bench.store.local(asset.file_key)
    try:
        with tempfile.TemporaryDirectory(prefix="edit-", dir=bench.settings.work_dir) as folder:
            made = _edited(source, Path(folder), claim.payload)
            changes = _kept(bench, asset, made)
    except PhonoscopeError as error:
        return rejected(bench, asset.id, without_paths(error, {str(source): asset.name}))
    return ready(asset.id, changes)


def _edited(source: Path, folder: Path, told: dict[str, Any]) -> Path:
    """Write what becomes of a picture into a folder, and return where."""
    from phonoscope.media.pictures import load_picture, save_picture

    pixels = cropped(turned(load_picture(source), float(told.get("turn_deg") or 0)), told.get("crop"))
    made = folder / ("picture.png" if pixels.shape[2] == 4 else "picture.jpg")
    save_picture(made, pixels)
    return made


def _kept(bench: Bench, asset: Asset, made: Path) -> dict[str, Any]:
    """Keep the file of a new picture, look into it, and return the fields of its asset."""
    with made.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    found = look_into("picture", made, bench.settings)
    changes = as_found(bench.store, asset.owner_id, sha256, found)
    changes |= {
        "name": f"{Path(asset.name).stem[:LONGEST_STEM]} (edited){made.suffix}",
        "file_key": f"users/{asset.owner_id}/assets/{sha256}{made.suffix}",
        "sha256": sha256,
        "bytes": made.stat().st_size,
        "media_type": MEDIA_TYPES[made.suffix],
    }
    bench.store.put(changes["file_key"], made)
    if found.picture is not None:
        changes["faces"] = find_faces(bench.store, asset.owner_id, sha256, found.picture)
    return changes


def turned(picture: Picture, turn_deg: float) -> NDArray[np.uint8]:
    """Return the pixels of a picture turned clockwise, as large as it takes; its edges go on into the corners."""
    import cv2
    import numpy as np

    pixels = picture.rgb if picture.alpha is None else np.dstack([picture.rgb, picture.alpha])
    quarters, rest_deg = divmod(turn_deg + QUARTER_DEG / 2, QUARTER_DEG)
    rest_deg -= QUARTER_DEG / 2
    pixels = np.ascontiguousarray(np.rot90(pixels, -int(quarters)))
    if abs(rest_deg) < 0.01:
        return pixels
    height, width = pixels.shape[:2]
    matrix = np.asarray(cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), -rest_deg, 1.0), np.float64)
    cos, sin = abs(matrix[0, 0]), abs(matrix[0, 1])
    size = round(width * cos + height * sin), round(height * cos + width * sin)
    matrix[:, 2] += (size[0] - width) / 2, (size[1] - height) / 2
    border = cv2.BORDER_REFLECT_101 if picture.alpha is None else cv2.BORDER_CONSTANT
    return np.asarray(cv2.warpAffine(pixels, matrix, size, flags=cv2.INTER_CUBIC, borderMode=border), np.uint8)


def cropped(pixels: NDArray[np.uint8], crop: dict[str, Any] | None) -> NDArray[np.uint8]:
    """Return a part of a picture, whose place and size are shares of it.

    Raises
    ------
    UsageError
        Hardly anything is left.
    """
    if crop is None:
        return pixels
    height, width = pixels.shape[:2]
    x0, y0 = round(width * float(crop["x"])), round(height * float(crop["y"]))
    x1 = min(width, x0 + round(width * float(crop["width"])))
    y1 = min(height, y0 + round(height * float(crop["height"])))
    if min(x1 - x0, y1 - y0) < LEAST_PX:
        raise UsageError(f"Less than {LEAST_PX} pixels of the picture would be left.", "Keep a larger part of it.")
    return pixels[y0:y1, x0:x1]
