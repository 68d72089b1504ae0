"""Pictures of every kind come in upright and in sRGB, and what is no picture stays out."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageCms

from phonoscope.core.errors import OutputError, PhotoError, UsageError
from phonoscope.core.events import Event, Note
from phonoscope.core.frames import Picture
from phonoscope.media import pictures
from phonoscope.media.pictures import load_picture, save_picture, scale_picture

Pixels = NDArray[np.uint8]


def _quarters(width: int = 64, height: int = 48) -> Pixels:
    """Red, green / blue, white: every turn of it looks different."""
    rgb = np.zeros((height, width, 3), np.uint8)
    rgb[: height // 2, : width // 2] = 220, 30, 30
    rgb[: height // 2, width // 2 :] = 30, 200, 40
    rgb[height // 2 :, : width // 2] = 40, 50, 210
    rgb[height // 2 :, width // 2 :] = 250
    return rgb


def _encoded(image: Image.Image, kind: str, **options: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, format=kind, **options)
    return file.getvalue()


def _distance(a: Pixels, b: Pixels) -> float:
    return float(np.abs(a.astype(int) - b).mean())


@pytest.mark.parametrize(
    ("kind", "options", "limit"),
    [
        ("PNG", {}, 0),
        ("BMP", {}, 0),
        ("TIFF", {"compression": "tiff_lzw"}, 0),
        ("WEBP", {"lossless": True}, 0),
        ("JPEG", {"quality": 95}, 4),
        ("JPEG", {"quality": 95, "progressive": True}, 4),
        ("AVIF", {"quality": 90}, 3),
        ("HEIF", {"quality": 90}, 3),
        ("GIF", {}, 4),
    ],
)
def test_formats(kind: str, options: dict[str, Any], limit: float) -> None:
    import pillow_heif

    pillow_heif.register_heif_opener()
    picture = load_picture(_encoded(Image.fromarray(_quarters()), kind, **options))
    assert picture.alpha is None
    assert picture.rgb.shape == (48, 64, 3)
    assert picture.rgb.dtype == np.uint8
    assert not picture.rgb.flags.writeable
    assert _distance(picture.rgb, _quarters()) <= limit


def test_path_string_and_bytes_are_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"  # the content counts, not the name
    path.write_bytes(_encoded(Image.fromarray(_quarters()), "PNG"))
    for source in (path, str(path), path.read_bytes()):
        np.testing.assert_array_equal(load_picture(source).rgb, _quarters())


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_orientation_is_honoured(kind: str, orientation: int) -> None:
    upright = _quarters()
    # What a camera stores, so that turning it by the tag gives `upright`.
    stored = {
        1: upright,
        2: upright[:, ::-1],
        3: upright[::-1, ::-1],
        4: upright[::-1],
        5: upright.transpose(1, 0, 2),
        6: np.rot90(upright, 1),
        7: np.rot90(upright, 2).transpose(1, 0, 2),
        8: np.rot90(upright, -1),
    }[orientation]
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = _encoded(Image.fromarray(np.ascontiguousarray(stored)), kind, exif=exif)
    picture = load_picture(data)
    assert picture.size_px == (64, 48)
    assert _distance(picture.rgb, upright) < 4


@pytest.mark.parametrize("orientation", [0, 9, 77])
def test_nonsense_orientation_is_passed_over(orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = _encoded(Image.fromarray(_quarters()), "PNG", exif=exif)
    np.testing.assert_array_equal(load_picture(data).rgb, _quarters())


def test_alpha_is_kept_apart() -> None:
    alpha = np.tile(np.linspace(0, 255, 64).astype(np.uint8), (48, 1))
    picture = load_picture(_encoded(Image.fromarray(np.dstack([_quarters(), alpha])), "PNG"))
    assert picture.alpha is not None
    np.testing.assert_array_equal(picture.alpha, alpha)
    np.testing.assert_array_equal(picture.rgb, _quarters())


def test_alpha_that_hides_nothing_is_none() -> None:
    opaque = np.dstack([_quarters(), np.full((48, 64), 255, np.uint8)])
    assert load_picture(_encoded(Image.fromarray(opaque), "PNG")).alpha is None


def test_grey_with_alpha() -> None:
    grey = np.tile(np.arange(64, dtype=np.uint8) * 4, (48, 1))
    image = Image.merge("LA", [Image.fromarray(grey), Image.fromarray(255 - grey)])
    picture = load_picture(_encoded(image, "PNG"))
    assert picture.alpha is not None
    np.testing.assert_array_equal(picture.alpha, 255 - grey)
    np.testing.assert_array_equal(picture.rgb[..., 1], grey)


def test_palette_with_transparency() -> None:
    image = Image.new("P", (8, 8), 0)
    image.putpalette([255, 0, 0, 0, 0, 255])
    image.paste(1, (4, 0, 8, 8))
    picture = load_picture(_encoded(image, "PNG", transparency=1))
    assert picture.alpha is not None
    assert picture.rgb[0, 0].tolist() == [255, 0, 0]
    assert (picture.alpha[0, 0], picture.alpha[0, 7]) == (255, 0)


def test_a_colour_named_transparent() -> None:
    picture = load_picture(_encoded(Image.fromarray(_quarters()), "PNG", transparency=(250, 250, 250)))
    assert picture.alpha is not None
    assert (picture.alpha[0, 0], picture.alpha[-1, -1]) == (255, 0)


def test_one_bit() -> None:
    picture = load_picture(_encoded(Image.fromarray(_quarters()[..., 1] > 100), "PNG"))
    assert set(np.unique(picture.rgb)) == {0, 255}


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_sixteen_bit_grey_keeps_its_range(kind: str) -> None:
    grey = np.tile(np.linspace(0, 65535, 256).round().astype(np.uint16), (16, 1))
    picture = load_picture(_encoded(Image.fromarray(grey), kind))
    np.testing.assert_array_equal(picture.rgb[0, :, 0], np.arange(256))
    assert picture.rgb.shape == (16, 256, 3)


@pytest.mark.parametrize("white", [1.0, 255.0, 65535.0])
def test_floating_point_grey_is_scaled_by_its_range(white: float) -> None:
    grey = np.tile(np.linspace(0, white, 256, dtype=np.float32), (16, 1))
    picture = load_picture(_encoded(Image.fromarray(grey), "TIFF"))
    assert _distance(picture.rgb[0, :, 0], np.arange(256).astype(np.uint8)) < 0.6


def test_thirty_two_bit_grey_is_scaled() -> None:
    grey = np.tile((np.arange(256) * 257).astype(np.int32), (16, 1))
    picture = load_picture(_encoded(Image.fromarray(grey), "TIFF"))
    np.testing.assert_array_equal(picture.rgb[0, :, 0], np.arange(256))


@pytest.mark.parametrize("kind", ["JPEG", "TIFF"])
def test_cmyk(kind: str) -> None:
    # Pillow writes CMYK JPEGs inverted, as Adobe does.
    picture = load_picture(_encoded(Image.fromarray(_quarters()).convert("CMYK"), kind))
    assert _distance(picture.rgb, _quarters()) < 3


def _swapped_profile() -> bytes:
    """Return an RGB profile whose first primary is green and whose second is red."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    tags = {bytes(profile[o : o + 4]): o for o in range(132, 132 + 12 * profile[131], 12)}
    red, green = tags[b"rXYZ"], tags[b"gXYZ"]
    profile[red : red + 4], profile[green : green + 4] = b"gXYZ", b"rXYZ"
    # A name of its own, lest it be taken for what it is made from.
    return bytes(profile).replace("sRGB".encode("utf-16-be"), "test".encode("utf-16-be"))


