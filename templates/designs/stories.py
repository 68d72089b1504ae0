"""Tales, and pets that talk."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from templates.design import Design, Json, Shape, colour_variable, picture_variable, text_variable
from templates.kit import (
    CHILDREN,
    COMIC,
    PLUM,
    STILL,
    at,
    block,
    captions,
    disc,
    effect,
    emoji,
    gradient,
    motion,
    person,
    sides,
    text,
)

GRASS, FAR_GRASS = "#2f7d55", "#3d9166"
MOONLIGHT = "#fff3c4"


Disc = tuple[float, float, float]
"""A circle of the sky: the middle, in shares of the canvas, and its size, of the shorter side."""


def _night(shape: Shape, bright: Disc) -> list[Json]:
    """Return stars, where nothing brighter is."""
    spots = ((0.08, 0.1), (0.2, 0.24), (0.36, 0.08), (0.5, 0.2), (0.63, 0.07), (0.78, 0.26), (0.93, 0.12), (0.3, 0.36))
    across, down = sides(shape)
    stars = []
    for number, (x, y) in enumerate(spots):
        if math.hypot((x - bright[0]) * across, (y - bright[1]) * down) < 0.75 * bright[2]:
            continue
        size = (0.022, 0.014, 0.018)[number % 3]
        stars.append(
            block(at(x, y), size / across, size / down, "#ffffffb0", shape="star", rotation_deg=14 * number)
        )  # fmt: skip
    return stars


def _moon(shape: Shape, moon: Disc) -> list[Json]:
    """Return a sky with a moon."""
    x, y, size = moon
    halo = disc(shape, at(x, y), size * 1.35, "#fff3c430")
    return [*_night(shape, moon), halo, disc(shape, at(x, y), size, MOONLIGHT)]


def _meadow(shape: Shape, plants: Sequence[tuple[str, float, float]]) -> list[Json]:
    """Return grass in the foreground, with what grows on it: (emoji, x, size)."""
    top = shape.pick(0.74, 0.62, 0.74)
    return [
        block(at(0.85, top - 0.01, "top"), 1.1, 0.9, FAR_GRASS, shape="ellipse"),
        block(at(0.3, top + 0.012, "top"), 2.6, 0.95, GRASS, shape="ellipse"),
        *(
            emoji(sign, at(x, top + 0.075, "bottom"), size, enter=STILL, exit=STILL)
            for sign, x, size in plants
        ),
    ]  # fmt: skip


def _hero(shape: Shape, x: float, **more: object) -> Json:
    """Return the hero, who stands in the grass."""
    foot, size = shape.pick((0.785, 0.46), (0.655, 0.5), (0.785, 0.42))
    y = foot - size / 2 / sides(shape)[1]
    return {**person("{{hero_picture}}", "box", (x, round(y, 4)), size, name="HERO", cut_out=True, style="lively"),
            **more}  # fmt: skip


def _cover(shape: Shape) -> Json:
    """Return the first scene: the title, and the narrator in the moon."""
    spot = shape.pick((0.25, 0.46), (0.5, 0.29), (0.5, 0.285))
    size = shape.pick(0.62, 0.66, 0.42)
    column = shape.pick((0.5, 0.42, "left"), (0.5, 0.52, "top"), (0.5, 0.555, "top"))
    return {
        "id": "cover",
        "avatars": [
            person("{{narrator_picture}}", "circle", spot, size, name="NARRATOR", border=0.03,
                   border_colour=MOONLIGHT, style="calm", expression="happy")
        ],
        "script": "NARRATOR: [smile] Are you all tucked in? Then listen to the story of {{hero}}, and the moon.",
        "overlays": [
            *_night(shape, (*spot, size)),
            text("{{title}}", at(*column), shape.pick(0.125, 0.115, 0.1), CHILDREN.title, MOONLIGHT,
                 align=shape.pick("left", "centre"), line_height=1.08, width=shape.pick(0.44, 0.84, 0.88),
                 height=shape.pick(0.5, 0.15, 0.2), start=0.3,
                 enter=motion("words", 1.4)),
        ],
        "description": "Night. The narrator smiles in the full moon, beside the story's title.",
    }  # fmt: skip


def _wish(shape: Shape) -> Json:
    return {
        "id": "wish",
        "avatars": [_hero(shape, shape.pick(0.3, 0.36, 0.34), gaze="20,20")],
        "script": "NARRATOR: Once there was a little snail called {{hero}}, who wished for only one thing.\n\n"
                  "HERO: [look up] The moon! It looks so round and soft. [excited] I will go and touch it!",
        "overlays": [
            *_moon(shape, shape.pick((0.78, 0.26, 0.26), (0.72, 0.22, 0.26), (0.76, 0.22, 0.22))),
            *_meadow(shape, [("🌷", 0.08, 0.14), ("🍄", 0.62, 0.1), ("🌿", 0.93, 0.13)]),
        ],
        "effects": [effect("page-turn", 0, -10)],
        "transition": {"kind": "slide", "duration_s": 0.7},
        "description": "A small yellow snail sits in the grass under the moon.",
    }  # fmt: skip


def _meeting(shape: Shape) -> Json:
    foot, size = shape.pick((0.808, 0.66), (0.672, 0.66), (0.806, 0.56))
    y = round(foot - size / 2 / sides(shape)[1], 4)
    return {
        "id": "meeting",
        "avatars": [
            _hero(shape, shape.pick(0.25, 0.22, 0.22), gaze="right"),
            person("{{friend_picture}}", "box", (shape.pick(0.68, 0.7, 0.7), y), size, name="FRIEND", cut_out=True,
                   style="lively", gaze="left"),
        ],
        "script": "FRIEND: [laugh] The moon? Even I cannot jump that high, and I am {{friend}} the rabbit!\n\n"
                  "HERO: [calm] Then I shall not jump. I shall go slowly.",
        "overlays": [
            *_moon(shape, shape.pick((0.46, 0.17, 0.16), (0.3, 0.2, 0.18), (0.42, 0.15, 0.15))),
            *_meadow(shape, [("🌿", 0.05, 0.12), ("🌼", 0.46, 0.1), ("🌷", 0.95, 0.13)]),
        ],
        "effects": [effect("page-turn", 0, -10), effect("boing", 0.6, -16)],
        "transition": {"kind": "slide", "duration_s": 0.7},
        "description": "A blue rabbit, twice as tall, laughs at the snail.",
    }  # fmt: skip


def _pond(shape: Shape) -> Json:
    water = shape.pick((0.74, 0.825), (0.72, 0.692), (0.73, 0.805))
    wide, tall = shape.pick((0.42, 0.1), (0.52, 0.055), (0.48, 0.075))
    return {
        "id": "pond",
        "avatars": [_hero(shape, shape.pick(0.26, 0.25, 0.25), expression="happy", gaze="15,-20")],
        "script": "NARRATOR: All night long {{hero}} went on, until there was a pond. And there it lay, right in the"
                  " water.\n\nHERO: [surprised] The moon! [pause 0.3s] [happy] It has come down to meet me.\n\n"
                  "NARRATOR: {{ending}}",
        "overlays": [
            *_moon(shape, shape.pick((0.74, 0.2, 0.22), (0.72, 0.2, 0.24), (0.73, 0.18, 0.2))),
            *_meadow(shape, [("🌿", 0.06, 0.13), ("🌾", 0.96, 0.14)]),
            block(at(*water), wide, tall, "#27407f", shape="ellipse"),
            block(at(water[0], water[1] + tall * 0.02), wide * 0.32, tall * 0.62, MOONLIGHT, shape="ellipse", start=1,
                  enter=motion("fade", 2)),
            block(at(water[0], water[1] + tall * 0.2), wide * 0.4, tall * 0.07, "#27407f", radius=0.5, start=1),
            text("The end", at(0.5, shape.pick(0.4, 0.36, 0.42)), shape.pick(0.15, 0.17, 0.15), CHILDREN.title,
                 MOONLIGHT, start="end-1.8", enter=motion("pop", 0.6)),
        ],
        "effects": [effect("page-turn", 0, -10), effect("water-drop", "50%", -12), effect("sparkle", "end-1.8", -12)],
        "transition": {"kind": "slide", "duration_s": 0.7},
        "description": "The snail sits by a pond, in which the moon is mirrored.",
    }  # fmt: skip


def _story(shape: Shape) -> Json:
    """Return a bedtime story in four pictures: a narrator, and two drawn animals."""
    colours = replace(PLUM, accent="#ffd76e")
    return {
        "variables": {
            "title": text_variable("The Snail Who Wanted the Moon", "Title of the story.", max_length=60),
            "hero": text_variable("Pip", "The snail's name.", max_length=30),
            "friend": text_variable("Juniper", "The rabbit's name.", max_length=30),
            "ending": text_variable(
                "And that is how slow feet can reach the highest things. Good night.", "How it ends.", max_length=300
            ),
            "narrator_picture": picture_variable("avatar:giulia", "Who tells it: a photo, or a drawn avatar."),
            "hero_picture": picture_variable("avatar:snailbert", "The hero: a drawn avatar, or a photo."),
            "friend_picture": picture_variable("avatar:hoppy", "The friend: a drawn avatar, or a photo."),
            "sky": colour_variable("#4b4a9c", "The sky above the meadow."),
        },
        "background": gradient("#141b4d", "{{sky}}"),
        "voice": {
            "rate": 0.92,
            "speakers": {"NARRATOR": "en-gb-x-rp+f3", "HERO": "en-gb+f5", "FRIEND": "en-gb+m7"},
        },
        "captions": captions(
            shape, colours, CHILDREN.text, style="karaoke", look="outline", outline_colour="#17324f",
            offset=shape.pick(0.015, 0.06, 0.02), size=shape.pick(0.052, 0.062, 0.056),
        ),
        "music": {"source": "lullaby", "volume_db": -10},
        "scenes": [_cover(shape), _wish(shape), _meeting(shape), _pond(shape)],
    }  # fmt: skip


def _comment(shape: Shape, number: int, sign: str, words: str) -> Json:
    """Return one viewer's comment of the live stream, in its place from above."""
    y = shape.pick((0.6, 0.71, 0.82), (0.69, 0.755, 0.82), (0.735, 0.825, 0.915))[number]
    return text(
        f"{sign}  {words}", at(shape.pick(0.03, 0.05), y, "left"), shape.pick(0.034, 0.046, 0.04), COMIC.text, "white",
        box=shape.pick("#0f1722b0", "#2b3750"), box_radius=0.8, padding=0.4, align="left",
        width=shape.pick(0.24, 0.74, 0.74), height=shape.pick(0.1, 0.06, 0.08), start=f"{8 + 22 * number}%",
        enter=motion("slide-right", 0.4),
    )  # fmt: skip


