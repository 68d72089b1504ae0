from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from tests.avatars.photo.faces import enlarged

from phonoscope.avatars.photo import PhotoAvatar, find_faces
from phonoscope.avatars.photo.check import FaceReport, Grade, check_photo
from phonoscope.avatars.photo.check.annotate import COLOURS, annotate
from phonoscope.avatars.photo.check.cover import check_cover
from phonoscope.avatars.photo.check.placing import check_angles, check_landmarks, check_size
from phonoscope.avatars.photo.check.scale import Scale
from phonoscope.avatars.photo.check.view import view_face
from phonoscope.avatars.photo.finding.faces import Face
from phonoscope.avatars.photo.finding.landmarks import EYES, OUTER_LOWER_LIP
from phonoscope.avatars.photo.finding.mediapipe_finder import mediapipe_finder
from phonoscope.core.frames import Picture
from phonoscope.core.performance import pose

Pixels = NDArray[np.uint8]


@pytest.fixture(scope="module")
def face(portrait: Picture) -> Face:
    (found,) = find_faces(portrait)
    return found


def painted(rgb: Pixels, points: NDArray[np.float64], colour: tuple[int, int, int]) -> Pixels:
    """Return the picture with a soft-edged polygon over it."""
    mask = np.zeros(rgb.shape[:2], np.float32)
    cv2.fillPoly(mask, [np.round(points).astype(np.int32)], (1.0,))
    soft = cv2.GaussianBlur(mask, (0, 0), 1.0)[..., None]
    return np.asarray(rgb * (1 - soft) + np.array(colour) * soft, np.uint8)


def ellipse(centre: NDArray[np.float64], across: float, down: float) -> NDArray[np.float64]:
    angle = np.linspace(0, 2 * np.pi, 40)
    return np.asarray(centre + np.column_stack([across * np.cos(angle), down * np.sin(angle)]), np.float64)


def only_face(rgb: Pixels) -> FaceReport:
    (report,) = check_photo(Picture(np.ascontiguousarray(rgb))).faces
    return report


def test_a_good_portrait_is_good(portrait: Picture) -> None:
    report = check_photo(portrait)
    assert report.size_px == (512, 512)
    assert report.grade is Grade.GOOD
    (face,) = report.faces
    assert face.number == 1
    assert face["mouth"].value == "open, with teeth"
    assert face["eyes"].value == "open"
    assert {f.value for f in face.findings} >= {"sharp", "clean", "fine", "clear", "even", "free", "whole", "none"}
    assert not any(f.advice for f in face.findings)


def test_a_small_face_asks_for_a_larger_photo(portrait: Picture) -> None:
    size = only_face(np.asarray(cv2.resize(portrait.rgb, (140, 140), interpolation=cv2.INTER_AREA), np.uint8))["size"]
    assert size.grade is Grade.POOR
    assert f"The face is {size.measure:.0f} pixels high: use a larger photo" in size.advice


@pytest.mark.parametrize(
    ("px", "grade", "says"),
    [(40, Grade.POOR, "48 are needed"), (60, Grade.POOR, "larger photo"), (100, Grade.USABLE, "150"), (300, 2, "")],
)
def test_sizes(face: Face, px: float, grade: Grade, says: str) -> None:
    found = check_size(replace(face, size_px=px))
    assert found.grade is Grade(grade)
    assert says in found.advice


def test_angles(face: Face) -> None:
    turned = check_angles(replace(face, yaw_deg=-24, pitch_deg=30, roll_deg=20))
    assert [f.grade for f in turned] == [Grade.USABLE, Grade.POOR, Grade.USABLE]
    assert turned[0].value == "24° to the left"
    assert "crop" in turned[2].advice


def test_unsure_features_ask_for_marks(face: Face) -> None:
    assert check_landmarks(face).grade is Grade.GOOD
    unsure = check_landmarks(replace(face, spread=0.02))
    assert unsure.grade is Grade.POOR
    assert "phonoscope mark" in unsure.advice


def test_blur(portrait: Picture, face: Face) -> None:
    for sigma, grade in ((0.0, Grade.GOOD), (2.6, Grade.USABLE), (4.5, Grade.POOR)):
        blurred = cv2.GaussianBlur(portrait.rgb, (0, 0), sigma * face.size_px / 256) if sigma else portrait.rgb
        assert only_face(np.asarray(blurred, np.uint8))["sharpness"].grade is grade, sigma


