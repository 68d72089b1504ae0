"""The photo avatar: one frame, step by step."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.drawing.surface import FrameSurface, RgbSurface, Surface
from phonoscope.avatars.photo.drawing.warp import LOWER, UPPER, Warp, WarpSolver
from phonoscope.avatars.photo.eyes.eyes import Eye, paint_eye
from phonoscope.avatars.photo.eyes.state import read_eye_states
from phonoscope.avatars.photo.finding.face_frame import FaceFrame
from phonoscope.avatars.photo.finding.faces import Face
from phonoscope.avatars.photo.lips.line import LipLine
from phonoscope.avatars.photo.motion.controls import Controls, read_controls
from phonoscope.avatars.photo.motion.fields import FIELDS
from phonoscope.avatars.photo.motion.lattice import Lattice
from phonoscope.avatars.photo.motion.lip_closing import gapes_by
from phonoscope.avatars.photo.motion.mouth_motion import MouthMotion, move_mouth
from phonoscope.avatars.photo.mouth import compositor
from phonoscope.avatars.photo.mouth.box import MouthBox
from phonoscope.avatars.photo.mouth.drawn import DrawnMouth, exaggerated
from phonoscope.avatars.photo.mouth.drawn_painting import paint_drawn_mouth, round_outline
from phonoscope.avatars.photo.mouth.interior import Interior, lip_skin
from phonoscope.avatars.photo.mouth.state import MouthState, mouth_look, moved_from, place_planes
from phonoscope.avatars.photo.skin.relighting import Relighting
from phonoscope.core.frames import Box, Picture, VideoFrame
from phonoscope.core.performance import Pose

RESTS_OPEN = 0.02
"""Photographed opening, in face heights, that is too wide to return to in a short pause: the mouth would be on its way
all the time."""

MOUTH_MARGIN = 0.03
"""Pixels around the moved lip line that the compositor redraws, in face heights."""

GAPING_MARGIN = 0.10
"""How many more around lips that were photographed wide open, and whose red has been reshaped."""


DRAWN_PLACES = np.sin(np.linspace(-0.5, 0.5, 41) * np.pi)
"""Where along the mouth the outline of a drawn one is laid: closer at its corners."""


@dataclass(frozen=True, slots=True, eq=False)
class Rig:
    """All that is known about a photographed face.

    Attributes
    ----------
    picture, face
        The photo, with `alpha` where it has been cut out, and the face in it that acts.
    frame, lips, solver
        Its coordinates, its mouth, and how it moves.
    interior, mouth_box, eyes
        What its mouth and its lids uncover.
    skin
        How the light on its skin answers.
    drawn
        Its mouth where that is a drawn line, which then takes the place of `interior`.
    """

    picture: Picture
    face: Face
    frame: FaceFrame
    lips: LipLine
    solver: WarpSolver
    interior: Interior
    mouth_box: MouthBox
    eyes: tuple[Eye | None, ...]
    skin: Relighting
    drawn: DrawnMouth | None = None


class PhotoAvatar:
    """A photo that acts, with one face or several: an `Avatar`.

    Not for two threads at a time: frames are drawn in place.

    Parameters
    ----------
    rigs
        The faces that act, all of the same picture.
    """

    def __init__(self, *rigs: Rig) -> None:
        self.rigs = rigs
        self._rgb: RgbSurface | None = None
        self._frame: FrameSurface | None = None

    @property
    def size_px(self) -> tuple[int, int]:
        """(width, height)."""
        return self.rigs[0].picture.size_px

    @property
    def picture(self) -> Picture:
        """The photo as it is drawn at rest, with `alpha` where it has been cut out."""
        return self.rigs[0].picture

    @property
    def rests_open(self) -> tuple[bool, ...]:
        """For each face: its photographed mouth stands open, as in a smile with teeth."""
        return tuple(not rig.lips.closed and rig.lips.opening > RESTS_OPEN for rig in self.rigs)

    def draw(self, *poses: Pose) -> NDArray[np.uint8]:
        """Return a pose of each face as a new RGBA image, uint8, shape (height, width, 4), opaque where not cut out."""
        if self._rgb is None:
            self._rgb = RgbSurface(self.rigs[0].picture, self._lattices())
        draw_poses(self.rigs, poses, self._rgb)
        rgba = np.asarray(cv2.cvtColor(self._rgb.rgb, cv2.COLOR_RGB2RGBA), np.uint8)
        if self._rgb.alpha is not None:
            rgba[..., 3] = self._rgb.alpha
        return rgba

    def draw_frame(self, *poses: Pose) -> VideoFrame:
        """Draw a pose of each face in the encoder's layout, into a frame that the next call overwrites."""
        if self._frame is None:
            self._frame = FrameSurface(self.rigs[0].picture, self._lattices())
        draw_poses(self.rigs, poses, self._frame)
        return self._frame.frame

    def _lattices(self) -> tuple[Lattice, ...]:
        return tuple(rig.solver.lattice for rig in self.rigs)


