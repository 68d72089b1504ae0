"""Clips for feeds: a conversation, a quote, news, a fact."""

from __future__ import annotations

from dataclasses import replace

from templates.design import Design, Json, Shape, colour_variable, picture_variable, text_variable
from templates.kit import (
    COAL,
    MODERN,
    STILL,
    at,
    block,
    captions,
    emoji,
    motion,
    person,
    sides,
    text,
)


def _wave(shape: Shape, y: float, colour: str) -> list[Json]:
    """Return a sound wave that grows from the left to the right while the clip runs."""
    heights = (3, 5, 9, 6, 4, 8, 12, 7, 5, 10, 14, 9, 6, 4, 8, 11, 7, 5, 9, 13, 8, 5, 3, 6, 9, 5, 4)
    number = len(heights)
    width = shape.pick(0.42, 0.8, 0.8)
    step = width / number
    return [
        block(at(round(0.5 - width / 2 + (place + 0.5) * step, 4), y), step * 0.45, 0.0042 * tall / sides(shape)[1],
              colour, radius=0.5, start=f"{100 * place / number:.1f}%", enter=motion("pop", 0.3))
        for place, tall in enumerate(heights)
    ]  # fmt: skip


def _podcast(shape: Shape) -> Json:
    """Return a clip of a conversation: two tiles, who speaks in each, and large captions between or below."""
    colours = replace(COAL, main="{{colour}}")
    tiles = shape.pick(((0.26, 0.43), (0.74, 0.43)), ((0.5, 0.275), (0.5, 0.755)), ((0.27, 0.4), (0.73, 0.4)))
    size, aspect = shape.pick((0.56, 1.4), (0.56, 1.55), (0.44, 0.96))
    half_wide, half = size * aspect / 2 / sides(shape)[0], size / 2 / sides(shape)[1]
    names = [
        text("{{" + who + "}}", at(x - half_wide + 0.02, y + half - 0.025, "bottom-left"),
             shape.pick(0.036, 0.046, 0.036), MODERN.text, "white",
             box="#000000b8", box_radius=0.5, padding=0.4, width=0.36, height=shape.pick(0.1, 0.06, 0.1), start=0.3)
        for who, (x, y) in zip(("host", "guest"), tiles, strict=True)
    ]  # fmt: skip
    top = shape.pick(0.075, 0.075, 0.085)
    heading = [
        emoji("🎙️", at(shape.pick(0.06, 0.1, 0.08), top), shape.pick(0.07, 0.09, 0.075), enter=STILL, wiggle="pulse"),
        text("{{show}}", at(shape.pick(0.09, 0.16, 0.13), top, "left"), shape.pick(0.05, 0.056, 0.05), MODERN.title,
             "white", align="left", width=shape.pick(0.5, 0.54, 0.54), height=0.06, enter=STILL),
        text("{{episode}}", at(shape.pick(0.95, 0.93), top, "right"), shape.pick(0.036, 0.042, 0.038), MODERN.text,
             "{{colour}}", align="right", width=shape.pick(0.35, 0.26, 0.26), height=0.06, enter=STILL),
    ]  # fmt: skip
    said = {
        "style": "karaoke", "position": shape.pick("bottom", "middle", "bottom"), "safe_area": "title",
        "offset": shape.pick(-0.02, 0.02, -0.1), "size": shape.pick(0.06, 0.07, 0.062), "highlight": "{{colour}}",
        "look": "plain",
    }  # fmt: skip
    return {
        "variables": {
            "show": text_variable("Small Talk", "Name of the podcast.", max_length=40),
            "episode": text_variable("Episode 12", "Which episode it is from.", max_length=30),
            "host": text_variable("Ishani Rao", "Who asks.", max_length=40),
            "guest": text_variable("Benicio Cruz", "Who answers.", max_length=40),
            "question": text_variable(
                "What would you tell somebody who starts over at fifty?", "What is asked.", max_length=400
            ),
            "answer": text_variable(
                "That they do not start over. They start with everything they already know. That is a huge head start.",
                "What is answered.", max_length=1000,
            ),
            "picture": picture_variable("avatar:ishani", "Who asks: a photo, or a drawn avatar."),
            "guest_picture": picture_variable("avatar:benicio", "Who answers: a photo, or a drawn avatar."),
            "colour": colour_variable("#ffd23f"),
        },
        "captions": captions(shape, colours, MODERN.title, **said),
        "music": {"source": "lofi", "volume_db": -16},
        "scenes": [
            {
                "background": "#16161a",
                "avatars": [
                    person(picture, "rounded", spot, size, name=name, aspect=aspect, radius=0.07)
                    for name, picture, spot in (
                        ("HOST", "{{picture}}", tiles[0]), ("GUEST", "{{guest_picture}}", tiles[1])
                    )
                ],
                "script": "HOST: [tilt] {{question}}\n\nGUEST: [nod] {{answer}}",
                "overlays": [*heading, *names, *_wave(shape, shape.pick(0.955, 0.965, 0.945), "{{colour}}")],
                "description": "Two people talk, each in a tile with a name; a sound wave grows below.",
            }
        ],
    }  # fmt: skip


