"""Marked faces: the document, the landmarks that follow from it, and how what is marked speaks."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from tests.avatars.photo.drawings import drawn_face, toaster

from phonoscope.avatars.photo import Face, PhotoAvatar, RigOptions, choose_face, find_faces, rig_photo
from phonoscope.avatars.photo.finding.face_frame import head_angles_deg, measure_face_frame
from phonoscope.avatars.photo.finding.landmarks import CHIN, INNER_LOWER_LIP, INNER_UPPER_LIP
from phonoscope.avatars.photo.marks import (
    EyeMarks,
    FaceMarks,
    MouthMarks,
    face_from_marks,
    faces_from_marks,
    find_marks,
    guess_marks,
    marks_from_face,
    marks_path,
    parse_rig,
    read_rig,
    rig_text,
    write_rig,
)
from phonoscope.avatars.photo.marks.canonical import canonical_face
from phonoscope.avatars.photo.marks.fur import furry_lips
from phonoscope.avatars.photo.marks.region import head_region
from phonoscope.avatars.photo.mouth.drawn_painting import Ink, paint_drawn_mouth, round_outline
from phonoscope.core.errors import InputError, PhotoError
from phonoscope.core.frames import Picture
from phonoscope.core.performance import pose

SIZE_PX = (800, 600)
DOG = FaceMarks(
    mouth=MouthMarks((310, 402), (405, 398), ((357, 410),), ((357, 421),), (357, 400), (357, 436)),
    chin=(356, 470),
    name="Rex",
    kind="animal",
    eyes=(
        EyeMarks((270, 240), (318, 246), (294, 226), (294, 256), (294, 241)),
        EyeMarks((398, 244), (446, 238), (422, 224), (422, 254)),
    ),
    nose=(357, 376),
    top=(357, 120),
    left_side=(200, 300),
    right_side=(515, 296),
)
BLANK = Picture(np.full((600, 800, 3), 200, np.uint8))


def document(**changes: Any) -> dict[str, Any]:
    whole: dict[str, Any] = json.loads(rig_text([DOG], SIZE_PX))
    return whole | changes


def parse(whole: dict[str, Any], size_px: tuple[int, int] = SIZE_PX) -> tuple[FaceMarks, ...]:
    return parse_rig(json.dumps(whole).encode(), size_px)


def test_marks_come_back_as_they_were_written(tmp_path: Path) -> None:
    bare = FaceMarks(MouthMarks((1.25, 2), (30, 4), ((15, 5),)), (16, 50))
    path = tmp_path / "rex.rig.json"
    write_rig(path, [DOG, bare], SIZE_PX)
    assert read_rig(path, SIZE_PX) == (DOG, bare)
    assert [p.name for p in tmp_path.iterdir()] == ["rex.rig.json"]
    assert "eyes" not in json.loads(path.read_text())["faces"][1]


def test_the_documented_example_can_be_read() -> None:
    from phonoscope.avatars.photo.marks import document as module

    assert module.__doc__ is not None
    example = module.__doc__[module.__doc__.index("{") : module.__doc__.rindex("}") + 1]
    (face,) = parse_rig(example.encode(), (800, 600))
    assert face == DOG


def test_marks_fit_the_picture_in_another_size() -> None:
    (face,) = parse(document(), (400, 300))
    assert face.chin == (178, 235)
    shares = document(units="share")
    shares["faces"] = [{"mouth": {"left": [0.4, 0.5], "right": [0.6, 0.5], "upper": [[0.5, 0.52]]}, "chin": [0.5, 0.7]}]
    del shares["picture"]
    assert parse(shares, (200, 100))[0].chin == (100, 70)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"schema": "rig.7"}, "newer schema"),
        ({"schema": 1}, "is no rig"),
        ({"colour": "red"}, "colour is not known"),
        ({"picture": [800]}, "picture is not"),
        ({"picture": [800.0, 600]}, "picture is not"),
        ({"picture": [600, 600]}, "another picture"),
        ({"units": "cm"}, "units is neither"),
        ({"faces": []}, "faces is not a list of 1"),
        ({"faces": [5]}, r"faces\[0\] is not an object"),
    ],
)
def test_unsound_documents_are_refused(change: dict[str, Any], told: str) -> None:
    with pytest.raises(InputError, match=told):
        parse(document(**change))


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        (("chin",), [1, 2, 3], r"faces\[0\]\.chin is not a point"),
        (("chin",), [True, 2], r"chin is not a point"),
        (("chin",), [10**400, 2], r"chin is not a point"),
        (("chin",), [356, 5000], r"chin lies outside"),
        (("mouth", "left"), [-20, 402], r"mouth\.left lies outside"),
        (("mouth", "upper"), [], r"mouth\.upper is not a list of 1"),
        (("mouth", "upper"), [[1, 1]] * 10, r"mouth\.upper is not a list"),
        (("mouth", "teeth"), 1, r"mouth\.teeth is not known"),
        (("mouth", "style"), "grin", r"style is none of auto, lips, line"),
        (("kind",), ["person"], r"kind is none of"),
        (("name",), "x" * 81, r"name is not a text"),
        (("eyes",), [{}], r"eyes is not a list of two"),
        (("eyes",), [{}, {}], r"eyes\[0\]\.left is missing"),
        (("nose",), "here", r"nose is not a point"),
    ],
)
def test_hostile_faces_are_refused_with_their_path(path: tuple[str, ...], value: object, told: str) -> None:
    whole = document()
    place = whole["faces"][0]
    for name in path[:-1]:
        place = place[name]
    place[path[-1]] = value
    with pytest.raises(InputError, match=told):
        parse(whole)


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff", b'{"schema": NaN}', b"[" * 100_000, b" " * (2**20 + 1)])
def test_what_is_no_document_is_refused(content: bytes) -> None:
    with pytest.raises(InputError):
        parse_rig(content, SIZE_PX)


def test_marks_are_found_beside_the_photo(tmp_path: Path) -> None:
    photo = tmp_path / "rex.jpg"
    assert find_marks(photo) is None
    (tmp_path / "rex.jpg.rig.json").write_text("{}")
    assert find_marks(photo) == tmp_path / "rex.jpg.rig.json"
    marks_path(photo).write_text("{}")
    assert find_marks(photo) == tmp_path / "rex.rig.json"
    assert find_marks("\0") is None


def test_the_mean_face_looks_straight_ahead() -> None:
    points = canonical_face()
    frame = measure_face_frame(points * 200.0)
    assert np.abs(head_angles_deg(frame)).max() < 0.1
    assert frame.height_px == pytest.approx(200, rel=0.002)
    assert not points.flags.writeable


def test_marked_points_are_met() -> None:
    face = face_from_marks(DOG, BLANK)
    points = face.landmarks_px[:, :2]
    for index, marked in ((78, DOG.mouth.left), (308, DOG.mouth.right), (CHIN, DOG.chin), (33, DOG.eyes[0].left)):
        assert points[index] == pytest.approx(np.array(marked), abs=0.01)
    upper, lower = points[list(INNER_UPPER_LIP)], points[list(INNER_LOWER_LIP)]
    assert np.interp(357, upper[:, 0], upper[:, 1]) == pytest.approx(410, abs=0.7)
    assert np.interp(357, lower[:, 0], lower[:, 1]) == pytest.approx(421, abs=0.7)
    assert points[468] == pytest.approx(np.array(DOG.eyes[0].pupil), abs=0.01)
    assert face.is_marked and face.has_eyes and face.kind == "animal"
    assert 300 < face.size_px < 420
    assert max(abs(face.yaw_deg), abs(face.pitch_deg)) < 1


@pytest.mark.parametrize("angle_deg", [-40, 25])
def test_a_tilted_face_is_the_same_face_turned(angle_deg: float) -> None:
    turn = np.radians(angle_deg)
    matrix = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])

    def turned(value: Any) -> Any:
        if isinstance(value, tuple) and len(value) == 2 and all(isinstance(v, (int, float)) for v in value):
            return tuple((matrix @ (np.array(value) - 400) + 400).tolist())
        if isinstance(value, tuple):
            return tuple(turned(v) for v in value)
        if hasattr(value, "__dataclass_fields__"):
            return replace(value, **{name: turned(getattr(value, name)) for name in value.__dataclass_fields__})
        return value

    straight, tilted = face_from_marks(DOG, BLANK), face_from_marks(turned(DOG), BLANK)
    expected = (straight.landmarks_px[:, :2] - 400) @ matrix.T + 400
    assert tilted.landmarks_px[:, :2] == pytest.approx(expected, abs=0.5)
    assert tilted.roll_deg - straight.roll_deg == pytest.approx(angle_deg, abs=0.2)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"chin": (357, 300)}, "the chin does not lie below"),
        ({"mouth": MouthMarks((405, 398), (310, 402), ((357, 410),))}, "form no face"),
        ({"mouth": MouthMarks((310, 402), (313, 402), ((311, 402),))}, "3 pixels wide"),
        ({"mouth": replace(DOG.mouth, upper=((290, 404),))}, "from left to right"),
        ({"mouth": replace(DOG.mouth, lower=((357, 390),))}, "the lower lip lies above"),
        ({"eyes": DOG.eyes[::-1]}, "the first eye is not"),
        ({"eyes": (replace(DOG.eyes[0], upper=(294, 270)), DOG.eyes[1])}, "an eye's left corner"),
    ],
)
def test_points_that_form_no_face_are_refused(change: dict[str, Any], told: str) -> None:
    with pytest.raises(InputError, match=told):
        face_from_marks(replace(DOG, **change), BLANK)


def test_a_found_face_marked_by_its_own_landmarks_is_nearly_itself(portrait: Picture) -> None:
    (found,) = find_faces(portrait)
    (marked,) = faces_from_marks((marks_from_face(found),), portrait)
    off = np.abs(marked.landmarks_px - found.landmarks_px)[:, :2].max(1) / found.size_px
    assert off.max() < 0.09
    assert off[list(INNER_UPPER_LIP)].max() < 0.015
    assert marked.size_px == pytest.approx(found.size_px, rel=0.05)


def test_a_guess_is_a_face_even_where_there_is_none(portrait: Picture) -> None:
    assert guess_marks(portrait)[0].kind == "person"
    (guess,) = guess_marks(BLANK)
    assert guess.kind == "thing" and not guess.eyes
    assert face_from_marks(guess, BLANK).size_px > 100


def test_the_message_about_no_face_tells_of_marking() -> None:
    with pytest.raises(PhotoError, match="phonoscope mark"):
        choose_face(())


def test_the_head_of_a_drawing_is_cut_out() -> None:
    picture, marks = toaster()
    face = face_from_marks(marks, picture)
    region = head_region(picture.rgb, face, np.zeros(picture.rgb.shape[:2], np.float32))
    assert region[250, 320] > 0.9 and region[330, 150] > 0.9
    assert region[20, 20] < 0.1 and region[460, 600] < 0.1
    again = head_region(picture.rgb, face, np.zeros(picture.rgb.shape[:2], np.float32))
    assert np.array_equal(region, again)


AA, SHUT = pose(lipGap=0.07, jawOpen=0.6), pose(lipGap=0.0, jawOpen=0.05)


def rigged(drawing: tuple[Picture, FaceMarks]) -> tuple[PhotoAvatar, Face]:
    picture, marks = drawing
    face = face_from_marks(marks, picture)
    return rig_photo(picture, RigOptions(faces=(face,))), face


def changed(a: NDArray[np.uint8], b: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Return the box (x0, y0, x1, y1) of what differs clearly."""
    rows, columns = np.nonzero(np.abs(a.astype(int) - b.astype(int)).max(-1) > 60)
    return np.array([columns.min(), rows.min(), columns.max(), rows.max()])