def draw_poses(rigs: tuple[Rig, ...], poses: tuple[Pose, ...], surface: Surface) -> None:
    """Draw one frame: all eyes into the photo, then each face's part of the photo warped, and its mouth on top."""
    surface.begin()
    controls = [read_controls(pose) for pose in poses]
    for rig, control in zip(rigs, controls, strict=True):
        _paint_eyes(rig.eyes, control, surface)
    for face, (rig, control, pose) in enumerate(zip(rigs, controls, poses, strict=True)):
        _draw_face(rig, face, control, pose, surface)


def _draw_face(rig: Rig, face: int, controls: Controls, pose: Pose, surface: Surface) -> None:
    """Draw the part of the photo that follows one face."""
    if rig.drawn is not None:
        controls = exaggerated(controls)
    mouth = move_mouth(controls, rig.lips)
    head = rig.solver.motion.movement(np.nan_to_num(pose.head))
    warp = rig.solver.solve(mouth.weights, head, controls.breath, (controls.sway_x, controls.sway_y))
    surface.warp(face, warp)
    if mouth.is_drawn:
        state = _mouth_state(controls, mouth)
        if rig.drawn is not None:
            surface.paste(*_compose_drawn_mouth(rig, rig.drawn, state, warp))
        else:
            surface.paste(*_compose_mouth(rig, state, head, warp))
    shade = rig.skin.gain(controls, warp)
    if shade is not None:
        surface.shade(*shade)


def _paint_eyes(eyes: tuple[Eye | None, ...], controls: Controls, surface: Surface) -> None:
    for eye, state in zip(eyes, read_eye_states(controls), strict=True):
        if eye is not None and not state.is_at_rest:
            patch = np.empty((eye.box.height, eye.box.width, 3), np.uint8)
            surface.paint(paint_eye(eye, state, patch), patch)


