from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from tests.avatars.drawn.own.drawings import HEAD_LAYER, MOUTH_LAYER, face, layer, painted, write_layers

from phonoscope.avatars.drawn.avatar import DrawnAvatar
from phonoscope.avatars.drawn.own import folder, load_own
from phonoscope.avatars.drawn.own.loading import load_with_findings
from phonoscope.avatars.drawn.own.states import is_whole, state_of
from phonoscope.avatars.drawn.puppet import MouthLook, MouthPictures, Role
from phonoscope.core.errors import InputError
from phonoscope.core.performance import pose

SIZE = (400, 400)
EYE = layer(((65, 65, 85, 85), "#ffffff"))
PUPIL = layer(((71, 71, 79, 79), "#000000"))


def refused(path: Path, *words: str) -> None:
    with pytest.raises(InputError) as caught:
        load_own(path, SIZE)
    assert all(word in str(caught.value) for word in words), str(caught.value)


def test_layers_are_painted_in_the_order_of_their_roles(tmp_path: Path) -> None:
    path = write_layers(
        tmp_path / "me", head=HEAD_LAYER, mouth=MOUTH_LAYER, body=layer(((0, 150, 200, 260), "#336699")),
        hat=layer(((60, 0, 140, 30), "#aa0000")), eye__left=EYE, pupil__left=PUPIL,
    )  # fmt: skip
    puppet = load_own(path, SIZE)
    assert [layer.role for layer in puppet.layers] == [Role.BODY, Role.HEAD, Role.MOUTH, Role.EYE, Role.HAT]
    assert isinstance(puppet.mouth, MouthLook)
    assert puppet.eyes[0].pupil is not None
    assert not puppet.build.floats


def test_numbers_tell_the_order_and_let_other_names_be_drawn(tmp_path: Path) -> None:
    path = write_layers(
        tmp_path / "me", **{"01-hat": HEAD_LAYER, "02_head": HEAD_LAYER, "03 mouth": MOUTH_LAYER, "10-bandage": EYE}
    )
    layers = load_own(path, SIZE).layers
    assert [layer.role for layer in layers] == [Role.HAT, Role.HEAD, Role.MOUTH, Role.FACE]


def test_layers_are_scaled_to_the_canvas(tmp_path: Path) -> None:
    puppet = load_own(write_layers(tmp_path / "me", head=HEAD_LAYER, mouth=MOUTH_LAYER), (800, 600))
    head = puppet.layers[0].sprite
    assert head is not None
    assert head.size_px == pytest.approx((363, 423), abs=10)
    assert head.x + head.size_px[0] / 2 == pytest.approx(400, abs=2)
    assert (head.rgba[:, :, :3] <= head.rgba[:, :, 3:]).all()


def test_pixel_art_keeps_its_pixels(tmp_path: Path) -> None:
    small = layer(((8, 8, 24, 26), "#e0b090"), size=(32, 32))
    mouth = layer(((12, 20, 19, 22), "#802020"), size=(32, 32))
    puppet = load_own(write_layers(tmp_path / "me", head=small, mouth=mouth), (320, 320))
    head = puppet.layers[0].sprite
    assert head is not None
    assert set(np.unique(head.rgba[:, :, 3])) == {0, 255}
    assert head.size_px[0] % 10 == 0


def test_rhubarbs_letters_alone_are_mouth_shapes(tmp_path: Path) -> None:
    letters = {letter: layer(((80, 110, 120, 114 + 2 * n), "#802020")) for n, letter in enumerate("ABCDEF")}
    puppet = load_own(write_layers(tmp_path / "me", head=HEAD_LAYER, **letters), SIZE)
    assert [layer.role for layer in puppet.layers] == [Role.HEAD, Role.MOUTH]
    assert isinstance(puppet.mouth, MouthPictures)
    assert puppet.mouth.shapes["D"].size_px[1] > puppet.mouth.shapes["A"].size_px[1]
    assert puppet.mouth.shapes["X"] is puppet.mouth.shapes["A"]


def test_open_and_closed_mouths_flap(tmp_path: Path) -> None:
    path = write_layers(tmp_path / "me", head=HEAD_LAYER, mouth__open=EYE, mouth__closed=MOUTH_LAYER)
    mouth = load_own(path, SIZE).mouth
    assert isinstance(mouth, MouthPictures)
    assert mouth.shapes["A"] is mouth.shapes["X"]
    assert mouth.shapes["A"] is not mouth.shapes["D"]


