"""A folder of layers: PNG pictures of one size, taken for pieces by their names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.drawn.own.names import NAMES, SHAPES, Tag, read_name, words_of
from phonoscope.avatars.drawn.own.pieces import OwnDrawing, Piece, scaled, with_true_sides
from phonoscope.avatars.drawn.own.settings import FILE_NAME, Settings
from phonoscope.avatars.drawn.own.shapes import naming_of
from phonoscope.avatars.drawn.own.states import is_whole, whole_pieces
from phonoscope.avatars.drawn.puppet import Role
from phonoscope.avatars.drawn.svg.rasterising import cut_to_marks, premultiplied
from phonoscope.core.errors import InputError
from phonoscope.core.suggesting import did_you_mean

if TYPE_CHECKING:
    from phonoscope.core.frames import Picture

KINDS = {".png": "PNG", ".webp": "WEBP"}
"""Pictures that may be transparent, by suffix."""

MOST_LAYERS = 80
MOST_BYTES = 32 << 20
"""Of one layer's file."""

LARGEST_PX = 16_000_000
"""Pixels of a layer: 4000 x 4000, twice what the largest video shows."""

MOST_PX = 400_000_000
"""Pixels of all layers together."""

OPAQUE = 255

PIXEL_ART_PX = 160
"""Layers whose longer side is at most this are pixel art, and keep their pixels square."""

PAINTED_IN_ORDER = (
    Role.BACKDROP, Role.REAR_HAIR, Role.BODY, Role.EARS, Role.HEAD, Role.FACE, Role.FACIAL_HAIR, Role.MOUTH, Role.NOSE,
    Role.EYE, Role.BROW, Role.HAIR, Role.EARRINGS, Role.GLASSES, Role.HAT,
)  # fmt: skip
"""Order of painting where file names do not number it."""

