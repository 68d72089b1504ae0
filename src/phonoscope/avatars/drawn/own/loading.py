"""From somebody's SVG or folder of layers to a puppet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from phonoscope.avatars.drawn.own.eye_looks import eye_looks
from phonoscope.avatars.drawn.own.folder import read_own_folder
from phonoscope.avatars.drawn.own.heads import head_build
from phonoscope.avatars.drawn.own.mouths import mouth_look, mouth_pictures
from phonoscope.avatars.drawn.own.names import Tag, read_name
from phonoscope.avatars.drawn.own.pieces import OwnDrawing, Piece, box_of, merged
from phonoscope.avatars.drawn.own.settings import Settings, read_settings
from phonoscope.avatars.drawn.own.svg_pieces import read_own_svg
from phonoscope.avatars.drawn.puppet import Build, Layer, Puppet, Role, Side
from phonoscope.avatars.drawn.styles.building import halves
from phonoscope.core.errors import InputError, UsageError
from phonoscope.core.suggesting import near_names

SVG_SUFFIXES = frozenset({".svg", ".svgz"})

COVERS = 0.9
"""Share of the canvas's sides from which on a piece without a name, painted first, is a backdrop."""

MOST_NAMED = 12
"""Names that a message lists."""

SMALLEST_PX, LARGEST_PX = 16, 4096
"""Sides of the canvas."""


@dataclass(frozen=True, slots=True, eq=False)
class OwnAvatar:
    """Somebody's avatar, and how it came about.

    Attributes
    ----------
    drawing
        Its pieces, each with a role.
    head_found
        A head is drawn apart; else its place was guessed.
    """

    puppet: Puppet
    drawing: OwnDrawing
    settings: Settings
    head_found: bool


def load_own(path: Path, size_px: tuple[int, int] = (1080, 1080)) -> Puppet:
    """Make a puppet of an SVG file with named groups, or of a folder of PNG layers.

    Raises
    ------
    UsageError, InputError
        There is no such drawing, it is not safe, not sound, or has no mouth; the message tells which.
    """
    return load_with_findings(path, size_px).puppet


def load_with_findings(path: Path, size_px: tuple[int, int] = (1080, 1080)) -> OwnAvatar:
    """Make a puppet as `load_own` does, and tell what it was made from."""
    path = Path(path)
    if not all(SMALLEST_PX <= side <= LARGEST_PX and side % 2 == 0 for side in size_px):
        raise UsageError(
            f"Avatars cannot be drawn at {size_px[0]}x{size_px[1]} pixels.",
            f"Take even sides of {SMALLEST_PX} to {LARGEST_PX} pixels.",
        )
    if not path.exists():
        raise InputError(f"There is no '{path}'.", "Give an SVG file, or a folder of PNG layers.")
    if not path.is_dir() and not path.is_file():
        # A named pipe would let us wait for ever.
        raise InputError(f"'{path}' is not an ordinary file.", "Give an SVG file, or a folder of PNG layers.")
    settings = read_settings(path)
    if path.is_dir():
        drawing = read_own_folder(path, size_px, settings)
    elif path.suffix.lower() in SVG_SUFFIXES:
        drawing = read_own_svg(path, size_px)
    else:
        raise InputError(f"'{path}' is no SVG file and no folder.", "Give an SVG file, or a folder of PNG layers.")
    return _assembled(path, _with_roles(drawing), settings)


def _assembled(path: Path, drawing: OwnDrawing, settings: Settings) -> OwnAvatar:
    whole = drawing.wholes
    build, head_found = head_build(drawing, settings, whole)
    mouth = mouth_pictures(drawing) or mouth_look(drawing, build, settings)
    if mouth is None:
        raise _no_mouth(path, drawing)
    eyes = eye_looks(drawing, settings)
    puppet = Puppet(
        size_px=drawing.size_px,
        layers=_layers(drawing, tuple(eye.side for eye in eyes), build),
        mouth=mouth,
        eyes=eyes,
        build=build,
        credit=settings.credit,
    )
    if settings.background is not None:
        puppet = replace(puppet, background=settings.background)
    return OwnAvatar(puppet, drawing, settings, head_found)


