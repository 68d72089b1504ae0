"""Still pictures: read from any common format, checked at the door, and written."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PIL.Image import Transpose

from phonoscope.core.errors import OutputError, PhotoError, UsageError
from phonoscope.core.events import EventSink, Note, ignore_events
from phonoscope.core.frames import Picture
from phonoscope.media.output import atomic_path, check_output
from phonoscope.media.signatures import HEAD_BYTES, PICTURE_FORMATS, identify

if TYPE_CHECKING:
    from PIL.Image import Image

FILE_LIMIT_BYTES = 200_000_000
"""Largest file that is read: a 100-megapixel camera's TIFF has 300 MB uncompressed, its JPEG 60 MB."""

DECLARED_LIMIT_PX = 400_000_000
"""Largest picture that is decoded; more is a decompression bomb or a scanned map."""

WORKING_LIMIT_PX = 24_000_000
"""Larger pictures are scaled down to this: six times what the largest video shows."""

_ORIENTATION_TAG = 0x0112
_TEXT_TAGS = (0x010E, 0x010F, 0x0110, 0x0131, 0x0132, 0x013B, 0x8298)
"""EXIF: description, make, model, software, date, artist, copyright."""

_TURNS = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}
"""What turns a picture upright, by its EXIF orientation."""

_REMEDY = "Give a JPEG, PNG, WebP, HEIC, AVIF, TIFF or BMP picture."
_JPEG_QUALITY = 92
"""Quality of JPEGs that we write: no visible loss at a fifth of the size of a PNG."""

_PNG_LEVEL = 3
"""How hard PNGs that we write are packed, 0 to 9: the usual 6 takes three times as long for files a tenth smaller."""


@dataclass(frozen=True, slots=True)
class Still:
    """A still picture, as stored.

    Attributes
    ----------
    width_px, height_px
        Size before it is turned upright.
    mode
        Pillow's name of the kind of pixels (``RGB``, ``CMYK``, ``I;16`` …).
    orientation
        EXIF orientation, 1 to 8; 1 is upright.
    frames
        More than 1 for an animation.
    """

    width_px: int
    height_px: int
    mode: str
    orientation: int
    frames: int
    has_profile: bool


def load_picture(source: Path | str | bytes, events: EventSink = ignore_events) -> Picture:
    """Read a still picture, upright and in sRGB; of an animation its first frame.

    Parameters
    ----------
    source
        A path, or the content of a file.
    events
        Told when the picture is scaled down, or when its colour profile cannot be used.

    Raises
    ------
    PhotoError
        It is missing, empty, no picture, damaged or too large; the message tells which.
    """
    name = "The picture" if isinstance(source, bytes) else f"'{source}'"
    data = _content(source, name)
    with _damage_as_photo_error(name), _opened(data, name) as image:
        declared = image.size
        if declared[0] * declared[1] > DECLARED_LIMIT_PX:
            raise _too_large(name, declared)
        return _decoded(image, name, events)


def save_picture(path: Path | str, pixels: NDArray[np.uint8], overwrite: bool = False) -> None:
    """Write a PNG or JPEG, whole or not at all.

    Parameters
    ----------
    path
        Its suffix tells the format: ``.png``, ``.jpg`` or ``.jpeg``.
    pixels
        RGB or RGBA (not premultiplied), uint8, shape (height, width, 3 or 4). A JPEG takes RGB only.
    overwrite
        Whether an existing file is replaced.

    Raises
    ------
    UsageError, OutputError
        As `check_picture_output`; the disk is full.
    """
    from PIL import Image

    check_picture_output(path, overwrite)
    suffix = Path(path).suffix.lower()
    if suffix != ".png" and pixels.shape[2] == 4:
        raise OutputError(f"Cannot write '{path}': a JPEG cannot be transparent.", "End its name in .png.")
    image = Image.fromarray(np.ascontiguousarray(pixels))
    with atomic_path(path, overwrite) as part:
        if suffix == ".png":
            image.save(part, format="PNG", compress_level=_PNG_LEVEL)
        else:
            image.save(part, format="JPEG", quality=_JPEG_QUALITY, subsampling=0)


def check_picture_output(path: Path | str, overwrite: bool = False) -> None:
    """Refuse the place of a picture that cannot be written, before any work is done for it.

    Raises
    ------
    UsageError
        Its name ends in no format that is written, or it exists and is not to be overwritten.
    OutputError
        As `media.output.check_output`.
    """
    if Path(path).suffix.lower() not in (".png", ".jpg", ".jpeg"):
        raise UsageError(
            f"Cannot write '{path}': pictures are written as PNG or JPEG.", "End its name in .png or .jpg."
        )
    check_output(path, overwrite)


@contextmanager
def opened_picture(source: Path | str | bytes) -> Iterator[Image]:
    """Open a picture for reading bit by bit; damage that is found in the block becomes a PhotoError, too.

    Raises
    ------
    PhotoError
        As `load_picture`.
    """
    name = "The picture" if isinstance(source, bytes) else f"'{source}'"
    data = _content(source, name)
    with _damage_as_photo_error(name), _opened(data, name) as image:
        if image.width * image.height > DECLARED_LIMIT_PX:
            raise _too_large(name, image.size)
        yield image


def scale_picture(picture: Picture, size_px: tuple[int, int]) -> Picture:
    """Return the picture in another size, (width, height), filtered with Lanczos."""
    from PIL import Image

    if picture.size_px == size_px:
        return picture
    # Pillow premultiplies RGBA while it scales: what is transparent lends no colour to its neighbours.
    pixels = picture.rgb if picture.alpha is None else np.dstack([picture.rgb, picture.alpha])
    scaled = np.array(Image.fromarray(pixels).resize(size_px, Image.Resampling.LANCZOS))
    if picture.alpha is None:
        return Picture(scaled)
    return Picture(np.ascontiguousarray(scaled[..., :3]), np.ascontiguousarray(scaled[..., 3]))


