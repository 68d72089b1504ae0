"""What was found in somebody's own drawing, what each part will do, and what a missing one costs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.drawn.own.loading import OwnAvatar, load_with_findings
from phonoscope.avatars.drawn.own.names import CLOSED, OPEN
from phonoscope.avatars.drawn.own.pieces import Piece
from phonoscope.avatars.drawn.own.shapes import choose_pictures, naming_of
from phonoscope.avatars.drawn.puppet import MOUTH_SHAPES, MouthPictures, Puppet, Role
from phonoscope.core.performance import Pose, pose

SHEET_PX = 360
"""Side of one picture of the sheet."""

POSES: dict[str, Pose] = {
    "at rest": pose(),
    "aa": pose(jawOpen=0.6, lipGap=0.08),
    "oo": pose(mouthFunnel=0.8, mouthPucker=0.9, lipGap=0.02),
    "p, b, m": pose(mouthPressLeft=0.5, mouthPressRight=0.5),
    "f, v": pose(mouthRollLower=0.9, lipGap=0.006),
    "blink": pose(eyeBlinkLeft=1, eyeBlinkRight=1),
    "looking aside": pose(eyeLookInLeft=0.9, eyeLookOutRight=0.9),
    "happy": pose(mouthSmileLeft=0.8, mouthSmileRight=0.8, cheekSquintLeft=0.5, cheekSquintRight=0.5, browInnerUp=0.5),
    "turned": pose((20, 4, 5, 0, 0)),
    "turned away": pose((-20, -4, -5, 0, 0)),
}
"""What the sheet shows."""


class State(StrEnum):
    """How much of a part is there."""

    FOUND = "found"
    GUESSED = "guessed"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class PartFinding:
    """One part.

    Attributes
    ----------
    part
        ``mouth``, ``eyes``, ``head`` …
    names
        The groups or layers that show it.
    does
        What it will do; what its absence costs where it is missing.
    advice
        What to add; empty where nothing is wanting.
    """

    part: str
    state: State
    names: tuple[str, ...]
    does: str
    advice: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class OwnReport:
    """What was found in a drawing.

    Attributes
    ----------
    parts
        Mouth, eyes, gaze, blinks, brows, head, body, then what else is drawn.
    notes
        What was left out or guessed, in sentences.
    puppet
        What it becomes.
    """

    path: Path
    parts: tuple[PartFinding, ...]
    notes: tuple[str, ...]
    puppet: Puppet

    def __getitem__(self, part: str) -> PartFinding:
        return next(finding for finding in self.parts if finding.part == part)


def check_own(path: Path, size_px: tuple[int, int] = (1080, 1080)) -> OwnReport:
    """Look through an SVG or a folder of layers.

    Raises
    ------
    UsageError, InputError
        It cannot be an avatar; as `load_own`.
    """
    own = load_with_findings(Path(path), size_px)
    parts = (_mouth(own), _eyes(own), _gaze(own), _blinks(own), _brows(own), _head(own), _body(own), *_others(own))
    notes = own.drawing.notes
    if own.drawing.wholes:
        parts = tuple(replace(part, advice="") for part in parts)
        notes += ("These are pictures of the whole character: mouth and eyes change. Separate layers move more.",)
    return OwnReport(Path(path), parts, notes, own.puppet)


def draw_poses(puppet: Puppet) -> NDArray[np.uint8]:
    """Draw a sheet of poses with their names; RGB, uint8, shape (height, width, 3)."""
    from PIL import Image, ImageDraw, ImageFont

    from phonoscope.avatars.drawn.avatar import DrawnAvatar

    avatar = DrawnAvatar(puppet)
    columns, label_px = 5, 24
    width, height = SHEET_PX, round(SHEET_PX * puppet.size_px[1] / puppet.size_px[0])
    rows = -(-len(POSES) // columns)
    sheet = Image.new("RGB", (columns * width, rows * (height + label_px)), "#ffffff")
    pen, font = ImageDraw.Draw(sheet), ImageFont.load_default(15)
    for number, (name, posed) in enumerate(POSES.items()):
        x, y = number % columns * width, number // columns * (height + label_px)
        drawn = Image.fromarray(avatar.draw(posed)[:, :, :3])
        sheet.paste(drawn.resize((width, height), Image.Resampling.LANCZOS), (x, y))
        pen.text((x + width / 2, y + height + 3), name, "#30343a", font, anchor="ma")
    return np.asarray(sheet)


def _names(pieces: Iterable[Piece]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(piece.name for piece in pieces if piece.name))


def _of(own: OwnAvatar, role: Role, part: str | None = None) -> tuple[Piece, ...]:
    return tuple(
        piece
        for piece in own.drawing.pieces
        if piece.tag and piece.tag.role is role and (part is None or piece.tag.part == part)
    )


def _mouth(own: OwnAvatar) -> PartFinding:
    pieces = _of(own, Role.MOUTH)
    mouth = own.puppet.mouth
    if isinstance(mouth, MouthPictures):
        drawn = {piece.tag.shape for piece in pieces if piece.tag and piece.tag.shape}
        chosen = choose_pictures(drawn)
        naming = naming_of(drawn)
        if naming == "PNGTuber":
            return PartFinding("mouth", State.FOUND, _names(pieces), "Two pictures: it opens and shuts in speech.")
        lent = [shape for shape in MOUTH_SHAPES if naming == "Rhubarb" and chosen[shape] != shape.lower()]
        unused = sorted(drawn - set(chosen.values()) - set(OPEN) - set(CLOSED))
        advice = f"Not drawn, the nearest stands in: {', '.join(lent)}." if lent else ""
        advice += f" Not used in speech: {', '.join(unused)}." if unused else ""
        count = len(set(chosen.values()))
        return PartFinding(
            "mouth", State.FOUND, _names(pieces), f"{count} pictures, named as {naming}'s.", advice.strip()
        )
    kind = "" if mouth is None else {"line": "a line", "lips": "lips", "shape": "a shape"}[mouth.kind]
    return PartFinding("mouth", State.FOUND, _names(pieces), f"Drawn anew in each frame, after this one: {kind}.")


def _eyes(own: OwnAvatar) -> PartFinding:
    eyes = own.puppet.eyes
    if not eyes:
        return PartFinding(
            "eyes", State.MISSING, (), "It neither blinks nor looks.", "Name groups 'eye-left' and 'eye-right'."
        )
    return PartFinding(
        "eyes", State.FOUND, _names(_of(own, Role.EYE, "")), "Two eyes." if len(eyes) > 1 else "One eye."
    )


def _gaze(own: OwnAvatar) -> PartFinding:
    eyes = own.puppet.eyes
    named = _names(_of(own, Role.EYE, "pupil"))
    if eyes and all(eye.pupil is not None for eye in eyes):
        state = State.FOUND if named else State.GUESSED
        return PartFinding("gaze", state, named, "Pupils move within the eyes.")
    if not eyes:
        return PartFinding("gaze", State.MISSING, (), "It looks straight ahead.")
    return PartFinding(
        "gaze", State.MISSING, (), "Eyes hardly move to look.", "Name the pupils 'pupil-left' and 'pupil-right'."
    )


_BLINKS = {
    "lid": "A lid in the colour of the skin comes down.",
    "squash": "Eyes grow flat to a line.",
    "swap": "The pictures of shut eyes take their place.",
    "none": "Eyes stay open.",
}


def _blinks(own: OwnAvatar) -> PartFinding:
    if not own.puppet.eyes:
        return PartFinding("blinks", State.MISSING, (), "It does not blink.")
    kinds = {eye.blink for eye in own.puppet.eyes}
    named = _names(_of(own, Role.EYE, "shut"))
    does = " ".join(_BLINKS[kind] for kind in sorted(kinds))
    if named:
        return PartFinding("blinks", State.FOUND, named, does)
    advice = "Draw shut eyes 'blink-left' and 'blink-right' for a blink of their own."
    return PartFinding("blinks", State.GUESSED, (), does, advice)


def _brows(own: OwnAvatar) -> PartFinding:
    pieces = _of(own, Role.BROW)
    if pieces:
        return PartFinding("brows", State.FOUND, _names(pieces), "They rise and frown.")
    return PartFinding(
        "brows",
        State.MISSING,
        (),
        "Surprise and anger show in the mouth only.",
        "Name groups 'brow-left', 'brow-right'.",
    )


def _head(own: OwnAvatar) -> PartFinding:
    build = own.puppet.build
    size = f"{build.face_height_px:.0f} pixels from crown to chin"
    if own.settings.crown and own.settings.chin:
        return PartFinding("head", State.FOUND, _names(_of(own, Role.HEAD)), f"{size}, as told.")
    if own.head_found:
        return PartFinding("head", State.FOUND, _names(_of(own, Role.HEAD)), f"{size}. It turns, nods and tilts.")
    return PartFinding(
        "head",
        State.GUESSED,
        (),
        f"{size}, guessed from eyes and mouth.",
        "Name a group 'head', or tell crown and chin.",
    )


def _body(own: OwnAvatar) -> PartFinding:
    pieces = _of(own, Role.BODY)
    if pieces:
        return PartFinding("body", State.FOUND, _names(pieces), "It breathes; the head turns on it.")
    if not own.puppet.build.floats:
        return PartFinding(
            "body", State.GUESSED, (), "What reaches the lower edge stands there; the head turns above it."
        )
    return PartFinding("body", State.MISSING, (), "The whole character moves with the head.")


_OTHERS = {
    Role.BACKDROP: "Stands still behind everything; left out where the character is cut out.",
    Role.REAR_HAIR: "Behind the head; sways.",
    Role.HAIR: "Before the head; sways.",
    Role.FACE: "Lies on the face.",
    Role.NOSE: "Lies nearest to the viewer.",
    Role.EARS: "At the sides of the head.",
    Role.EARRINGS: "They dangle.",
    Role.FACIAL_HAIR: "Follows the jaw.",
    Role.GLASSES: "Lie before the eyes.",
    Role.HAT: "On the head.",
}


def _others(own: OwnAvatar) -> tuple[PartFinding, ...]:
    found = []
    for role, does in _OTHERS.items():
        pieces = _of(own, role)
        if pieces:
            found.append(
                PartFinding(role.value, State.FOUND if _names(pieces) else State.GUESSED, _names(pieces), does)
            )
    return tuple(found)
