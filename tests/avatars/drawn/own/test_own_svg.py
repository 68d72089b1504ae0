from __future__ import annotations

import gzip
import os
from pathlib import Path

import numpy as np
import pytest
from tests.avatars.drawn.own.drawings import ALL, BODY, EYES, HEAD, MOUTH, write_svg

from phonoscope.avatars.drawn.own import load_own
from phonoscope.avatars.drawn.own.loading import load_with_findings
from phonoscope.avatars.drawn.own.trial import draw_on_trial
from phonoscope.avatars.drawn.puppet import MOUTH_SHAPES, MouthLook, MouthPictures, Puppet, Role
from phonoscope.avatars.drawn.svg.reading import parse_svg
from phonoscope.core.errors import InputError, UsageError

SIZE = (400, 400)
EYES_SWAPPED = EYES.replace("-left", "-tfel").replace("-right", "-left").replace("-tfel", "-right")


def load(folder: Path, body: str, page: str = 'viewBox="0 0 200 200"') -> Puppet:
    return load_own(write_svg(folder, body, page), SIZE)


def look_of(puppet: Puppet) -> MouthLook:
    assert isinstance(puppet.mouth, MouthLook)
    return puppet.mouth


def _places(puppet: Puppet) -> list[tuple[int, int, tuple[int, int]]]:
    sprites = [layer.sprite for layer in puppet.layers if layer.sprite is not None]
    return [(sprite.x, sprite.y, sprite.size_px) for sprite in sprites]


def test_groups_become_layers_in_their_order(tmp_path: Path) -> None:
    puppet = load(tmp_path, ALL)
    assert [(layer.role, layer.side) for layer in puppet.layers] == [
        (Role.BODY, ""), (Role.HEAD, ""), (Role.EYE, "left"), (Role.EYE, "right"), (Role.MOUTH, ""),
    ]  # fmt: skip
    assert all((layer.sprite is None) == (layer.role in {Role.EYE, Role.MOUTH}) for layer in puppet.layers)


def test_the_mouth_is_measured(tmp_path: Path) -> None:
    mouth = look_of(load(tmp_path, ALL))
    # With a body the lowest 1.5 % of the page, 6 pixels, are not shown.
    scale, down = 2, 6
    assert mouth.kind == "line"
    assert mouth.line == (128, 32, 32)
    assert mouth.line_px == pytest.approx(4 * scale, rel=0.01)
    assert mouth.half_width_px == pytest.approx(20 * scale, rel=0.05)
    assert mouth.centre_px == pytest.approx((200, 128 * scale + down), abs=1.5)
    assert 0.25 < mouth.smile < 0.45
    assert 0 < mouth.reach_px < 32 * scale


def test_frowns_and_tilts_are_measured(tmp_path: Path) -> None:
    frown = look_of(load(tmp_path, HEAD + '<path id="mouth" d="M80 130Q100 114 120 130" stroke="#000" fill="none"/>'))
    assert frown.smile < -0.2
    tilted = look_of(load(tmp_path, HEAD + '<path id="mouth" d="M80 120L120 130" stroke="#000" fill="none"/>'))
    assert tilted.tilt_deg == pytest.approx(14, abs=2)


def test_lines_that_are_filled_shapes_are_measured_from_their_pixels(tmp_path: Path) -> None:
    mouth = look_of(load(tmp_path, HEAD + '<rect id="mouth" x="80" y="118" width="40" height="5" fill="#123456"/>'))
    assert mouth.kind == "line"
    assert mouth.line == (0x12, 0x34, 0x56)
    assert mouth.line_px == pytest.approx(10, abs=1.5)


def test_an_open_mouth_gives_its_colours(tmp_path: Path) -> None:
    mouth = look_of(
        load(
            tmp_path,
            HEAD
            + '<g id="mouth"><path fill="#400810" stroke="#111" stroke-width="3" d="M75 110H125Q120 145 100 145Q80 145'
            ' 75 110Z"/><path fill="#ffffff" d="M78 112H122L120 118H80Z"/>'
            '<ellipse fill="#e06080" cx="100" cy="138" rx="12" ry="5"/></g>',
        )
    )
    assert mouth.kind == "line"
    assert mouth.inside == pytest.approx((0x40, 8, 16), abs=8)
    assert mouth.teeth == pytest.approx((255, 255, 255), abs=8)
    assert mouth.tongue == pytest.approx((0xE0, 0x60, 0x80), abs=8)
    assert mouth.line == (17, 17, 17)