def _mouth_area(rig: Rig, warp: Warp, outline: NDArray[np.float64] | None = None) -> Box:
    """Return the cells around the moved lip line, and around a drawn mouth's outline (even on all sides)."""
    lattice, lips = rig.solver.lattice, rig.lips
    moved = _lip_edges(rig, warp, np.linspace(-1.12, 1.12, 15))
    margins = (MOUTH_MARGIN + GAPING_MARGIN * gapes_by(lips)) * rig.frame.height_px
    if rig.drawn is not None:
        margins += float(rig.drawn.line_px.max())
    if outline is not None:
        moved = np.concatenate([moved, outline], 1)
    moved = np.concatenate(moved).T
    step, box = lattice.step_px, lattice.box
    rows, columns = lattice.shape
    low = np.floor((moved.min(1) - margins - (box.x0, box.y0)) / (2 * step)).astype(int) * 2
    high = np.ceil((moved.max(1) + margins - (box.x0, box.y0)) / (2 * step)).astype(int) * 2
    least, most = np.array([0, 0]), np.array([columns, rows])
    if rig.drawn is not None:
        # Beyond its own box a drawn mouth's skin is not known.
        own = rig.mouth_box.box
        least = -(-np.array([own.x0 - box.x0, own.y0 - box.y0]) // (2 * step)) * 2
        most = np.array([own.x1 - box.x0, own.y1 - box.y0]) // (2 * step) * 2
    (left, top), (right, bottom) = np.maximum(low, least), np.minimum(high, most)
    return Box(
        box.x0 + int(left) * step, box.y0 + int(top) * step, box.x0 + int(right) * step, box.y0 + int(bottom) * step
    )


def _lip_edges(rig: Rig, warp: Warp, along: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return where places along the mouth (-1 and 1 at its corners) have moved to.

    Returns
    -------
    float64, shape (2, n, 2): x and y in pixels of the frame, of the upper and of the lower lip's edge.
    """
    lattice, lips = rig.solver.lattice, rig.lips
    depth = np.interp(along, lips.x, lips.depth)
    places = []
    for layer, line in ((UPPER, lips.upper), (LOWER, lips.lower)):
        v = np.interp(along, lips.x, line)
        x, y = rig.frame.to_picture(lips.centre_u + along * lips.half_width, v, depth)
        shift_x, shift_y = (lattice.sample(warp.forward[layer, axis], x, y) for axis in (0, 1))
        places.append(np.stack([x + shift_x, y + shift_y], -1))
    return np.stack(places)


def _mouth_state(controls: Controls, mouth: MouthMotion) -> MouthState:
    awake = 1 - controls.rest
    wide, pucker = controls.wide * awake, controls.pucker * awake
    return MouthState(
        opening=mouth.opening,
        upper_raise=-float(mouth.weights[FIELDS.index("upper")] + mouth.weights[FIELDS.index("upper_round")]),
        tongue_up=controls.tongue * awake,
        pucker=pucker,
        rounded=controls.round * awake,
        rest=controls.rest,
        moved=moved_from(mouth.lip_shift, mouth.closing, controls.jaw * awake, wide, pucker),
    )


def _compose_mouth(rig: Rig, state: MouthState, head: NDArray[np.float64], warp: Warp) -> tuple[Box, NDArray[np.uint8]]:
    """Return the pixels of the mouth's box: both layers of skin, and between them the inside."""
    box, source = _mouth_area(rig, warp), rig.mouth_box
    skin = lip_skin(rig.interior, state.moved, state.opening)
    skins, distances = [], []
    for layer, distance in ((UPPER, source.upper_distance_px), (LOWER, source.lower_distance_px)):
        skins.append(warp.read(layer, box, rig.solver.rgb_grid, skin, source.box))
        distances.append(warp.read_smooth(layer, box, distance, source.box))
    composed = np.empty((box.height, box.width, 3), np.uint8)
    compositor.compose_mouth(
        composed,
        (skins[0], skins[1]),
        (distances[0], distances[1]),
        rig.interior.layers,
        (place_planes(rig.interior, rig.frame, state, head, (box.x0, box.y0)), mouth_look(rig.interior, state)),
    )
    return box, composed


def _compose_drawn_mouth(rig: Rig, drawn: DrawnMouth, state: MouthState, warp: Warp) -> tuple[Box, NDArray[np.uint8]]:
    """Return the pixels of a drawn mouth's box: plain skin, and the mouth over it."""
    outline = round_outline(_lip_edges(rig, warp, DRAWN_PLACES), state.rounded, state.opening)
    box = _mouth_area(rig, warp, outline)
    composed = _joined_skin(rig, drawn.lip_skin(state.moved), warp, box)
    paint_drawn_mouth(composed, outline - (box.x0, box.y0), drawn.ink(state.opening, state))
    return box, composed


def _joined_skin(rig: Rig, skin: NDArray[np.uint8], warp: Warp, box: Box) -> NDArray[np.uint8]:
    """Return the pixels of `box`: the upper layer of skin down to its lip's edge, and the lower one below."""
    source, grid = rig.mouth_box, rig.solver.rgb_grid
    upper = np.clip(0.5 - warp.read_smooth(UPPER, box, source.upper_distance_px, source.box), 0, 1)
    shown, covered = upper.max(1) > 0, upper.min(1) >= 1
    # Only the rows that show a layer are read from it.
    end = int(np.flatnonzero(shown)[-1]) + 1 if shown.any() else 0
    start = int(np.argmin(covered)) if not covered.all() else box.height
    joined = np.empty((box.height, box.width, 3), np.uint8)
    joined[:end] = warp.read(UPPER, replace(box, y1=box.y0 + end), grid, skin, source.box)
    above = joined[start:end].astype(np.float32)
    joined[start:] = warp.read(LOWER, replace(box, y0=box.y0 + start), grid, skin, source.box)
    below = joined[start:end]
    below[:] = below + (above - below) * upper[start:end, :, None] + 0.5
    return joined
