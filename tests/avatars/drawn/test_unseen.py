from __future__ import annotations

from phonoscope.avatars.drawn.editing import base_character, change
from phonoscope.avatars.drawn.unseen import unseen


def test_a_colour_of_what_is_not_worn_is_unseen() -> None:
    bare = change(base_character("micah"), {"glasses": "none"})
    assert unseen(bare, {"glasses-color": "red", "hair-color": "red"}, ["earringColor=#123456"]) == (
        "glasses-color",
        "earringColor=#123456",
    )
    assert unseen(bare, {"glasses": "round", "glasses-color": "red"}) == ()


def test_what_is_so_already_is_no_wish_in_vain() -> None:
    one = change(base_character("micah"), {"glasses": "none"})
    assert unseen(one, {"glasses": "none"}) == ()
