"""Cards for one person: a greeting, a thank you."""

from __future__ import annotations

from dataclasses import replace

from templates.design import Design, Json, Shape, colour_variable, picture_variable, text_variable
from templates.kit import (
    BERRY,
    EDITORIAL,
    HANDWRITTEN,
    SAND,
    SCRIPT,
    at,
    block,
    disc,
    effect,
    gradient,
    motion,
    person,
    quiet_captions,
    text,
)


def _greeting(shape: Shape) -> Json:
    """Return a postcard: whoever speaks is its picture, and what is said is written by hand meanwhile."""
    colours = replace(SAND, main="{{colour}}")
    card = shape.pick((0.77, 0.49), (0.5, 0.265), (0.74, 0.26))
    hello = shape.pick(at(0.07, 0.33, "bottom-left"), at(0.08, 0.61, "bottom-left"), at(0.07, 0.42, "bottom-left"))
    words = shape.pick(at(0.07, 0.38, "top-left"), at(0.08, 0.645, "top-left"), at(0.07, 0.5, "top-left"))
    sender = shape.pick(at(0.54, 0.95, "bottom-right"), at(0.92, 0.95, "bottom-right"), at(0.93, 0.96, "bottom-right"))
    postmark = shape.pick((0.925, 0.86), (0.86, 0.46), (0.885, 0.445))
    size = shape.pick(0.068, 0.078, 0.072)
    overlays = [
        disc(shape, at(*postmark), 0.19, "#00000000", stroke="{{colour}}", stroke_width=0.006, opacity=0.55),
        disc(shape, at(*postmark), 0.145, "#00000000", stroke="{{colour}}", stroke_width=0.004, opacity=0.55),
        text("with\nlove", at(*postmark), 0.042, HANDWRITTEN.title, "{{colour}}", rotation_deg=-14, line_height=0.9),
        text(
            "Hello {{name}}!", hello, shape.pick(0.115, 0.125, 0.105), SCRIPT.title, "{{colour}}", align="left",
            width=shape.pick(0.46, 0.84, 0.4), height=shape.pick(0.26, 0.115, 0.32), start=0.2,
            enter=motion("wipe", 0.9),
        ),
        text(
            "{{message}}", words, size, HANDWRITTEN.title, colours.ink, align="left", line_height=1.18,
            width=shape.pick(0.44, 0.84, 0.86), height=shape.pick(0.46, 0.25, 0.37), start=1.2,
            enter=motion("words", 6, "linear"),
        ),
        text(
            "Yours, {{sender}}", sender, size * 1.05, HANDWRITTEN.title, "{{colour}}", start="end-2.2",
            width=0.5, height=shape.pick(0.11, 0.06, 0.1), enter=motion("wipe", 0.8),
        ),
    ]  # fmt: skip
    return {
        "variables": {
            "name": text_variable("Maya", "Who is greeted.", max_length=40),
            "message": text_variable(
                "I was just thinking of you, and wanted to say it out loud. Have a wonderful day, and call me soon!",
                "What is said to them, and written on the card.", max_length=200,
            ),
            "sender": text_variable("Yaa", "Who sends it.", max_length=40),
            "picture": picture_variable("avatar:yaa"),
            "colour": colour_variable("#b3402a"),
        },
        "music": {"source": "acoustic", "volume_db": -12},
        "scenes": [
            {
                "background": gradient("#fdf8ee", colours.soft, "diagonal"),
                "avatars": [
                    person(
                        "{{picture}}", "rounded", card, shape.pick(0.76, 0.76, 0.38),
                        aspect=shape.pick(0.82, 1.08, 1.0),
                        radius=0.03, border=0.022, shadow=True,
                    )
                ],
                "script": "[smile] Hello {{name}}! {{message}} [nod]",
                "overlays": overlays,
                "effects": [effect("page-turn", 0)],
                "description": "A postcard: a portrait in a white frame, and a message that is written by hand.",
            }
        ],
    }  # fmt: skip


