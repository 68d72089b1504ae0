"""Colour tables from files, well made and hostile."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.scene.filters.pictures import SIZE, astronaut, blank

from phonoscope.core.errors import InputError
from phonoscope.scene.filters.chain import filter_chain
from phonoscope.scene.filters.cube import LARGEST_FILE_BYTES, read_cube
from phonoscope.scene.filters.settings import Lut


def cube_text(size: int, keyword: str = "LUT_3D_SIZE", head: str = "", power: float = 1) -> str:
    """Return a file that raises each channel to a power; with swapped channels, if it has three dimensions."""
    step = np.linspace(0, 1, size) ** power
    if keyword == "LUT_1D_SIZE":
        rows = [(v, v * 0.5, 1 - v) for v in step]
    else:
        rows = [(b, g, r) for b in step for g in step for r in step]
    lines = "\n".join(" ".join(f"{value:.6f}" for value in row) for row in rows)
    return f'TITLE "made up"\n# a comment\n{head}{keyword} {size}\n\n{lines}\n'


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "film.cube"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def colours(count: int = 300) -> NDArray[np.float32]:
    return np.random.default_rng(3).random((count, 3), np.float32)


@pytest.mark.parametrize("size", [2, 17, 33])
def test_colours_are_found_at_their_places(tmp_path: Path, size: int) -> None:
    cube = read_cube(written(tmp_path, cube_text(size)))
    assert np.allclose(cube.look_up(colours()), colours()[:, ::-1], atol=1e-5)


def test_curves_are_found_at_their_places(tmp_path: Path) -> None:
    found = read_cube(written(tmp_path, cube_text(64, "LUT_1D_SIZE"))).look_up(colours())
    red, green, blue = colours().T
    assert np.allclose(found, np.stack([red, green * 0.5, 1 - blue], axis=1), atol=1e-5)


def test_colours_between_are_interpolated(tmp_path: Path) -> None:
    cube = read_cube(written(tmp_path, cube_text(33, power=2)))
    assert np.allclose(cube.look_up(colours()), colours()[:, ::-1] ** 2, atol=4e-4)


@pytest.mark.parametrize("head", ["DOMAIN_MIN 0.2 0.2 0.2\nDOMAIN_MAX 0.6 0.6 0.6\n", "LUT_3D_INPUT_RANGE 0.2 0.6\n"])
def test_domains_are_kept(tmp_path: Path, head: str) -> None:
    cube = read_cube(written(tmp_path, cube_text(9, head=head)))
    rgb = np.array([[0.1, 0.2, 0.3], [0.4, 0.6, 0.9]], np.float32)
    assert np.allclose(cube.look_up(rgb), [[0.25, 0, 0], [1, 1, 0.5]], atol=1e-5)


def test_marks_of_windows_are_accepted(tmp_path: Path) -> None:
    text = b"\xef\xbb\xbf" + cube_text(2).replace("\n", "\r\n").encode()
    assert read_cube(written(tmp_path, text)).colours.shape == (2, 2, 2, 3)


def test_the_largest_table_is_read(tmp_path: Path) -> None:
    assert read_cube(written(tmp_path, cube_text(65))).colours.shape == (65, 65, 65, 3)


def test_frames_are_looked_up(tmp_path: Path) -> None:
    path = written(tmp_path, cube_text(17, head="# identity, but for red and blue\n"))
    frame = astronaut()
    full, half = blank(frame), blank(frame)
    filter_chain((Lut(path),), SIZE).apply(frame, full, 0)
    filter_chain((Lut(path, 0.5),), SIZE).apply(frame, half, 0)
    # Red and blue have changed places: what was warm is cold.
    assert np.corrcoef(full.chroma[..., 0].ravel(), frame.chroma[..., 1].ravel())[0, 1] > 0.9
    between = (full.luma.astype(int) + frame.luma) / 2
    assert np.abs(half.luma - between).mean() < 1


GOOD = cube_text(2).splitlines()


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("", "film.cube", "empty"),
        ("# nothing\n\n", "line 2", "neither"),
        ("hello\n", "line 1", "unknown word 'hello'"),
        ("1 2 3\n", "line 1", "before"),
        ("LUT_3D_SIZE 66\n", "line 1", "2 to 65"),
        ("LUT_3D_SIZE 1\n", "line 1", "2 to 65"),
        ("LUT_3D_SIZE 99999999999999999999\n", "line 1", "whole number"),
        ("LUT_3D_SIZE -3\n", "line 1", "whole number"),
        ("LUT_3D_SIZE 2.5\n", "line 1", "whole number"),
        ("LUT_3D_SIZE\n", "line 1", "whole number"),
        ("LUT_1D_SIZE 65537\n", "line 1", "2 to 65536"),
        ("LUT_3D_SIZE 2\nLUT_1D_SIZE 2\n", "line 2", "second time"),
        ("LUT_3D_SIZE 2\n\n0 0\n", "line 3", "3 numbers, not 2"),
        ("LUT_3D_SIZE 2\n0 0 0 0\n", "line 2", "3 numbers, not 4"),
        ("LUT_3D_SIZE 2\n0 0 ,5\n", "line 2", "not a number"),
        ("LUT_3D_SIZE 2\n0 0 -nan\n", "line 2", "out of all range"),
        ("LUT_3D_SIZE 2\n0 0 1e400\n", "line 2", "out of all range"),
        ("LUT_3D_SIZE 2\n0 0 1e30\n", "line 2", "out of all range"),
        ("LUT_3D_SIZE 2\n0 0 0\nDOMAIN_MIN 0 0 0\n", "line 3", "after the first colour"),
        ("\n".join(GOOD[:-1]), "line 11", "cut short"),
        ("\n".join([*GOOD, "1 1 1"]), "line 13", "too many"),
        ("DOMAIN_MIN 0 0\n", "line 1", "3 numbers"),
        ("LUT_3D_SIZE 2\n" + "0 " * 300 + "\n", "line 2", "250 characters"),
        ("LUT_3D_SIZE 2\n\0\n", "line 2", "not text"),
        ("\n".join(["DOMAIN_MAX 0 1 1", *GOOD]), "film.cube", "not above"),
        ("\n".join(["DOMAIN_MIN 1 1 1", *GOOD]), "film.cube", "not above"),
    ],
)
def test_hostile_files_are_refused_with_their_line(tmp_path: Path, text: str, line: str, why: str) -> None:
    with pytest.raises(InputError, match=line) as refused:
        read_cube(written(tmp_path, text))
    assert why in refused.value.message
    assert refused.value.remedy


def test_noise_is_refused(tmp_path: Path) -> None:
    noise = np.random.default_rng(4).integers(0, 256, 5000, np.uint8).tobytes()
    with pytest.raises(InputError, match="line"):
        read_cube(written(tmp_path, noise))


def test_huge_and_missing_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "huge.cube"
    with path.open("wb") as file:
        file.truncate(LARGEST_FILE_BYTES + 1)
    with pytest.raises(InputError, match="larger than 32 MB"):
        read_cube(path)
    with pytest.raises(InputError, match="No such file"):
        filter_chain((Lut(tmp_path / "none.cube"),), SIZE)
    with pytest.raises(InputError, match="cannot be read"):
        read_cube(tmp_path)
