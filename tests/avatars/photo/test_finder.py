from __future__ import annotations

import importlib
import sys
from dataclasses import replace

import numpy as np
import pytest
from tests.avatars.photo.faces import BoxFinder, enlarged

from phonoscope.avatars.photo import PhotoAvatar, choose_face, find_faces
from phonoscope.avatars.photo.finding.faces import LEAST_FACE_PX, Face
from phonoscope.avatars.photo.finding.mediapipe_finder import mediapipe_finder, nothing_plotted
from phonoscope.core.errors import PhotoError, UsageError
from phonoscope.core.events import Event, Note
from phonoscope.core.frames import Box, Picture


def test_finds_the_face_of_a_portrait(astronaut: Picture) -> None:
    (face,) = find_faces(astronaut)
    assert face.size_px == pytest.approx(110, abs=5)
    assert face.box.x0 < 225 < face.box.x1
    assert face.box.y0 < 125 < face.box.y1
    assert abs(face.yaw_deg) < 8
    assert abs(face.roll_deg) < 8


def test_a_mirrored_face_looks_the_other_way(astronaut: Picture) -> None:
    turned = enlarged(astronaut, (96, 0, 352, 256), 256).rgb.copy()
    (face,) = find_faces(Picture(turned))
    (mirrored,) = find_faces(Picture(np.ascontiguousarray(turned[:, ::-1])))
    assert mirrored.roll_deg == pytest.approx(-face.roll_deg, abs=2)
    assert mirrored.yaw_deg == pytest.approx(-face.yaw_deg, abs=3)


def test_several_faces_are_numbered_from_left_to_right(astronaut: Picture) -> None:
    small = enlarged(astronaut, (96, 0, 352, 256), 256).rgb
    large = enlarged(astronaut, (96, 0, 352, 256), 512).rgb
    canvas = np.full((512, 768, 3), 90, np.uint8)
    canvas[128:384, :256], canvas[:, 256:] = small, large
    faces = find_faces(Picture(canvas))
    assert len(faces) == 2
    assert faces[0].box.x1 < faces[1].box.x0

    notes: list[Event] = []
    assert choose_face(faces, None, notes.append) is faces[1]
    (note,) = notes
    assert isinstance(note, Note)
    assert "2 faces" in note.message
    assert "--face 1" in note.message
    notes.clear()
    assert choose_face(faces, 1, notes.append) is faces[0]
    assert not notes
    with pytest.raises(UsageError, match="no face 3"):
        choose_face(faces, 3)
    with pytest.raises(UsageError, match="no face 0"):
        choose_face(faces, 0)


@pytest.mark.parametrize("grey", [0, 128, 255])
def test_a_blank_picture_has_no_face(grey: int) -> None:
    faces = find_faces(Picture(np.full((320, 200, 3), grey, np.uint8)))
    assert faces == ()
    with pytest.raises(PhotoError, match="No human face") as caught:
        choose_face(faces)
    assert "looks at the camera" in caught.value.remedy


def test_a_cat_is_not_a_human(cat: Picture) -> None:
    assert find_faces(cat) == ()


def test_a_tiny_picture_has_no_face() -> None:
    assert find_faces(Picture(np.zeros((2, 2, 3), np.uint8))) == ()


def test_a_face_too_small_to_speak_is_refused(avatar: PhotoAvatar) -> None:
    face = replace(avatar.rigs[0].face, size_px=LEAST_FACE_PX - 1.0)
    with pytest.raises(PhotoError, match="too small: 47 pixels"):
        choose_face((face,))


def _model_finder(avatar: PhotoAvatar) -> BoxFinder:
    return BoxFinder(avatar.rigs[0].face.landmarks_px)


def _squares(width: int, height: int, *squares: tuple[int, int, int]) -> Picture:
    rgb = np.zeros((height, width, 3), np.uint8)
    for x, y, side in squares:
        rgb[y : y + side, x : x + side] = 255
    return Picture(rgb)