def _thank_you(shape: Shape) -> Json:
    """Return a split picture: a person on one side, two words as large as they can be on the other."""
    colours = replace(BERRY, main="{{colour}}")
    left = shape.pick(0.06, 0.08, 0.07)
    heart = shape.pick(at(0.455, 0.14), at(0.86, 0.565), at(0.87, 0.59))
    across, down = shape.pick((0.05, 0.085), (0.11, 0.058), (0.085, 0.08))
    overlays = [
        text(
            shape.pick("Thank\nyou", "Thank you", "Thank you"),
            shape.pick(at(left, 0.28, "left"), at(left, 0.615, "left"), at(left, 0.66, "left")),
            shape.pick(0.2, 0.165, 0.14), EDITORIAL.title, "{{colour}}", italic=True, align="left", line_height=0.98,
            width=shape.pick(0.42, 0.74, 0.76), start=0.3, enter=motion("rise", 0.6),
        ),
        block(heart, across, down, colours.accent, shape="heart", start=0.9, enter=motion("pop", 0.5), rotation_deg=10),
        text(
            "{{name}}, for {{reason}}",
            shape.pick(at(left, 0.54, "top-left"), at(left, 0.685, "top-left"), at(left, 0.755, "top-left")),
            shape.pick(0.048, 0.058, 0.042), EDITORIAL.text, colours.ink, align="left",
            width=shape.pick(0.38, 0.84, 0.86), height=shape.pick(0.12, 0.1, 0.11), start=1, enter=motion("rise", 0.6),
        ),
    ]  # fmt: skip
    if shape.name == "landscape":
        # Captions would stand in the middle, on the portrait's edge: what is said is written in the free half.
        overlays.append(
            text("{{message}}", at(left, 0.7, "top-left"), 0.04, EDITORIAL.text, colours.ink, align="left", weight=400,
                 line_height=1.3, width=0.38, height=0.25, start="25%", enter=motion("words", 3, "linear"))
        )  # fmt: skip
    said = {
        "shown": shape.name != "landscape", "safe_area": "title", "lines": shape.pick(2, 2, 1),
        "size": shape.pick(0.04, 0.052, 0.042), "offset": shape.pick(0, -0.09, 0),
    }  # fmt: skip
    return {
        "variables": {
            "name": text_variable("Daniel", "Who is thanked.", max_length=40),
            "reason": text_variable("all your help this week", "What for: it follows “for”.", max_length=60),
            "message": text_variable(
                "You made a hard week feel light, and I will not forget it.", "What else is said.", max_length=180
            ),
            "picture": picture_variable("avatar:rudo"),
            "colour": colour_variable(BERRY.main),
        },
        "captions": quiet_captions(shape, colours, EDITORIAL.text, **said),
        "music": {"source": "romantic", "volume_db": -11},
        "scenes": [
            {
                "background": colours.paper,
                "avatars": [{"picture": "{{picture}}", "crop": shape.pick("right", "top"), "expression": "happy",
                             "style": "calm"}],
                "script": "[smile] Thank you, {{name}}, for {{reason}}. {{message}} [pause 0.3s] [nod] Thank you.",
                "overlays": overlays,
                "effects": [effect("sparkle", 0.7, -14)],
                "description": "A portrait fills half of the picture; beside it stand the words Thank you.",
            }
        ],
    }  # fmt: skip


DESIGNS = (
    Design(
        "greeting", "Postcard greeting", "Say hello to somebody, with a card that is written while you speak.",
        "celebration", ("hello", "card", "personal", "letter"), _greeting, 6.0,
    ),
    Design(
        "thank-you", "Thank you", "Thank somebody by name: a calm split picture with large letters.",
        "celebration", ("thanks", "gratitude", "heart"), _thank_you, 4.0,
    ),
)  # fmt: skip