def describe_picture(path: Path) -> tuple[str, Still, dict[str, str]]:
    """Return format, properties and metadata of a picture, from its header alone."""
    from PIL import ExifTags

    name = f"'{path}'"
    with _damage_as_photo_error(name), _opened(_content(path, name), name) as image:
        width, height = image.size
        tags = {
            ExifTags.TAGS[tag].lower(): str(value).strip("\x00 ")
            for tag, value in _exif(image).items()
            if tag in _TEXT_TAGS
        }
        tags |= {
            key.lower(): text for key, text in image.info.items() if isinstance(key, str) and isinstance(text, str)
        }
        still = Still(
            width_px=width,
            height_px=height,
            mode=image.mode,
            orientation=_orientation(image),
            frames=int(getattr(image, "n_frames", 1)),
            has_profile=bool(image.info.get("icc_profile")),
        )
        return image.format or "", still, tags


def _content(source: Path | str | bytes, name: str) -> bytes:
    """Return the file's bytes, or raise what is wrong with it."""
    if isinstance(source, bytes):
        data = source
    else:
        try:
            path = Path(source)
            if path.is_dir():
                raise PhotoError(f"{name} is a folder.", "Give the picture itself.")
            if path.exists() and not path.is_file():
                raise PhotoError(f"{name} is not an ordinary file.", _REMEDY)
            if path.stat().st_size > FILE_LIMIT_BYTES:
                raise _too_heavy(name)
            data = path.read_bytes()
        except PhotoError:
            raise
        except FileNotFoundError as error:
            raise PhotoError(f"{name} does not exist.", "Check the path.") from error
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or "this is no file name"
            raise PhotoError(f"{name} cannot be read: {reason}.", "Check the path and its permissions.") from error
    if not data:
        raise PhotoError(f"{name} is empty.", _REMEDY)
    if len(data) > FILE_LIMIT_BYTES:
        raise _too_heavy(name)
    return data


@contextmanager
def _opened(data: bytes, name: str) -> Iterator[Image]:
    """Open a picture; its header is read, its pixels are not."""
    from PIL import Image

    kind = identify(data[:HEAD_BYTES])
    if kind not in PICTURE_FORMATS:
        remedy = "Export it as PNG first." if "SVG" in kind or "Photoshop" in kind else _REMEDY
        raise PhotoError(f"{name} is not a picture: it is {kind}.", remedy)
    if kind == "HEIF":
        from pillow_heif import register_heif_opener

        register_heif_opener()
    # Pillow's own limit would warn about an honest 100-megapixel photo; ours, above, is checked before any decoding.
    Image.MAX_IMAGE_PIXELS = max(Image.MAX_IMAGE_PIXELS or 0, DECLARED_LIMIT_PX)
    try:
        image = Image.open(io.BytesIO(data), formats=[kind])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large(name, None) from error
    with image:
        yield image


@contextmanager
def _damage_as_photo_error(name: str) -> Iterator[None]:
    """Turn whatever a decoder says to a damaged file into a PhotoError."""
    from PIL import UnidentifiedImageError

    try:
        yield
    except PhotoError:
        raise
    except MemoryError as error:
        raise PhotoError(f"{name} is too large for this machine's memory.", "Scale it down first.") from error
    except Exception as error:
        # Pillow's decoders answer damage with a dozen types: OSError, SyntaxError, struct.error, IndexError, KeyError …
        reason = "" if isinstance(error, UnidentifiedImageError) else f" ({error})"
        raise PhotoError(
            f"{name} is damaged or cut off{reason}.", "Save or copy it again from where it came from."
        ) from error


def _decoded(image: Image, name: str, events: EventSink) -> Picture:
    """Decode, scale down, turn upright and convert to sRGB."""
    from phonoscope.media.picture_colour import to_eight_bits, to_picture

    width, height = image.size
    excess = width * height / WORKING_LIMIT_PX
    if excess > 1:
        # A JPEG decodes at a half, a quarter or an eighth for less time and memory.
        image.draft(None, (int(width / excess**0.5), int(height / excess**0.5)))
    image.load()
    orientation = _orientation(image)
    decoded = to_eight_bits(image, WORKING_LIMIT_PX)
    if excess > 1:
        events(Note(f"{name} has {width} × {height} pixels; it was scaled down to {decoded.width} × {decoded.height}."))
    if orientation in _TURNS:
        decoded = decoded.transpose(_TURNS[orientation])
    return to_picture(decoded, name, events)


def _exif(image: Image) -> Mapping[int, object]:
    """Return a picture's EXIF; nothing where it cannot be understood, which must not cost a picture that can."""
    try:
        return dict(image.getexif())
    except Exception:
        return {}


def _orientation(image: Image) -> int:
    """Return the EXIF orientation of a picture, 1 for upright."""
    value = _exif(image).get(_ORIENTATION_TAG, 1)
    return value if isinstance(value, int) and value in _TURNS else 1


def _too_large(name: str, size_px: tuple[int, int] | None) -> PhotoError:
    told = f"{size_px[0]} × {size_px[1]} pixels" if size_px else "too many pixels"
    return PhotoError(
        f"{name} declares {told}; {DECLARED_LIMIT_PX // 10**6} megapixels are the limit.", "Scale it down first."
    )


def _too_heavy(name: str) -> PhotoError:
    return PhotoError(f"{name} is larger than {FILE_LIMIT_BYTES // 10**6} MB.", "Save it as a JPEG first.")
