"""How much of a drawn avatar is seen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from phonoscope.avatars.drawn.puppet import EyeLook, MouthLook, MouthPictures, Puppet, Role, Sprite


def moved(puppet: Puppet, size_px: tuple[int, int], by_px: tuple[int, int]) -> Puppet:
    """Return a puppet on a canvas of another size, everything moved right and down by whole pixels."""
    x, y = by_px

    def sprite(old: Sprite | None) -> Sprite | None:
        return None if old is None else replace(old, x=old.x + x, y=old.y + y)

    def eye(old: EyeLook) -> EyeLook:
        x0, y0, x1, y1 = old.box_px
        return replace(
            old,
            white=replace(old.white, x=old.white.x + x, y=old.white.y + y),
            pupil=sprite(old.pupil),
            shut=sprite(old.shut),
            box_px=(x0 + x, y0 + y, x1 + x, y1 + y),
        )

    mouth = puppet.mouth
    if isinstance(mouth, MouthLook):
        mouth = replace(mouth, centre_px=(mouth.centre_px[0] + x, mouth.centre_px[1] + y))
    elif isinstance(mouth, MouthPictures):
        shapes = {name: replace(old, x=old.x + x, y=old.y + y) for name, old in mouth.shapes.items()}
        mouth = replace(mouth, shapes=shapes)
    build = puppet.build
    return replace(
        puppet,
        size_px=size_px,
        layers=tuple(replace(layer, sprite=sprite(layer.sprite)) for layer in puppet.layers),
        mouth=mouth,
        eyes=tuple(eye(old) for old in puppet.eyes),
        build=replace(
            build,
            centre_px=(build.centre_px[0] + x, build.centre_px[1] + y),
            neck_px=(build.neck_px[0] + x, build.neck_px[1] + y),
        ),
    )


def head_box(puppet: Puppet) -> tuple[float, float, float, float]:
    """Return x0, y0, x1, y1 of the head at rest, with hair, ears and hat, down to the chin, in pixels."""
    build = puppet.build
    (x, y), half_height, half_width = build.centre_px, build.face_height_px / 2, build.face_width_px / 2
    chin = y + half_height
    x0, y0, x1 = x - half_width, y - half_height, x + half_width
    for layer in puppet.layers:
        if layer.sprite is None or layer.role in (Role.BACKDROP, Role.BODY):
            continue
        sprite = layer.sprite
        seen = sprite.rgba[: max(0, round(chin) - sprite.y), :, 3] > 0
        columns, rows = np.flatnonzero(seen.any(0)), np.flatnonzero(seen.any(1))
        if columns.size:
            x0, x1 = min(x0, sprite.x + columns[0]), max(x1, sprite.x + columns[-1] + 1)
            y0 = min(y0, sprite.y + rows[0])
    return float(x0), float(y0), float(x1), float(chin)