@pytest.mark.parametrize("transparent", [False, True])
def test_a_colour_profile_is_applied(transparent: bool) -> None:
    image = Image.fromarray(_quarters())
    if transparent:
        image.putalpha(128)
    picture = load_picture(_encoded(image, "PNG", icc_profile=_swapped_profile()))
    # The red corner, by that profile, is green.
    assert picture.rgb[0, 0, 1] > 190
    assert picture.rgb[0, 0, 0] < 90
    assert (picture.alpha is not None) == transparent


@pytest.mark.parametrize("profile", [b"nonsense" * 40, _swapped_profile()[:200], b"\0" * 9_000_000])
def test_a_broken_profile_is_passed_over(profile: bytes) -> None:
    events: list[Event] = []
    picture = load_picture(_encoded(Image.fromarray(_quarters()), "TIFF", icc_profile=profile), events.append)
    np.testing.assert_array_equal(picture.rgb, _quarters())
    assert len(events) == 1
    assert "profile" in str(events[0])


def test_a_profile_of_another_colour_space_is_passed_over() -> None:
    data = _encoded(Image.fromarray(_quarters()[..., 0]), "PNG", icc_profile=_swapped_profile())
    np.testing.assert_array_equal(load_picture(data).rgb[..., 0], _quarters()[..., 0])


def test_of_an_animation_the_first_frame_is_taken() -> None:
    frames = [Image.fromarray(np.full((20, 20, 3), value, np.uint8)) for value in (10, 200)]
    for kind in ("GIF", "WEBP", "PNG"):
        options: dict[str, Any] = {"lossless": True} if kind == "WEBP" else {}
        data = _encoded(frames[0], kind, save_all=True, append_images=frames[1:], **options)
        assert load_picture(data).rgb.max() < 20


