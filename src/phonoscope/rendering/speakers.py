"""Who in a scene speaks whose lines, before anybody has been looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from phonoscope.parts import LISTENER, Part
from phonoscope.scene.document.speaking import Avatar

LOOK_ACROSS_DEG = 16.0
"""How far two people on one canvas look to each other: enough to be seen, not into profile."""


@dataclass(frozen=True, slots=True)
class Billing:
    """What one avatar of a scene plays.

    Attributes
    ----------
    parts
        Of the one face that acts; None where the speakers of a script find the faces of a photo by themselves.
    faces
        Who speaks with which face of a group photo; empty for all others.
    """

    parts: tuple[Part, ...] | None
    faces: Mapping[str, int | str] = field(default_factory=dict)


def bill(avatars: Sequence[Avatar], speakers: Sequence[str], middles: Sequence[tuple[float, float]]) -> list[Billing]:
    """Return what each avatar of a scene plays.

    One that is called like a speaker has that speaker's lines. A single avatar without a name speaks everything; of
    several, those without names take the speakers that are left, in order, and whoever has no lines listens.

    Parameters
    ----------
    speakers
        Names in the script, in order of appearance; none in a script without names.
    middles
        Where each avatar is, (x, y) in shares of the canvas's width and height.
    """
    known = {speaker.casefold(): speaker for speaker in speakers}
    named = [known.get(avatar.name.casefold(), "") if avatar.name else "" for avatar in avatars]
    if len(avatars) == 1 and not named[0]:
        return [Billing(None, _known(avatars[0].faces, known)) if len(speakers) > 1 else Billing((Part("", {}),))]
    grouped = {name for avatar in avatars for name in _known(avatar.faces, known)}
    left = [speaker for speaker in speakers if speaker not in named and speaker not in grouped]
    lines: list[str | None] = []
    for index, avatar in enumerate(avatars):
        if avatar.faces or named[index]:
            lines.append(named[index])
        elif speakers:
            lines.append(left.pop(0) if left and not avatar.name else None)
        else:
            # Nobody is named: the first speaks, unless it is told that its lines come from elsewhere.
            lines.append("" if index == 0 else None)
    places = {line: middles[index] for index, line in enumerate(lines) if line is not None}
    return [
        Billing(None, _known(avatar.faces, known))
        if avatar.faces
        else Billing((Part(_part_name(lines[index], index), _partners(middles[index], lines[index], places)),))
        for index, avatar in enumerate(avatars)
    ]


def _known(faces: Mapping[str, int | str], known: Mapping[str, str]) -> dict[str, int | str]:
    """Return roles by the names that the script writes."""
    return {known.get(name.casefold(), name): face for name, face in faces.items()}


def _part_name(line: str | None, index: int) -> str:
    return LISTENER.format(index + 1) if line is None else line


def _partners(
    here: tuple[float, float], own: str | None, places: Mapping[str, tuple[float, float]]
) -> dict[str, tuple[float, float]]:
    """Return where everybody who speaks is seen: degrees to the right, and up."""
    return {
        name: (max(-1.0, min(1.0, 3 * (there[0] - here[0]))) * LOOK_ACROSS_DEG, 0.0)
        for name, there in places.items()
        if name != own
    }