def test_lips_are_lips(tmp_path: Path) -> None:
    mouth = look_of(load(tmp_path, HEAD + '<ellipse id="lips" fill="#c04050" cx="100" cy="120" rx="22" ry="9"/>'))
    assert mouth.kind == "lips"
    assert mouth.lip == pytest.approx((0xC0, 0x40, 0x50), abs=2)
    assert mouth.lip_height == pytest.approx(0.8, abs=0.15)


def test_the_head_is_measured_without_hair_and_neck(tmp_path: Path) -> None:
    neck = '<g id="head"><ellipse cx="100" cy="90" rx="60" ry="70"/><rect x="80" y="140" width="40" height="60"/></g>'
    hair = '<rect id="hair" x="20" y="0" width="160" height="60"/>'
    build = load(tmp_path, BODY + neck + EYES + MOUTH + hair).build
    assert build.centre_px[1] - build.face_height_px / 2 == pytest.approx(2 * 20 + 6, abs=3)
    assert build.centre_px[1] + build.face_height_px / 2 == pytest.approx(2 * 157 + 6, abs=10)
    assert build.face_width_px == pytest.approx(2 * 120, abs=3)
    assert not build.floats


def test_without_a_body_everything_floats(tmp_path: Path) -> None:
    assert load(tmp_path, HEAD + EYES + MOUTH).build.floats


def test_pupils_are_told_by_name_or_found(tmp_path: Path) -> None:
    for eyes in (EYES, EYES.replace(' id="pupil-left"', "").replace(' id="pupil-right"', "")):
        left, right = load(tmp_path, HEAD + eyes + MOUTH).eyes
        assert left.side == "left"
        assert left.box_px[0] < right.box_px[0]
        assert left.blink == "lid"
        assert left.pupil is not None
        assert left.pupil.size_px[0] == pytest.approx(24, abs=3)
        assert left.box_px == pytest.approx((122, 122, 178, 178), abs=3)
        assert left.reach_px[0] > 5


def test_eyes_in_one_group_are_cut_apart_and_dots_grow_flat(tmp_path: Path) -> None:
    puppet = load(
        tmp_path, HEAD + '<g id="eyes"><circle cx="75" cy="75" r="6"/><circle cx="125" cy="75" r="6"/></g>' + MOUTH
    )
    assert [(eye.side, eye.blink, eye.pupil) for eye in puppet.eyes] == [
        ("left", "squash", None),
        ("right", "squash", None),
    ]


def test_one_eye_is_one_eye(tmp_path: Path) -> None:
    (eye,) = load(tmp_path, HEAD + '<g id="eye"><circle cx="100" cy="75" r="20" fill="#fff"/></g>' + MOUTH).eyes
    assert eye.side == ""


def test_adobes_left_is_the_characters(tmp_path: Path) -> None:
    eyes = '<g id="Left_Eye"><circle cx="125" cy="75" r="6"/></g><g id="Right_Eye"><circle cx="75" cy="75" r="6"/></g>'
    own = load_with_findings(write_svg(tmp_path, HEAD + eyes + MOUTH), SIZE)
    assert [eye.side for eye in own.puppet.eyes] == ["left", "right"]
    assert own.drawing.notes == ()


def test_sides_that_were_mixed_up_are_put_right(tmp_path: Path) -> None:
    own = load_with_findings(write_svg(tmp_path, HEAD + EYES_SWAPPED + MOUTH), SIZE)
    assert [(eye.side, eye.pupil is not None) for eye in own.puppet.eyes] == [("left", True), ("right", True)]
    assert own.puppet.eyes[0].box_px[0] < own.puppet.eyes[1].box_px[0]
    assert any("other way round" in note for note in own.drawing.notes)


def test_blinks_that_are_hidden_are_drawn_for_blinking(tmp_path: Path) -> None:
    blinks = "".join(
        f'<g id="blink-{side}" style="display:none"><path d="M{x} 75h28" stroke="#000" stroke-width="3"/></g>'
        for side, x in (("left", 61), ("right", 111))
    )
    puppet = load(tmp_path, HEAD + EYES + blinks + MOUTH)
    assert [eye.blink for eye in puppet.eyes] == ["swap", "swap"]
    assert puppet.eyes[0].shut is not None
    assert puppet.eyes[0].shut.size_px == pytest.approx((56, 6), abs=2)
    assert puppet.eyes[0].white.size_px[1] == pytest.approx(56, abs=3)


def test_other_hidden_groups_stay_hidden(tmp_path: Path) -> None:
    puppet = load(tmp_path, HEAD + EYES + MOUTH + '<g id="hat" display="none"><rect width="99" height="9"/></g>')
    assert Role.HAT not in {layer.role for layer in puppet.layers}