def test_exposure(portrait: Picture) -> None:
    assert only_face((portrait.rgb * 0.2).astype(np.uint8))["exposure"].value == "dark"
    burnt = only_face(np.clip(portrait.rgb * 1.9, 0, 255).astype(np.uint8))["exposure"]
    assert burnt.value == "burnt out"
    assert burnt.grade is Grade.POOR


def test_dark_skin_in_good_light_is_not_underexposed(portrait: Picture, face: Face) -> None:
    """Skin at a third of its light, eyes and teeth as they were: L* of about 45."""
    mask = np.zeros(portrait.rgb.shape[:2], np.float32)
    cv2.fillPoly(mask, [face.landmarks_px[[10, 338, 454, 397, 152, 172, 234, 109], :2].astype(np.int32)], (1.0,))
    shade = 1 - 0.62 * cv2.GaussianBlur(mask, (0, 0), 6)[..., None]
    report = only_face((portrait.rgb * shade).astype(np.uint8))
    assert report["exposure"].grade is Grade.GOOD


def test_light_from_one_side(portrait: Picture) -> None:
    shade = np.clip(np.linspace(-1.2, 2.2, 512), 0.12, 1)[None, :, None]
    light = only_face((portrait.rgb * shade).astype(np.uint8))["light"]
    assert light.grade < Grade.GOOD
    assert "left side" in light.advice


def test_grain(portrait: Picture, rng: np.random.Generator) -> None:
    grainy = np.clip(portrait.rgb + rng.normal(0, 26, (512, 512, 1)), 0, 255).astype(np.uint8)
    assert only_face(grainy)["grain"].grade < Grade.GOOD


@pytest.mark.parametrize("colour", [(150, 185, 215), (28, 28, 30)])
def test_a_mask(portrait: Picture, face: Face, colour: tuple[int, int, int]) -> None:
    outline = [197, 36, 50, 123, 137, 177, 215, 138, 169, 140, 175, 369, 394, 367, 435, 401, 366, 352, 280, 266]
    cover = only_face(painted(portrait.rgb, face.landmarks_px[outline, :2], colour))["cover"]
    assert cover.value == "mask"
    assert cover.grade is Grade.POOR


def test_something_green_over_a_cheek(portrait: Picture, face: Face) -> None:
    blot = ellipse(face.landmarks_px[425, :2], 0.2 * face.size_px, 0.24 * face.size_px)
    cover = only_face(painted(portrait.rgb, blot, (70, 120, 60)))["cover"]
    assert cover.value == "right cheek covered"
    assert cover.grade is Grade.USABLE


def test_a_microphone_before_the_chin(portrait: Picture, face: Face) -> None:
    ball = ellipse(face.landmarks_px[152, :2], 0.12 * face.size_px, 0.13 * face.size_px)
    assert only_face(painted(portrait.rgb, ball, (35, 35, 38)))["cover"].value == "dark chin"


def test_hands(portrait: Picture, face: Face) -> None:
    view = view_face(portrait, face)
    over_mouth, over_brow = face.landmarks_px[[*OUTER_LOWER_LIP, 152], :2], face.landmarks_px[list(EYES[0].brow), :2]
    assert check_cover(view, (over_mouth,)).grade is Grade.POOR
    assert check_cover(view, (over_brow,)).grade is Grade.USABLE
    assert check_cover(view, (over_mouth + np.array([2 * face.size_px, 0]),)).value == "free"


class HandyFinder:
    """Finds faces as always, and a hand that lies on the mouth, whatever part of the picture it is shown."""

    def __init__(self, picture: Picture, joints: NDArray[np.float64]) -> None:
        self.rgb, self.joints = picture.rgb, joints
        self.detect_faces = mediapipe_finder().detect_faces
        self.find_landmarks = mediapipe_finder().find_landmarks
        self.segment_person = mediapipe_finder().segment_person

    def find_hands(self, rgb: Pixels) -> tuple[NDArray[np.float64], ...]:
        match = cv2.matchTemplate(
            cv2.resize(self.rgb, (256, 256)), cv2.resize(rgb, None, fx=0.5, fy=0.5), cv2.TM_SQDIFF
        )
        _, _, (x, y), _ = cv2.minMaxLoc(match)
        return (self.joints - 2 * np.array([x, y]),)