def _quote(shape: Shape) -> Json:
    """Return a page with nothing but words: they come as they are said, beside a black and white portrait."""
    ink, paper = "#191919", "#f2ede4"
    left = shape.pick(0.4, 0.09, 0.09)
    return {
        "variables": {
            "quote": text_variable(
                "The best time to plant a tree was twenty years ago. The second best time is now.",
                "The words.", max_length=200,
            ),
            "author": text_variable("Proverb", "Whose words they are.", max_length=60),
            "picture": picture_variable("avatar:mateo", "Who speaks: a photo, or a drawn avatar."),
            "colour": colour_variable("#e4572e", "The quotation mark and the line."),
        },
        "music": {"source": "ambient", "volume_db": -8},
        "scenes": [
            {
                "background": paper,
                "avatars": [
                    person("{{picture}}", "box", shape.pick((0.165, 0.5), (0.5, 0.79), (0.79, 0.81)),
                           shape.pick(1.0, 0.76, 0.38), aspect=shape.pick(0.5867, 1.32, 1.1), style="calm",
                           close_up=True)
                ],
                "script": "[calm] {{quote}} [pause 1s]",
                "overlays": [
                    text("“", at(left, shape.pick(0.08, 0.05, 0.04), "top-left"), shape.pick(0.42, 0.46, 0.34),
                         "Noto Serif", "{{colour}}", align="left", line_height=0.7, start=0, enter=motion("rise", 0.7)),
                    text("{{quote}}", at(left, shape.pick(0.31, 0.185, 0.19), "top-left"),
                         shape.pick(0.078, 0.086, 0.066), "Noto Serif", ink, align="left", line_height=1.24,
                         width=shape.pick(0.54, 0.83, 0.82), height=shape.pick(0.5, 0.31, 0.4), start=0.2,
                         enter=motion("words", 5, "linear")),
                    block(at(left, shape.pick(0.885, 0.535, 0.88), "left"), shape.pick(0.05, 0.09, 0.07),
                          shape.pick(0.008, 0.004, 0.007), "{{colour}}", start="60%", enter=motion("wipe", 0.5)),
                    text("{{author}}", at(left + shape.pick(0.065, 0.12, 0.09), shape.pick(0.885, 0.535, 0.88), "left"),
                         shape.pick(0.045, 0.05, 0.044), "Montserrat", ink, align="left",
                         width=shape.pick(0.45, 0.7, 0.32), height=shape.pick(0.08, 0.05, 0.1), start="60%",
                         enter=motion("wipe", 0.5)),
                ],
                "filters": [{"kind": "black-and-white", "amount": 1}],
                "description": "A quotation in large letters beside a portrait in black and white.",
            }
        ],
    }  # fmt: skip


DESIGNS = (
    Design(
        "podcast-clip", "Podcast clip", "A question and an answer from a conversation, as a clip with large captions.",
        "social", ("podcast", "interview", "audiogram", "talk"), _podcast, 6.0,
    ),
    Design(
        "quote", "Quote", "Somebody's words on a page, written as they are said.",
        "social", ("quotation", "words", "wisdom", "typography"), _quote, 6.5,
    ),
)  # fmt: skip