def test_clones_are_drawn(tmp_path: Path) -> None:
    eye = '<g id="eye-left"><circle cx="75" cy="75" r="6"/></g><use id="eye-right" href="#eye-left" x="50"/>'
    left, right = load(tmp_path, HEAD + eye + MOUTH).eyes
    assert right.box_px[0] - left.box_px[0] == pytest.approx(100, abs=1)


def test_mouth_shapes_within_the_mouth_are_pictures(tmp_path: Path) -> None:
    shapes = "".join(
        f'<g id="{name}" display="none"><ellipse cx="100" cy="120" rx="20" ry="{3 + 2 * number}"/></g>'
        for number, name in enumerate("ABCDEF")
    )
    puppet = load(tmp_path, HEAD + EYES + f'<g inkscape:label="Mouth" id="g1">{shapes}</g>')
    assert isinstance(puppet.mouth, MouthPictures)
    assert set(puppet.mouth.shapes) == set(MOUTH_SHAPES)
    heights = {name: sprite.size_px[1] for name, sprite in puppet.mouth.shapes.items()}
    assert heights["A"] < heights["B"] < heights["C"] < heights["D"] < heights["E"] < heights["F"]
    assert heights["X"] == heights["G"] == heights["A"]
    assert heights["H"] == heights["C"]


def test_other_views_of_the_head_are_not_drawn(tmp_path: Path) -> None:
    views = '<g id="Left Profile"><rect width="200" height="200" fill="#f00"/><g id="mouth-A"><rect width="9"/></g></g>'
    puppet = load(tmp_path, f'<g id="Head">{views}<g id="Frontal">{HEAD}</g></g>' + MOUTH)
    head = next(layer.sprite for layer in puppet.layers if layer.role is Role.HEAD)
    assert head is not None
    assert head.size_px[0] == pytest.approx(240, abs=3)


def test_pieces_without_a_name_go_with_what_is_near(tmp_path: Path) -> None:
    unnamed = '<rect width="200" height="200" fill="#fff"/>'
    cheek = '<circle cx="70" cy="110" r="8" fill="#f88"/>'
    scarf = '<rect x="60" y="165" width="80" height="20" fill="#f00"/>'
    own = load_with_findings(write_svg(tmp_path, unnamed + BODY + HEAD + cheek + scarf + MOUTH), SIZE)
    assert [layer.role for layer in own.puppet.layers] == [
        Role.BACKDROP, Role.BODY, Role.HEAD, Role.FACE, Role.BODY, Role.MOUTH,
    ]  # fmt: skip
    assert any("3 pieces" in note for note in own.drawing.notes)


def test_hair_before_the_head_is_rear_hair_and_a_pair_of_brows_is_two(tmp_path: Path) -> None:
    hair = '<g id="hair"><rect x="20" y="20" width="160" height="140"/></g>'
    brows = '<g id="brows"><rect x="60" y="50" width="20" height="4"/><rect x="120" y="50" width="20" height="4"/></g>'
    layers = [(layer.role, layer.side) for layer in load(tmp_path, hair + HEAD + brows + MOUTH).layers]
    assert layers[0] == (Role.REAR_HAIR, "")
    assert layers[2:4] == [(Role.BROW, "left"), (Role.BROW, "right")]


def test_style_sheets_paint_the_mouth(tmp_path: Path) -> None:
    css = "<defs><style>.cls-1,.cls-2{fill:none;stroke:#0a141e;}.cls-2{stroke-width:6px;}</style></defs>"
    mouth = look_of(load(tmp_path, css + HEAD + '<path id="mouth" class="cls-2" d="M80 120h40"/>'))
    assert mouth.line == (10, 20, 30)
    assert mouth.line_px == pytest.approx(12, abs=0.1)


def test_settings_beside_the_drawing_overrule_what_is_measured(tmp_path: Path) -> None:
    (tmp_path / "me.layers.json").write_text(
        '{"schema": "avatar-layers.1", "credit": "Me", "background": "#010203", "neck": [100, 150], "floats": false,'
        ' "crown": [100, 30], "chin": [100, 150], "face_width": 90, "eyes": {"blink": "squash", "reach": [2, 1]},'
        ' "mouth": {"centre": [100, 110], "half_width": 10, "kind": "shape", "teeth": null}}',
        "utf-8",
    )
    puppet = load(tmp_path, HEAD + EYES + MOUTH)
    assert (puppet.credit, puppet.background) == ("Me", (1, 2, 3))
    assert puppet.build.centre_px == (200, 180)
    assert (puppet.build.face_height_px, puppet.build.face_width_px) == (240, 180)
    assert puppet.build.neck_px == (200, 300)
    assert not puppet.build.floats
    assert puppet.eyes[0].blink == "squash"
    assert puppet.eyes[0].reach_px == (4, 2)
    mouth = look_of(puppet)
    assert (mouth.centre_px, mouth.half_width_px, mouth.kind, mouth.teeth) == ((200, 220), 20, "shape", None)