def test_hands_are_asked_for_around_each_face(portrait: Picture, face: Face) -> None:
    finder = HandyFinder(portrait, face.landmarks_px[[*OUTER_LOWER_LIP, 152], :2])
    assert check_photo(portrait, finder).faces[0]["cover"].value == "hand"


def test_a_frame_of_glasses_and_a_strand_of_hair_that_looks_like_half_of_one(portrait: Picture, face: Face) -> None:
    rgb = portrait.rgb.copy()
    corners = face.landmarks_px[[133, 362], :2].astype(int).tolist()
    cv2.line(rgb, corners[0], corners[1], (20, 20, 20), 3, cv2.LINE_AA)
    for number, (a, b) in enumerate(((33, 133), (362, 263))):
        x, y = (0.5 * (face.landmarks_px[a, :2] + face.landmarks_px[b, :2])).astype(int).tolist()
        width = float(np.hypot(*(face.landmarks_px[a, :2] - face.landmarks_px[b, :2])))
        cv2.ellipse(rgb, (x, y), (int(0.85 * width), int(0.75 * width)), 0, 0, 360, (20, 20, 20), 3, cv2.LINE_AA)
        glasses = only_face(rgb.copy())["glasses"]
        assert glasses.value == ("none", "worn")[number], glasses.measure


@pytest.mark.parametrize(
    ("thick_px", "across", "down"), [(3, 1.3, 1.1), (9, 0.85, 0.75), (14, 0.85, 0.75), (9, 1.2, 0.9)]
)
def test_frames_thick_and_wide(portrait: Picture, face: Face, thick_px: int, across: float, down: float) -> None:
    rgb = portrait.rgb.copy()
    points = face.landmarks_px[:, :2]
    middles = [0.5 * (points[a] + points[b]) for a, b in ((33, 133), (362, 263))]
    width = float(np.hypot(*(points[33] - points[133])))
    # Wide lenses end at the nose.
    inner = 0.5 * float(np.hypot(*(middles[1] - middles[0]))) - 0.12 * width
    for middle, inward in zip(middles, (1, -1), strict=True):
        outline = ellipse(np.zeros(2), across * width, down * width)
        outline[:, 0] = inward * np.minimum(inward * outline[:, 0], inner)
        rim = np.round(middle + outline + (0, 0.1 * width)).astype(np.int32)
        cv2.polylines(rgb, [rim], True, (20, 18, 18), thick_px, cv2.LINE_AA)
    ends = np.round(points[[133, 362]]).astype(int).tolist()
    cv2.line(rgb, ends[0], ends[1], (20, 18, 18), thick_px, cv2.LINE_AA)
    glasses = only_face(rgb)["glasses"]
    assert glasses.value == "worn", glasses.measure


def test_brows_that_meet_are_no_frame(portrait: Picture, face: Face) -> None:
    rgb = portrait.rgb.copy()
    brows = face.landmarks_px[[70, 105, 107, 9, 336, 334, 300], :2]
    cv2.polylines(rgb, [np.round(brows).astype(np.int32)], False, (30, 22, 20), 10, cv2.LINE_AA)
    assert only_face(rgb)["glasses"].value == "none"


def test_sunglasses_and_a_strand_of_hair(portrait: Picture, face: Face) -> None:
    middles = [0.5 * (face.landmarks_px[a, :2] + face.landmarks_px[b, :2]) for a, b in ((159, 145), (386, 374))]
    rgb = portrait.rgb
    for middle in middles:
        rgb = painted(rgb, ellipse(middle, 0.16 * face.size_px, 0.12 * face.size_px), (15, 15, 18))
        value = only_face(rgb)["eyes"].value
        assert value == ("left one hidden" if middle is middles[0] else "hidden")


def test_closed_eyes(avatar: PhotoAvatar) -> None:
    frame = avatar.draw(pose(eyeBlinkLeft=1.0, eyeBlinkRight=1.0))[..., :3]
    eyes = only_face(frame)["eyes"]
    assert eyes.value == "closed", eyes.measure
    assert eyes.grade is Grade.USABLE