def _badges(shape: Shape) -> list[Json]:
    """Return what a live stream says about itself, above."""
    top = shape.pick(0.085, 0.1, 0.07)
    left, size = shape.pick(0.03, 0.05), shape.pick(0.042, 0.046, 0.042)
    look = {"box_radius": 0.4, "padding": 0.4, "enter": STILL}
    return [
        text("LIVE", at(left, top, "left"), size, COMIC.text, "white", box="#ff2d55", **look),
        text("👁  {{viewers}}", at(left + shape.pick(0.085, 0.16, 0.15), top, "left"), size, COMIC.text, "white",
             box="#0f1722b0", **look),
        text("@{{pet}}", at(shape.pick(0.97, 0.95), top, "right"), 1.15 * size, COMIC.text, "white", align="right",
             box="#0f1722b0", width=shape.pick(0.5, 0.42, 0.42), height=0.08, **look),
    ]  # fmt: skip


def _camera(shape: Shape) -> Json:
    """Return where the pet is seen: all over a broad picture, and above the chat in the others."""
    if shape.name == "landscape":
        return {"picture": "{{picture}}", "crop": "full", "style": "lively"}
    size, middle = shape.pick((1.0, 0.5), (1.14, 0.321), (0.68, 0.34))
    return person("{{picture}}", "box", (0.5, middle), size, aspect=round(1 / size, 4), style="lively", fit="crop")