@pytest.mark.parametrize("size", [(1920, 1080), (720, 1280), (64, 64)])
def test_the_page_is_fitted_into_any_canvas(tmp_path: Path, size: tuple[int, int]) -> None:
    puppet = load_own(write_svg(tmp_path, ALL), size)
    assert puppet.size_px == size
    assert puppet.build.centre_px[0] == pytest.approx(size[0] / 2, abs=1)
    body = next(layer.sprite for layer in puppet.layers if layer.role is Role.BODY)
    assert body is not None
    assert body.y + body.size_px[1] >= size[1]


def test_a_missing_mouth_is_told_with_the_groups_that_are_there(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        load(tmp_path, HEAD + EYES + '<g id="muth"><rect width="9" height="9"/></g>')
    message = str(caught.value)
    assert "no group named 'mouth'" in message
    assert "head, eye-left, pupil-left" in message
    assert "'muth'" in message


@pytest.mark.parametrize(
    ("body", "word"),
    [
        ("", "draws nothing"),
        ("<text id='mouth'>Hello</text>", "convert it to paths"),
        ('<g id="mouth" display="none"><rect width="9" height="9"/></g>', "draws nothing"),
        ('<path id="mouth" d="M-1e30 -1e30L1e30 1e30L1e30 -1e30z"/>', "beyond any page"),
    ],
)
def test_drawings_that_cannot_be_drawn_are_refused(tmp_path: Path, body: str, word: str) -> None:
    with pytest.raises(InputError, match=word):
        load(tmp_path, body)


def test_what_breaks_the_renderer_is_told() -> None:
    root = parse_svg(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M-1e30 -1e30L1e30 1e30L1e30 -1e30z"/></svg>'
    )
    with pytest.raises(InputError, match="cannot be rendered"):
        draw_on_trial(root, "'me.svg'")


def test_what_takes_too_long_is_stopped() -> None:
    slow = '<rect width="9999" height="9999" opacity=".5" transform="rotate(1)"/>' * 19_000
    root = parse_svg(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">{slow}</svg>')
    with pytest.raises(InputError, match="1 s to draw"):
        draw_on_trial(root, "'me.svg'", cpu_limit_s=1)


@pytest.mark.parametrize(("name", "word"), [("missing.svg", "There is no"), ("me.txt", "no SVG file and no folder")])
def test_other_files_are_refused(tmp_path: Path, name: str, word: str) -> None:
    (tmp_path / "me.txt").write_text("x", "utf-8")
    with pytest.raises(InputError, match=word):
        load_own(tmp_path / name, SIZE)


@pytest.mark.parametrize("size", [(0, 0), (101, 100), (10_000, 100)])
def test_impossible_canvases_are_refused(tmp_path: Path, size: tuple[int, int]) -> None:
    with pytest.raises(UsageError):
        load_own(write_svg(tmp_path, ALL), size)


def test_compressed_files_are_read(tmp_path: Path) -> None:
    packed = tmp_path / "me.svgz"
    packed.write_bytes(gzip.compress(write_svg(tmp_path, ALL).read_bytes()))
    assert look_of(load_own(packed, SIZE)).line == (128, 32, 32)


def test_loading_twice_gives_the_same(tmp_path: Path) -> None:
    one, two = (load(tmp_path, ALL) for _ in range(2))
    for first, second in zip(one.layers, two.layers, strict=True):
        assert (first.sprite is None) == (second.sprite is None)
        if first.sprite is not None and second.sprite is not None:
            assert np.array_equal(first.sprite.rgba, second.sprite.rgba)


def test_pages_in_millimetres_are_drawn_as_in_pixels(tmp_path: Path) -> None:
    plain = load(tmp_path, ALL)
    inkscape = load(tmp_path, ALL, 'width="210mm" height="210mm" viewBox="0 0 200 200"')
    assert _places(inkscape) == _places(plain)


@pytest.mark.parametrize("mouth", ['<g id="mouth"/>', '<g id="Mouth" display="none"><rect width="9" height="9"/></g>'])
def test_a_mouth_that_shows_nothing_is_told(tmp_path: Path, mouth: str) -> None:
    with pytest.raises(InputError, match="shows nothing"):
        load(tmp_path, HEAD + EYES + mouth)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "me.svg")
    with pytest.raises(InputError, match="not an ordinary file"):
        load_own(tmp_path / "me.svg", SIZE)