def _no_mouth(path: Path, drawing: OwnDrawing) -> InputError:
    kind = "layer" if path.is_dir() else "group"
    names = drawing.names
    tags = [(name, read_name(Path(name).stem if path.is_dir() else name)) for name in names]
    blank = next((name for name, tag in tags if tag is not None and tag.role is Role.MOUTH), None)
    if blank is not None:
        return InputError(
            f"The {kind} '{blank[:30]}' of '{path}' shows nothing: it is empty, clear or hidden.",
            "Draw the mouth there, and let it be seen.",
        )
    listed = ", ".join(name[:30] for name in names[:MOST_NAMED]) + (" …" if len(names) > MOST_NAMED else "")
    near = [
        name for name in names if read_name(Path(name).stem) is None and near_names(Path(name).stem, ("mouth", "lips"))
    ]
    hint = f" Is '{near[0][:30]}' it?" if near else ""
    return InputError(
        f"'{path}' has no {kind} named 'mouth'; its {kind}s are: {listed or 'without names'}.",
        f"Name the {kind} that shows the mouth 'mouth'.{hint}",
    )


def _with_roles(drawing: OwnDrawing) -> OwnDrawing:
    """Give a role to every piece: what has no name goes with what it was drawn next to."""
    has_head = bool(drawing.of(Role.HEAD))
    has_body = bool(drawing.of(Role.BODY))
    head = box_of(piece.sprite for piece in drawing.of(Role.HEAD))
    first_head = next(
        (n for n, p in enumerate(drawing.pieces) if p.tag and p.tag.role is Role.HEAD), len(drawing.pieces)
    )
    pieces, unnamed = [], 0
    for number, piece in enumerate(drawing.pieces):
        tag = piece.tag
        if tag is None:
            unnamed += 1
            tag = Tag(_guessed(piece, number, first_head, has_body, head, drawing.size_px))
        elif tag.role is Role.FACE and not has_head:
            tag = replace(tag, role=Role.HEAD)
        elif tag.role is Role.HAIR and number < first_head < len(drawing.pieces):
            tag = replace(tag, role=Role.REAR_HAIR)
        pieces.append(replace(piece, tag=tag))
    notes = drawing.notes
    if unnamed:
        notes += (f"{unnamed} pieces have no name that is known: they go with what they were drawn next to.",)
    return replace(drawing, pieces=tuple(pieces), notes=notes)


def _guessed(
    piece: Piece,
    number: int,
    first_head: int,
    has_body: bool,
    head: tuple[int, int, int, int] | None,
    size_px: tuple[int, int],
) -> Role:
    """Return the role of a piece without a name."""
    width, height = piece.sprite.size_px
    if number == 0 and min(width / size_px[0], height / size_px[1]) >= COVERS:
        return Role.BACKDROP
    if head is None:
        return Role.HEAD
    x, y = piece.sprite.x + width / 2, piece.sprite.y + height / 2
    if number > first_head and head[0] <= x <= head[2] and y <= head[3]:
        return Role.FACE
    if y < head[3] and number > first_head:
        return Role.HEAD
    return Role.BODY if has_body or y > head[3] else Role.REAR_HAIR


def _layers(drawing: OwnDrawing, eye_sides: tuple[Side, ...], build: Build) -> tuple[Layer, ...]:
    """Return the layers in the order of painting, with a place for each eye and one for the mouth."""
    layers: list[Layer] = []
    run: list[Piece] = []
    places: set[tuple[Role, Side]] = set()
    for piece in (*drawing.pieces, None):
        if run and (piece is None or _kind(piece) != _kind(run[0])):
            layers.extend(_layers_of(run, build))
            run = []
        if piece is None or piece.tag is None:
            continue
        if piece.tag.role is Role.MOUTH:
            _place(layers, places, Role.MOUTH, ("",))
        elif piece.tag.role is Role.EYE:
            if piece.tag.part != "shut":
                sides = (piece.tag.side,) if piece.tag.side in eye_sides else eye_sides
                _place(layers, places, Role.EYE, sides)
        else:
            run.append(piece)
    return tuple(layers)


def _kind(piece: Piece) -> tuple[Role | None, Side]:
    return (None, "") if piece.tag is None else (piece.tag.role, piece.tag.side)


def _place(layers: list[Layer], places: set[tuple[Role, Side]], role: Role, sides: tuple[Side, ...]) -> None:
    for side in sides:
        if (role, side) not in places:
            places.add((role, side))
            layers.append(Layer(role, None, side))


def _layers_of(run: list[Piece], build: Build) -> list[Layer]:
    """Return one layer of pieces that move alike; a pair of brows in one piece is two."""
    sprite = merged(piece.sprite for piece in run)
    tag = run[0].tag
    if sprite is None or tag is None:
        return []
    if tag.role is Role.BROW and not tag.side:
        left, right = halves(sprite, build.centre_px[0])
        return [Layer(Role.BROW, left, "left")] * (left is not None) + [Layer(Role.BROW, right, "right")] * (
            right is not None
        )
    return [Layer(tag.role, sprite, tag.side)]
