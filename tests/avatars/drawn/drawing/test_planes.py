import numpy as np

from phonoscope.avatars.drawn.drawing.planes import TILE_PX, unpremultiply, write_clear_planes, write_planes
from phonoscope.core.colour import rgb_to_frame


def canvas_of(rgba: np.ndarray) -> np.ndarray:  # type: ignore[type-arg]
    return np.ascontiguousarray(rgba).view(np.uint32)[..., 0]


def test_planes_are_those_of_the_core() -> None:
    rng = np.random.default_rng(4)
    rgba = np.full((32, 48, 4), 255, np.uint8)
    rgba[..., :3] = rng.integers(0, 256, (32, 48, 3))
    luma, chroma = np.zeros((32, 48), np.uint8), np.zeros((16, 24, 2), np.uint8)
    write_planes(canvas_of(rgba), np.ones((4, 6), np.uint8), luma, chroma)
    expected = rgb_to_frame(np.ascontiguousarray(rgba[..., :3]))
    assert np.abs(luma.astype(int) - expected.luma).max() <= 1
    # At the left edge one repeats the column, the other reflects it.
    assert np.abs(chroma.astype(int) - expected.chroma)[:, 1:].max() <= 1


def test_only_changed_tiles_are_written() -> None:
    rgba = np.full((32, 48, 4), 255, np.uint8)
    luma, chroma = np.zeros((32, 48), np.uint8), np.zeros((16, 24, 2), np.uint8)
    changed = np.zeros((4, 6), np.uint8)
    changed[1, 2] = 1
    write_planes(canvas_of(rgba), changed, luma, chroma)
    assert luma[TILE_PX : 2 * TILE_PX, 2 * TILE_PX : 3 * TILE_PX].min() == 235
    assert (luma > 0).sum() == TILE_PX**2
    # The chroma sample to the right reads this tile's last column.
    assert (chroma[..., 0] > 0).sum() == TILE_PX // 2 * (TILE_PX // 2 + 1)


def test_clear_planes_are_not_premultiplied() -> None:
    colour, alpha = np.array([200, 90, 40]), 100
    rgba = np.zeros((16, 16, 4), np.uint8)
    rgba[:, :8] = (*np.round(colour * alpha / 255).astype(int), alpha)
    luma, chroma = np.zeros((16, 16), np.uint8), np.zeros((8, 8, 2), np.uint8)
    seen = np.full((16, 16), 7, np.uint8)
    write_clear_planes(canvas_of(rgba), np.ones((2, 2), np.uint8), luma, chroma, seen)
    expected = rgb_to_frame(np.tile(colour.astype(np.uint8), (16, 16, 1)))
    assert np.abs(luma[:, :8].astype(int) - expected.luma[:, :8]).max() <= 2
    # Up to the edge, and no bluer for what is not there.
    assert np.abs(chroma[:, :5].astype(int) - expected.chroma[:, :5]).max() <= 2
    assert (seen[:, :8] == alpha).all()
    assert not seen[:, 8:].any()


def test_unpremultiplied() -> None:
    rgba = np.zeros((2, 3, 4), np.uint8)
    rgba[0, 0], rgba[0, 1], rgba[1, 2] = (10, 20, 30, 255), (50, 25, 0, 100), (3, 3, 3, 3)
    out = np.ones((2, 3, 4), np.uint8)
    unpremultiply(canvas_of(rgba), out)
    assert out[0, 0].tolist() == [10, 20, 30, 255]
    assert out[0, 1].tolist() == [128, 64, 0, 100]
    assert out[1, 2].tolist() == [255, 255, 255, 3]
    assert out[1, 0].tolist() == [0, 0, 0, 0]