_NUMBERED = re.compile(r"(\d{1,4})[\s_.\-]+(.+)|(\d{1,4})()")
_OTHERS = {".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".psd", ".svg", ".avif", ".heic", ".kra", ".xcf", ".ai"}


@dataclass(frozen=True, slots=True)
class LayerFile:
    """A file of the folder.

    Attributes
    ----------
    number
        Its place in the order of painting, as its name begins; None where it does not tell.
    stem
        Its name without number and suffix.
    """

    path: Path
    number: int | None
    stem: str
    tag: Tag | None


def read_own_folder(path: Path, size_px: tuple[int, int], settings: Settings) -> OwnDrawing:
    """Read a folder of layers.

    Raises
    ------
    InputError
        There are none, too many, of unequal size, or one cannot be read.
    """
    notes: list[str] = []
    files = _layer_files(path, notes)
    whole = is_whole([file.stem for file in files])
    used = [file for file in files if whole or file.tag is not None or file.number is not None] or files
    layer_px = _common_size([file.path for file in used])
    if layer_px[0] * layer_px[1] * len(used) > MOST_PX:
        raise InputError(
            f"The {len(used)} layers of '{path}' have {layer_px[0]}x{layer_px[1]} pixels, which is too much together.",
            "Scale them down; 2000 x 2000 pixels are plenty.",
        )
    pixelated = settings.pixelated if settings.pixelated is not None else max(layer_px) <= PIXEL_ART_PX
    stands = whole or any(file.tag and file.tag.role is Role.BODY for file in files)
    fit = _Fit.of(layer_px, size_px, stands, pixelated)
    if whole:
        pieces = whole_pieces({file.stem: fit.placed(_pixels(file.path)) for file in files}, size_px, notes.append)
    else:
        pieces = tuple(_pieces(files, fit, notes))
    if not pieces:
        raise InputError(f"All layers of '{path}' are clear.", "Export them with their content visible.")
    return OwnDrawing(
        pieces=with_true_sides(pieces, notes.append),
        size_px=size_px,
        to_px=(fit.scale, float(fit.x_px), float(fit.y_px)),
        names=tuple(file.path.name for file in files),
        notes=tuple(notes),
        wholes=whole,
    )


def _layer_files(path: Path, notes: list[str]) -> list[LayerFile]:
    """Return the folder's layers in the order of painting."""
    found, root = [], path.resolve()
    try:
        entries = sorted(path.iterdir())
    except OSError as error:
        raise InputError(
            f"Cannot read the folder '{path}': {error.strerror or error}.", "Check who may read it."
        ) from error
    for entry in entries:
        if entry.name.startswith((".", "_")) or entry.name == FILE_NAME:
            continue
        if entry.suffix.lower() not in KINDS:
            if entry.suffix.lower() in _OTHERS:
                notes.append(f"{entry.name} was not used: layers are PNG or WebP pictures.")
            continue
        if not entry.resolve().is_relative_to(root):
            raise InputError(f"'{entry}' leads out of its folder.", "Put the picture itself there.")
        if not entry.is_file():
            raise InputError(f"'{entry}' is not an ordinary file.", "Put the picture itself there.")
        found.append(_layer_file(entry))
    if not found:
        raise InputError(
            f"The folder '{path}' holds no PNG layers.{' ' + notes[0] if notes else ''}",
            "Export each layer as a PNG of the same size: body.png, head.png, eye-left.png, mouth.png …",
        )
    if len(found) > MOST_LAYERS:
        raise InputError(f"The folder '{path}' holds {len(found)} pictures.", f"Join layers: at most {MOST_LAYERS}.")
    return sorted(_with_letters(_without_prefix(found)), key=_order)


def _layer_file(path: Path) -> LayerFile:
    stem = path.stem
    numbered = _NUMBERED.fullmatch(stem)
    number = None
    if numbered:
        number, stem = int(numbered[1] or numbered[3]), numbered[2] or ""
    return LayerFile(path, number, stem, read_name(stem))


def _without_prefix(files: list[LayerFile]) -> list[LayerFile]:
    """Take a beginning that all names share for the character's name: ``lisa-A``, ``lisa-B`` … are A, B."""
    letters = zip(*(file.stem for file in files), strict=False)
    shared = "".join(column[0] for column in takewhile(lambda column: len(set(column)) == 1, letters))
    shared = shared[: max(shared.rfind(mark) for mark in "-_ .") + 1]
    if len(files) < 2 or not shared or any(file.tag for file in files):
        return files
    shorter = [file.stem.removeprefix(shared) for file in files]
    return [LayerFile(file.path, file.number, stem, read_name(stem)) for file, stem in zip(files, shorter, strict=True)]


def _with_letters(files: list[LayerFile]) -> list[LayerFile]:
    """Take ``A.png`` … ``X.png`` for mouth shapes where there are several such."""
    letters = [file for file in files if file.tag is None and "-".join(words_of(file.stem)) in SHAPES]
    if not naming_of("-".join(words_of(file.stem)) for file in letters):
        return files
    return [
        LayerFile(file.path, file.number, file.stem, read_name(file.stem, in_mouth=True)) if file in letters else file
        for file in files
    ]


def _order(file: LayerFile) -> tuple[int, int, str]:
    role = PAINTED_IN_ORDER.index(file.tag.role) if file.tag else len(PAINTED_IN_ORDER)
    pupil = int(file.tag is not None and file.tag.part == "pupil")
    return (1 << 16 if file.number is None else file.number), 2 * role + pupil, file.stem


def _common_size(paths: list[Path]) -> tuple[int, int]:
    first = _declared_size(paths[0])
    for path in paths[1:]:
        size = _declared_size(path)
        if size != first:
            raise InputError(
                f"The layers are not of one size: {paths[0].name} has {first[0]}x{first[1]} pixels, "
                f"{path.name} {size[0]}x{size[1]}.",
                "Export all layers at the size of the whole picture, not cut to their content.",
            )
    return first


def _declared_size(path: Path) -> tuple[int, int]:
    """Return a picture's size without decoding it."""
    from PIL import Image, UnidentifiedImageError

    kind = KINDS[path.suffix.lower()]
    try:
        if path.stat().st_size > MOST_BYTES:
            raise InputError(f"'{path}' is larger than {MOST_BYTES >> 20} MiB.", "Scale it down.")
        with Image.open(path, formats=("PNG", "WEBP")) as image:
            size = image.size
    except (UnidentifiedImageError, SyntaxError, ValueError, OSError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"'{path}' is no readable {kind} picture.", "Export it again.") from None
    except Image.DecompressionBombError:
        raise InputError(f"'{path}' is far too large.", "Scale it down; 2000 x 2000 pixels are plenty.") from None
    if size[0] * size[1] > LARGEST_PX:
        raise InputError(
            f"'{path}' has {size[0]}x{size[1]} pixels.", "Scale the layers down; 2000 x 2000 pixels are plenty."
        )
    return size


def _pixels(path: Path) -> NDArray[np.uint8]:
    """Return a layer, premultiplied."""
    from phonoscope.media.pictures import load_picture

    picture: Picture = load_picture(path)
    if picture.alpha is None:
        return np.dstack([picture.rgb, np.full(picture.rgb.shape[:2], 255, np.uint8)])
    rgba = np.zeros((*picture.alpha.shape, 4), np.uint8)
    columns, rows = np.flatnonzero(picture.alpha.any(0)), np.flatnonzero(picture.alpha.any(1))
    if len(columns):
        place = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        rgba[place] = premultiplied(np.dstack([picture.rgb[place], picture.alpha[place]]))
    return rgba


@dataclass(frozen=True, slots=True)
class _Fit:
    """How layers lie on the canvas."""

    scale: float
    x_px: int
    y_px: int
    drawn_px: tuple[int, int]
    pixelated: bool

    @staticmethod
    def of(layer_px: tuple[int, int], size_px: tuple[int, int], stands: bool, pixelated: bool) -> _Fit:
        """Fit layers whole into the canvas; with a body they stand on its lower edge."""
        scale = min(size_px[0] / layer_px[0], size_px[1] / layer_px[1])
        drawn = max(1, round(scale * layer_px[0])), max(1, round(scale * layer_px[1]))
        spare = size_px[1] - drawn[1]
        return _Fit(scale, (size_px[0] - drawn[0]) // 2, spare if stands else spare // 2, drawn, pixelated)

    def placed(self, rgba: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], int, int]:
        """Return a layer at its size on the canvas, and where its corner lies."""
        return scaled(rgba, self.drawn_px, self.pixelated), self.x_px, self.y_px


def _pieces(files: list[LayerFile], fit: _Fit, notes: list[str]) -> list[Piece]:
    pieces: list[Piece] = []
    for file in files:
        if file.tag is None and file.number is None:
            notes.append(
                f"{file.path.name} was not used: its name tells nothing that is known."
                f"{did_you_mean(file.stem, (*NAMES, 'eye-left', 'eye-right', 'mouth-open', 'mouth-closed'))}"
            )
            continue
        pixels = _pixels(file.path)
        if pieces and pixels[:, :, 3].min() == OPAQUE:
            notes.append(f"{file.path.name} has no clear pixels, so it hides all that is painted before it.")
        sprite = cut_to_marks(*fit.placed(pixels))
        if sprite is None:
            notes.append(f"{file.path.name} is clear, and was not used.")
        elif not (file.tag and file.tag.part == "other-view"):
            pieces.append(Piece(file.path.name, file.tag, sprite))
    return pieces
