"""A story that branches."""

from __future__ import annotations

from templates.design import Design, Json, Shape, picture_variable, text_variable
from templates.kit import CHILDREN, MINT, ask, at, captions, choice, disc, effect, gradient, motion, person, text

STARS = (
    (0.05, 0.5), (0.12, 0.16), (0.2, 0.7), (0.29, 0.4), (0.37, 0.88), (0.44, 0.55), (0.55, 0.34), (0.62, 0.8),
    (0.7, 0.5), (0.77, 0.9), (0.91, 0.66), (0.96, 0.1),
)  # fmt: skip
"""Across and down the sky."""


def _scenery(
    shape: Shape, sky: tuple[str, str], ground: str, things: tuple[tuple[str, float, float, float], ...]
) -> Json:
    """Return a background, and overlays before it: a hill, and emojis at (x, y) with a size of the shorter side."""
    hill = disc(shape, at(0.5, shape.pick(1.62, 1.09, 1.42)), shape.pick(1.7, 1.25, 1.3), ground)
    hill["width"] = shape.pick(2.4, 2.4, 2.8)
    high = shape.pick(0.6, 0.55, 0.6)
    stars = [
        disc(
            shape, at(round(x, 3), round(0.05 + high * y, 3)), (0.006, 0.009, 0.012)[number % 3], "#fff3c4", opacity=0.7
        )
        for number, (x, y) in enumerate(STARS)
    ]
    return {
        "background": gradient(*sky),
        "overlays": [
            *stars,
            hill,
            *(
                {"kind": "emoji", "emoji": emoji, "place": at(x, y), "size": size, "start": round(0.15 * number, 2),
                 "enter": motion("pop", 0.5), "wiggle": "float" if emoji in "🌙⭐🦉🛶🐸" else "none"}
                for number, (emoji, x, y, size) in enumerate(things)
            ),
        ],
    }  # fmt: skip


def _signposts(shape: Shape, *labels: str) -> list[Json]:
    """Return signs that come up at the end of a scene, one for each way."""
    places = shape.pick(((0.63, 0.47), (0.63, 0.62)), ((0.5, 0.425), (0.5, 0.495)), ((0.66, 0.4), (0.66, 0.53)))
    return [
        text(f"{mark}  {label}", at(*place), shape.pick(0.055, 0.06, 0.052), CHILDREN.text, "#3b2412", box="#f2d39b",
             box_radius=0.25, padding=0.5, width=0.5, start="end-3.2", enter=motion("pop", 0.45),
             rotation_deg=(-2, 1.5)[number % 2])
        for number, (mark, label, place) in enumerate(zip("AB", labels, places, strict=True))
    ]  # fmt: skip


def _story_scene(shape: Shape, name: str, script: str, scenery: Json, **more: object) -> Json:
    """Return a page of the story, with the hero on the hill."""
    place = shape.pick((0.25, 0.62), (0.5, 0.64), (0.28, 0.66))
    hero = person("{{picture}}", "full", place, shape.pick(0.62, 0.36, 0.46), cut_out=True, style="lively")
    signs = more.pop("signs", [])
    return {
        "id": name,
        "avatars": [hero],
        "script": script,
        **scenery,
        "overlays": [*scenery["overlays"], *signs],  # type: ignore[misc]
        "transition": {"kind": "circle", "duration_s": 0.7},
        **more,
    }