def _png_header(width: int, height: int) -> bytes:
    """Return a PNG that declares a size, with next to no pixels."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = chunk(b"IDAT", zlib.compress(bytes(1000)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + pixels + chunk(b"IEND", b"")


@pytest.mark.parametrize("size_px", [(20001, 20001), (30000, 30000), (2**31 - 1, 2**31 - 1)])
def test_a_bomb_is_refused_before_it_is_decoded(size_px: tuple[int, int]) -> None:
    with pytest.raises(PhotoError, match="megapixels are the limit"):
        load_picture(_png_header(*size_px))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        (b"Dear all,\nplease find attached the photo.\n", "it is text"),
        (b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>", "SVG drawing"),
        (b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2avc1mp41", "it is a video"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "it is a sound file"),
        (b"%PDF-1.7", "PDF document"),
        (bytes(range(256)) * 4, "nothing that is known"),
        (b"<!DOCTYPE html><title>404</title>", "a web page"),
        (b"\xff\xd8\xff\xe0" + bytes(100), "damaged or cut off"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "damaged or cut off"),
    ],
)
def test_what_is_no_picture_is_named(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(content)
    with pytest.raises(PhotoError, match=told) as caught:
        load_picture(path)
    assert "photo.jpg" in caught.value.message
    assert caught.value.remedy
    assert "BytesIO" not in str(caught.value)


def test_places_without_a_picture(tmp_path: Path) -> None:
    for source, told in (
        (tmp_path / "no.jpg", "does not exist"),
        (tmp_path, "is a folder"),
        ("a\0b", "cannot be read"),
    ):
        with pytest.raises(PhotoError, match=told):
            load_picture(source)
    with pytest.raises(PhotoError, match="not an ordinary file"):
        load_picture("/dev/zero")


def test_a_heavy_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "heavy.png"
    with path.open("wb") as file:
        file.truncate(pictures.FILE_LIMIT_BYTES + 1)
    with pytest.raises(PhotoError, match="larger than 200 MB"):
        load_picture(path)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "AVIF", "BMP"])
@pytest.mark.parametrize("part", [0.3, 0.7, 0.97])
def test_a_cut_off_file_is_called_damaged(kind: str, part: float) -> None:
    noise = np.random.default_rng(0).integers(0, 255, (64, 64, 3)).astype(np.uint8)
    data = _encoded(Image.fromarray(noise), kind)
    with pytest.raises(PhotoError, match="damaged or cut off"):
        load_picture(data[: int(len(data) * part)])


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_large_pictures_are_scaled_down(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "WORKING_LIMIT_PX", 10_000)
    events: list[Event] = []
    data = _encoded(Image.fromarray(_quarters(400, 300)), kind)
    picture = load_picture(data, events.append)
    width, height = picture.size_px
    assert 9_000 <= width * height <= 10_000
    assert width / height == pytest.approx(4 / 3, rel=0.02)
    assert events == [Note(f"The picture has 400 × 300 pixels; it was scaled down to {width} × {height}.")]
    expected = scale_picture(Picture(_quarters(400, 300)), picture.size_px)
    assert _distance(picture.rgb, expected.rgb) < 3


@pytest.mark.parametrize("mode", ["RGBA", "LA", "I;16", "P", "CMYK", "1"])
def test_every_mode_can_be_scaled_down(mode: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "WORKING_LIMIT_PX", 10_000)
    rgb = _quarters(400, 300)
    if mode == "I;16":
        image = Image.fromarray(rgb[..., 0].astype(np.uint16) * 257)
    else:
        image = Image.fromarray(rgb).convert(mode)
    picture = load_picture(_encoded(image, "TIFF"))
    width, height = picture.size_px
    assert width * height <= 10_000
    assert picture.alpha is None
    # The quarters lie where they were, in every mode.
    bottom = picture.rgb[3 * height // 4, :, 0].astype(int)
    assert bottom[width // 2 + 5 :].mean() > bottom[: width // 2 - 5].mean() + 100


def test_scaling_does_not_bleed_what_is_transparent() -> None:
    rgb = np.zeros((40, 40, 3), np.uint8)
    rgb[:, :20] = 200
    rgb[:, 20:] = 255, 0, 0
    alpha = np.zeros((40, 40), np.uint8)
    alpha[:, :20] = 255
    small = scale_picture(Picture(rgb, alpha), (13, 13))
    assert small.alpha is not None
    assert small.size_px == (13, 13)
    seen = small.rgb[small.alpha > 8]
    assert len(seen) >= 6 * 13
    assert np.ptp(seen, axis=1).max() <= 1  # grey, without a trace of the red


def test_scaling_to_the_same_size_changes_nothing() -> None:
    picture = Picture(_quarters())
    assert scale_picture(picture, (64, 48)) is picture


def test_saving(tmp_path: Path) -> None:
    rgba = np.dstack([_quarters(), np.full((48, 64), 7, np.uint8)])
    save_picture(tmp_path / "a.png", rgba)
    loaded = load_picture(tmp_path / "a.png")
    np.testing.assert_array_equal(loaded.rgb, _quarters())
    assert loaded.alpha is not None
    assert loaded.alpha.max() == 7
    save_picture(tmp_path / "a.jpg", _quarters())
    assert _distance(load_picture(tmp_path / "a.jpg").rgb, _quarters()) < 2
    with pytest.raises(UsageError, match="exists already"):
        save_picture(tmp_path / "a.jpg", _quarters())
    with pytest.raises(OutputError, match="cannot be transparent"):
        save_picture(tmp_path / "b.jpg", rgba)
    with pytest.raises(UsageError, match="PNG or JPEG"):
        save_picture(tmp_path / "b.xcf", rgba)
    assert {p.name for p in tmp_path.iterdir()} == {"a.png", "a.jpg"}
