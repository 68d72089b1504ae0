"""Pictures are straightened and cropped."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest
from fastapi.testclient import TestClient
from numpy.typing import NDArray
from PIL import Image

from phonoscope.core.errors import UsageError
from phonoscope.core.frames import Picture
from phonoscope.studio.work.edit import cropped, turned
from tests.studio.conftest import Work
from tests.studio.work.test_ingest import ASSETS, astronaut, looked_into

RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)


def quarters(width: int = 80, height: int = 40) -> Picture:
    """Return a picture with another colour in each corner: red, green above, blue, white below."""
    pixels = np.zeros((height, width, 3), np.uint8)
    pixels[: height // 2, : width // 2], pixels[: height // 2, width // 2 :] = RED, GREEN
    pixels[height // 2 :, : width // 2], pixels[height // 2 :, width // 2 :] = BLUE, WHITE
    return Picture(pixels)


def corners(pixels: NDArray[np.uint8]) -> list[tuple[int, ...]]:
    return [tuple(pixels[y, x].tolist()) for y in (2, -3) for x in (2, -3)]


@pytest.mark.parametrize(
    ("turn_deg", "size", "seen"),
    [
        (0, (80, 40), [RED, GREEN, BLUE, WHITE]),
        (90, (40, 80), [BLUE, RED, WHITE, GREEN]),
        (-90, (40, 80), [GREEN, WHITE, RED, BLUE]),
        (180, (80, 40), [WHITE, BLUE, GREEN, RED]),
        (-180, (80, 40), [WHITE, BLUE, GREEN, RED]),
    ],
)
def test_pictures_are_turned_clockwise(turn_deg: float, size: tuple[int, int], seen: list[tuple[int, ...]]) -> None:
    pixels = turned(quarters(), turn_deg)
    assert (pixels.shape[1], pixels.shape[0]) == size and corners(pixels) == seen


@pytest.mark.parametrize("turn_deg", [30.0, -30.0, 120.0])
def test_a_picture_turned_askew_keeps_all_that_is_seen(turn_deg: float) -> None:
    mark = np.full((40, 80, 3), 128, np.uint8)
    mark[18:22, 60:64] = RED  # right of the middle
    # With nothing in its corners; else they mirror the mark.
    pixels = turned(Picture(mark, np.full((40, 80), 255, np.uint8)), turn_deg)
    angle = np.radians(turn_deg)
    width, height = abs(80 * np.cos(angle)) + abs(40 * np.sin(angle)), abs(80 * np.sin(angle)) + abs(40 * np.cos(angle))
    assert abs(pixels.shape[1] - width) < 1.5 and abs(pixels.shape[0] - height) < 1.5
    found = np.argwhere((pixels[..., 0] > 200) & (pixels[..., 1] < 80)).mean(0)[::-1]
    meant = np.array([width / 2 + 22 * np.cos(angle), height / 2 + 22 * np.sin(angle)])
    assert np.abs(found + 0.5 - meant).max() < 1.5


def test_what_is_clear_stays_clear_in_the_corners() -> None:
    opaque = np.full((40, 80), 255, np.uint8)
    opaque[0, 0] = 254
    pixels = turned(Picture(np.full((40, 80, 3), 200, np.uint8), opaque), 45)
    assert pixels.shape[2] == 4 and pixels[0, 0, 3] == 0 and pixels[40, 40, 3] == 255


def test_crops_are_shares_of_the_turned_picture() -> None:
    part = cropped(turned(quarters(160, 80), 90), {"x": 0.5, "y": 0, "width": 0.5, "height": 0.5})
    assert part.shape == (80, 40, 3) and corners(part) == [RED] * 4


def test_hardly_anything_is_refused() -> None:
    with pytest.raises(UsageError, match="32 pixels"):
        cropped(turned(quarters(), 0), {"x": 0.9, "y": 0, "width": 0.5, "height": 1})


def edited(client: TestClient, work: Work, asset: dict[str, Any], **edit: Any) -> dict[str, Any]:
    answer = client.post(f"{ASSETS}/{asset['id']}/edits", params={"wait_s": 0}, json=edit)
    assert answer.status_code == 201, answer.text
    work("edit")
    made: dict[str, Any] = client.get(f"{ASSETS}/{answer.json()['id']}").json()
    return made


def test_an_edited_photo_is_another_asset_with_faces_of_its_own(client: TestClient, work: Work) -> None:
    first = looked_into(client, work, astronaut(), "Eileen.jpg")
    made = edited(client, work, first, turn_deg=0, crop={"x": 0.1, "y": 0, "width": 0.8, "height": 0.8})
    assert (made["state"], made["width"], made["height"]) == ("ready", 240, 240)
    assert made["name"] == "Eileen (edited).jpg" and made["reference"] != first["reference"]
    assert len(made["faces"]["faces"]) == 1
    box, old = made["faces"]["faces"][0]["box"], first["faces"]["faces"][0]["box"]
    assert box["width"] == pytest.approx(old["width"] / 0.8, rel=0.1)
    with Image.open(io.BytesIO(client.get(made["content_url"]).content)) as image:
        assert image.format == "JPEG" and image.size == (240, 240)
    assert client.get(f"{ASSETS}/{first['id']}").json() == first


def test_an_edit_that_leaves_nothing_is_rejected_and_the_photo_stays(client: TestClient, work: Work) -> None:
    first = looked_into(client, work, astronaut(), "Eileen.jpg")
    made = edited(client, work, first, crop={"x": 0.5, "y": 0, "width": 0.05, "height": 1})
    assert made["state"] == "rejected" and "32 pixels" in made["reason"]["detail"]
    assert client.get(first["content_url"]).status_code == 200