def test_a_face_seen_in_several_tiles_counts_once(avatar: PhotoAvatar) -> None:
    finder = _model_finder(avatar)
    faces = find_faces(_squares(900, 600, (430, 280, 60), (60, 60, 50), (800, 500, 70)), finder)
    assert [round((f.box.x0 + f.box.x1) / 2, -1) for f in faces] == pytest.approx([80, 460, 840], abs=10)
    assert finder.pictures_seen > 6, "tiles were looked at, too"


def test_a_face_inside_a_larger_one_is_dropped(avatar: PhotoAvatar) -> None:
    class Doubting(BoxFinder):
        def detect_faces(self, rgb: np.typing.NDArray[np.uint8]):  # type: ignore[no-untyped-def]
            found = super().detect_faces(rgb)
            if rgb.shape[:2] != (600, 600):
                return found
            lens = replace(
                found[0], x0=found[0].x0 + 60, y0=found[0].y0 + 60, x1=found[0].x0 + 110, y1=found[0].y0 + 110
            )
            return (*found, lens)

    faces = find_faces(_squares(600, 600, (200, 200, 180)), Doubting(avatar.rigs[0].face.landmarks_px))
    assert len(faces) == 1


def test_torn_landmarks_are_no_face(avatar: PhotoAvatar) -> None:
    torn = avatar.rigs[0].face.landmarks_px.copy()
    torn[[0, 13, 14, 17], 1] -= 0.6 * avatar.rigs[0].face.size_px
    assert find_faces(_squares(400, 400, (100, 100, 150)), BoxFinder(torn)) == ()


def test_the_finder_leaves_stderr_alone(capfd: pytest.CaptureFixture[str], astronaut: Picture) -> None:
    import os

    mediapipe_finder().find_landmarks(astronaut.rgb)
    os.write(2, b"still here")
    assert capfd.readouterr().err == "still here"


def test_faces_of_real_groups_and_animals(media) -> None:  # type: ignore[no-untyped-def]
    from PIL import Image

    counts = {"groups/six_small_faces.jpg": 6, "groups/three_glasses_beard.jpg": 3, "groups/two_far_apart.jpg": 2}
    counts |= {"animals/alpaca.jpg": 0, "animals/cat.jpg": 0, "animals/dog_256px.jpg": 0}
    counts |= {"portraits/glasses_frown.jpg": 1, "portraits/three_quarter_glasses.png": 1}
    for name, count in counts.items():
        with Image.open(media / name) as image:
            assert len(find_faces(Picture(np.array(image.convert("RGB"))))) == count, name


def test_no_animal_speaks_at_any_scale(media) -> None:  # type: ignore[no-untyped-def]
    from PIL import Image

    for name in ("cat.jpg", "dog_256px.jpg"):
        with Image.open(media / "animals" / name) as image:
            whole = image.convert("RGB")
        inner = 0.12 * min(whole.size)
        head = whole.crop((round(inner), round(inner), round(whole.width - inner), round(whole.height - inner)))
        for picture in (whole, head):
            for side in (90, 180, 360):
                height = round(side * picture.height / picture.width)
                rgb = np.array(picture.resize((side, height), Image.Resampling.BOX))
                for view in (rgb, rgb[:, ::-1].copy()):
                    assert not [face for face in find_faces(Picture(view)) if face.is_sure], (name, side)


def test_a_face_knows_its_box(avatar: PhotoAvatar) -> None:
    face: Face = avatar.rigs[0].face
    assert isinstance(face.box, Box)
    inner = face.landmarks_px[face.landmarks_px[:, 2].argmin(), :2]
    assert face.box.x0 <= inner[0] <= face.box.x1
    assert 0 <= face.box.x0 < face.box.x1 <= 512


def test_what_is_never_plotted_is_not_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("matplotlib", "matplotlib.pyplot"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    with nothing_plotted():
        assert not hasattr(importlib.import_module("matplotlib.pyplot"), "plot")
    assert "matplotlib" not in sys.modules