def test_one_picture_of_both_shut_eyes_is_cut_in_two(tmp_path: Path) -> None:
    eyes = {f"eye__{side}": layer(((x, 65, x + 20, 85), "#ffffff")) for side, x in (("left", 65), ("right", 115))}
    blink = layer(((65, 74, 85, 77), "#000"), ((115, 74, 135, 77), "#000"))
    puppet = load_own(write_layers(tmp_path / "me", head=HEAD_LAYER, mouth=MOUTH_LAYER, blink=blink, **eyes), SIZE)
    assert [eye.blink for eye in puppet.eyes] == ["swap", "swap"]
    assert all(eye.shut is not None and eye.shut.size_px[0] < 50 for eye in puppet.eyes)


def test_webp_layers_are_read(tmp_path: Path) -> None:
    path = write_layers(tmp_path / "me", head=HEAD_LAYER)
    MOUTH_LAYER.save(path / "mouth.webp", lossless=True)
    assert isinstance(load_own(path, SIZE).mouth, MouthLook)


def test_layers_of_unequal_size_are_refused_with_both(tmp_path: Path) -> None:
    other = layer(((10, 10, 20, 20), "#000"), size=(100, 120))
    path = write_layers(tmp_path / "me", head=HEAD_LAYER, mouth=other)
    refused(path, "head.png has 200x200", "mouth.png 100x120")


def test_a_missing_mouth_is_told_with_the_layers_that_are_there(tmp_path: Path) -> None:
    refused(write_layers(tmp_path / "me", head=HEAD_LAYER, hat=EYE), "no layer named 'mouth'", "head.png, hat.png")


def test_unknown_names_are_told_with_what_was_meant(tmp_path: Path) -> None:
    path = write_layers(tmp_path / "me", head=HEAD_LAYER, mouth=MOUTH_LAYER, eyebow=EYE, preview=EYE)
    (path / "notes.txt").write_text("hello", "utf-8")
    Image.new("RGB", (9, 9)).save(path / "photo.jpg")
    notes = " ".join(load_with_findings(path, SIZE).drawing.notes)
    assert "eyebow.png was not used" in notes
    assert "eyebrow" in notes
    assert "preview.png was not used" in notes
    assert "photo.jpg was not used" in notes
    assert "notes.txt" not in notes


def test_folders_without_layers_are_refused(tmp_path: Path) -> None:
    refused(tmp_path, "holds no PNG layers")
    (tmp_path / "me.psd").write_bytes(b"8BPS")
    refused(tmp_path, "holds no PNG layers", "me.psd was not used")
    refused(write_layers(tmp_path / "me", mouth=layer()), "clear")


def test_links_out_of_the_folder_are_refused(tmp_path: Path) -> None:
    path = write_layers(tmp_path / "me", head=HEAD_LAYER)
    MOUTH_LAYER.save(tmp_path / "secret.png")
    (path / "mouth.png").symlink_to(tmp_path / "secret.png")
    refused(path, "mouth.png", "leads out of its folder")


def test_files_that_are_no_pictures_are_refused(tmp_path: Path) -> None:
    path = write_layers(tmp_path / "me", head=HEAD_LAYER)
    (path / "mouth.png").write_bytes(b"<svg/>")
    refused(path, "mouth.png", "no readable PNG")
    Image.new("RGB", (200, 200)).save(path / "mouth.png", "JPEG")
    refused(path, "mouth.png", "no readable PNG")
    data = (path / "head.png").read_bytes()
    (path / "mouth.png").write_bytes(data[: len(data) // 2])
    refused(path, "mouth.png")


def test_huge_layers_are_refused_before_they_are_decoded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_layers(tmp_path / "me", head=HEAD_LAYER)
    Image.new("1", (20_000, 20_000)).save(path / "mouth.png")
    refused(path, "mouth.png", "20000x20000")
    MOUTH_LAYER.save(path / "mouth.png")
    monkeypatch.setattr(folder, "MOST_LAYERS", 1)
    refused(path, "holds 2 pictures")


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("idle", ("closed", False)),
        ("Talking", ("open", False)),
        ("blink", ("closed", True)),
        ("idle_blink", ("closed", True)),
        ("talking-blink", ("open", True)),
        ("blink_open", ("open", True)),
        ("mouth-open-eyes-closed", ("open", True)),
        ("A", ("a", False)),
        ("mouth-W-Oo", ("w-oo", False)),
        ("head", None),
        ("mouth", None),
    ],
)
def test_names_of_whole_pictures(name: str, state: tuple[str, bool] | None) -> None:
    assert state_of(name) == state


