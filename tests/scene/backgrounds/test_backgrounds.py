"""Every background of a document covers the canvas with what it says."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from phonoscope.core.colour import frame_to_rgb
from phonoscope.core.errors import PhotoError
from phonoscope.core.frames import Box, Picture
from phonoscope.media.pictures import save_picture
from phonoscope.scene.backgrounds import BackgroundStage, background_layer
from phonoscope.scene.document.backgrounds import (
    Background,
    BlurBackground,
    ColourBackground,
    GradientBackground,
    ImageBackground,
    PanZoom,
    TransparentBackground,
)
from phonoscope.scene.drawing.layer import Patch
from phonoscope.scene.layout import Canvas

SIZE = (160, 90)
LEFT, RIGHT = (220, 40, 30), (30, 60, 210)


class Folder:
    def __init__(self, path: Path) -> None:
        self._path = path

    def path(self, asset: str) -> Path:
        return self._path / asset


@pytest.fixture
def stage(tmp_path: Path) -> BackgroundStage:
    """A folder with a square picture, red on its left and blue on its right, and one with holes."""
    rgb = np.full((200, 200, 3), LEFT, np.uint8)
    rgb[:, 100:] = RIGHT
    save_picture(tmp_path / "square.png", rgb)
    wide = np.repeat(rgb, 4, axis=1)
    save_picture(tmp_path / "wide.png", wide)
    alpha = np.full((200, 200, 1), 0, np.uint8)
    alpha[:, :100] = 255
    save_picture(tmp_path / "holes.png", np.dstack([rgb, alpha]))
    return BackgroundStage(SIZE, Fraction(30), 2.0, Folder(tmp_path))


def patch_of(background: Background, stage: BackgroundStage, number: int = 0) -> Patch:
    layer = background_layer(background, stage)
    patch = layer.patch(number)
    assert patch is not None
    assert patch.box == Box(0, 0, *SIZE)
    assert patch.frame.size_px == SIZE
    layer.close()
    return patch


def shown(background: Background, stage: BackgroundStage, number: int = 0) -> NDArray[np.int64]:
    return frame_to_rgb(patch_of(background, stage, number).frame).astype(np.int64)


def is_like(rgb: NDArray[np.int64], colour: tuple[int, int, int], tolerance: int = 5) -> bool:
    return bool(np.abs(rgb - colour).max() <= tolerance)


def test_a_colour(stage: BackgroundStage) -> None:
    assert is_like(shown(ColourBackground(colour="#0a64c8"), stage), (10, 100, 200))
    assert patch_of(ColourBackground(), stage).frame.alpha is None


def test_a_colour_that_shines_through(stage: BackgroundStage) -> None:
    alpha = patch_of(ColourBackground(colour="#0a64c880"), stage).frame.alpha
    assert alpha is not None
    assert set(alpha.ravel()) == {128}


def test_a_gradient(stage: BackgroundStage) -> None:
    rgb = shown(GradientBackground(colours=("#000000", "#c86432"), direction="right"), stage)
    assert is_like(rgb[:, 0], (0, 0, 0))
    assert is_like(rgb[:, -1], (200, 100, 50))
    assert is_like(rgb[40, 80], (100, 50, 25))


def test_a_gradient_to_transparent(stage: BackgroundStage) -> None:
    alpha = patch_of(GradientBackground(colours=("#000000", "#00000000")), stage).frame.alpha
    assert alpha is not None
    assert alpha[0].min() > 250
    assert alpha[-1].max() < 5


def test_transparent_shows_nothing(stage: BackgroundStage) -> None:
    assert background_layer(TransparentBackground(), stage).patch(0) is None


def test_what_does_not_move_keeps_its_key(stage: BackgroundStage) -> None:
    layer = background_layer(ImageBackground(image="square.png"), stage)
    first, second = layer.patch(0), layer.patch(7)
    assert first is not None
    assert second is not None
    assert first.key == second.key


def test_cover_cuts(stage: BackgroundStage) -> None:
    rgb = shown(ImageBackground(image="square.png"), stage)
    assert is_like(rgb[:, :75], LEFT)
    assert is_like(rgb[:, 85:], RIGHT)


@pytest.mark.parametrize(("x", "colour"), [(0.0, LEFT), (1.0, RIGHT)])
def test_a_cut_leaves_the_part_that_is_asked_for(
    x: float, colour: tuple[int, int, int], stage: BackgroundStage
) -> None:
    assert is_like(shown(ImageBackground(image="wide.png", x=x), stage)[:, :], colour)


@pytest.mark.parametrize(("x", "left"), [(0.0, 0), (0.5, 35), (1.0, 70)])
def test_contain_leaves_bars(x: float, left: int, stage: BackgroundStage) -> None:
    rgb = shown(ImageBackground(image="square.png", fit="contain", bars="#00ff00", x=x), stage)
    inside = rgb[:, left + 3 : left + 40]
    assert is_like(inside, LEFT)
    bars = np.concatenate([rgb[:, : max(0, left - 3)], rgb[:, left + 93 :]], axis=1)
    assert is_like(bars, (0, 255, 0))


def test_bars_may_be_transparent(stage: BackgroundStage) -> None:
    frame = patch_of(ImageBackground(image="square.png", fit="contain", bars="#00000000"), stage).frame
    assert frame.alpha is not None
    assert frame.alpha[:, :34].max() == 0
    assert frame.alpha[:, 36:124].min() == 255


def test_bars_may_be_a_blur(stage: BackgroundStage) -> None:
    rgb = shown(ImageBackground(image="square.png", fit="blur"), stage)
    assert is_like(rgb[:, 38:72], LEFT)
    # Darker than the picture, and of its colours.
    assert 0.5 * LEFT[0] < rgb[45, 5, 0] < 0.85 * LEFT[0]
    assert rgb[45, 155, 2] > 100


def test_stretch_distorts(stage: BackgroundStage) -> None:
    rgb = shown(ImageBackground(image="wide.png", fit="stretch"), stage)
    assert is_like(rgb[:, :74], LEFT)
    assert is_like(rgb[:, 86:], RIGHT)


def test_what_shines_through_a_picture(stage: BackgroundStage) -> None:
    rgb = shown(ImageBackground(image="holes.png", bars="#00ff00"), stage)
    assert is_like(rgb[:, :75], LEFT)
    assert is_like(rgb[:, 85:], (0, 255, 0))


def test_darker_and_out_of_focus(stage: BackgroundStage) -> None:
    rgb = shown(ImageBackground(image="square.png", darken=0.5, blur=0.5), stage)
    assert is_like(rgb[:, :40], (110, 20, 15))
    edge = rgb[45, 72:88, 0]
    assert (np.diff(edge) <= 0).all()
    assert 20 < edge[8] < 100


def test_a_broken_picture_is_refused(stage: BackgroundStage, tmp_path: Path) -> None:
    (tmp_path / "broken.png").write_bytes((tmp_path / "square.png").read_bytes()[:60])
    with pytest.raises(PhotoError):
        background_layer(ImageBackground(image="broken.png"), stage)


def room(size_px: tuple[int, int]) -> Canvas:
    """Return a green room with somebody red in the middle."""
    width, height = size_px
    rgb = np.full((height, width, 3), (40, 160, 60), np.uint8)
    rgb[height // 4 :, width // 3 : -width // 3] = LEFT
    return Canvas(Picture(rgb), Box(0, 0, width, height), (1.0, 1.0), (0.0, 0.0))


def person(size_px: tuple[int, int]) -> Picture:
    width, height = size_px
    alpha = np.zeros((height, width), np.uint8)
    alpha[height // 4 :, width // 3 : -width // 3] = 255
    return Picture(np.full((height, width, 3), LEFT, np.uint8), alpha)


@pytest.mark.parametrize("size_px", [SIZE, (80, 90), (300, 300)])
def test_behind_people_who_are_cut_out_there_is_only_their_room(
    size_px: tuple[int, int], stage: BackgroundStage
) -> None:
    with_people = BackgroundStage(SIZE, stage.fps, 2.0, stage.assets, room(size_px), person(size_px))
    assert is_like(shown(BlurBackground(), with_people), (40, 160, 60), 8)


@pytest.mark.parametrize("cut_out", [None, Picture(np.zeros((100, 100, 3), np.uint8))])
def test_behind_a_picture_in_a_picture_is_all_of_it(cut_out: Picture | None, stage: BackgroundStage) -> None:
    with_photo = BackgroundStage(SIZE, stage.fps, 2.0, stage.assets, room((100, 100)), cut_out)
    rgb = shown(BlurBackground(), with_photo)
    assert rgb[60, 80, 0] > 150
    assert is_like(rgb[:, :10], (40, 160, 60), 8)


def test_a_blur_of_another_picture(stage: BackgroundStage) -> None:
    sharp, soft = (shown(BlurBackground(image="square.png", strength=s), stage)[45, :, 0] for s in (0.0, 1.0))
    assert np.abs(np.diff(sharp)).max() > 3 * np.abs(np.diff(soft)).max()


def test_a_blur_without_any_picture_is_dark(stage: BackgroundStage) -> None:
    assert shown(BlurBackground(), stage).max() < 60


def test_a_camera_moves_over_a_picture(stage: BackgroundStage) -> None:
    move = PanZoom(zoom_from=1, zoom_to=1, x_from=0, x_to=1)
    background = ImageBackground(image="wide.png", pan_zoom=move)
    assert is_like(shown(background, stage, 0), LEFT)
    assert is_like(shown(background, stage, 60), RIGHT)
    middle = shown(background, stage, 30)
    assert is_like(middle[:, :70], LEFT)
    assert is_like(middle[:, 90:], RIGHT)


@pytest.mark.parametrize("fit", ["cover", "contain", "blur", "stretch"])
def test_a_camera_comes_nearer_to_the_middle(fit: str, stage: BackgroundStage) -> None:
    background = ImageBackground.model_validate({"image": "square.png", "fit": fit, "pan_zoom": {"zoom_to": 3}})
    for number in (0, 31, 60):
        rgb = shown(background, stage, number)
        assert is_like(rgb[45, 60:74], LEFT, 10)
        assert is_like(rgb[45, 86:100], RIGHT, 10)


def test_a_camera_moves_evenly_and_holds_at_the_end(stage: BackgroundStage) -> None:
    layer = background_layer(ImageBackground(image="square.png", pan_zoom=PanZoom(zoom_to=2)), stage)
    keys = [patch.key for n in (0, 30, 60, 90) if (patch := layer.patch(n)) is not None]
    widths = [key.width for key in keys if hasattr(key, "width")]
    assert widths[1] / widths[0] == pytest.approx(widths[2] / widths[1])
    assert widths[2] == pytest.approx(widths[0] / 2)
    assert keys[2] == keys[3]


def test_a_tiny_picture_can_be_moved_over(stage: BackgroundStage, tmp_path: Path) -> None:
    save_picture(tmp_path / "dot.png", np.full((1, 1, 3), LEFT, np.uint8))
    assert is_like(shown(ImageBackground(image="dot.png", pan_zoom=PanZoom()), stage, 9), LEFT)
