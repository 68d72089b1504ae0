"""How much of a drawn avatar is seen."""

from __future__ import annotations

from dataclasses import replace

from phonoscope.avatars.drawn.puppet import EyeLook, MouthLook, MouthPictures, Puppet, Sprite


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