def test_pictures_are_whole_only_where_nothing_else_is_there() -> None:
    assert is_whole(["idle", "talking", "blink"])
    assert is_whole(["A", "B", "C", "D", "E", "F"])
    assert not is_whole(["idle", "talking", "head"])
    assert not is_whole(["idle", "blink"])


def test_whole_pictures_are_taken_into_eyes_and_mouth(tmp_path: Path) -> None:
    path = write_layers(tmp_path / "me", idle=face(4), talking=face(24), idle__blink=face(4, eyes_open=False))
    puppet = load_own(path, (200, 200))
    assert [(layer.role, layer.side) for layer in puppet.layers] == [
        (Role.HEAD, ""), (Role.EYE, "left"), (Role.EYE, "right"), (Role.MOUTH, ""),
    ]  # fmt: skip
    assert [eye.blink for eye in puppet.eyes] == ["swap", "swap"]
    assert not puppet.build.floats
    avatar = DrawnAvatar(puppet)
    background = np.array(puppet.background)
    for drawn, given in (
        (avatar.draw(pose()), face(4)),
        (avatar.draw(pose(jawOpen=0.8, lipGap=0.1)), face(24)),
        (avatar.draw(pose(eyeBlinkLeft=1, eyeBlinkRight=1)), face(4, eyes_open=False)),
    ):
        rgba = np.asarray(given).astype(float)
        alpha = rgba[:, :, 3:] / 255
        wanted = rgba[:, :, :3] * alpha + background * (1 - alpha)
        # The face alone: bodies breathe, and open mouths draw the chin down.
        far = np.abs(drawn[60:130, 60:140, :3] - wanted[60:130, 60:140])
        assert np.quantile(far, 0.97) <= 6


def test_pictures_that_are_drawn_anew_change_as_a_whole(tmp_path: Path) -> None:
    path = write_layers(tmp_path / "me", closed=face(4), open=layer(((0, 0, 200, 200), "#00ff00")))
    own = load_with_findings(path, (200, 200))
    assert [layer.role for layer in own.puppet.layers] == [Role.MOUTH]
    assert isinstance(own.puppet.mouth, MouthPictures)
    assert painted(own.puppet.mouth.shapes["D"].rgba) > 30_000
    assert any("as a whole" in note for note in own.drawing.notes)


def test_whole_pictures_may_have_any_mouth_shapes(tmp_path: Path) -> None:
    heights = {"A": 3, "B": 6, "C": 14, "D": 26, "E": 18, "F": 10}
    path = write_layers(tmp_path / "me", **{f"lisa-{name}": face(height) for name, height in heights.items()})
    puppet = load_own(path, (200, 200))
    assert [layer.role for layer in puppet.layers] == [Role.HEAD, Role.MOUTH]
    assert isinstance(puppet.mouth, MouthPictures)
    found = {name: puppet.mouth.shapes[name].size_px[1] for name in heights}
    assert sorted(found, key=lambda name: found[name]) == sorted(heights, key=lambda name: heights[name])
    assert found["D"] < 45


def test_equal_pictures_are_told(tmp_path: Path) -> None:
    own = load_with_findings(write_layers(tmp_path / "me", idle=face(4), talking=face(4)), (200, 200))
    assert any("are the same" in note for note in own.drawing.notes)


def test_pictures_that_are_not_used_may_have_any_size(tmp_path: Path) -> None:
    other = layer(((10, 10, 20, 20), "#000"), size=(100, 120))
    path = write_layers(tmp_path / "me", head=HEAD_LAYER, mouth=MOUTH_LAYER, preview=other)
    assert "preview.png was not used" in " ".join(load_with_findings(path, SIZE).drawing.notes)


def test_layers_that_hide_all_before_them_are_told(tmp_path: Path) -> None:
    path = write_layers(tmp_path / "me", background=Image.new("RGB", (200, 200), "#abc"), mouth=MOUTH_LAYER)
    Image.new("RGB", (200, 200), "#fff").save(path / "head.png")
    notes = " ".join(load_with_findings(path, SIZE).drawing.notes)
    assert "head.png has no clear pixels" in notes
    assert "background.png has" not in notes
