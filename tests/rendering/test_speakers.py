"""Who of several avatars speaks whose lines."""

from __future__ import annotations

from phonoscope.rendering.speakers import bill
from phonoscope.scene.document.speaking import Avatar

LEFT, RIGHT = (0.25, 0.5), (0.75, 0.5)


def avatar(name: str = "", **more: object) -> Avatar:
    return Avatar.model_validate({"picture": "avatar:anna", "name": name, **more})


def test_one_speaks_alone() -> None:
    (billed,) = bill([avatar()], (), [LEFT])
    assert billed.parts is not None
    assert billed.parts[0].speaker == ""


def test_one_photo_finds_its_own_speakers() -> None:
    (billed,) = bill([avatar()], ("Ann", "Bob"), [LEFT])
    assert billed.parts is None


def test_names_are_compared_without_capitals() -> None:
    first, second = bill([avatar("bob"), avatar("ANN")], ("Ann", "Bob"), [LEFT, RIGHT])
    assert first.parts is not None
    assert second.parts is not None
    assert (first.parts[0].speaker, second.parts[0].speaker) == ("Bob", "Ann")
    # Bob stands left, and sees Ann on his right.
    assert first.parts[0].partners["Ann"][0] > 0
    assert second.parts[0].partners["Bob"][0] < 0


def test_the_nameless_take_what_is_left_and_others_listen() -> None:
    billed = bill([avatar(), avatar("Ann"), avatar()], ("Ann", "Bob"), [LEFT, RIGHT, (0.5, 0.5)])
    parts = [each.parts[0] for each in billed if each.parts]
    assert [part.speaker for part in parts[:2]] == ["Bob", "Ann"]
    assert parts[2].listens
    assert set(parts[2].partners) == {"Ann", "Bob"}


def test_without_names_the_first_speaks() -> None:
    first, second = bill([avatar(), avatar()], (), [LEFT, RIGHT])
    assert first.parts is not None
    assert second.parts is not None
    assert not first.parts[0].listens
    assert second.parts[0].listens
    assert second.parts[0].partners[""][0] < 0


def test_a_group_photo_has_roles() -> None:
    group, other = bill([avatar(faces={"ann": 1, "bob": 2}), avatar("Cy")], ("Ann", "Bob", "Cy"), [LEFT, RIGHT])
    assert group.parts is None
    assert dict(group.faces) == {"Ann": 1, "Bob": 2}
    assert other.parts is not None
    assert other.parts[0].speaker == "Cy"