def test_a_face_at_the_edge(portrait: Picture, face: Face) -> None:
    y = int(face.landmarks_px[10, 1] + 0.12 * face.size_px)
    (cut,) = check_photo(Picture(np.ascontiguousarray(portrait.rgb[y:]))).faces
    assert cut["frame"].grade < Grade.GOOD
    assert "cut off" in cut["frame"].advice


def test_no_face_tells_of_marks(cat: Picture) -> None:
    report = check_photo(cat)
    assert report.faces == ()
    assert report.grade is Grade.POOR
    assert "phonoscope mark" in report.findings[0].advice


def test_faces_are_numbered_as_they_are_found(astronaut: Picture) -> None:
    canvas = np.full((512, 768, 3), 90, np.uint8)
    canvas[128:384, :256] = enlarged(astronaut, (96, 0, 352, 256), 256).rgb
    canvas[:, 256:] = enlarged(astronaut, (96, 0, 352, 256), 512).rgb
    report = check_photo(Picture(canvas))
    assert [face.number for face in report.faces] == [1, 2]
    assert report.faces[0].face.box.x1 < report.faces[1].face.box.x0
    assert report.faces[0].grade is Grade.USABLE
    assert report.grade is Grade.GOOD, "one good face is enough"


@pytest.mark.parametrize("size", [(1, 1), (3, 900), (2, 2)])
def test_hardly_any_picture(size: tuple[int, int]) -> None:
    assert check_photo(Picture(np.zeros((*size, 3), np.uint8))).faces == ()


@pytest.mark.parametrize("side", [160, 512, 3000])
def test_annotated_pictures_are_legible_at_any_size(portrait: Picture, side: int) -> None:
    picture = Picture(np.asarray(cv2.resize(portrait.rgb, (side, side)), np.uint8))
    report = check_photo(picture)
    drawn = annotate(picture, report)
    assert 1200 <= max(drawn.shape[:2]) <= 2400
    scale, box = drawn.shape[0] / side, report.faces[0].face.box
    ink = np.abs(drawn.astype(int) - COLOURS[report.grade]).sum(-1) < 40
    column = round((box.x0 + box.x1) / 2 * scale)
    row = round(box.y0 * scale)
    assert ink[row - 8 : row + 9, column].any(), "the box's upper side"
    assert ink[: row + 1].sum() > 2000, "a plate with the number"


def test_annotating_without_faces(cat: Picture) -> None:
    assert not np.array_equal(annotate(cat, check_photo(cat))[:60], annotate(cat, check_photo(cat))[-60:])


def test_scales_grade_both_ways() -> None:
    rising, falling = Scale(10, 20), Scale(20, 10)
    assert [rising.grade(x) for x in (9, 10, 20)] == [Grade.GOOD, Grade.USABLE, Grade.POOR]
    assert [falling.grade(x) for x in (21, 20, 10)] == [Grade.GOOD, Grade.USABLE, Grade.POOR]


def test_real_portraits_make_sense(media: Path) -> None:
    expected = {
        "afro_painting.png": {"exposure": "fine", "mouth": "closed", "glasses": "none", "cover": "free"},
        "glasses_frown.jpg": {"glasses": "worn", "mouth": "closed", "cover": "free"},
        "man_stubble.png": {"beard": "beard", "mouth": "closed"},
        "mona_lisa.jpg": {"mouth": "closed", "cover": "free", "eyes": "open"},
        "mouth_wide_open.jpg": {"mouth": "wide open", "eyes": "open"},
        "teeth_smile_221px.png": {"mouth": "open, with teeth"},
        "three_quarter_glasses.png": {"glasses": "worn", "mouth": "closed"},
        "elderly_wrinkles.png": {"cover": "free", "glasses": "none"},
        "full_body.png": {"mouth": "parted"},
    }
    for name, values in expected.items():
        with Image.open(media / "portraits" / name) as image:
            report = only_face(np.array(image.convert("RGB")))
        assert report.grade is not Grade.POOR, name
        assert {key: report[key].value for key in values} == values, name