def _talking_pet(shape: Shape) -> Json:
    """Return a pet's own live stream: hearts rise, and comments come in."""
    hearts = [
        emoji(("❤️", "🐾", "💛")[number % 3], at(0.94 - shape.pick(0.04, 0.08) * (number % 2), -0.1),
              (0.06, 0.075, 0.05)[number % 3], start=f"{10 + 8 * number}%", wiggle="float",
              enter=motion("slide-up", 5, "linear"), exit=STILL)
        for number in range(10)
    ]  # fmt: skip
    return {
        "variables": {
            "pet": text_variable("Clawdia", "The pet's name.", max_length=30),
            "message": text_variable(
                "My bowl has been empty for four whole minutes. This is an emergency. Also, the sofa is mine now. "
                "I do not make the rules. I just sit on them.",
                "What the pet says.", max_length=600,
            ),
            "viewers": text_variable("2.4K", "How many watch.", max_length=10),
            "comment": text_variable("Give her a snack!", "What a viewer writes.", max_length=40),
            "picture": picture_variable(
                "avatar:clawdia", "The pet: a photo whose mouth is marked, or a drawn animal."
            ),
            "pitch": {"kind": "number", "default": 1.25, "description": "Of the voice: higher for small animals."},
        },
        "voice": {"pitch": "{{pitch}}", "rate": 1.05},
        "captions": captions(shape, PLUM, COMIC.title, look="bold", style="word", highlight="#ffe45c",
                             safe_area="title", size=shape.pick(0.075, 0.09, 0.08), width=0.6,
                             offset=shape.pick(0, -0.335, -0.215)),
        "music": {"source": "playful", "volume_db": -13},
        "background": "#141c2b",
        "scenes": [
            {
                "avatars": [_camera(shape)],
                "script": "[excited] Hello, humans! It is me, {{pet}}. [pause 0.4s] {{message}} [wink]",
                "overlays": [
                    *_badges(shape),
                    _comment(shape, 0, "🐶", "Who is a good human?"),
                    _comment(shape, 1, "👵", "{{comment}}"),
                    _comment(shape, 2, "🐹", "Same here!"),
                    *hearts,
                ],
                "effects": [effect("message", "8%", -16), effect("message", "30%", -16), effect("message", "52%", -16)],
                "description": "A pet looks into the camera of its own live stream; hearts and comments come in.",
            }
        ],
    }  # fmt: skip


DESIGNS = (
    Design(
        "story", "Bedtime story", "A story in four pictures, with a narrator and two animals that talk.",
        "story", ("children", "fairy tale", "animals", "night", "narrator"), _story, 18.6,
    ),
    Design(
        "talking-pet", "Talking pet", "Your cat or dog goes live: it speaks, and hearts and comments come in.",
        "social", ("pet", "cat", "dog", "funny", "live"), _talking_pet, 5.0,
    ),
)  # fmt: skip