def _story(shape: Shape) -> Json:
    """Return a picture book at night, in which viewers choose the way."""
    night, dark = ("#141a47", "#4a3a8c"), "#0b1030"
    spot = shape.pick(
        {"moon": (0.85, 0.3), "a": (0.5, 0.7), "b": (0.9, 0.71), "c": (0.71, 0.77), "top": (0.6, 0.28)},
        {"moon": (0.76, 0.31), "a": (0.15, 0.71), "b": (0.86, 0.71), "c": (0.76, 0.86), "top": (0.26, 0.36)},
        {"moon": (0.83, 0.36), "a": (0.56, 0.74), "b": (0.9, 0.75), "c": (0.73, 0.8), "top": (0.6, 0.4)},
    )
    big = shape.pick(0.3, 0.28, 0.24)
    small = 0.6 * big

    def seen(sky: tuple[str, str], ground: str, *things: tuple[str, str, float]) -> Json:
        return _scenery(shape, sky, ground, tuple((emoji, *spot[where], size) for emoji, where, size in things))

    scenes = [
        _story_scene(
            shape, "crossroads",
            "[happy] I am {{hero}}, and tonight a star fell from the sky. [look right] It must be out there! "
            "Shall we go through the forest, or along the river? [pause 2.5s]",
            seen(night, "#1f5b4a", ("🌙", "moon", small), ("🌲", "a", big), ("🪵", "c", small), ("🌲", "b", big)),
            signs=_signposts(shape, "The dark forest", "The river"),
            interaction=ask("Which way?", choice("Through the dark forest", "forest"),
                             choice("Along the river", "river"), choice("Stop here")),
            effects=[effect("sparkle", 1.5, -14)],
            description="A small creature at a crossroads, at night.",
        ),
        _story_scene(
            shape, "forest",
            "[surprised] How dark it is! [pause 0.3s] Oh, an owl! She says that something bright fell behind the hill. "
            "Do we follow her, or go back? [pause 2.5s]",
            seen(("#0d2a2b", "#1c4b45"), "#0d2f27", ("🌲", "a", big), ("🌲", "b", 1.2 * big), ("🦉", "top", small),
                 ("🍄", "c", 0.7 * small)),
            signs=_signposts(shape, "Follow the owl", "Back, quickly"),
            interaction=ask("The owl is waiting.", choice("Follow the owl", "hill"),
                             choice("Back to the crossroads", "crossroads"), choice("Stop here")),
            effects=[effect("wind", 0, -14)],
            description="The creature between high trees; an owl looks down.",
        ),
        _story_scene(
            shape, "river",
            "The river is fast, but here is a boat. [look right] And there is a frog, with a very full mouth. "
            "Do we take the boat, or ask the frog? [pause 2.5s]",
            seen(("#123a63", "#3b7fa8"), "#174f74", ("🌙", "moon", small), ("🛶", "c", big), ("🐸", "b", small),
                 ("🌾", "a", small)),
            signs=_signposts(shape, "Take the boat", "Ask the frog"),
            interaction=ask("Boat, or frog?", choice("Take the boat", "hill"), choice("Ask the frog", "frog"),
                             choice("Back to the crossroads", "crossroads"), choice("Stop here")),
            effects=[effect("water-drop", 0.5, -8)],
            description="The creature at a river with a boat, and a frog.",
        ),
        _story_scene(
            shape, "frog",
            "[laugh] The frog burps, and out comes the star! [happy] It was a snack, he says. A bit spicy. "
            "[pause 0.4s] And that is how {{hero}} found it.",
            seen(("#123a63", "#3b7fa8"), "#174f74", ("🐸", "a", big), ("⭐", "moon", big), ("🌾", "b", small)),
            interaction=ask("You found the star!", choice("Look for another way", "crossroads"),
                             choice("Good night")),
            effects=[effect("boing", 0.4, -8), effect("sparkle", 1.6, -10)],
            description="The frog has let the star go; it shines.",
        ),
        _story_scene(
            shape, "hill",
            "[surprised] There it is! [happy] A little star, and it is glad to be found. [pause 0.3s] "
            "We put it back where it belongs. Good night, says {{hero}}.",
            seen(("#1b1145", "#b0568f"), dark, ("⭐", "moon", 1.3 * big), ("🏡", "b", small), ("🌼", "c", 0.6 * small)),
            interaction=ask("You found the star!", choice("Look for another way", "crossroads"),
                             choice("Good night")),
            effects=[effect("sparkle", 0.3, -10), effect("tada", 1.2, -12)],
            description="The star stands over the hill, and shines.",
        ),
    ]  # fmt: skip
    return {
        "variables": {
            "hero": text_variable("Pip", "What the hero is called.", max_length=30),
            "picture": picture_variable("avatar:pickle", "The hero: a drawn avatar, or a photo."),
        },
        "captions": captions(
            shape, MINT, CHILDREN.text, style="block", look="plain", position="top", colour="#fff6dd", lines=3,
            size=shape.pick(0.058, 0.064, 0.058), safe_area="title", offset=shape.pick(0.0, 0.04, 0.0),
            width=shape.pick(0.64, 0.84, 0.88),
        ),
        "music": {"source": "lullaby", "volume_db": -12},
        "scenes": scenes,
    }  # fmt: skip


DESIGNS = (
    Design(
        "choose-your-story", "Choose your story", "A picture book at night in which viewers choose the way.",
        "story", ("interactive", "branches", "children", "adventure", "fairy tale"), _story, 4.5,
    ),
)  # fmt: skip
