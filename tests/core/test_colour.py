from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from phonoscope.core.colour import frame_to_rgb, rgb_to_frame


@pytest.mark.parametrize(
    ("rgb", "luma", "cb", "cr"),
    [
        ((0, 0, 0), 16, 128, 128),
        ((255, 255, 255), 235, 128, 128),
        ((255, 0, 0), 63, 102, 240),  # BT.709 limited range: the corner values of the standard
        ((0, 255, 0), 173, 42, 26),
        ((0, 0, 255), 32, 240, 118),
    ],
)
def test_primaries_have_the_values_of_bt709(rgb: tuple[int, int, int], luma: int, cb: int, cr: int) -> None:
    frame = rgb_to_frame(np.full((4, 6, 3), rgb, np.uint8))
    assert (frame.luma == luma).all()
    assert (frame.chroma == (cb, cr)).all()


def test_a_smooth_picture_survives_the_round_trip(noise: NDArray[np.uint8]) -> None:
    smooth = np.asarray(cv2.GaussianBlur(noise, (0, 0), 5), np.uint8)
    back = frame_to_rgb(rgb_to_frame(smooth))
    assert np.abs(back.astype(int) - smooth).max() <= 3


def test_chroma_is_sited_on_the_left_column() -> None:
    # A red edge between columns 3 and 4: the chroma sample of columns 4 and 5 is centred on column 4, so with the
    # 1-2-1 filter a quarter of it comes from column 3.
    rgb = np.zeros((4, 8, 3), np.uint8)
    rgb[:, 4:, 0] = 255
    cr = rgb_to_frame(rgb).chroma[0, :, 1].astype(float)
    assert cr[1] == 128
    assert cr[2] == pytest.approx(128 + 0.75 * 112, abs=1)
    assert cr[3] == 240
