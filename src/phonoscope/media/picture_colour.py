"""Pixels of any kind to 8-bit sRGB with alpha."""

from __future__ import annotations

import io
import math
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow

from phonoscope.core.events import EventSink, Note
from phonoscope.core.frames import Picture

if TYPE_CHECKING:
    from PIL.Image import Image

    Conversion = Callable[[Image], Image]

_BAND_PX = 4_000_000
"""How much is converted at a time, so that a large picture never lies in memory twice."""

_PROFILE_LIMIT_BYTES = 8_000_000
"""Largest colour profile that is used; those of presses have 3 MB."""

_PROFILE_SPACES = {"RGB": ("RGB",), "L": ("GRAY",), "CMYK": ("CMYK",)}
"""Colour spaces of the profiles that fit a mode of pixels."""


_WANTED_MODES = {mode: mode for mode in ("L", "LA", "RGB", "RGBA", "CMYK")} | {
    "1": "L",
    "La": "LA",
    "PA": "RGBA",
    "RGBa": "RGBA",
}
"""What a mode of pixels is converted to; all others, such as P, RGBX, YCbCr and LAB, to RGB."""


def to_eight_bits(image: Image, limit_px: int) -> Image:
    """Return a decoded picture as L, LA, RGB, RGBA or CMYK, with at most `limit_px` pixels.

    16-bit grey is scaled by its full range; 32-bit and floating-point grey by the range that it uses, since nothing
    tells what its white is.
    """
    mode, convert = _conversion(image)
    excess = image.width * image.height / limit_px
    # Scaling with transparency takes a premultiplied copy: there the whole-numbered step does all of it.
    factor = 1 if excess <= 1 else (math.ceil if mode in ("LA", "RGBA") else math.floor)(excess**0.5)
    if convert or factor > 1:
        image = _in_bands(image, mode, convert, factor)
    excess = image.width * image.height / limit_px
    if excess > 1:
        size = max(1, int(image.width / excess**0.5)), max(1, int(image.height / excess**0.5))
        info = image.info
        image = image.resize(size, Pillow.Resampling.LANCZOS)
        image.info = info
    return image


def to_picture(image: Image, name: str, events: EventSink) -> Picture:
    """Return a picture in one of the modes of `to_eight_bits` as sRGB, by its own colour profile if it has one."""
    alpha: NDArray[np.uint8] | None = None
    profile = image.info.get("icc_profile")
    if image.mode in ("LA", "RGBA"):
        alpha = np.array(image.getchannel("A"))
        if alpha.min() == 255:
            alpha = None
        info = image.info
        image = _without_alpha(image)
        image.info = info
    if profile:
        image = _by_profile(image, profile, name, events)
    rgb = image if image.mode == "RGB" else image.convert("RGB")
    return Picture(np.array(rgb), alpha)


def _without_alpha(image: Image) -> Image:
    """Drop the alpha, and leave the colours as they are (``convert`` would do so too, but not say it)."""
    bands = image.split()[:-1]
    return bands[0] if len(bands) == 1 else Pillow.merge("RGB", bands)


def _conversion(image: Image) -> tuple[str, Conversion | None]:
    """Return the mode of 8 bits that a picture is converted to, and how; None when it has it already."""
    mode = image.mode
    if mode.startswith("I;16"):
        return "L", _scaled(0, 65535)
    if mode in ("I", "F"):
        return "L", _scaled(*_grey_range(image))
    wanted = _WANTED_MODES.get(mode, "RGB")
    if "transparency" in image.info:
        # A palette with transparent entries, or one colour of a PNG that is named as transparent.
        wanted = "LA" if mode in ("1", "L") else "RGBA"
    return wanted, None if wanted == mode else _to(wanted)


def _to(mode: str) -> Conversion:
    return lambda part: part.convert(mode)


def _grey_range(image: Image) -> tuple[float, float]:
    """Return what is black and what is white in grey of 32 bits."""
    low, high = image.getextrema()
    low, high = float(low), float(high)  # type: ignore[arg-type]
    for white in (1.0, 255.0, 65535.0) if image.mode == "F" else (255.0, 65535.0):
        if low >= 0 and high <= white:
            return 0.0, white
    return low, high


def _scaled(black: float, white: float) -> Conversion:
    """Return a conversion of grey that takes `black` to 0 and `white` to 255."""

    def convert(part: Image) -> Image:
        grey = np.asarray(part).astype(np.float32)
        grey = np.nan_to_num((grey - black) * (255 / max(white - black, 1e-12)))
        return Pillow.fromarray(np.clip(np.rint(grey), 0, 255).astype(np.uint8))

    return convert


def _in_bands(image: Image, mode: str, convert: Conversion | None, factor: int) -> Image:
    """Convert a picture, and scale it down by a whole number, some rows at a time."""
    width, height = image.size
    out = Pillow.new(mode, (math.ceil(width / factor), math.ceil(height / factor)))
    rows = max(1, _BAND_PX // (width * factor)) * factor
    for top in range(0, height, rows):
        band = image.crop((0, top, width, min(height, top + rows)))
        if convert:
            band = convert(band)
        out.paste(band.reduce(factor) if factor > 1 else band, (0, top // factor))
    out.info = {key: value for key, value in image.info.items() if key != "transparency"}
    return out


def _by_profile(image: Image, profile: bytes, name: str, events: EventSink) -> Image:
    """Convert a picture from its own profile to sRGB; one that makes no sense is passed over."""
    from PIL import ImageCms

    if len(profile) > _PROFILE_LIMIT_BYTES:
        events(Note(f"The colour profile of {name} is too large and was passed over."))
        return image
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if source.profile.xcolor_space.strip() not in _PROFILE_SPACES[image.mode]:
            # Common and harmless: a grey JPEG that kept the RGB profile of its original.
            return image
        if "srgb" in (source.profile.profile_description or "").lower():
            return image
        converted = ImageCms.profileToProfile(
            image, source, ImageCms.createProfile("sRGB"), ImageCms.Intent.RELATIVE_COLORIMETRIC, "RGB",
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )  # fmt: skip
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError) as error:
        events(Note(f"The colour profile of {name} cannot be used and was passed over ({error})."))
        return image
    return converted if converted is not None else image
