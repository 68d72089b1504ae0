"""The people of a photo, cut out of it once: look, decide, find the edges, unmix the colours."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.finding.faces import Face
from phonoscope.avatars.photo.finding.finder import LandmarkFinder
from phonoscope.avatars.photo.finding.landmarks import FACE_OVAL
from phonoscope.avatars.photo.matte.deciding import decide, find_subject
from phonoscope.avatars.photo.matte.edges import find_edges
from phonoscope.avatars.photo.matte.foreground import estimate_foreground
from phonoscope.avatars.photo.matte.person_mask import Head, find_people
from phonoscope.avatars.photo.matte.wall import see_wall
from phonoscope.core.frames import Box, Picture
from phonoscope.core.pull_push import fill_in

TRANSPARENT_SHARE = 0.005
"""Share of a picture's pixels that must be transparent for it to count as cut out already."""

TRANSPARENT_BELOW = 128

IS_PERSON = 0.6
"""Least certainty, on average over a face, with which the segmenter sees somebody there; below it is not asked."""

OVAL_INSET = 0.05
"""How far inside its outline a face is surely in front, in face heights: landmarks may lie beside a cheek."""

LEAST_ISLAND_SHARE = 0.1
"""Islands smaller than this share of the largest, without a face, are things in the background."""

LARGEST_GAP = 0.12
"""Gaps narrower than this are no sight of the background, in face heights."""


def cut_out(picture: Picture, faces: Sequence[Face], finder: LandmarkFinder, bounds: Box) -> Picture:
    """Cut everybody out of a picture; whoever has no face in `faces` counts too.

    Parameters
    ----------
    picture
        A picture that is transparent somewhere is taken as cut out already.
    faces
        All its faces, at least one.
    finder
        What sees people.
    bounds
        The part of the picture that is photo; outside nobody is.

    Returns
    -------
    Picture
        Of the same size. `alpha` tells what is in front; `rgb` is the colour of that alone, and goes on beyond its
        edges, so that it can be moved without a fringe.
    """
    if picture.alpha is not None and (picture.alpha < TRANSPARENT_BELOW).mean() > TRANSPARENT_SHARE:
        return _already_cut_out(picture, picture.alpha)
    photo = Picture(np.ascontiguousarray(picture.rgb[bounds.slices]))
    face_px = float(np.median([face.size_px for face in faces]))
    mask = decide(photo.rgb, _mask(photo.rgb, faces, finder, bounds))
    mask = _without_gaps(_without_islands(mask, faces, bounds), face_px)
    mask[see_wall(photo.rgb, mask, face_px)] = 0
    alpha = find_edges(photo.rgb, _without_islands(mask, faces, bounds), face_px)
    opaque = np.zeros(picture.rgb.shape[:2], np.uint8)
    opaque[bounds.slices] = np.rint(alpha * 255)
    whole = np.zeros(opaque.shape, np.float32)
    whole[bounds.slices] = alpha
    return Picture(estimate_foreground(picture.rgb, whole, face_px), opaque)


def _already_cut_out(picture: Picture, alpha: NDArray[np.uint8]) -> Picture:
    """Return a cut-out whose colours go on where it is transparent; what is stored there is often black."""
    weight = alpha.astype(np.float32) / 255
    filled = fill_in(picture.rgb.astype(np.float32), weight)
    rgb = np.where((alpha > TRANSPARENT_BELOW)[..., None], picture.rgb, np.rint(filled).astype(np.uint8))
    return Picture(np.ascontiguousarray(rgb), alpha)


def _mask(rgb: NDArray[np.uint8], faces: Sequence[Face], finder: LandmarkFinder, bounds: Box) -> NDArray[np.float32]:
    """Return where somebody is, float32 (height, width) of the photo, 0 to 1."""
    ovals = [_oval(face, bounds) for face in faces]
    heads = [_head(face, bounds) for face in faces]
    mask = find_people(rgb, heads, finder)
    unseen = [
        head
        for face, head, oval in zip(faces, heads, ovals, strict=True)
        if oval.any() and (face.kind == "thing" or mask[oval > 0].mean() < IS_PERSON)
    ]
    if unseen:
        # An animal, a toy, a thing: what people look like says nothing about it.
        bodies = any(face.kind != "thing" for face in faces)
        mask = np.maximum(mask if len(unseen) < len(heads) else 0, find_subject(rgb, unseen, bodies))
    for face, oval in zip(faces, ovals, strict=True):
        # The outline of a thing is guessed from its mouth, and may go beyond it.
        if face.kind != "thing":
            mask = np.maximum(mask, oval)
    return mask


def _head(face: Face, bounds: Box) -> Head:
    x, y = face.landmarks_px[:, :2].mean(0) - (bounds.x0, bounds.y0)
    return Head(float(x), float(y), face.size_px)


def _oval(face: Face, bounds: Box) -> NDArray[np.float32]:
    """Return 1 well inside the face's outline, else 0; shape of the photo."""
    outline = face.landmarks_px[list(FACE_OVAL), :2] - (bounds.x0, bounds.y0)
    inside = np.zeros((bounds.height, bounds.width), np.uint8)
    cv2.fillPoly(inside, [np.rint(outline).astype(np.int32)], (1,))
    side = 2 * round(OVAL_INSET * face.size_px) + 1
    ellipse = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    return np.asarray(cv2.erode(inside, ellipse, borderValue=(1,)), np.float32)


def _without_islands(mask: NDArray[np.float32], faces: Sequence[Face], bounds: Box) -> NDArray[np.float32]:
    """Return a mask without small areas apart, except those with a face."""
    somebody = (mask > 0.5).astype(np.uint8)
    count, label, stats, _ = cv2.connectedComponentsWithStats(somebody)
    areas = stats[:, cv2.CC_STAT_AREA]
    with_face = {0}
    for face in faces:
        x, y = face.landmarks_px[:, :2].mean(0) - (bounds.x0, bounds.y0)
        with_face.add(int(label[int(np.clip(y, 0, bounds.height - 1)), int(np.clip(x, 0, bounds.width - 1))]))
    least = LEAST_ISLAND_SHARE * areas[1:].max(initial=0)
    lost = np.array([i > 0 and i not in with_face and areas[i] < least for i in range(count)])
    return np.where(lost[label], 0, mask).astype(np.float32)


def _without_gaps(mask: NDArray[np.float32], face_px: float) -> NDArray[np.float32]:
    """Return a mask whose small gaps are filled."""
    count, label, stats, _ = cv2.connectedComponentsWithStats((mask <= 0.5).astype(np.uint8))
    fill = np.array([i > 0 and stats[i, cv2.CC_STAT_AREA] < (LARGEST_GAP * face_px) ** 2 for i in range(count)])
    return np.where(fill[label], 1, mask).astype(np.float32)