def test_a_toaster_speaks_in_its_own_line_and_keeps_its_case() -> None:
    avatar, face = rigged(toaster())
    drawn = avatar.rigs[0].drawn
    assert drawn is not None
    assert 2 * drawn.line_px[30:100].mean() == pytest.approx(8, abs=1.5)
    assert drawn.line == pytest.approx(np.array([50, 14, 14]), abs=12)
    photo, wide = avatar.draw(pose())[..., :3], avatar.draw(AA)[..., :3]
    x0, y0, x1, y1 = changed(photo, wide)
    assert x0 > 200 and x1 < 440 and y0 > 260 and y1 < 395
    assert y1 - y0 > 0.08 * face.size_px
    # The case does not bend: its lower edge and the table are as they were.
    assert np.abs(photo[398:].astype(int) - wide[398:].astype(int)).max() < 12
    # Shut, the line is the photographed one again.
    assert np.abs(photo.astype(int) - avatar.draw(SHUT)[..., :3]).max(-1)[250:350, 200:440].mean() < 6


def test_a_drawn_mouth_uncovers_no_second_line() -> None:
    avatar, _ = rigged(toaster())
    drawn = avatar.rigs[0].drawn
    assert drawn is not None
    box = avatar.rigs[0].mouth_box.box
    line = drawn.skin[325 - box.y0 : 336 - box.y0, 300 - box.x0 : 340 - box.x0]
    assert line.reshape(-1, 3) == pytest.approx(np.tile([196, 60, 54], (line.size // 3, 1)), abs=10)


def test_a_face_without_marked_eyes_never_blinks() -> None:
    picture, marks = toaster()
    avatar, _ = rigged((picture, replace(marks, eyes=())))
    blink = avatar.draw(pose(eyeBlinkLeft=1.0, eyeBlinkRight=1.0))[..., :3]
    assert np.array_equal(blink, avatar.draw(pose())[..., :3])
    seeing, _ = rigged((picture, marks))
    shut = seeing.draw(pose(eyeBlinkLeft=1.0, eyeBlinkRight=1.0))[..., :3]
    # A lid of the case's red over the white of the eye.
    assert shut[195, 262] == pytest.approx(np.array([196, 60, 54]), abs=25)


def test_a_drawn_oo_is_a_ring_with_an_even_outline() -> None:
    avatar, _ = rigged(toaster())
    rounded = avatar.draw(pose(lipGap=0.02, jawOpen=0.15, mouthFunnel=0.8, mouthPucker=0.8))[..., :3].astype(int)
    case = np.array([196, 60, 54])
    other = (np.abs(rounded[260:372, 200:440] - case).max(-1) > 60).nonzero()
    height, width = np.ptp(other[0]) + 1, np.ptp(other[1]) + 1
    # The smile was 188 pixels wide, and its ends are gone.
    assert width < 110 and height > 0.4 * width
    # And the case is not drawn in with the lips.
    photo = avatar.draw(pose())[..., :3].astype(int)
    assert np.abs(rounded - photo)[120:398, 115:165].max() < 12


def test_an_outline_meets_its_points_and_leaves_the_rest() -> None:
    edges = np.zeros((2, 21, 2))
    edges[..., 0] = np.linspace(20, 80, 21)
    edges[0, :, 1], edges[1, :, 1] = 40, 40 + 20 * (1 - np.linspace(-1, 1, 21) ** 2)
    ink = Ink(3.0, 1.0, 0.4, 0.0, *(np.array(c, np.float32) for c in ([0] * 3, [90] * 3, [180] * 3, [255] * 3)))
    out = np.full((90, 100, 3), 220, np.uint8)
    paint_drawn_mouth(out, edges, ink)
    assert (out[38, 30:70] == 0).all() and (out[62, 48:52] == 0).all()
    assert (out[44, 50] == 90).all() and (out[57, 50] == 180).all()
    assert (out[:30] == 220).all() and (out[72:] == 220).all()
    shut = round_outline(edges[:, :, :] * (1, 0) + (0, 40), 1.0, 0.0)
    assert np.allclose(shut[0], shut[1])


def test_a_mouth_that_was_drawn_open_shuts_to_a_line() -> None:
    picture, marks = drawn_face()
    image = Image.fromarray(picture.rgb)
    draw = ImageDraw.Draw(image)
    draw.rectangle((235, 430, 365, 475), fill=(252, 214, 178))
    draw.chord((240, 395, 360, 505), 10, 170, fill=(120, 30, 40), outline=(60, 35, 25), width=5)
    mouth = MouthMarks((244, 460), (356, 460), ((300, 461),), ((270, 492), (300, 501), (330, 492)))
    avatar, _ = rigged((Picture(np.asarray(image)), replace(marks, mouth=mouth)))
    assert avatar.rigs[0].drawn is not None and avatar.rests_open == (True,)
    shut = avatar.draw(SHUT)[430:530, 240:360, :3].astype(int)
    dark = np.abs(shut - (252, 214, 178)).max(-1) > 70
    # One line of ink, and nothing of the red.
    assert 2 <= np.median(dark.sum(0)[20:-20]) <= 12
    assert not (np.abs(shut - (120, 30, 40)).max(-1) < 20).any()


def test_an_animals_lid_is_of_the_fur_around_and_leaves_the_rest() -> None:
    rng = np.random.default_rng(5)
    rgb = np.clip(190 + rng.normal(0, 12, (600, 800, 1)) + np.zeros(3), 0, 255).astype(np.uint8)
    for x in (294, 422):
        y, across = np.ogrid[:600, :800]
        away = np.hypot((across - x) / 30, (y - 240) / 24)
        rgb[away < 1.25] = (40, 30, 25)
        rgb[away < 1] = (60, 120, 200)
    eyes = tuple(EyeMarks((x - 30, 240), (x + 30, 240), (x, 216), (x, 264)) for x in (294, 422))
    avatar, _ = rigged((Picture(rgb), replace(DOG, eyes=eyes)))
    shut = avatar.draw(pose(eyeBlinkLeft=1.0, eyeBlinkRight=1.0))[..., :3].astype(int)
    for x in (294, 422):
        lid = shut[206:248, x - 15 : x + 15]
        assert abs(lid.mean() - 190) < 16
        assert lid[..., 0].std() > 4
        # The line of the shut eye, and nothing of the open one's dark edge.
        assert shut[245:268, x - 10 : x + 10].min(0).mean() < 150
        assert shut[206:212, x - 20 : x + 20].min() > 120
    assert np.array_equal(shut[330:380, 300:410], rgb[330:380, 300:410])


def test_two_faces_of_one_name_are_told() -> None:
    whole = document()
    whole["faces"] = [whole["faces"][0], whole["faces"][0] | {"name": "REX"}]
    with pytest.raises(InputError, match="name is that of another face"):
        parse_rig(json.dumps(whole).encode(), SIZE_PX)


def test_an_animal_has_other_teeth_and_fur_over_its_lips() -> None:
    picture, marks = drawn_face()
    rng = np.random.default_rng(3)
    fur = Picture(np.clip(picture.rgb + rng.normal(0, 18, (*picture.rgb.shape[:2], 1)), 0, 255).astype(np.uint8))
    human, _ = rigged((fur, replace(marks, kind="person", mouth=replace(marks.mouth, style="lips"))))
    animal, _ = rigged((fur, replace(marks, kind="animal")))
    assert animal.rigs[0].drawn is None
    teeth = [avatar.rigs[0].interior.upper_teeth[..., 3].sum() for avatar in (human, animal)]
    assert 0 < teeth[1] < 0.5 * teeth[0]
    bare = human.rigs[0].mouth_box
    furry = furry_lips(bare, fur.rgb, 400)
    # Hair reaches over the opening, never back: shut lips stay shut.
    assert (furry.upper_distance_px <= bare.upper_distance_px).all()
    assert (furry.lower_distance_px >= bare.lower_distance_px).all()
    assert not np.array_equal(furry.upper_distance_px, bare.upper_distance_px)
    open_mouth = animal.draw(AA)[..., :3]
    lips = animal.rigs[0].lips
    assert lips.closed
    assert open_mouth[445:475, 280:320].mean() < 0.7 * fur.rgb[445:475, 280:320].mean()


def test_drawing_is_the_same_each_time() -> None:
    first, _ = rigged(drawn_face())
    second, _ = rigged(drawn_face())
    assert np.array_equal(first.draw(AA), second.draw(AA))
    assert np.array_equal(first.draw(AA), first.draw(AA))
